#!/bin/sh
# replay.sh BUILD TARGET…: the inputs of tests/fuzz/corpus/TARGET through replay_TARGET; says how many, and shows what was last said where one fails.
build=$1 failed=0 inputs=0
shift
for target; do
    set -- tests/fuzz/corpus/"$target"/*
    [ -e "$1" ] || continue
    inputs=$((inputs + $#))
    log=$build/replay_$target.log
    "$build/replay_$target" "$@" >"$log" 2>&1 || {
        failed=$((failed + 1))
        echo "replay of $target failed:"
        tail -40 "$log"
    }
done
echo "fuzz replay: $inputs inputs, $failed targets failed"
[ $failed = 0 ]
