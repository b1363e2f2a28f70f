#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch_faults.bats: what pith-fetch does with servers that misbehave. Each
# failure has its class, costs its URL alone, and ends in bounded time.

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

# fails CODE MESSAGE SECONDS OPTION… URL: alone, and with another page beside
fails() {
	local code=$1 message=$2 limit=$3
	shift 3
	SECONDS=0
	run fetch --ignore-robots --retries 0 -o out.warc.gz "$@" "$U/page/good"
	expect "$code"
	[ "$SECONDS" -le "$limit" ]
	grep -q -- "$message" <<<"$output" || { echo "$output" >&2; return 1; }
	same 1 "$(wc -l <<<"$output")"
	same "$U/page/good" "$(warc pages out.warc.gz)"
	same 1 "$(warc failures out.warc.gz | wc -l)"
}

@test "stall at connect" {
	fails 4 "connecting took longer than 0.5 s" 3 --connect-timeout 0.5 \
	    --resolve "*:$STALLED:127.0.0.1" "http://b.test:$STALLED/"
}

@test "stall before the head" {
	fails 4 "the answer took longer than 0.5 s" 3 \
	    --first-byte-timeout 0.5 "$U/stall-head"
}

@test "stall in the head" {
	fails 4 "the answer took longer" 3 --first-byte-timeout 0.5 \
	    "$U/stall-in-head"
}

@test "stall in the body" {
	fails 4 "slower than 100 bytes/s" 4 --low-speed-time 1 "$U/stall-body"
}

@test "slow drip" {
	fails 4 "slower than 100 bytes/s" 4 --low-speed-time 1 "$U/drip"
	fails 4 "the transfer took longer than 1 s" 4 --max-time 1 "$U/drip"
}

@test "early close" {
	fails 4 "Empty reply" 2 "$U/early-close"
}

@test "Content-Length longer than the body" {
	fails 4 "bytes \(remaining\|missing\)" 2 "$U/long-length"
}

@test "Content-Length shorter than the body: the rest is no part of it" {
	fetch "$U/short-length" >out
	same "<p>12345" "$(warc body out "$U/short-length")"
}

@test "bad gzip is kept as it came, and refused where it is to be decoded" {
	fetch "$U/bad-gzip" >out
	warc head out "$U/bad-gzip" | grep -q "Content-Encoding: gzip"
	run fetch --raw "$U/bad-gzip"
	expect 6
}

@test "chunks that are none" {
	fails 4 "" 2 "$U/bad-chunk"
}

@test "endless head" {
	fails 6 "response head of more than 262144 bytes" 3 "$U/endless-head"
}

@test "endless body" {
	fails 6 "page of more than 1048576 bytes" 4 --max-size 1M \
	    "$U/endless-body"
}

@test "a body over the cap is not even begun" {
	fails 6 "page of more than 1000 bytes" 3 --max-size 1000 "$U/big/5000"
	# what robots.txt may hold is another matter
	{ echo "User-agent: *"; seq 2000 | sed 's/^/# /'; } \
	    >"$SITE/robots/wordy.test"
	fetch --max-size 1000 "http://wordy.test:$PORT/page/1" >out
	same 1 "$(warc pages out | wc -l)"
}

@test "garbage for a status line" {
	fails 4 "" 2 "$U/garbage"
	run ! grep -q $'\033' <<<"$output"
}

@test "control characters of a server reach no terminal" {
	fails 6 "application/?\[31mred" 2 "$U/evil-type"
}

@test "redirect to another scheme" {
	fails 6 "scheme file is not fetched" 2 "$U/to?u=file:///etc/passwd"
	fails 6 "scheme gopher is not fetched" 2 "$U/to?u=gopher://a.test/"
}

@test "redirect to a URL without end" {
	fails 6 "URL of more than 8192 bytes" 2 "$U/far/5000"
	fails 6 "URL of more than 8192 bytes" 2 "$U/far/50000"
}

@test "redirects without end" {
	fails 6 "more than 10 redirects" 3 "$U/loop"
	fails 6 "more than 2 redirects" 3 --max-redirects 2 "$U/loop"
}

@test "redirect with credentials" {
	fails 6 "credentials" 2 "$U/to?u=http://me:pw@a.test:$PORT/page/1"
}

@test "HTTP errors" {
	fails 8 "HTTP status 404" 2 "$U/status/404"
	fails 8 "HTTP status 500" 2 "$U/status/500"
	fails 8 "HTTP status 304" 2 "$U/status/304"
}

@test "no such host, nobody listening" {
	fails 4 "resolve" 9 "http://no-such-host.invalid/"
	fails 4 "connect" 3 --resolve "b.test:1:127.0.0.1" "http://b.test:1/"
}

