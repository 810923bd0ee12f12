#!/bin/sh
# fuzz.sh BUILD TARGET…: fuzzes each target for SECONDS_EACH seconds or RUNS executions, whichever ends first. What was reached before is kept in
# BUILD/corpus, and gone on from. An input that is found out stands in BUILD/found; the last lines tell what each target did.
set -u
build=$1
shift
length() {
    case $1 in
    syntax | facts | fmt | session | units | batch_*) echo 384 ;;
    check) echo 512 ;;
    *) echo 800 ;;
    esac
}
# Where a block was taken is not recorded, and few freed ones are held back: both cost much, and what is freed is freed at the end of an input.
export ASAN_OPTIONS=detect_leaks=0:malloc_context_size=0:max_malloc_fill_size=0:quarantine_size_mb=4:allocator_may_return_null=1
export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
# Into `used`: seconds of processor time that the programs run so far have taken. (A command substitution would tell its own.)
take_time() {
    times >"$build/times"
    used=$(sed -n 2p "$build/times" | awk '{ split($1, u, /[ms]/); split($2, s, /[ms]/); print int(60 * (u[1] + s[1]) + u[2] + s[2]) }')
}
status=0
"${PYTHON:-python3}" tests/fuzz/seeds.py "$build/seeds" || exit 1
mkdir -p "$build/found"
for target; do
    corpus=$build/corpus/$target log=$build/$target.log
    mkdir -p "$corpus" "tests/fuzz/corpus/$target"
    take_time
    begun=$(date +%s) before=$used
    nice "$build/fuzz_$target" -max_total_time="$SECONDS_EACH" -runs="$RUNS" -max_len="$(length "$target")" -dict="$build/words.dict" \
        -artifact_prefix="$build/found/$target-" -entropic=0 -timeout=20 -rss_limit_mb=2500 -malloc_limit_mb=1000 -close_fd_mask=3 -print_final_stats=1 \
        "$corpus" "$build/seeds/$target" "tests/fuzz/corpus/$target" >"$log" 2>&1 || status=1
    take_time
    executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")
    reached=$(grep -E '^#[0-9]+' "$log" | tail -1 | grep -oE 'cov: [0-9]+ ft: [0-9]+')
    echo "$target: ${executions:-?} executions in $(($(date +%s) - begun)) s, $((used - before)) s of a processor; $reached, corpus $(ls "$corpus" | wc -l)"
    grep -E 'SUMMARY|ERROR|reaches the terminal|Test unit written' "$log"
done
exit $status
