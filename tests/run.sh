#!/bin/sh
# SPDX-License-Identifier: MIT
# run.sh: runs suites of tests and counts them. Run by the Makefile, which says
# where the built programs are in BUILD. CLI: these tests of the command line
# alone. LEAVE_OUT: names of unit tests. PATIENCE: seconds for each unit test,
# 600 by default.
#
#   run.sh unit|cli|golden|structure|hostile|faults|safety|determinism|spark …
#
# Every test program speaks TAP: a line "ok" or "not ok" for each test. One
# that ends badly, or that runs no test, counts as a failed test. The last line
# is "N passed, N failed, N skipped"; exit 1 if any failed.
set -u

BUILD=${BUILD:-build}
case $BUILD in
/*) ;;
*) BUILD=$PWD/$BUILD ;;
esac
PITH=$BUILD/pith
export BUILD PITH
# Tests mean the same anywhere: UTF-8 without a country's rules, no colours.
LC_ALL=C.UTF-8
export LC_ALL
unset NO_COLOR TERM POSIXLY_CORRECT XDG_CONFIG_HOME
# Nor has the user's own taste a say.
for name in $(env | sed -n 's/^\(PITH_[A-Z_]*\)=.*/\1/p'); do
	unset "$name"
done

# The leak checker of a sanitizer build stops the process by a second one that
# it traces, which the sandbox of pith forbids: both then wait for ever. Unit
# tests and fuzz targets run without a sandbox and do check for leaks.
sandboxed=detect_leaks=0

out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
HOME=$out/home
mkdir "$HOME"
export HOME
passed=0 failed=0 skipped=0

# tap NAME COMMAND …
tap() {
	name=$1
	shift
	"$@" >"$out/tap" 2>"$out/err" </dev/null
	status=$?
	# a skipped test is ok in TAP; cmocka 1.1 says otherwise
	sed -i 's/^not \(ok .*# SKIP\)/\1/' "$out/tap"
	ok=$(grep -c '^ok ' "$out/tap")
	bad=$(grep -c '^not ok ' "$out/tap")
	skip=$(grep -ci '^ok .*# skip' "$out/tap")
	if { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; } ||
	    [ $((ok + bad)) -eq 0 ]; then
		bad=$((bad + 1))
		echo "not ok $name ended with status $status after $ok tests"
	fi
	if [ "$bad" -gt 0 ]; then
		grep -v '^ok ' "$out/tap"
		cat "$out/err"
	fi
	grep -ie '^ok .*# skip' -e '^skipped: ' "$out/tap"
	grep '^# known miss' "$out/tap"
	passed=$((passed + ok - skip))
	failed=$((failed + bad))
	skipped=$((skipped + skip))
	printf '%-32s %4d passed' "$name" $((ok - skip))
	[ "$skip" -eq 0 ] || printf ', %d skipped' "$skip"
	[ "$bad" -eq 0 ] || printf ', %d FAILED' "$bad"
	echo
}

# bats reads from bash's <(…), which is a file in /dev/fd
run_bats() {
	if [ -d /dev/fd ]; then
		ASAN_OPTIONS=$sandboxed timeout 900 bats --tap "$1"
	else
		echo 'ok 1 # skip bats lacks /dev/fd: is /proc mounted?'
	fi
}

for suite; do
	case $suite in
	unit)
		for test in tests/unit/*_test.c; do
			[ -e "$test" ] || continue
			name=$(basename "$test" .c)
			case " ${LEAVE_OUT-} " in
			*" $name "*)
				echo "skipped: $name is left out here"
				skipped=$((skipped + 1))
				continue ;;
			esac
			tap "unit/$name" timeout "${PATIENCE:-600}" env CMOCKA_MESSAGE_OUTPUT=TAP \
			    "$BUILD/tests/unit/$name"
		done ;;
	cli)
		for test in ${CLI:-tests/cli/*.bats}; do
			[ -e "$test" ] || continue
			tap "cli/$(basename "$test" .bats)" run_bats "$test"
		done ;;
	golden) tap golden timeout 900 env "ASAN_OPTIONS=$sandboxed" \
	    sh tests/golden.sh ;;
	structure) tap structure python3 tests/structure.py ;;
	spark) tap spark run_bats tests/spark/job.bats ;;
	replay)
		for seeds in tests/fuzz/corpus/*/; do
			name=$(basename "$seeds")_fuzz
			tap "replay/$name" timeout 600 "$BUILD/replay/$name" \
			    "$seeds"*
		done ;;
	hostile)
		tap hostile "$BUILD/hostile"
		tap hostile/input "$BUILD/hostile_input" ;;
	faults)
		tap faults/alloc timeout 600 "$BUILD/faults/alloc"
		tap faults/drive timeout 3000 python3 tests/faults/drive.py ;;
	safety) tap safety timeout 1800 python3 tests/safety.py ;;
	determinism)
		# shellcheck disable=SC2086 # a list of folders
		tap determinism timeout 900 sh tests/determinism.sh ${OTHERS-} ;;
	*)
		echo "run.sh: $suite: not a suite" >&2
		exit 2 ;;
	esac
done

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
