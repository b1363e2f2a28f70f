#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch_speed.bats: the rate against the ideal one, and memory that does not
# grow with the list. The bounds leave room for a busy machine; the figures are
# printed.

load ../fetch/setup.bash

setup() {
	cd "$BATS_TEST_TMPDIR" || exit 1
	export BATS_FILE_TMPDIR=$BATS_TEST_TMPDIR
}

teardown() {
	stop_faults
}

measure() { # OPTION …: sets seconds and memory
	read -r seconds memory < <(python3 "$ROOT/tests/fetch/measure.py" \
	    "$FETCH" --resolve "*:$PORT:127.0.0.1" --delay 0 --ignore-robots \
	    "$@")
}

urls() { # HOSTS PAGES
	local host page
	for ((host = 1; host <= $1; host++)); do
		for ((page = 1; page <= $2; page++)); do
			echo "http://h$host.test:$PORT/page/$page"
		done
	done
}

@test "8 transfers over 64 hosts at 50 ms come near the ideal rate" {
	start_faults --latency 0.05
	urls 64 10 >list
	measure --state s.db -o out.warc.gz -i list
	same 640 "$(warc pages out.warc.gz | wc -l)"
	echo "# $seconds s, ideal are 4.00 s" >&3
	awk "BEGIN { exit !($seconds < 4 / 0.6) }"
}

@test "memory does not grow with the list" {
	start_faults
	urls 50 10 >short
	urls 500 10 >long
	measure -o out.warc.gz -i short
	before=$memory
	measure -o out.warc.gz -i long
	same 5000 "$(warc pages out.warc.gz | wc -l)"
	echo "# $before kB for 500 URLs, $memory kB for 5000" >&3
	! grep -q __asan_init "$FETCH" || skip "lacks sense with a sanitizer"
	[ $((memory - before)) -lt 10000 ]
}

@test "pith itself needs neither libcurl nor SQLite nor expat" {
	start_faults
	pith=${PITH:-$ROOT/build/pith}
	[ -x "$pith" ] || skip "lacks pith"
	run ! grep -E 'libcurl|libsqlite3|libexpat' <(ldd "$pith")
}
