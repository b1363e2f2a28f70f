#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# url.bats: pith fetches what it is given as URLs by pith-fetch, and passes on
# what that says.
# shellcheck disable=SC2154 # bats sets status and output

load helper
bats_require_minimum_version 1.5.0

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return 1
	mkdir site
	load helper
	article lantern >site/a.html
	article capstan >site/b.html
	python3 -u -m http.server --bind 127.0.0.1 -d site 0 >port 2>/dev/null 3>&- &
	echo $! >pid
	for _ in $(seq 100); do [ -s port ] && break; sleep 0.05; done
	U=http://127.0.0.1:$(grep -oE 'port [0-9]+' port | grep -oE '[0-9]+')
	export U
	unset http_proxy https_proxy all_proxy
}

teardown_file() {
	kill "$(cat "$BATS_FILE_TMPDIR/pid")"
}

@test "a URL is fetched, and files go beside it" {
	article windlass >c.html
	run --separate-stderr "$PITH" "$U/a.html" c.html
	status_is 0
	has 'lantern was gone'
	has 'windlass was gone'
	[ "$stderr" = '' ]
}

@test "a list of URLs, from a file" {
	printf '%s/a.html\n# no\n%s/b.html\n' "$U" "$U" >urls
	run "$PITH" -i urls --delay 0 -f jsonl
	status_is 0
	[ "$(jq -r .url <<<"$output" | tr '\n' ' ')" = "$U/a.html $U/b.html " ]
}

@test "a URL that gives no page has its line and its status, told once" {
	run --separate-stderr "$PITH" -f jsonl --delay 0 "$U/no.html" "$U/a.html"
	status_is 8
	[ "$(jq -r '.url + " " + .status' <<<"$output" | sort | tr '\n' ' ')" = \
	    "$U/a.html ok $U/no.html failed " ]
	[ "$(wc -l <<<"$stderr")" -eq 1 ]
	[[ $stderr == *"no.html: HTTP status 404"* ]]
	run "$PITH" --delay 0 http://127.0.0.1:1/ "$U/a.html"
	status_is 4
	has 'lantern was gone'
}

@test "what was archived on the way gives the same again" {
	fetch=$(dirname "$PITH")/pith-fetch
	"$fetch" --delay 0 "$U/a.html" "$U/no.html" "$U/b.html" >day.warc.gz \
	    2>/dev/null || [ $? -eq 8 ]
	status=0
	"$PITH" -f jsonl day.warc.gz >again || status=$?
	[ "$status" -eq 8 ]
	[ "$(jq -r .status again | sort | tr '\n' ' ')" = 'failed ok ok ' ]
}

@test "--limit ends the fetching" {
	for i in $(seq 300); do echo "$U/a.html?$i"; done >urls
	SECONDS=0
	run --separate-stderr "$PITH" -i urls --delay 0 --limit 3 -f jsonl
	status_is 0
	[ "$(wc -l <<<"$output")" -eq 3 ]
	[ "$SECONDS" -lt 15 ]
}

@test "--delay and --state want something to fetch" {
	article windlass >c.html
	for option in '--delay 0' '--state x.db'; do
		# shellcheck disable=SC2086 # words
		run "$PITH" $option c.html
		status_is 2
		has 'want a URL, -i or --feed'
	done
	[ ! -e x.db ]
}
