#!/bin/sh
# Runs the test programs in C and sums what they say: "unit tests: N passed, N failed". A program that dies counts as a failure.
passed=0 failed=0
for program; do
    said=$(CMOCKA_MESSAGE_OUTPUT=TAP "$program" 2>&1)
    code=$?
    good=$(printf '%s\n' "$said" | grep -c '^ok ')
    bad=$(printf '%s\n' "$said" | grep '^not ok ' | grep -vc '# SKIP')
    [ $code = 0 ] || [ "$bad" -gt 0 ] || bad=1
    [ "$bad" = 0 ] || printf '%s (exit %s):\n%s\n' "$program" $code "$said"
    passed=$((passed + good)) failed=$((failed + bad))
done
echo "unit tests: $passed passed, $failed failed"
[ $failed = 0 ]
