#!/bin/sh
# SPDX-License-Identifier: MIT
# fuzz.sh: runs fuzz targets, each from its seeds in tests/fuzz/corpus/NAME and
# the pages of golden/, and counts them. Run by make fuzz.
#
#   fuzz.sh SECONDS TARGET …
#
# SEED makes a run like another with the same number, and RUNS bounds how many
# inputs each target is given: CI judges a change by these, not by the luck of a
# new way or of a fast machine. Without them each run goes another way, for as
# long as the seconds last.
#
# What a target finds on its way stays in BUILD/fuzz/corpus; an input that
# breaks one is written to BUILD/fuzz/ and named in the output.
set -u

seconds=$1
shift
[ $# -gt 0 ] || exit 0
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT

for target; do
	name=$(basename "$target" _fuzz)
	folder=$(dirname "$target")
	mkdir -p "$folder/corpus/$name"
	set -- golden
	[ ! -d "tests/fuzz/corpus/$name" ] || set -- "$@" "tests/fuzz/corpus/$name"
	options=
	[ ! -f "tests/fuzz/$name.dict" ] || options=-dict=tests/fuzz/$name.dict
	# shellcheck disable=SC2086 # options is none or one word
	if "$target" -max_total_time="$seconds" -timeout=20 -max_len=65536 \
	    -rss_limit_mb=4096 -artifact_prefix="$folder/$name-" \
	    -print_final_stats=1 -seed="${SEED:-0}" -runs="${RUNS:--1}" $options \
	    "$folder/corpus/$name" "$@" \
	    >"$log" 2>&1 </dev/null; then
		passed=$((passed + 1))
		awk -v name="$name" '
			/stat::number_of_executed_units/ { runs = $2 }
			/stat::peak_rss_mb/ { rss = $2 }
			END { printf "fuzz/%-24s %9d runs, %d MB\n",
			      name, runs, rss }' "$log"
	else
		failed=$((failed + 1))
		echo "fuzz/$name FAILED"
		tail -n 60 "$log"
	fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
