#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch.bats: what pith-fetch does with servers that behave.

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

@test "one URL becomes a WARC on stdout, silently" {
	fetch "$U/page/one" >out 2>err
	[ ! -s err ]
	same "$U/page/one" "$(warc pages out)"
	warc body out "$U/page/one" | grep -q "page called one"
}

@test "records are whole: type, digests, ids, one gzip member each" {
	fetch -o out.warc.gz "$U/page/one" "$U/chunked" "$U/gzip/x"
	run -0 warc list out.warc.gz
	[ "${#lines[@]}" -eq 7 ]
	fetch -o out.warc "$U/page/one"
	[ "$(head -c 8 out.warc)" = WARC/1.1 ]
	warc list out.warc
}

@test "an independent reader accepts the file" {
	python3 -c 'import warcio' 2>/dev/null || skip "lacks python's warcio"
	fetch -o out.warc.gz "$U/page/one" "$U/chunked" "$U/status/404" || true
	python3 -m warcio.cli check -v out.warc.gz
	run -0 python3 -m warcio.cli index -f http:status out.warc.gz
	same 2 "$(grep -c 200 <<<"$output")"
}

@test "the body is kept byte for byte, with its Content-Encoding" {
	fetch -o out.warc.gz "$U/page/x" "$U/gzip/x" "$U/chunked"
	curl -s "http://127.0.0.1:$PORT/page/x" >want
	warc body out.warc.gz "$U/page/x" | cmp - want
	warc body out.warc.gz "$U/gzip/x" | cmp - want
	warc head out.warc.gz "$U/gzip/x" | grep -q "Content-Encoding: gzip"
	curl -s "http://127.0.0.1:$PORT/chunked" >want
	warc body out.warc.gz "$U/chunked" | cmp - want
}

@test "a response without chunks is kept byte for byte, head and all" {
	fetch -o out.warc.gz "$U/page/x" "$U/gzip/x" "$U/hints"
	for path in page/x gzip/x; do
		curl -si "http://127.0.0.1:$PORT/$path" >want
		warc whole out.warc.gz "$U/$path" | cmp - want
	done
	curl -si "http://127.0.0.1:$PORT/hints" |
	    sed '1,/^\r$/d' >want # without the interim head
	warc whole out.warc.gz "$U/hints" | cmp - want
}

@test "a head that no longer fits the body says so" {
	fetch -o out.warc.gz "$U/chunked"
	warc head out.warc.gz "$U/chunked" |
	    grep -q "^X-Crawler-Transfer-Encoding: chunked"
	run ! grep -q "Trailer-Field" <(warc head out.warc.gz "$U/chunked")
}

@test "interim answers are no answers" {
	fetch -o out.warc.gz "$U/hints"
	warc head out.warc.gz "$U/hints" | head -1 | grep -q "200"
}

@test "a list is read from a file, without comments and empty lines" {
	printf '# pages\n%s\n\n  %s  \r\n%s' "$U/page/1" "$U/page/2" \
	    "$U/page/3" >list
	fetch -i list >out
	same 3 "$(warc pages out | wc -l)"
}

@test "a list is read from a pipe as it comes" {
	mkfifo list
	fetch -i - <list >out &
	exec 9>list
	echo "$U/page/early" >&9
	for _ in $(seq 50); do
		if page_requests | grep -q early; then break; fi
		sleep 0.1
	done
	page_requests | grep -q early
	echo "$U/page/late" >&9
	exec 9>&-
	wait $!
	same 2 "$(warc pages out | wc -l)"
}

@test "--raw gives the decoded body of one page" {
	fetch --raw "$U/gzip/x" >out
	grep -q "page called x" out
	fetch --raw "$U/to?u=/page/y" | grep -q "page called y"
}

@test "a redirect is recorded and followed" {
	fetch "$U/to?u=/page/y" >out
	run -0 warc list out
	grep -q "response 302 .*to?u" <<<"$output"
	same "$U/page/y" "$(warc pages out)"
}

@test "a request says who asks and what it takes" {
	fetch "$U/echo" >out
	warc body out "$U/echo" >got
	grep -q "user-agent: pith-fetch/" got
	grep -q "accept: text/html,application/xhtml+xml,text/plain" got
	grep -q "accept-encoding: gzip, deflate" got
	fetch -A "Other/2.0" "$U/echo" >out
	warc body out "$U/echo" | grep -q "user-agent: Other/2.0"
}

