#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch_pace.bats: politeness as a server measures it, and what robots.txt
# decides.

load ../fetch/setup.bash

setup_file() {
	start_faults --latency 0.05
}

teardown_file() {
	stop_faults
}

setup() {
	cd "$BATS_TEST_TMPDIR" || exit 1
	mark_requests
	U=http://a.test:$PORT
}

# Of the requests in stdin: shortest pause between the end of one and the start
# of the next of the same host, most at once on one host, most at once at all.
measure() {
	awk '
	{
		host = $3
		if (host in ended && (gap == "" || $1 - ended[host] < gap))
			gap = $1 - ended[host]
		ended[host] = $2
		n++; from[n] = $1; to[n] = $2; of[n] = host
	}
	END {
		for (i = 1; i <= n; i++) {
			all = one = 0
			for (j = 1; j <= n; j++)
				if (from[j] <= from[i] && from[i] < to[j]) {
					all++
					one += of[i] == of[j]
				}
			if (all > most) most = all
			if (one > mostone) mostone = one
		}
		printf "%.2f %d %d\n", gap, mostone, most
	}' <(sort -n)
}

robots() { # HOST, the file in stdin
	cat >"$SITE/robots/$1"
}

@test "one transfer a host at a time, with a pause, many hosts at once" {
	for host in a b c d e f; do
		for i in 1 2 3 4; do echo "http://$host.pace:$PORT/page/$i"; done
	done >list
	fetch --delay 0.3 -j 4 -i list >out
	same 24 "$(warc pages out | wc -l)"
	read -r gap one all < <(requests | measure)
	echo "gap $gap, at once $one and $all"
	awk "BEGIN { exit !($gap >= 0.29) }"
	[ "$one" -eq 1 ]
	[ "$all" -eq 4 ]
}

@test "the default pause is a second" {
	"$FETCH" --resolve "*:$PORT:127.0.0.1" "$U/page/1" "$U/page/2" >out
	read -r gap one all < <(requests | measure)
	awk "BEGIN { exit !($gap >= 0.99) }"
}

@test "a list sorted by host keeps all transfers busy" {
	for host in $(seq 8); do
		for i in $(seq 10); do
			echo "http://h$host.fair:$PORT/page/$i"
		done
	done >list
	fetch --ignore-robots -j 8 -i list >out
	read -r gap one all < <(requests | measure)
	same "1 8" "$one $all"
	# 10 rounds of 50 ms are ideal; in the order of the list it were 80
	requests | sort -n | awk 'NR == 1 { t = $1 } { e = $2 }
	    END { exit !(e - t < 1.5) }'
}

@test "Crawl-delay is obeyed where it is longer" {
	printf 'User-agent: *\nCrawl-delay: 0.5\n' | robots slow.test
	fetch "http://slow.test:$PORT/page/1" "http://slow.test:$PORT/page/2" \
	    >out
	read -r gap one all < <(requests | measure)
	awk "BEGIN { exit !($gap >= 0.49) }"
	mark_requests
	fetch --max-crawl-delay 0 "http://slow.test:$PORT/page/1" \
	    "http://slow.test:$PORT/page/2" >out
	read -r gap one all < <(requests | measure)
	awk "BEGIN { exit !($gap < 0.4) }"
}

@test "robots.txt is asked for once a site, before any page" {
	fetch "$U/page/1" "$U/page/2" >out
	same "/robots.txt /page/1 /page/2" \
	    "$(requests | awk '{ print $4 }' | xargs)"
	mark_requests
	fetch --ignore-robots "$U/page/1" >out
	same "/page/1" "$(requests | awk '{ print $4 }' | xargs)"
}

@test "robots.txt is obeyed" {
	printf 'User-agent: *\nDisallow: /page\nAllow: /page/ok\n' |
	    robots no.test
	run fetch -o out.warc "http://no.test:$PORT/page/1" \
	    "http://no.test:$PORT/page/ok"
	expect 6
	same "http://no.test:$PORT/page/ok" "$(warc pages out.warc)"
	grep -q "page/1: disallowed by robots.txt" <<<"$output"
	same 1 "$(page_requests | wc -l)"
}

@test "a group for our name comes before the one for all" {
	printf 'User-agent: *\nDisallow: /\n\nUser-agent: Pith-Fetch\nAllow: /\n' |
	    robots named.test
	fetch "http://named.test:$PORT/page/1" >out
	run fetch -A "other/1.0" "http://named.test:$PORT/page/1"
	expect 6
}

@test "robots.txt of status 4xx allows, of 5xx disallows" {
	echo STATUS 403 | robots forbidden.test
	fetch "http://forbidden.test:$PORT/page/1" >out
	echo STATUS 503 | robots broken.test
	run fetch --retries 0 "http://broken.test:$PORT/page/1"
	expect 8
	grep -q "robots.txt: HTTP status 503" <<<"$output"
	run ! grep -q "broken.test.*/page/1 " <(requests)
}

@test "robots.txt that redirects is followed, to another host too" {
	printf 'User-agent: *\nDisallow: /page/no\n' | robots target.test
	echo "TO http://target.test:$PORT/robots.txt" | robots moved.test
	run fetch -o out.warc "http://moved.test:$PORT/page/1" \
	    "http://moved.test:$PORT/page/no"
	expect 6
	same 1 "$(warc pages out.warc | wc -l)"
	echo "TO /robots.txt" | robots circle.test
	fetch "http://circle.test:$PORT/page/1" >out
	same 6 "$(requests | grep -c "circle.test:$PORT /robots.txt")"
}

@test "a site that cannot be asked is not fetched from" {
	run fetch --retries 0 --connect-timeout 0.3 \
	    --resolve "gone.test:1:127.0.0.1" http://gone.test:1/
	expect 4
	grep -q "robots.txt: " <<<"$output"
}

@test "a huge robots.txt counts up to 500 kB" {
	{
		printf 'User-agent: *\nDisallow: /page/early\n'
		head -c 600000 /dev/zero | tr '\0' '#'
		printf '\nDisallow: /page/late\n'
	} | robots huge.test
	run fetch -o out.warc "http://huge.test:$PORT/page/late" \
	    "http://huge.test:$PORT/page/early"
	expect 6
	same "http://huge.test:$PORT/page/late" "$(warc pages out.warc)"
}

@test "the target of a redirect is asked as well" {
	printf 'User-agent: *\nDisallow: /page\n' | robots shy.test
	run fetch "$U/to?u=http://shy.test:$PORT/page/1"
	expect 6
}

@test "robots.txt is kept in the state for a day" {
	fetch --state s.db "$U/page/1" >out
	mark_requests
	fetch --state s.db "$U/page/2" >out
	run ! grep -q robots.txt <(requests)
	command -v sqlite3 >/dev/null || skip "lacks sqlite3 for the rest"
	sqlite3 s.db "UPDATE robots SET fetched = fetched - 86401"
	fetch --state s.db "$U/page/3" >out
	requests | grep -q robots.txt
}
