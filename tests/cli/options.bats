#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# options.bats: what options do, and that --help and the manual know them all.
# shellcheck disable=SC2154 # bats sets status and output

load helper

# The long names in --help, one a line, in its order.
help_options() {
	"$PITH" --help | grep -oE '^ +(-[a-zA-Z0-9],)? +--[a-z-]+' |
	    grep -oE '[-][-][a-z-]+'
}

# The long names in the manual's list of options.
manual_options() {
	sed -n 's/^\.It .*Fl -\([a-z][a-z-]*\).*/--\1/p' "$TOP/man/pith.1"
}

@test "--version prints the version, once" {
	run "$PITH" --version
	status_is 0
	[ "$output" = "pith $(cat "$TOP/VERSION")" ]
}

@test "--help prints usage to standard output" {
	run "$PITH" --help
	status_is 0
	has 'usage: pith '
	has 'Exit status'
}

@test "--help is sorted and within 80 columns" {
	help_options >names
	[ "$(wc -l <names)" -gt 5 ]
	LC_ALL=C sort -c names
	[ "$("$PITH" --help | awk 'length > 80' | wc -l)" -eq 0 ]
}

@test "the manual and --help name the same options" {
	[ -e "$TOP/man/pith.1" ] || skip "there is no man/pith.1 yet"
	diff <(help_options) <(manual_options | LC_ALL=C sort)
}

@test "short and long names mean the same" {
	article lantern >a.html
	"$PITH" --width 40 a.html >a
	"$PITH" --width=40 a.html >b
	"$PITH" -w 40 a.html >c
	"$PITH" -w40 a.html >d
	cmp a b
	cmp a c
	cmp a d
}

@test "--width wraps, and only breaks lines at spaces" {
	article lantern >a.html
	"$PITH" a.html >wide
	"$PITH" -w 40 a.html >narrow
	[ "$(awk 'length > 40' narrow | wc -l)" -eq 0 ]
	[ "$(wc -l <narrow)" -gt "$(wc -l <wide)" ]
	diff <(tr -s '\n' ' ' <wide) <(tr -s '\n' ' ' <narrow)
}

@test "without --width no line is broken" {
	article lantern >a.html
	[ "$("$PITH" a.html | grep -c '^Then one night .* customs house\.$')" -eq 1 ]
}

@test "-o writes a file and nothing else" {
	article lantern >a.html
	"$PITH" a.html >want
	run "$PITH" -o got a.html
	status_is 0
	[ -z "$output" ]
	cmp want got
	[ "$(stat -c %a got)" = "$(printf '%o' $((0666 & ~$(umask))))" ]
}

@test "-- ends options" {
	article lantern >-a.html
	run "$PITH" -- -a.html
	status_is 0
	has 'the lantern was gone'
}

@test "--max-input refuses a page that is longer" {
	article lantern >a.html
	run "$PITH" --max-input 100 a.html
	status_is 6
	has 'pith: a.html: '
	run "$PITH" --max-input 1M a.html
	status_is 0
}

@test "--max-page refuses a page that unpacks to more" {
	{ article lantern; head -c 300000 /dev/zero | tr '\0' ' '; } |
	    gzip -c >a.gz
	run "$PITH" --max-page 200k a.gz
	status_is 6
	run "$PITH" --max-page 400k a.gz
	status_is 0
}

@test "--max-ratio refuses a bomb" {
	{ article lantern; head -c 30000000 /dev/zero | tr '\0' ' '; } |
	    gzip -9c >a.gz
	run "$PITH" a.gz
	status_is 6
	run "$PITH" --max-ratio 2000 a.gz
	status_is 0
}

@test "--max-memory refuses a page with too large a tree" {
	{ article lantern; yes '<p>some words</p>' | head -n 50000; } >a.html
	run "$PITH" --max-memory 1M a.html
	status_is 6
	has 'pith: a.html: '
}

@test "limits beyond what the machine can address are no limits" {
	article lantern >a.html
	for more in '' a.html; do
		run "$PITH" --max-input 900G --max-page 2G --max-memory 900G \
		    a.html $more
		status_is 0
		has 'the lantern was gone'
	done
}

@test "--max-time refuses a page that takes too long, within that time" {
	{ article lantern; yes '<p>some <b>bold</b> words</p>' |
	    head -n 400000; } >a.html
	start=$(date +%s%N)
	run "$PITH" --max-time 20 a.html
	status_is 6
	[ $((($(date +%s%N) - start) / 1000000)) -lt 2000 ]
}

@test "--max-depth flattens what is nested deeper, and loses no text" {
	{ yes '<div>' | head -n 3000; article lantern; } >a.html
	run "$PITH" --max-depth 40 a.html
	status_is 0
	has 'the lantern was gone'
}

@test "a limit outside its range is a usage error" {
	article lantern >a.html
	for args in '--max-depth 0' '--max-page 99999G' '--max-attrs x'; do
		# shellcheck disable=SC2086 # words
		run "$PITH" $args a.html
		status_is 2
	done
}
