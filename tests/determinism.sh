#!/bin/sh
# SPDX-License-Identifier: MIT
# determinism.sh: the same input and options give the same bytes, however the
# program is run or was built. Speaks TAP; run by tests/run.sh and by make
# determinism, with BUILD naming the folder of the built programs.
#
#   determinism.sh [FOLDER …]    folders with a pith built otherwise (by another
#                                compiler, with other flags), to be held too
#
# Read are the pages of golden/ and the seeds of the page targets; written is
# JSON with all that there is, and Markdown.
set -u

build=${BUILD:-build}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
find golden tests/fuzz/corpus/page tests/fuzz/corpus/plain -type f \
    \( -name 'page.*' -o -path '*corpus*' \) | LC_ALL=C sort >"$work/list"
number=0 failed=0

# extract [PROGRAM …] PITH: all pages, in both formats. JOBS: processes.
extract() {
	"$@" -j "${JOBS-2}" -q --now 1600000000 -f jsonl --title --images --comments \
	    --metadata --captions --blocks --body text,markdown,html \
	    --files-from "$work/list" 2>&1
	"$@" -j "${JOBS-2}" -q --now 1600000000 -f explain \
	    --files-from "$work/list" 2>&1
}

# same NAME COMMAND … : writes what the first extract wrote
same() {
	name=$1
	shift
	number=$((number + 1))
	"$@" >"$work/got"
	if cmp -s "$work/want" "$work/got"; then
		echo "ok $number $name"
	else
		failed=$((failed + 1))
		echo "not ok $number $name"
		cmp "$work/want" "$work/got" | sed 's/^/# /'
	fi
}

# in_locale LOCALE, in_zone ZONE: as the environment says. A locale that is
# not there is made, if the system has its sources.
# shellcheck disable=SC2317 # same calls them
in_locale() {
	LC_ALL=$1 LANGUAGE=$1 LOCPATH=$work extract "$build/pith"
}
# shellcheck disable=SC2317
in_zone() {
	TZ=$1 extract "$build/pith"
}

# in_pieces SIZE: each page alone, through a pipe that is written so
in_pieces() {
	while read -r file; do
		dd if="$file" bs="$1" 2>/dev/null | "$build/pith" -f markdown \
		    --now 1600000000 2>&1
	done <"$work/some"
}

JOBS=1 extract "$build/pith" >"$work/want"
if [ ! -s "$work/want" ]; then
	echo "not ok 1 pith writes nothing"
	exit 1
fi
for jobs in 1 2 5; do
	JOBS=$jobs
	same "-j $jobs" extract "$build/pith"
done
for locale in tr_TR.UTF-8 de_DE.UTF-8 C POSIX; do
	localedef -i "${locale%.*}" -f UTF-8 "$work/$locale" 2>/dev/null
	same "locale $locale" in_locale "$locale"
done
for zone in Pacific/Kiritimati America/St_Johns; do
	same "time zone $zone" in_zone "$zone"
done
if setarch -R true 2>/dev/null; then
	same 'addresses not random' extract setarch -R "$build/pith"
fi
for other; do
	same "built in $other" extract "$other/pith"
done

grep -v corpus "$work/list" | awk 'NR % 6 == 1' >"$work/some"
in_pieces 1M >"$work/want"
for size in 1 7 4096; do
	same "pieces of $size bytes" in_pieces "$size"
done
echo "1..$number"
exit $((failed > 0))
