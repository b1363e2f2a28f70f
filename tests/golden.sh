#!/bin/sh
# SPDX-License-Identifier: MIT
# golden.sh: runs pith over every case of golden/ and speaks TAP. A folder
# dropped in is a case; golden/README.md says what may be in it.
#
#   golden.sh [--update] [CASE …]     CASE: golden/<area>/<case>
#
# --update writes what pith says now over the expectations, for the diff to be
# reviewed; cases marked known-miss keep theirs.
set -u

PITH=${PITH:-${BUILD:-build}/pith}
case $PITH in
/*) ;;
*) PITH=$PWD/$PITH ;;
esac
update=
if [ "${1-}" = --update ]; then
	update=yes
	shift
fi
[ $# -gt 0 ] || set -- golden/*/*/

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
number=0 bad=0

# report STATUS CASE WHAT [FILE of details]
report() {
	number=$((number + 1))
	echo "$1 $number $2 $3"
	[ "$1" = ok ] && return
	bad=$((bad + 1))
	sed 's/^/#   /' "$4" | head -n 60
}

# run CASE FORMAT: the output to $work/out, the exit status to $work/exit
run() (
	cd "$1" || exit 1
	page=$(echo page.*)
	args=
	set -f
	[ ! -f args ] || args=$(cat args)
	[ "$2" = txt ] || args="-f $2 $args"
	# shellcheck disable=SC2086 # args is a list of words
	"$PITH" $args "$page" >"$work/out" 2>"$work/err" </dev/null
	echo $? >"$work/exit"
)

# check CASE FORMAT
check() {
	case=$1 expected=$1/expected.$2 miss=
	[ ! -f "$case/known-miss" ] || miss=$(head -n 1 "$case/known-miss")
	run "$case" "$2"
	if [ "$update" ] && [ -z "$miss" ]; then
		cp "$work/out" "$expected"
		rm -f "$case/exit"
		[ "$(cat "$work/exit")" -eq 0 ] || cp "$work/exit" "$case/exit"
		return
	fi
	want=0
	[ ! -f "$case/exit" ] || want=$(cat "$case/exit")
	diff -u --label expected --label pith "$expected" "$work/out" \
	    >"$work/diff"
	same=$?
	if [ "$(cat "$work/exit")" -ne "$want" ]; then
		echo "exit $(cat "$work/exit"), not $want" >>"$work/diff"
		same=1
	fi
	cat "$work/err" >>"$work/diff"
	[ ! -s "$work/err" ] || [ "$want" -gt 1 ] || same=1
	if [ -z "$miss" ]; then
		[ "$same" -eq 0 ] && verdict=ok || verdict='not ok'
		report "$verdict" "$case" "$2" "$work/diff"
	elif [ "$same" -eq 0 ]; then
		echo 'It passes: remove the file known-miss.' >"$work/diff"
		report 'not ok' "$case" "$2" "$work/diff"
	else
		report ok "$case" "$2 # known miss"
		echo "# known miss: $case: $miss"
	fi
}

for case; do
	case=${case%/}
	formats=
	for file in "$case"/expected.*; do
		[ -e "$file" ] && formats="$formats ${file##*.}"
	done
	if [ -z "$formats" ]; then
		echo 'There is no file expected.*' >"$work/diff"
		report 'not ok' "$case" txt "$work/diff"
	fi
	for format in $formats; do
		check "$case" "$format"
	done
done
[ "$update" ] || echo "1..$number"
[ "$bad" -eq 0 ]
