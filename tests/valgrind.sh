#!/bin/sh
# SPDX-License-Identifier: MIT
# valgrind.sh: golden/ and the command line's tests with each pith under
# valgrind: no bad access, no use of what was never set, nothing lost. Run by
# make valgrind, which says in BUILD where the programs are.
#
#   valgrind.sh [TEST …]     TEST: golden, or a file of tests/cli (all that
#                            measure no time and start no server)
#
# Without the sandbox, which would end valgrind's own calls. Tests that hold
# pith to a time or to its memory fail for that alone: they count only for what
# valgrind says.
set -u

BUILD=$(cd "$BUILD" && pwd)
export BUILD
[ $# -gt 0 ] || set -- golden formats input options plain report thresholds \
    url warc
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/logs"
cat >"$work/pith" <<END
#!/bin/sh
exec valgrind -q --leak-check=full --errors-for-leak-kinds=definite \\
    --show-leak-kinds=definite --trace-children=yes \\
    --suppressions='$PWD/tests/valgrind.supp' \\
    --log-file='$work/logs/%p' '$BUILD/pith' --sandbox=none "\$@"
END
chmod +x "$work/pith"
export PITH="$work/pith"

passed=0 failed=0
for test; do
	case $test in
	golden) sh tests/golden.sh >"$work/tap" 2>&1 ;;
	*) timeout 1800 bats --tap "tests/cli/$test.bats" >"$work/tap" 2>&1 ;;
	esac
	ran=$(find "$work/logs" -type f | wc -l)
	bad=$(find "$work/logs" -type f -size +0 | wc -l)
	if [ "$ran" -gt 0 ] && [ "$bad" -eq 0 ]; then
		passed=$((passed + 1))
	else
		failed=$((failed + 1))
		find "$work/logs" -type f -size +0 -exec cat {} + 2>/dev/null |
			head -n 60
	fi
	printf 'valgrind/%-16s %4d processes, %d bad; %d tests failed\n' \
	    "$test" "$ran" "$bad" "$(grep -c '^not ok' "$work/tap")"
	grep '^not ok' "$work/tap"
	rm -f "$work/logs"/*
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
