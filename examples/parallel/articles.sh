#!/bin/sh
# SPDX-License-Identifier: MIT
# articles.sh: the articles of many archives, several archives at a time, on
# this machine or on several. Needs pith, and GNU parallel or xargs.
#
#   articles.sh FROM TO [OPTION OF PITH …]
#
# FROM is a folder of *.warc, *.warc.gz and *.warc.zst; each gives a file of
# JSON lines of the same name in the folder TO. Start it again after whatever
# stopped it: archives that are done are passed over, one that was begun goes
# on behind its last whole line. TO/log says how each archive ended.
#
#   JOBS=N       archives at a time (one for each two processors)
#   WORKERS=N    worker processes of each pith (2)
#   PARALLEL=…   more options for parallel, like "--sshloginfile hosts" where
#                all machines see FROM, TO and this script under one name
#
# One pith could use all processors too. But its parent process, which unpacks
# gzip, keeps about five workers busy; so from eight processors on it is better
# to read several archives at once, and a broken disk stops only one of them.
set -eu

# one ARCHIVE TO [OPTION …]: what is run for each archive. 1 and 6 tell of
# single pages, which have their own lines; all else leaves the file unfinished.
one() {
	from=$1
	name=$(basename "$from")
	to=$2/${name%.gz}
	to=${to%.zst}
	to=${to%.warc}.jsonl
	shift 2
	[ ! -e "$to" ] || return 0
	status=0
	"${PITH:-pith}" -j "${WORKERS:-2}" -f jsonl --resume -o "$to.part" \
	    "$@" "$from" || status=$?
	case $status in
	0 | 1 | 6) mv "$to.part" "$to" ;;
	*) return "$status" ;;
	esac
}

if [ "${1-}" = --one ]; then
	shift
	one "$@"
	exit
fi
if [ $# -lt 2 ]; then
	echo 'usage: articles.sh FROM TO [OPTION OF PITH ...]' >&2
	exit 2
fi
from=$1 to=$2
shift 2
mkdir -p "$to"
case $0 in
*/*) self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0") ;;
*) self=$(command -v "$0") ;;
esac
jobs=${JOBS:-$((($(getconf _NPROCESSORS_ONLN) + 1) / 2))}

archives() {
	find "$from" -type f \( -name '*.warc' -o -name '*.warc.gz' \
	    -o -name '*.warc.zst' \) -print0 | sort -z
}

# Both read names that end in NUL. parallel tries an archive twice, and its exit
# status is the number of those that failed; xargs has 123 if any did.
if command -v parallel >/dev/null; then
	# shellcheck disable=SC2086 # PARALLEL is a list of words
	archives | parallel --null --quote --will-cite --jobs "$jobs" \
	    --retries 2 --joblog "$to/log" --env PITH --env WORKERS \
	    ${PARALLEL-} sh "$self" --one {} "$to" "$@"
else
	archives | xargs -0 -r -P "$jobs" -I {} sh "$self" --one {} "$to" "$@"
fi