@test "credentials come from .netrc and stay out of the archive" {
	echo "machine a.test login me password hidden" >"$HOME/.netrc"
	fetch "$U/echo" >out
	rm "$HOME/.netrc"
	warc body out "$U/echo" | grep -q "authorization: Basic"
	run ! grep -qi authorization <(warc request out "$U/echo")
	run fetch "http://me:hidden@a.test:$PORT/echo"
	expect 2
}

@test "cookies are kept within a run if asked for" {
	fetch -j 1 "$U/cookie" "$U/cookie?2" >out
	run ! grep -q taste <(warc body out "$U/cookie?2")
	fetch -j 1 --cookies "$U/cookie" "$U/cookie?2" >out
	warc body out "$U/cookie?2" | grep -q "taste=good"
}

@test "a proxy is taken from the environment" {
	http_proxy=http://127.0.0.1:$PORT fetch "http://b.test/page/1" >out
	same "http://b.test/page/1" "$(warc pages out)"
	requests | grep -q " b.test http://b.test/page/1 "
	run env http_proxy=http://127.0.0.1:1 no_proxy=.test \
	    "$FETCH" --resolve "*:$PORT:127.0.0.1" --delay 0 "$U/page/1"
	expect 0
}

@test "a name that is not ASCII is asked for as IDNA" {
	run fetch -o out "http://bücher.test:$PORT/page/1"
	[[ $output != *'lacks IDN support'* ]] || skip "this libcurl has no IDNA"
	expect 0
	same "http://xn--bcher-kva.test:$PORT/page/1" "$(warc pages out)"
}

@test "IPv6 is spoken" {
	ip -6 addr show dev lo 2>/dev/null | grep -q ::1 ||
	    skip "lacks IPv6 on loopback"
	mkdir -p six/robots
	python3 "$ROOT/tests/fetch/faults.py" six --address ::1 3>&- &
	wait_for six/port
	six="http://[::1]:$(cat six/port)/page/six"
	fetch "$six" >out
	kill $!
	same "$six" "$(warc pages out)"
	warc record out "$six" | grep -q "WARC-IP-Address: ::1"
}

@test "-v has a line per URL, --log too" {
	fetch -v --log log "$U/page/1" "$U/page/2" 2>err >out
	same 2 "$(grep -c "page/.: written, status 200" err)"
	fetch --log log "$U/page/1" >out
	same 3 "$(grep -c "200 .*/page/. written" log)"
}

@test "an output without pages is still a WARC file" {
	run fetch -o out.warc.gz "$U/status/404"
	same "http $U/status/404" "$(warc failures out.warc.gz)"
	run fetch -o out2.warc.gz "no-url"
	warc list out2.warc.gz | grep -q warcinfo
}

@test "--append adds to a file, after cutting off half a record" {
	fetch -o out.warc.gz "$U/page/1"
	cp out.warc.gz whole
	fetch -o out.warc.gz --append "$U/page/2"
	same 2 "$(warc pages out.warc.gz | wc -l)"
	head -c -100 whole >out.warc.gz
	fetch -o out.warc.gz --append "$U/page/2"
	same 2 "$(warc pages out.warc.gz | wc -l)"
	fetch -o out.warc "$U/page/1"
	head -c -20 out.warc >cut.warc
	fetch -o cut.warc --append "$U/page/2"
	same 2 "$(warc pages cut.warc | wc -l)"
	seq 100 | gzip >other.gz
	cp other.gz other
	run fetch -o other.gz --append "$U/page/1"
	expect 3
	cmp other other.gz
}

@test "a page that is not of an accepted type is not downloaded" {
	run fetch "$U/type/image/png"
	expect 6
	fetch --accept 'image/*' "$U/type/image/png" >out
	same "$U/type/image/png" "$(warc pages out)"
}

@test "--keep-errors writes pages of errors" {
	fetch --keep-errors "$U/status/404" >out
	warc list out | grep -q "response 404"
}

@test "the end of the reader ends the run quietly" {
	for i in $(seq 200); do echo "$U/big/200000?$i"; done >list
	fetch -i list --no-compress 2>err | head -c 100000 >out
	same "141 0" "${PIPESTATUS[*]}"
	[ ! -s err ]
}

@test "a terminal sees progress, and whole lines of errors" {
	needs_terminal
	for i in $(seq 12); do echo "$U/page/$i"; done >list
	echo "$U/status/404" >>list
	TERM=xterm script -qec "'$FETCH' --resolve '*:$PORT:127.0.0.1' \
	    --delay 0.1 -i list -o out.warc.gz" typescript >/dev/null || true
	grep -aq "[0-9] done, 0 failed, [0-9]* waiting on 1 hosts" typescript
	grep -aq $'\033\[Kpith-fetch: .*/status/404: HTTP status 404' typescript
}
