#!/bin/sh
# SPDX-License-Identifier: MIT
# afl.sh: runs fuzz targets under AFL++, each from its seeds in
# tests/fuzz/corpus/NAME and, where it reads pages, those of golden/. Run by
# make afl, as fuzz.sh is by make fuzz.
#
#   afl.sh SECONDS TARGET …
#
# What a target finds stays in BUILD/afl/found/NAME, and the next run goes on
# from there.
set -u

seconds=$1
shift
passed=0 failed=0
seeds=$(mktemp -d)
trap 'rm -rf "$seeds"' EXIT
# No screen, no wish for the machine to be set up for fuzzing alone.
export AFL_NO_UI=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_AUTORESUME=1 \
    AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_FAST_CAL=1

for target; do
	name=$(basename "$target" _fuzz)
	found=$(dirname "$target")/found/$name
	mkdir -p "$found"
	rm -f "$seeds"/*
	# some targets have no seed of their own yet
	printf 'a' >"$seeds/a"
	[ ! -d "tests/fuzz/corpus/$name" ] ||
		cp "tests/fuzz/corpus/$name"/* "$seeds"
	case $name in
	page | thin | charset | plain)
		for page in golden/*/*/page.*; do
			cp "$page" "$seeds/$(echo "$page" | tr / -)"
		done ;;
	esac
	options=
	[ ! -f "tests/fuzz/$name.dict" ] || options="-x tests/fuzz/$name.dict"
	# shellcheck disable=SC2086 # options is none or two words
	afl-fuzz -V "$seconds" -m none -t 10000+ -i "$seeds" -o "$found" \
	    $options -- "$target" >"$found/log" 2>&1 </dev/null
	status=$?
	runs=$(awk -F ' *: *' '$1 == "execs_done" { print $2 }' \
	    "$found/default/fuzzer_stats")
	bad=$(find "$found/default/crashes" "$found/default/hangs" \
	    -name 'id*' | wc -l)
	if [ "$status" -eq 0 ] && [ "$bad" -eq 0 ] && [ "${runs:-0}" -gt 0 ]
	then
		passed=$((passed + 1))
		printf 'afl/%-24s %9d runs\n' "$name" "$runs"
	else
		failed=$((failed + 1))
		echo "afl/$name FAILED: $bad inputs in $found, status $status"
		tail -n 20 "$found/log"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
