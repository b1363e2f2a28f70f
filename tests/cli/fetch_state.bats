#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch_state.bats: what --state remembers, and that a run can be stopped at
# any moment.

load ../fetch/setup.bash

setup_file() {
	start_faults
}

teardown_file() {
	stop_faults
}

setup() {
	cd "$BATS_TEST_TMPDIR" || exit 1
	mark_requests
	U=http://a.test:$PORT
}

pages() { # FILE …
	warc pages "$@" | sort
}

@test "a second run writes only what changed" {
	fetch --state s.db "$U/page/1" "$U/plain/2" "$U/new/3" >out
	same 3 "$(pages out | wc -l)"
	mark_requests
	fetch --state s.db "$U/page/1" "$U/plain/2" "$U/new/3" >out
	same "$U/new/3" "$(pages out)"
	same "200 200 304" "$(page_requests | awk '{ print $5 }' | sort | xargs)"
}

@test "--all writes unchanged pages too, 304 as revisit" {
	fetch --state s.db "$U/page/1" "$U/plain/2" >out
	fetch --state s.db --all "$U/page/1" "$U/plain/2" >out
	run -0 warc list out
	grep -q "^revisit 304 sha1:.* $U/page/1" <<<"$output"
	grep -q "^response 200 .* $U/plain/2" <<<"$output"
	warc record out "$U/page/1" | grep -q "server-not-modified"
}

@test "an unchanged redirect is not written again, its target is asked" {
	fetch --state s.db "$U/to?u=/new/r" >out
	fetch --state s.db "$U/to?u=/new/r" >out
	same "$U/new/r" "$(pages out)"
	run ! grep -q "response 302" <(warc list out)
}

@test "a redirect with an ETag is followed each time" {
	fetch --state s.db "$U/tagged?u=/new/t" >out
	mark_requests
	fetch --state s.db "$U/tagged?u=/new/t" >out
	same "$U/new/t" "$(pages out)"
}

@test "failures are counted, and put off after the third" {
	for i in 1 2 3; do
		run fetch --state s.db "$U/status/404"
		expect 8
	done
	mark_requests
	fetch --state s.db "$U/status/404" >out
	same 0 "$(page_requests | wc -l)"
	run fetch --state s.db --all "$U/status/404"
	expect 8
}

@test "--status prints a table and JSON, also during a run" {
	fetch --state s.db "$U/page/1" >out
	run -8 fetch --state s.db "$U/status/404"
	run -0 "$FETCH" --state s.db --status
	grep -Eq "^ +200 +0 .* $U/page/1$" <<<"$output"
	grep -Eq "^ +404 +1 .* $U/status/404$" <<<"$output"
	"$FETCH" --state s.db --status=json >json
	python3 -c '
import json
pages = {p["url"].rsplit("/", 2)[1]: p for p in json.load(open("json"))}
assert len(pages) == 2
assert pages["page"]["status"] == 200 and pages["page"]["etag"]
assert pages["status"]["failures"] == 1'
	run fetch --state missing.db --status
	expect 3
	[ ! -e missing.db ]
}

@test "two runs on one state: the second stops, or waits" {
	mkfifo hold
	background --state s.db -i hold >out1
	exec 9>hold
	echo "$U/page/1" >&9
	for _ in $(seq 50); do
		if page_requests | grep -q page/1; then break; fi
		sleep 0.1
	done
	run fetch --state s.db "$U/page/2"
	expect 7
	grep -q "another run is using it" <<<"$output"
	run fetch --state s.db --wait=0.2 "$U/page/2"
	expect 7
	"$FETCH" --state s.db --status | grep -q page/1
	background --state s.db --wait "$U/page/2" >out2 9>&-
	sleep 0.3
	[ ! -s out2 ]
	exec 9>&-
	ended 0
	same "$U/page/2" "$(pages out2)"
}

@test "a file that is no state is refused and stays as it is" {
	head -c 5000 /dev/zero >s.db
	run fetch --state s.db "$U/page/1"
	expect 3
	head -c 5000 /dev/zero | cmp - s.db
	python3 -c '
import sqlite3
sqlite3.connect("o.db").execute("CREATE TABLE mine (x)")'
	run fetch --state o.db "$U/page/1"
	expect 3
	grep -q "not a state file" <<<"$output"
}

@test "with a state, an output that holds pages is added to or refused" {
	fetch --state s.db -o out.warc.gz "$U/page/1"
	cp out.warc.gz copy
	run fetch --state s.db -o out.warc.gz "$U/page/2"
	expect 3
	cmp copy out.warc.gz
	fetch --state s.db --append -o out.warc.gz "$U/page/2"
	same 2 "$(pages out.warc.gz | wc -l)"
}

@test "a page that could not be written is not known" {
	[ -w /dev/full ] || skip "lacks /dev/full"
	run fetch --state s.db -o /dev/full "$U/page/1"
	expect 3
	fetch --state s.db "$U/page/1" >out
	same "$U/page/1" "$(pages out)"
}

@test "SIGTERM: what is in flight is finished, the rest is left" {
	for i in $(seq 100); do echo "$U/page/$i"; done >list
	background --delay 0.1 --state s.db -o out.warc.gz -i list
	while [ "$(page_requests | wc -l)" -lt 3 ]; do sleep 0.05; done
	kill -TERM "$RUN"
	SECONDS=0
	ended 143
	[ "$SECONDS" -le 1 ]
	n=$(pages out.warc.gz | wc -l)
	[ "$n" -ge 3 ]
	[ "$n" -lt 100 ]
	fetch --state s.db -o out.warc.gz --append -i list
	same 100 "$(pages out.warc.gz | uniq | wc -l)"
	same 100 "$(pages out.warc.gz | wc -l)"
}

@test "SIGTERM: --grace bounds the wait, a second signal ends it" {
	background --grace 0.5 --ignore-robots "$U/stall-head" >out
	sleep 0.3
	kill -TERM "$RUN"
	SECONDS=0
	ended 143
	[ "$SECONDS" -le 2 ]
	background --ignore-robots "$U/stall-head" >out
	sleep 0.3
	kill -INT "$RUN"
	sleep 0.1
	kill -TERM "$RUN"
	SECONDS=0
	ended 143
	[ "$SECONDS" -le 2 ]
}

@test "SIGTERM ends a run whose reader stalls" {
	mkfifo pipe
	for i in $(seq 20); do echo "$U/big/300000?$i"; done >list
	exec 9<>pipe
	background --grace 0.5 --no-compress -i list >pipe 2>err 9>&-
	sleep 0.7
	kill -TERM "$RUN"
	SECONDS=0
	ended 3
	grep -q "the reader stalled" err
	[ "$SECONDS" -le 3 ]
	exec 9<&-
}

@test "a slow reader is no fault of the servers" {
	for i in $(seq 20); do echo "http://h$i.test:$PORT/big/50000"; done >list
	fetch --no-compress --ignore-robots --max-time 1 --low-speed-time 0.5 \
	    --first-byte-timeout 1 --connect-timeout 1 -i list |
	    { sleep 2.5; cat; } >out
	same 20 "$(pages out | wc -l)"
}

@test "kill -9 at random moments: nothing lost, at most the pages in flight twice" {
	python3 "$ROOT/tests/fetch/kill.py" "$FETCH" "$PORT" "${KILLS:-12}"
}
