#!/bin/sh
# SPDX-License-Identifier: MIT
# coverage.sh: runs the unit tests, the replays, the command line's tests and
# golden/ on programs that count, and tells for each file of filter/ how many
# of its lines and branches they reached. Run by make coverage, which says in
# BUILD where the programs are.
#
# BUILD/coverage.txt has the figures, BUILD/coverage-lines.txt every line of
# filter/ with how often it ran. Exit 1 if a test failed, or if less than
# MIN_LINES (90) per cent of the lines or MIN_BRANCHES (80) of the branches were
# reached.
set -u

case $BUILD in
/*) ;;
*) BUILD=$PWD/$BUILD ;;
esac
profile=$BUILD/profile
rm -rf "$profile"
export LLVM_PROFILE_FILE="$profile/%m%c.profraw"
# shellcheck disable=SC2086 # a list of words
sh tests/run.sh ${SUITES:-unit replay golden cli}
failed=$?

llvm-profdata merge -o "$profile/all.profdata" "$profile"/*.profraw || exit 1
set -- "$BUILD/pith"
for object in "$BUILD/pith-fetch" "$BUILD/pith-faulty" "$BUILD/libpith.so" \
    "$BUILD"/tests/unit/*_test "$BUILD"/replay/*_fuzz; do
	set -- "$@" -object "$object"
done
set -- "$@" -instr-profile "$profile/all.profdata" \
    '-ignore-filename-regex=tests/|/usr/'
llvm-cov report "$@" >"$BUILD/coverage.txt" || exit 1
llvm-cov show "$@" -show-branches=count >"$BUILD/coverage-lines.txt" || exit 1
# file regions missed % functions missed % lines missed % branches missed %
awk -v lines="${MIN_LINES:-90}" -v branches="${MIN_BRANCHES:-80}" '
	$1 ~ /\.[ch]$/ && $8 > 0 {
		printf "%-24s lines %5d %8s   branches %5d %8s\n",
		    $1, $8, $10, $11, $13
	}
	$1 == "TOTAL" {
		print "lines:", $8, $10 "; branches:", $11, $13
		bad = $10 + 0 < lines || $13 + 0 < branches
	}
	END { exit bad }' "$BUILD/coverage.txt" || failed=1
exit "$failed"
