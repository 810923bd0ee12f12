#!/bin/sh
# Which packages are missing, and (with `install`) installs them on Debian and its like.
#   packages.sh see|install TARGET PACKAGE:KIND=THING…     KIND: command, header, cmocka (a header that needs others), python, fuzzer
# Nothing is asked of the package manager when nothing is missing.
set -u
mode=$1 target=$2
shift 2

header() { printf '%s\n' "$1" | "${CC:-gcc}" -E -x c - >/dev/null 2>&1; }

there() {
    thing=${1#*=}
    case ${1%%=*} in
    command) command -v "$thing" >/dev/null 2>&1 ;;
    header) header "#include <$thing>" ;;
    cmocka) header "#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <$thing>" ;;
    fuzzer) printf 'int LLVMFuzzerTestOneInput(const char *a, unsigned long b) { return a == 0 && b; }' |
        clang -fsanitize=fuzzer -x c -o /dev/null - >/dev/null 2>&1 ;;
    python) "${PYTHON:-python3}" -c "import $thing" >/dev/null 2>&1 ;;
    esac
}

missing=
for need; do
    there "${need#*:}" || missing="$missing ${need%%:*}"
done
[ -n "$missing" ] || exit 0

if [ "$mode" = see ]; then
    echo "missing:$missing" >&2
    echo "type: make $target" >&2
    exit 1
fi

sudo=
[ "$(id -u)" = 0 ] || sudo=sudo
if ! command -v apt-get >/dev/null 2>&1; then
    echo "missing:$missing (named as Debian names them)" >&2
    echo "There is no apt-get here: install them with this system's own package manager, then type make again." >&2
    exit 1
fi
if [ -n "$sudo" ] && ! command -v sudo >/dev/null 2>&1; then
    echo "missing:$missing" >&2
    echo "As root, type: apt-get update && apt-get install -y$missing" >&2
    exit 1
fi
echo "installing:$missing"
get="$sudo env DEBIAN_FRONTEND=noninteractive apt-get -y -q -o Dpkg::Use-Pty=0 --no-install-recommends"
# shellcheck disable=SC2086
if $get install $missing >/dev/null 2>&1 || { $get update && $get install $missing; }; then
    exit 0
fi
echo "apt-get could not install:$missing" >&2
echo "Type: ${sudo:+sudo }apt-get update && ${sudo:+sudo }apt-get install -y$missing" >&2
exit 1
