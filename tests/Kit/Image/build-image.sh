#!/usr/bin/env bash
# Builds the Dockerfile with buildah where no image can be pulled. Its two bases are made on the spot: Debian's packages with this machine's SDK, and a handful
# of libraries without a shell. That proves the file's logic and what it makes, not the bases that it names.
#   build-image.sh WORK     an empty folder; leaves WORK/files (the image's own), WORK/image.json (what it says of itself) and WORK/layers (bytes added to the base)
set -euo pipefail

work=$(realpath "$1")
repo=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../../..")
sdk="$work/sdk" runtime="$work/runtime"
export NUGET_CERT_REVOCATION_MODE=offline

here() {
    buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs "$@"
}

# What the SDK image has: a compiler to link with, and the SDK.
make_sdk() {
    debootstrap --variant=minbase --include=gcc,libc6-dev,zlib1g-dev,ca-certificates,libicu72 bookworm "$sdk"
    rm -rf "$sdk"/var/cache/apt "$sdk"/usr/share/{doc,locale,man}
    cp -a --parents "$(dirname "$(realpath "$(command -v dotnet)")")" "$sdk"
    ln -s "$(realpath "$(command -v dotnet)")" "$sdk/usr/bin/dotnet"
    # The machine's own trust and package source, as they are here.
    cp -aL /etc/ssl/certs/ca-certificates.crt "$sdk/etc/ssl/certs/"
    mkdir -p "$sdk/etc/opt/NuGet/Config"
    [[ ! -e ~/.nuget/NuGet/NuGet.Config ]] || cp ~/.nuget/NuGet/NuGet.Config "$sdk/etc/opt/NuGet/Config/"
}

# What the runtime image has: the C library, TLS, certificates and a user; no shell.
make_runtime() {
    mkdir -p "$runtime"/{dev,etc/ssl/certs,proc,tmp,usr/lib/x86_64-linux-gnu,usr/lib64}
    ln -s usr/lib "$runtime/lib"
    ln -s usr/lib64 "$runtime/lib64"
    local library
    for library in ld-linux-x86-64.so.2 libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libgcc_s.so.1 libstdc++.so.6 libz.so.1 libssl.so.3 libcrypto.so.3; do
        cp -L "$sdk/usr/lib/x86_64-linux-gnu/$library" "$runtime/usr/lib/x86_64-linux-gnu/"
    done
    ln -s ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$runtime/usr/lib64/"
    cp -L /etc/ssl/certs/ca-certificates.crt "$runtime/etc/ssl/certs/"
    printf 'root:x:0:0::/nonexistent:/usr/sbin/nologin\napp:x:1654:1654::/nonexistent:/usr/sbin/nologin\n' > "$runtime/etc/passwd"
    printf 'root:x:0:\napp:x:1654:\n' > "$runtime/etc/group"
    chmod 1777 "$runtime/tmp"
}

# An image of one layer from a folder.
base() {
    local container
    container=$(here from scratch)
    here add -q "$container" "$2" / > /dev/null
    here config --env NUGET_PACKAGES=/packages "$container"
    here commit -q "$container" "$1" > /dev/null
    here rm "$container" > /dev/null
}

make_sdk
make_runtime
base localhost/stand-in-sdk "$sdk"
base localhost/stand-in-runtime "$runtime"
# Packages that were restored before need not be fetched again.
mkdir -p ~/.nuget/packages
here bud --isolation chroot --pull-never --layers=false -v ~/.nuget/packages:/packages \
    --build-arg SDK_IMAGE=localhost/stand-in-sdk --build-arg RUNTIME_IMAGE=localhost/stand-in-runtime --build-arg REVISION=stand-in -t rdsbq "$repo"
here inspect --type image rdsbq > "$work/image.json"
container=$(here from --pull-never rdsbq)
cp -a "$(here mount "$container")" "$work/files"
here rm "$container" > /dev/null
du -sb "$work/files/app" | cut -f1 > "$work/layers"
rm -rf "$work/sdk" "$work/runtime" "$work/storage"
