#!/bin/sh
# Refuses a library that asks for the terminal: what reads keys stands in the program alone.
#   library.sh ARCHIVE
set -u
found=$(nm -A "$1" 2>/dev/null | grep -E ' (rl_[a-z_]+|_rl_[a-z_]+|readline|add_history|tgetent)$')
[ -n "$(nm "$1" 2>/dev/null)" ] || { echo "$1: nothing to look at" >&2; exit 1; }
[ -z "$found" ] || { printf '%s\n%s\n' "$1 is to know nothing of readline:" "$found" >&2; exit 1; }
