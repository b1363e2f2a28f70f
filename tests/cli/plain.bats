#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# plain.bats: plain text in, by --text, by its media type, as a field of JSON
# lines; and the five texts of the seeds.
# shellcheck disable=SC2154 # bats sets status and output

load helper

# A text with labels around it.
plain() {
	cat <<-END
	Home

	Log in

	The lantern stood in the harbour for forty years, and nobody who passed it in the morning, on the way to the fish market, thought of it as something that could ever go away.

	Then one night in March the wind turned to the east, the moorings gave way one after the other, and in the morning the lantern was gone, with two gulls and a bench.

	Share this

	Related Posts

	Privacy Policy
	END
}

# The lines of plain that are of the article.
article_lines() {
	plain | sed -n '5,7p'
}

@test "--text keeps the article and drops the labels" {
	plain >a.txt
	article_lines >want
	"$PITH" --text a.txt >got
	diff want got
	"$PITH" --text <a.txt >got
	diff want got
	"$PITH" -I text a.txt >got
	diff want got
}

@test "what has no markup is plain text without --text, markup is not" {
	plain >a.txt
	article_lines >want
	"$PITH" a.txt >got
	diff want got
	"$PITH" <a.txt >got
	diff want got
	"$PITH" a.txt a.txt >got
	printf '\f\n' | cat want - want | diff - got
	gzip -c a.txt | "$PITH" >got
	diff want got
	iconv -f utf-8 -t utf-16 a.txt | "$PITH" >got
	diff want got
	{ plain; echo '<p>One more line, this one with markup around it.</p>'; } >b
	"$PITH" --recall b >got
	"$PITH" --recall -I html b | diff - got
	grep -q 'Log in The lantern' got
}

@test "-I html takes plain text for HTML, whose lines run together" {
	plain >a.txt
	"$PITH" --recall -I html a.txt >got
	grep -q 'Log in The lantern' got
}

@test "--text exits 1 where nothing is kept" {
	printf 'Home\nNews\nLog in\nContact us\nPrivacy policy\n' >a.txt
	run "$PITH" --text a.txt
	status_is 1
	[ -z "$output" ]
}

@test "--text reads several files" {
	plain >a.txt
	plain | sed 's/lantern/capstan/' >b.txt
	"$PITH" --text a.txt >a
	"$PITH" --text b.txt >b
	{ cat a; printf '\f\n'; cat b; } >want
	"$PITH" --text a.txt b.txt >got
	diff want got
}

@test "--text prints no control characters and adds no carriage returns" {
	plain | sed 's/lantern/lan\x1b[31mtern\x07/; s/$/\r/' >a.txt
	article_lines | sed '1s/lantern/lan[31mtern/' |
	    sed '3s/lantern/lan[31mtern/' >want
	"$PITH" --text a.txt >got
	diff want got
}

@test "a conversion record of an archive is plain text" {
	plain >a.txt
	{
		printf 'WARC/1.0\r\nWARC-Type: conversion\r\n'
		printf 'WARC-Target-URI: http://example.org/a\r\n'
		printf 'WARC-Date: 2020-01-01T00:00:00Z\r\n'
		printf 'WARC-Record-ID: <urn:uuid:0a1b2c3d-0000-4000-8000-000000000001>\r\n'
		printf 'Content-Type: text/plain\r\nContent-Length: %d\r\n\r\n' \
		    "$(wc -c <a.txt)"
		cat a.txt
		printf '\r\n\r\n'
	} >a.warc
	article_lines >want
	"$PITH" a.warc >got
	diff want got
}

@test "the text field of JSON lines is plain text" {
	plain >a.txt
	jq -Rsc '{url: "http://example.org/a", text: .}' <a.txt >a.jsonl
	"$PITH" -I jsonl -f jsonl a.jsonl | jq -j .text >got
	article_lines >want
	diff want got
}

# What must stay of a text of the seeds: all but its labels, the teasers under
# "Related Posts", and lines before the first paragraph, which may be titles.
must_stay() {
	awk '
		/^Related Posts$/ { exit }
		/^(Connect with us|News|Published|on|1x)$/ { next }
		/^(Share This Post|0 Comments)$/ || /^[ \t]*$/ { next }
		length > 100 { body = 1 }
		body { print }' "$1"
}

@test "of the five seeds the article stays and the rest goes" {
	seeds=$TOP/../shared/seeds
	[ -d "$seeds" ] || skip "there are no texts in ../shared/seeds"
	for text in "$seeds"/*.txt; do
		"$PITH" --text "$text" >got
		must_stay "$text" >want
		[ "$(wc -l <want)" -gt 9 ]
		# lines of got that are not in want may only be titles
		sed '/^[ \t]*$/d' got >lines
		grep -vxF -f want lines >extra || :
		grep -xF -f want got | diff want - || { echo "$text"; false; }
		! grep -xE 'Connect with us|News|Published|on|1x' extra
		! grep -xE 'Share This Post|Related Posts|0 Comments' extra
		awk '/^Related Posts$/ { found = 1 } found && NF' "$text" >gone
		! grep -xF -f gone extra
	done
}