@test "what is no URL" {
	run fetch "$U/page/1" "example.org" "ftp://a.test/x" $'http://a\x01b/'
	expect 2
	same 3 "$(grep -c "^pith-fetch: " <<<"$output")"
}

@test "several failures: the lowest code" {
	run fetch "$U/status/404" "$U/early-close" --retries 0
	expect 4
	run fetch "$U/status/404" "$U/type/image/png"
	expect 6
}

@test "files that cannot be read or written" {
	run fetch -i missing
	expect 3
	run fetch -i /
	expect 3
	run fetch -o missing/out.warc.gz "$U/page/1"
	expect 3
	[ -w /dev/full ] || skip "lacks /dev/full"
	run bash -c "'$FETCH' '$U/status/404' >/dev/full"
	expect 3
	run fetch -o /dev/full --resolve "*:$PORT:127.0.0.1" "$U/page/1"
	expect 3
}

@test "wrong options" {
	local args
	for args in "" "--nonsense $U" "-j 0 $U" "-j x $U" "--delay x $U" \
	    "--raw $U $U" "--status" "--append $U" "--max-size 0 $U" "-o"; do
		# shellcheck disable=SC2086
		run "$FETCH" $args
		expect 2
		same 1 "$(wc -l <<<"$output")"
	done
}

@test "what may pass later is tried again" {
	fetch "$U/later" >out
	same "$U/later" "$(warc pages out)"
	same 2 "$(page_requests | wc -l)"
}

@test "Retry-After in seconds is obeyed" {
	fetch "$U/flaky/429/x?after=2&times=1" >out
	same 1 "$(warc pages out | wc -l)"
	page_requests | awk '{ t[NR] = $1 } END { exit !(t[2] - t[1] >= 2 &&
	    t[2] - t[1] < 6) }'
}

@test "Retry-After as a date is obeyed" {
	local when
	when=$(date -u -d '+3 seconds' '+%a,+%d+%b+%Y+%H:%M:%S+GMT')
	fetch "$U/flaky/503/x?after=$when&times=1" >out
	same 1 "$(warc pages out | wc -l)"
	page_requests | awk '{ t[NR] = $1 } END { exit !(t[2] - t[1] >= 1.5) }'
}

@test "a server that asks for more time than there is gets it" {
	SECONDS=0
	run fetch "$U/flaky/503/y?after=3600"
	expect 8
	[ "$SECONDS" -lt 3 ]
	same 1 "$(page_requests | wc -l)"
}

@test "retries are counted and end" {
	run fetch --retries 2 --max-retry-delay 0.2 "$U/status/503"
	expect 8
	same 3 "$(page_requests | wc -l)"
	mark_requests
	run fetch --retries 2 --max-retry-delay 0.2 "$U/status/404"
	same 1 "$(page_requests | wc -l)"
}

@test "no public site leads to a private address" {
	unshare -rn true 2>/dev/null || skip "lacks user namespaces"
	command -v ip >/dev/null || skip "lacks ip"
	cat >inside <<-'E'
	set -e
	ip link set lo up
	ip addr add 93.184.216.34/32 dev lo
	mkdir -p site/robots
	python3 "$1/tests/fetch/faults.py" site --address 0.0.0.0 &
	while [ ! -s site/port ]; do sleep 0.05; done
	P=$(cat site/port)
	f() { "$F" --delay 0 --retries 0 --ignore-robots -o out.warc \
	    --resolve "public.test:$P:93.184.216.34" \
	    --resolve "rebound.test:$P:127.0.0.1" "$@"; }
	F=$2
	f "http://rebound.test:$P/page/1" && echo direct
	f "http://public.test:$P/to?u=/page/1" && echo public
	f "http://public.test:$P/to?u=http://127.0.0.1:$P/page/1" || echo n$?
	f "http://public.test:$P/to?u=http://rebound.test:$P/page/1" || echo d$?
	f "http://rebound.test:$P/page/1" -j 1 \
	    "http://public.test:$P/to?u=http://rebound.test:$P/page/2" ||
	    echo reused$?
	printf '<rss><item><link>http://rebound.test:%s/page/1</link></item></rss>' \
	    "$P" >site/feed
	f --feed "http://public.test:$P/file/feed" || echo feed$?
	f --allow-private \
	    "http://public.test:$P/to?u=http://rebound.test:$P/page/1" &&
	    echo let
	E
	run unshare -rn sh inside "$ROOT" "$FETCH"
	echo "$output"
	same "direct public n6 d6 reused6 feed6 let" \
	    "$(grep -v '^pith-fetch' <<<"$output" | tr '\n' ' ' | sed 's/ $//')"
	same 4 "$(grep -c -- --allow-private <<<"$output")"
}
