#!/bin/sh
# SPDX-License-Identifier: MIT
# lint.sh: what tools can say about the sources without running them. Run by
# make lint.
#
#   lint.sh [format|tidy|cppcheck|man|shell …]     all of them by default
#
# A tool that is not there is named and counts as failed; "sh packaging/deps.sh
# lint" installs them. The format is that of clang-format 14.
set -u

[ $# -gt 0 ] || set -- format tidy cppcheck man shell
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
sources=$(git ls-files 'filter/*.c' 'train/*.c' 'tests/*.c' 'examples/*.c')
headers=$(git ls-files 'include/*.h' 'filter/*.h' 'tests/*.h' 'train/*.h')
libraries='gumbo zlib uchardet jansson libzstd libbrotlidec libcurl'
flags="-std=c11 -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -Iinclude -Ifilter -Itests
$(pkg-config --cflags "$libraries" 2>/dev/null)"

format() {
	tool=clang-format
	! command -v clang-format-14 >/dev/null || tool=clang-format-14
	# shellcheck disable=SC2046,SC2086 # lists of words, here and below
	$tool --dry-run -Werror $sources $headers $(git ls-files 'filter/*.cc')
}

tidy() {
	# xargs would end at the first status of 255
	# shellcheck disable=SC2086,SC2016
	printf '%s\n' $sources | xargs -P "$(nproc)" -I FILE sh -c \
	    'clang-tidy --quiet --warnings-as-errors="*" "$@" || exit 1' tidy \
	    FILE -- $flags '-DPITH_VERSION="0"' 2>/dev/null
}

# The two files that include a model's tables, 800 KB of numbers each, keep
# cppcheck busy for minutes; the compilers and clang-tidy read them.
cppcheck() {
	# shellcheck disable=SC2086
	light=$(printf '%s\n' $sources |
	    grep -v -e score/model.c -e score/plain_score.c)
	# shellcheck disable=SC2086
	command cppcheck -j "$(nproc)" --quiet --std=c11 --language=c --error-exitcode=1 \
	    --enable=warning,performance,portability --inline-suppr \
	    --suppress=missingIncludeSystem --suppress=normalCheckLevelMaxBranches \
	    --suppress=unmatchedSuppression --suppress=ctuuninitvar -D__GNUC__ \
	    -Iinclude -Ifilter -Itests $light
}

man() {
	pages=$(git ls-files 'man/*.[1-9]')
	# shellcheck disable=SC2086
	[ -z "$pages" ] || mandoc -T lint -W warning $pages
}

shell() {
	# shellcheck disable=SC2046
	shellcheck $(git ls-files '*.sh' '*.bats' '.ci/run')
}

for lint; do
	if $lint >"$log" 2>&1; then
		passed=$((passed + 1))
		echo "lint/$lint ok"
	else
		failed=$((failed + 1))
		echo "lint/$lint FAILED"
		head -n 200 "$log"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
