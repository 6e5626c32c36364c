# shellcheck shell=bash
# What the scripts here share: options, the settings file, looking before acting, and stopping with the mend.

DRY_RUN=0
SETTINGS_FILE=
CHANGES=0
STEP=
RIGHT=
LOOKED=
declare -A SETTINGS=()

((BASH_VERSINFO[0] >= 4)) || { echo "bash 4 or newer is needed (this is $BASH_VERSION); Cloud Shell has it" >&2; exit 64; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CLOUDSDK_CORE_DISABLE_PROMPTS=1

stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# step TITLE RIGHT: RIGHT is what the caller needs for it, said where it turns out to be missing.
step() {
    STEP=$1 RIGHT=$2
    printf '%s\n' "$1"
}

quoted() {
    local word line=
    for word in "$@"; do
        [[ $word =~ ^[A-Za-z0-9_@%+=:,./-]+$ ]] || word="'${word//\'/\'\\\'\'}'"
        line+=" $word"
    done
    printf '%s' "${line# }"
}

# fail COMMAND...: the last words of a run that can't go on, from what the command has said.
fail() {
    local said
    said=$(cat "$work/error" "$work/out" 2> /dev/null)
    printf 'stopped at: %s\n  $ %s\n' "$STEP" "$(quoted "$@")" >&2
    printf '%s\n' "  ${said//$'\n'/$'\n'  }" >&2
    if grep -qiE 'SERVICE_DISABLED|has not been used in project|API .*not enabled' <<< "$said"; then
        echo "mend: an API is off (its name stands above): gcloud services enable NAME.googleapis.com --project=$PROJECT; bootstrap.sh switches all on" >&2
    elif grep -qiE 'PERMISSION_DENIED|permission .*denied|does not have|access denied|forbidden|\b403\b' <<< "$said"; then
        printf 'mend: this step needs %s on project %s. An owner gives it:\n  gcloud projects add-iam-policy-binding %s --member=user:%s --role=%s\n' \
            "$RIGHT" "$PROJECT" "$PROJECT" "$(gcloud config get-value account 2> /dev/null || echo YOU)" "${RIGHT%%[ ,]*}" >&2
    elif grep -qiE 'unauthenticated|\b401\b|credential|auth login' <<< "$said"; then
        echo "mend: gcloud auth login" >&2
    else
        echo "mend: what the lines above say" >&2
    fi
    echo "Then run the same script again: it looks at what is there and goes on where it stopped." >&2
    exit 1
}

# look COMMAND...: true with the answer in LOOKED; false where the thing is not there. Anything else ends the script.
look() {
    local absent='not[_ ]found|cannot find|does not exist\.$'
    # Before the first run the APIs are off, and nothing can be there.
    ((DRY_RUN)) && absent+='|SERVICE_DISABLED|has not been used in project'
    : > "$work/out"
    if LOOKED=$("$@" 2> "$work/error"); then return 0; fi
    # bq tells its errors on standard output.
    printf '%s\n' "$LOOKED" > "$work/out"
    grep -qiE "$absent" "$work/error" "$work/out" || fail "$@"
    LOOKED=
    return 1
}

# run COMMAND...: says the command and runs it; with --dry-run it only says it.
run() {
    printf '  $ %s\n' "$(quoted "$@")"
    CHANGES=$((CHANGES + 1))
    ((DRY_RUN)) && return 0
    "$@" > "$work/out" 2> "$work/error" || fail "$@"
}

# shown FILE: what a file that a command is given says.
shown() { sed 's/^/      /' "$1"; }

# Usage is the comment at the head of the script.
usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$0"; }

# options ARG...: what all scripts take; the others are left in REST.
options() {
    REST=()
    while (($# > 0)); do
        case $1 in
            --help | -h) usage; exit 0 ;;
            --dry-run) DRY_RUN=1 ;;
            --settings) shift; SETTINGS_FILE=${1:?--settings needs a file} ;;
            --settings=*) SETTINGS_FILE=${1#*=} ;;
            *) REST+=("$1") ;;
        esac
        shift
    done
}

# NAME=value a line, as in settings.env.example, which is also the list of the names that exist. Nothing in the file is executed.
read_settings() {
    local here line name value number=0
    here=$(dirname "${BASH_SOURCE[0]}")/..
    SETTINGS_FILE=${SETTINGS_FILE:-$here/settings.env}
    [[ -r $SETTINGS_FILE ]] || stop "$SETTINGS_FILE cannot be read." "mend: cp $here/settings.env.example $SETTINGS_FILE, fill it in, or give another file with --settings"
    while IFS= read -r line || [[ -n $line ]]; do
        number=$((number + 1)) line=${line%$'\r'}
        [[ ! $line =~ ^[[:space:]]*(#|$) ]] || continue
        [[ $line =~ ^([A-Z][A-Z0-9_]*)=(.*)$ ]] || stop "$SETTINGS_FILE:$number: expected NAME=value or # comment"
        name=${BASH_REMATCH[1]} value=${BASH_REMATCH[2]}
        grep -qE "^#?$name=" "$here/settings.env.example" || stop "$SETTINGS_FILE:$number: there is no setting $name; settings.env.example has them all"
        if [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]]; then value=${BASH_REMATCH[1]}; fi
        SETTINGS[$name]=$value
    done < "$SETTINGS_FILE"
}

# need NAME...: all that are missing are told at once.
need() {
    local name missing=()
    for name in "$@"; do [[ -n ${SETTINGS[$name]:-} ]] || missing+=("$name"); done
    ((${#missing[@]} == 0)) || stop "$SETTINGS_FILE lacks: ${missing[*]}" "mend: set them; settings.env.example says what each means"
}

finish() {
    if ((CHANGES == 0)); then echo "Nothing to change."
    elif ((DRY_RUN)); then echo "$CHANGES commands would be run; nothing has been changed."
    else echo "$CHANGES commands were run."
    fi
}
