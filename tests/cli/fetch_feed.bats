#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch_feed.bats: feeds and sitemaps, and which of their items are news.

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

pages() { # FILE: names of the pages, sorted
	warc pages "$1" | sed 's|.*/page/||' | sort | xargs
}

rss() { # NAME ITEM …
	local name=$1
	shift
	{
		echo '<?xml version="1.0"?><rss version="2.0"><channel>'
		echo '<link>http://a.test/</link>'
		for item; do
			echo "<item><link>/page/$item</link></item>"
		done
		echo '</channel></rss>'
	} >"$SITE/$name"
}

@test "RSS, Atom, JSON Feed and sitemap" {
	rss rss one two
	cat >"$SITE/atom" <<-'E'
	<feed xmlns="http://www.w3.org/2005/Atom"><link href="/page/home"/>
	<entry><link rel="edit" href="/page/no"/>
	<link rel="alternate" href="/page/three"/></entry></feed>
	E
	echo '{"version": "https://jsonfeed.org/version/1.1",
	    "items": [{"id": "1", "url": "/page/four"}]}' >"$SITE/json"
	cat >"$SITE/map" <<-E
	<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
	<url><loc>$U/page/five</loc></url></urlset>
	E
	gzip -c "$SITE/map" >"$SITE/map.gz"
	fetch --feed "$U/file/rss" --feed "$U/file/atom" \
	    --feed "$U/file/json" --feed "$U/file/map" >out
	same "five four one three two" "$(pages out)"
	fetch --feed "$U/file/map.gz" >out
	same "five" "$(pages out)"
}

@test "a sitemap index leads to its sitemaps" {
	{
		echo '<sitemapindex>'
		for i in $(seq 30); do
			echo "<sitemap><loc>$U/file/map$i</loc></sitemap>"
			echo "<urlset><url><loc>$U/page/$i</loc></url></urlset>" \
			    >"$SITE/map$i"
		done
		echo '</sitemapindex>'
	} >"$SITE/index"
	fetch --feed "$U/file/index" >out
	same 30 "$(warc pages out | wc -l)"
	# an index in an index is refused, and ends
	echo "<sitemapindex><sitemap><loc>$U/file/index</loc></sitemap>\
	    </sitemapindex>" >"$SITE/outer"
	run fetch --feed "$U/file/outer"
	expect 6
}

@test "sitemap indexes in a circle end" {
	for i in 1 2; do
		echo "<sitemapindex><sitemap><loc>$U/file/ring$((3 - i))</loc>" \
		    "</sitemap></sitemapindex>" >"$SITE/ring$i"
	done
	echo "<sitemapindex><sitemap><loc>$U/file/self</loc></sitemap>" \
	    "</sitemapindex>" >"$SITE/self"
	for name in ring1 self; do
		mark_requests
		run timeout 60 "$FETCH" --resolve "*:$PORT:127.0.0.1" --delay 0 \
		    -o out.warc --feed "$U/file/$name"
		expect 6
		grep -q 'an index within a sitemap index' <<<"$output"
		same 2 "$(page_requests | wc -l)"
	done
}

@test "a JSON Feed of a million values is refused, and memory stays bounded" {
	! grep -q __asan_init "$FETCH" || skip "sanitizers need more memory"
	{ printf '{"items":['; yes '{},' | head -n 2000000
	echo '{}]}'; } >"$SITE/many.json"
	run bash -c "ulimit -v 400000; exec \"\$@\"" - "$FETCH" \
	    --resolve "*:$PORT:127.0.0.1" --delay 0 -o out.warc \
	    --feed "$U/file/many.json?t=application/json"
	expect 6
	grep -q 'many.json.*: a JSON Feed of over a million values' <<<"$output"
}

