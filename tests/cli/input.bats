#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# input.bats: where pages come from and how they may be packed.
# shellcheck disable=SC2154 # bats sets status and output

load helper

@test "a file is read" {
	article lantern >a.html
	run "$PITH" a.html
	status_is 0
	has 'the lantern was gone'
	has_not Imprint
}

@test "standard input is read without an argument, and as -" {
	article lantern >a.html
	"$PITH" a.html >file
	"$PITH" <a.html >stdin
	"$PITH" - <a.html >dash
	# shellcheck disable=SC2002 # a pipe is the point
	cat a.html | "$PITH" >pipe
	cmp file stdin
	cmp file dash
	cmp file pipe
}

@test "a form feed line stands between texts, in the order given" {
	article lantern >a.html
	article capstan >b.html
	article windlass >c.html
	"$PITH" a.html >a.txt
	"$PITH" b.html >b.txt
	"$PITH" c.html >c.txt
	{ cat a.txt; printf '\f\n'; cat b.txt; printf '\f\n'; cat c.txt; } >want
	"$PITH" a.html - c.html <b.html >got
	cmp want got
}

@test "a page without an article, or that failed, keeps its place" {
	article lantern >a.html
	echo '<p></p>' >empty.html
	"$PITH" a.html >a.txt
	{ printf '\f\n'; cat a.txt; printf '\f\n\f\n'; cat a.txt; } >want
	run "$PITH" empty.html a.html empty.html a.html
	status_is 1
	"$PITH" empty.html a.html no.html a.html >got 2>err || true
	cmp want got
	# the fourth text is that of the fourth page
	[ "$(awk 'BEGIN { RS = "\f\n" } NR == 4' got)" = "$(cat a.txt)" ]
}

@test "JSON names the input of each page, in all formats of input" {
	article lantern >a.html
	[ "$("$PITH" -f json a.html | jq -c '[.input, has("offset")]')" = \
	    '["a.html",false]' ]
	[ "$("$PITH" -f json <a.html | jq -c '[has("input"), .input]')" = \
	    '[true,null]' ]
	cp a.html b.html
	"$PITH" -f jsonl a.html - no.html <b.html >got 2>err || true
	[ "$(jq -c '[.status, .input]' got | tr '\n' ' ')" = \
	    '["ok","a.html"] ["ok",null] ["failed","no.html"] ' ]
	# a JSON line's own members are its own
	jq -Rsc '{html: ., input: 7, within: "x"}' a.html >in
	[ "$("$PITH" -I jsonl -f jsonl in | jq -c '[.input, .within]')" = \
	    '[7,"x"]' ]
}

@test "gzip is found by content, not by name" {
	article lantern >a.html
	"$PITH" a.html >want
	gzip -c a.html >packed.html
	"$PITH" packed.html >got
	cmp want got
	"$PITH" <packed.html >got
	cmp want got
}

@test "several gzip members are one page" {
	article lantern >a.html
	"$PITH" a.html >want
	head -c 300 a.html | gzip -c >two.gz
	tail -c +301 a.html | gzip -c >>two.gz
	"$PITH" two.gz >got
	cmp want got
}

@test "zlib and raw deflate are unpacked" {
	article lantern >a.html
	"$PITH" a.html >want
	python3 -c 'import sys, zlib
page = open("a.html", "rb").read()
open("a.zlib", "wb").write(zlib.compress(page, 9))
raw = zlib.compressobj(9, zlib.DEFLATED, -15)
open("a.deflate", "wb").write(raw.compress(page) + raw.flush())'
	"$PITH" a.zlib >got
	cmp want got
	"$PITH" a.deflate >got
	cmp want got
}

@test "gzip that ends early gives what came, and a complaint" {
	article lantern >a.html
	gzip -c a.html | head -c 300 >cut.gz
	run "$PITH" cut.gz
	status_is 6
	has 'pith: cut.gz: '
}

@test "damaged gzip is refused" {
	article lantern | gzip -c >a.gz
	printf '\377\377\377\377\377\377\377\377' |
	    dd of=a.gz bs=1 seek=40 conv=notrunc status=none
	run "$PITH" a.gz
	status_is 6
	has 'pith: a.gz: '
}

@test "--charset says what the bytes are" {
	article 'кораблик' | sed 's/<meta[^>]*>//' | iconv -t koi8-r >a.html
	run "$PITH" --charset koi8-r a.html
	status_is 0
	has 'the кораблик was gone'
}

@test "--charset takes the web's labels and refuses unknown ones" {
	article lantern >a.html
	run "$PITH" --charset x-sjis a.html
	status_is 0
	run "$PITH" --charset klingon-8 a.html
	status_is 2
	has klingon-8
}

@test "UTF-16 with and without a byte order mark" {
	article lantern | iconv -t utf-16 >bom.html
	article lantern | iconv -t utf-16le >le.html
	run "$PITH" bom.html
	has 'the lantern was gone'
	run "$PITH" le.html
	has 'the lantern was gone'
}

@test "output never holds controls, escapes or bidi overrides of a page" {
	article "$(printf 'lan\033[31mtern \342\200\256evil\342\200\254 \302\233x')" >a.html
	"$PITH" a.html >got
	grep -q 'the lan' got
	run grep -aP '[\x00-\x08\x0b\x0e-\x1f\x7f]|\xe2\x80\xae|\xc2\x9b' got
	status_is 1
}

@test "nor does an address hold them, in any format" {
	article "$(printf '<a href="//a\342\200\256b.example/\302\255c">lantern</a> <img alt=x src="//i\342\200\256.example/">')" >a.html
	for format in text markdown html json explain report; do
		"$PITH" --images --recall -f "$format" -o got a.html
		[ -s got ]
		run grep -aP '\xe2\x80\xae|\xc2\xad' got
		status_is 1
	done
	"$PITH" -f markdown a.html | grep -qF '(//a%E2%80%AEb.example/%C2%ADc)'
}
