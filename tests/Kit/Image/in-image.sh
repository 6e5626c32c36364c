#!/usr/bin/env bash
# Runs a command as a container of the image would: its files, read-only; its user, environment and folder. Network and clock are the machine's.
#   in-image.sh WORK [NAME=value...] COMMAND [ARGUMENT...]
# WORK as build-image.sh left it. The caller's environment is there too; where both name a variable the image's is taken, and NAME=value before that.
set -euo pipefail

if [[ ${1:-} != --inside ]]; then
    exec unshare --mount --propagation private "$0" --inside "$@"
fi
work=$2
shift 2
config() {
    jq -r ".OCIv1.config.$1" "$work/image.json"
}
mapfile -t environment < <(config 'Env[]')
while [[ ${1:-} == *=* ]]; do
    environment+=("$1")
    shift
done
IFS=: read -r user group < <(config User)
root="$work/files"
mount --bind "$root" "$root"
mount -o remount,bind,ro "$root"
mount -t proc proc "$root/proc"
mount --rbind -o ro /dev "$root/dev"
exec env "${environment[@]}" unshare --root="$root" --wd="$(config WorkingDir)" --setuid="$user" --setgid="$group" -- "$@"