@test "with a state only new items are fetched" {
	rss news one two
	fetch --state s.db --feed "$U/file/news" >out
	same "one two" "$(pages out)"
	mark_requests
	fetch --state s.db --feed "$U/file/news" >out
	same "304" "$(page_requests | awk '{ print $5 }' | xargs)"
	rss news zero one two
	mark_requests
	fetch --state s.db --feed "$U/file/news" >out
	same zero "$(pages out)"
	same 2 "$(page_requests | wc -l)"
	fetch --state s.db --all --feed "$U/file/news" >out
	same 4 "$(warc list out | grep -cE '^(response|revisit|warcinfo)')"
}

@test "an item with a new date is news again" {
	m() {
		echo "<urlset><url><loc>$U/new/x</loc><lastmod>$1</lastmod></url>\
		    </urlset>" >"$SITE/dated"
	}
	m 2026-01-01
	fetch --state s.db --feed "$U/file/dated" >out
	m 2026-01-02
	fetch --state s.db --feed "$U/file/dated" >out
	same "$U/new/x" "$(warc pages out)"
}

@test "an item that failed for now comes again, one that is gone does not" {
	{
		echo "<urlset><url><loc>$U/flaky/503/x?times=1</loc></url>"
		echo "<url><loc>$U/status/404</loc></url></urlset>"
	} >"$SITE/failing"
	run fetch --retries 0 --state s.db --feed "$U/file/failing"
	expect 8
	mark_requests
	fetch --state s.db --feed "$U/file/failing" >out
	same "$U/flaky/503/x?times=1" "$(warc pages out)"
	run ! grep -q status/404 <(requests)
}

@test "an item whose host was not found comes again" {
	echo "<urlset><url><loc>http://b.invalid:$PORT/page/one</loc></url>\
	    </urlset>" >"$SITE/lost"
	RES_OPTIONS="timeout:1 attempts:1" run "$FETCH" --delay 0 --retries 0 \
	    --resolve "a.test:$PORT:127.0.0.1" --ignore-robots --state s.db \
	    --feed "$U/file/lost"
	expect 4
	fetch --ignore-robots --state s.db --feed "$U/file/lost" >out
	same one "$(pages out)"
}

@test "a run killed between feed and items loses none" {
	rss slow 1 2 3 4 5 6 7 8 9
	background --delay 0.2 --state s.db -o out.warc.gz --append \
	    --feed "$U/file/slow"
	for _ in $(seq 100); do
		if [ "$(page_requests | wc -l)" -ge 4 ]; then break; fi
		sleep 0.05
	done
	kill -9 "$RUN"
	ended 137
	fetch --state s.db -o out.warc.gz --append --feed "$U/file/slow"
	same "1 2 3 4 5 6 7 8 9" "$(warc pages out.warc.gz |
	    sed 's|.*/page/||' | sort -u | xargs)"
}

@test "a damaged feed gives what comes before the damage, and is reported" {
	{
		echo "<rss><channel><item><link>$U/page/1</link></item>"
		echo '<item><link>broken</ln'
	} >"$SITE/damaged"
	run fetch -o out.warc --feed "$U/file/damaged"
	expect 6
	same 1 "$(pages out.warc)"
	grep -q "damaged: feed line 2" <<<"$output"
	echo '{"items": 1}' >"$SITE/damaged"
	run fetch --feed "$U/file/damaged"
	expect 6
	run fetch --feed "$U/status/404"
	expect 8
	run fetch --feed no-url
	expect 2
}

@test "a feed of 20,000 items does not fill the memory" {
	{
		echo '<urlset>'
		for i in $(seq 20000); do
			echo "<url><loc>http://h.test:1/page/$i</loc></url>"
		done
		echo '</urlset>'
	} >"$SITE/many"
	# nobody listens there: all items fail with their site's robots.txt
	memory=400000
	! grep -q __asan_init "$FETCH" || memory=unlimited
	run bash -c "ulimit -v $memory; '$FETCH' --window 100 --retries 0 \
	    --resolve '*:$PORT:127.0.0.1' --resolve 'h.test:1:127.0.0.1' \
	    --feed '$U/file/many' 2>&1 >/dev/null | grep -c robots.txt"
	same 20000 "$output"
}
