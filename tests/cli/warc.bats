#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# warc.bats: archives as others write them: wget, warcio, Common Crawl, and
# what is broken in them.
# shellcheck disable=SC2129,SC2154 # bats sets status and output

load helper
bats_require_minimum_version 1.5.0

# record TYPE URL CONTENT-TYPE <block: a WARC record on standard output.
record() {
	cat >block
	printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n' "$1" "$2"
	printf 'WARC-Date: 2024-05-14T10:00:00Z\r\nContent-Type: %s\r\n' "$3"
	printf 'Content-Length: %s\r\n\r\n' "$(wc -c <block)"
	cat block
	printf '\r\n\r\n'
}

# answer URL [HEADER…] <body
answer() {
	local url=$1
	shift
	{
		printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n'
		[ $# -eq 0 ] || printf '%s\r\n' "$@"
		printf '\r\n'
		cat
	} | record response "$url" 'application/http; msgtype=response'
}

urls() {
	"$PITH" -f jsonl "$@" | jq -r .url | tr '\n' ' '
}

@test "an archive: plain, a member a record, one member, on a pipe" {
	article lantern | answer http://a.test/ >a.warc
	article capstan | answer http://b.test/ >b.warc
	cat a.warc b.warc >plain
	gzip -c plain >whole.gz
	{ gzip -c a.warc; gzip -c b.warc; } >each.gz
	"$PITH" plain >want
	grep -q 'lantern was gone' want
	grep -q 'capstan was gone' want
	[ "$(grep -c $'^\f$' want)" -eq 1 ]
	for form in whole.gz each.gz; do
		"$PITH" "$form" >got
		cmp want got
	done
	# shellcheck disable=SC2002 # a pipe is the point
	cat each.gz | "$PITH" >got
	cmp want got
	[ "$(urls each.gz)" = 'http://a.test/ http://b.test/ ' ]
}

@test "JSON says where in the archive a page's record begins" {
	article lantern | answer http://a.test/ >a.warc
	article capstan | answer http://b.test/ >b.warc
	cat a.warc b.warc >plain
	gzip -c plain >whole.gz
	{ gzip -c a.warc; gzip -c b.warc; } >each.gz
	gzip -c a.warc >a.gz
	size=$(wc -c <a.warc)
	for name in plain whole.gz each.gz; do
		"$PITH" -f jsonl $name |
		    jq -c '[.input, .offset, .within]'
	done >got
	cat >want <<-END
	["plain",0,null]
	["plain",$size,null]
	["whole.gz",0,null]
	["whole.gz",0,$size]
	["each.gz",0,null]
	["each.gz",$(wc -c <a.gz),null]
	END
	cmp want got
	# the record is there
	tail -c "+$((size + 1))" plain | "$PITH" >second
	grep -q 'capstan was gone' second
}

# zframes [OPTION OF ZSTD …]: the records of a.warc, b.warc and c.warc, a frame
# each.
zframes() {
	for name in a b c; do zstd -qc "$@" $name.warc; done
}

three_records() {
	article lantern | answer http://a.test/ >a.warc
	article capstan | answer http://b.test/ >b.warc
	article windlass | answer http://c.test/ >c.warc
}

# dictionary FILE [COMMAND …]: the frame that holds it, as the command writes.
dictionary() {
	"${@:2}" <"$1" >frame
	printf '\x5d\x2a\x4d\x18'
	python3 -c 'import struct, sys
sys.stdout.buffer.write(struct.pack("<I", int(sys.argv[1])))' "$(wc -c <frame)"
	cat frame
}

# train FILE WORD: a dictionary from pages that name the word.
train() {
	mkdir -p samples
	for i in $(seq 40); do
		article "$2$i" | answer "http://$2$i.test/" >"samples/$2$i"
	done
	zstd -q --train --maxdict=4000 -o "$1" samples/"$2"*
}

@test "an archive in zstd: a frame a record, one for all, on a pipe" {
	command -v zstd || skip "there is no zstd"
	three_records
	cat a.warc b.warc c.warc >plain
	"$PITH" plain >want
	zframes >each.warc.zst
	zframes --no-check -19 >bare.warc.zst
	zstd -qc plain >whole
	# its length is not in its head; 32 bits lack the memory for level 22
	zstd -qc --ultra -22 <plain >stream || zstd -qc -19 <plain >stream
	{ printf '\x53\x2a\x4d\x18\x03\x00\x00\x00abc'; zframes; } >skip
	for form in each.warc.zst bare.warc.zst whole stream skip; do
		"$PITH" "$form" >got
		cmp want got
		# shellcheck disable=SC2002 # a pipe is the point
		cat "$form" | "$PITH" >got
		cmp want got
	done
	zstd -qc a.warc >a.zst
	[ "$("$PITH" -f jsonl each.warc.zst | jq .offset | tr '\n' ' ')" = \
	    "0 $(wc -c <a.zst) $(($(wc -c <a.zst) + $(zstd -qc b.warc | wc -c))) " ]
	mkdir d
	mv each.warc.zst d
	"$PITH" -r d >got
	cmp want got
	jq -nc '{html: "<p>x"}, {html: "<p>y"}' | zstd -qc >lines.zst
	[ "$("$PITH" -I jsonl -f jsonl lines.zst | wc -l)" -eq 2 ]
}

@test "the dictionary of an archive, as it is or in zstd, also with --resume" {
	command -v zstd || skip "there is no zstd"
	three_records
	train dict thing
	cat a.warc b.warc c.warc | "$PITH" -f jsonl |
	    jq -c '[.url, .text]' >want
	{ dictionary dict cat; zframes -D dict; } >raw
	{ dictionary dict zstd -qc; zframes -D dict; } >packed
	for form in raw packed; do
		"$PITH" -f jsonl $form | jq -c '[.url, .text]' >got
		cmp want got
		"$PITH" -f jsonl --resume -o whole $form
		head -n 1 whole >part
		"$PITH" -f jsonl --resume -o part $form
		cmp whole part
		rm whole part
	done
	# pages are smaller so: it was used
	[ "$(zframes -D dict | wc -c)" -lt "$(zframes | wc -c)" ]
}

@test "zstd: half a frame, another dictionary, a window that is too large" {
	command -v zstd || skip "there is no zstd"
	three_records
	train dict thing
	train other else
	size=$(zstd -qc a.warc | wc -c)
	{ zstd -qc a.warc; zstd -qc b.warc | head -c 150; zstd -qc c.warc; } >half
	run --separate-stderr "$PITH" -f jsonl half
	status_is 6
	[ "$(jq -r .status <<<"$output" | tr '\n' ' ')" = 'ok failed ok ' ]
	[[ $stderr == *"half: offset $size: "*'damaged zstd data'* ]]
	zframes | head -c -20 >short
	run --separate-stderr "$PITH" -f jsonl short
	status_is 6
	[[ $stderr == *'zstd data cut short'* ]]
	{ zstd -qc a.warc; zstd -qc -D other b.warc; zstd -qc c.warc; } >none
	{ dictionary dict cat; zframes -D other; } >wrong
	for form in none wrong; do
		run --separate-stderr "$PITH" $form
		status_is 6
		[[ $stderr == *'needs another dictionary'* ]]
	done
	{ dictionary a.warc cat; zframes; } >no-dictionary
	run --separate-stderr "$PITH" no-dictionary
	status_is 6
	[[ $stderr == *'no-dictionary: a zstd dictionary that is none'* ]]
	[ "$(grep -c 'was gone' <<<"$output")" -eq 3 ]
	# 256 MiB, as the head of a frame without a length asks for
	{ zstd -qc a.warc; zstd -qc --long=28 <b.warc; zstd -qc c.warc; } >wide
	run --separate-stderr "$PITH" wide
	status_is 6
	[[ $stderr == *'needs a window of over 128 MiB'* ]]
	[ "$(grep -c 'was gone' <<<"$output")" -eq 2 ]
}

@test "pages and archives mix, and order is kept" {
	article lantern | answer http://a.test/ >a.warc
	article capstan >b.html
	"$PITH" b.html a.warc b.html a.warc >got
	[ "$(grep -oE '(lantern|capstan) was gone' got | tr '\n' ' ')" = \
'capstan was gone lantern was gone capstan was gone lantern was gone ' ]
}

@test "chunks, gzip and deflate are undone" {
	article lantern >a.html
	{
		# shellcheck disable=SC2016 # split's shell expands it
		split -b 100 --filter='printf "%x\r\n" $(tee piece | wc -c)
		    cat piece; printf "\r\n"' a.html
		printf '0\r\n\r\n'
	} | answer http://chunked/ 'Transfer-Encoding: chunked' >chunked.warc
	gzip -c a.html | answer http://gzip/ 'Content-Encoding: gzip' >gzip.warc
	python3 -c 'import sys, zlib
c = zlib.compressobj(wbits=-15)
sys.stdout.buffer.write(c.compress(open("a.html", "rb").read()) + c.flush())' |
	    answer http://deflate/ 'Content-Encoding: deflate' >deflate.warc
	for form in chunked gzip deflate; do
		run "$PITH" "$form.warc"
		status_is 0
		has 'lantern was gone'
	done
}

@test "zstd is undone" {
	command -v zstd || skip "there is no zstd"
	article lantern | zstd -qc |
	    answer http://a.test/ 'Content-Encoding: zstd' >a.warc
	run "$PITH" a.warc
	status_is 0
	has 'lantern was gone'
}

@test "brotli is undone" {
	command -v brotli || skip "there is no brotli"
	article lantern | brotli -c |
	    answer http://a.test/ 'Content-Encoding: br' >a.warc
	run "$PITH" a.warc
	status_is 0
	has 'lantern was gone'
}

@test "heads that tell of codings that are undone already" {
	article lantern >a.html
	for head in 'Transfer-Encoding: chunked' 'Content-Encoding: gzip' \
	    'Content-Encoding: br' 'Content-Encoding: zstd'; do
		answer http://a.test/ "$head" <a.html >a.warc
		run "$PITH" a.warc
		status_is 0
		has 'lantern was gone'
	done
}

@test "a coding that nobody knows, or that is damaged: 6" {
	article lantern >a.html
	answer http://a.test/ 'Content-Encoding: rot13' <a.html >a.warc
	run "$PITH" a.warc
	status_is 6
	has 'pith: a.warc: offset 0: http://a.test/: a content encoding'
	printf '(\265/\375damaged' |
	    answer http://a.test/ 'Content-Encoding: zstd' >a.warc
	run "$PITH" a.warc
	status_is 6
	has 'damaged zstd data'
}

@test "the charset of the HTTP head counts; one nobody knows does not" {
	printf '<p>\300\301\302 \303\304\305 \306\307\310 in a sentence' >koi
	for _ in $(seq 6); do printf ' \313\317\322\317\327\301' >>koi; done
	{
		printf 'HTTP/1.1 200 OK\r\n'
		printf 'Content-Type: text/html; charset="koi8-r"\r\n\r\n'
		cat koi
	} | record response http://a.test/ 'application/http' >a.warc
	run "$PITH" a.warc
	has 'корова'
	{
		printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=no-such\r\n\r\n'
		article lantern
	} | record response http://a.test/ 'application/http' >a.warc
	run "$PITH" a.warc
	status_is 0
	has 'lantern was gone'
}

@test "only pages that came well are taken, unless --filter says otherwise" {
	article lantern | answer http://a.test/good >all.warc
	{ printf 'HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n'
	  article capstan; } |
	    record response http://a.test/404 application/http >>all.warc
	{ printf 'HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n'
	  article windlass; } |
	    record response http://a.test/png application/http >>all.warc
	printf 'GET / HTTP/1.1\r\n\r\n' |
	    record request http://a.test/ application/http >>all.warc
	article bollard | record resource http://b.test/r text/html >>all.warc
	article anchor | sed 's/lang="en"/lang="de-AT"/' |
	    answer http://b.test/de >>all.warc
	[ "$(urls all.warc)" = \
	    'http://a.test/good http://b.test/r http://b.test/de ' ]
	[ "$(urls --filter status=404 all.warc)" = 'http://a.test/404 ' ]
	[ "$(urls --filter status=any --filter type=any all.warc | wc -w)" -eq 5 ]
	[ "$(urls --filter type=image/ all.warc)" = 'http://a.test/png ' ]
	[ "$(urls --filter 'url=*b.test*' all.warc)" = \
	    'http://b.test/r http://b.test/de ' ]
	[ "$(urls --filter lang=de,fr all.warc)" = 'http://b.test/de ' ]
	run "$PITH" --filter colour=red all.warc
	status_is 2
}

@test "damage is told with its offset, and the records around it are read" {
	article lantern | answer http://a.test/ | gzip >good.gz
	article capstan | answer http://b.test/ | gzip >bad.gz
	size=$(wc -c <good.gz)
	head -c 200 bad.gz >half.gz
	{ cat good.gz half.gz good.gz; echo garbage; cat good.gz; } >all.warc.gz
	run --separate-stderr "$PITH" -f jsonl all.warc.gz
	status_is 6
	[ "$(jq -r .status <<<"$output" | tr '\n' ' ')" = \
	    'ok failed ok failed ok ' ]
	[[ $stderr == *"all.warc.gz: offset $size: "* ]]
	[[ $stderr == *"all.warc.gz: offset $((2 * size + 200)): bytes that are no gzip member"* ]]
}

@test "a length that lies costs its record" {
	article lantern | answer http://a.test/ >all.warc
	size=$(wc -c <all.warc)
	article capstan | answer http://b.test/ |
	    sed 's/Content-Length: .*/Content-Length: 300\r/' >>all.warc
	article windlass | answer http://c.test/ >>all.warc
	run "$PITH" all.warc
	status_is 6
	has "all.warc: offset $size: http://b.test/: Content-Length"
	has 'lantern was gone'
	has 'windlass was gone'
	has_not 'capstan was gone'
}

@test "terminal escapes in a URL do not reach the terminal" {
	printf 'no' | answer "$(printf 'http://a.test/\033[31m\302\233x')" \
	    'Content-Encoding: rot13' >a.warc
	run "$PITH" a.warc
	status_is 6
	has 'http://a.test/?[31m?x'
}

@test "what wget writes is read" {
	command -v wget || skip "there is no wget"
	mkdir site
	article lantern >site/index.html
	article capstan >site/b.html
	echo '<a href="b.html">b</a>' >>site/index.html
	printf '\211PNG\r\n' >site/c.png
	python3 -u -m http.server --bind 127.0.0.1 -d site 0 >port 2>/dev/null &
	server=$!
	for _ in $(seq 50); do [ -s port ] && break; sleep 0.1; done
	port=$(grep -oE 'port [0-9]+' port | grep -oE '[0-9]+')
	wget -q -r -np --warc-file=w -P got "http://127.0.0.1:$port/" \
	    "http://127.0.0.1:$port/c.png" || true
	wget -q --no-warc-compression --warc-file=p -P got \
	    "http://127.0.0.1:$port/b.html"
	kill "$server"
	run --separate-stderr "$PITH" -f jsonl w.warc.gz p.warc
	status_is 0
	[ "$stderr" = '' ]
	[ "$(jq -r .url <<<"$output" | sed 's/.*:[0-9]*//' | tr '\n' ' ')" = \
	    '/ /b.html /b.html ' ]
}

@test "what warcio writes is read, and so is Common Crawl's text" {
	python3 -c 'import warcio' || skip "there is no warcio for python3"
	article lantern >a.html
	python3 - <<-'END'
	import io
	from warcio.warcwriter import WARCWriter
	from warcio.statusandheaders import StatusAndHeaders
	page = open("a.html", "rb").read()
	for name, version, gz in (("a.warc.gz", "1.1", True),
	                          ("b.warc", "1.0", False)):
	    with open(name, "wb") as out:
	        w = WARCWriter(out, gzip=gz, warc_version=version)
	        w.write_record(w.create_warcinfo_record(name, {"a": "b"}))
	        head = StatusAndHeaders("200 OK",
	            [("Content-Type", "text/html; charset=utf-8")],
	            protocol="HTTP/1.1")
	        w.write_record(w.create_warc_record("http://a.test/", "response",
	            payload=io.BytesIO(page), http_headers=head))
	        w.write_record(w.create_revisit_record("http://a.test/2",
	            "sha1:X", "http://a.test/", "2024-01-01T00:00:00Z"))
	        w.write_record(w.create_warc_record("http://b.test/", "resource",
	            payload=io.BytesIO(page), warc_content_type="text/html"))
	        w.write_record(w.create_warc_record("http://c.test/",
	            "conversion", payload=io.BytesIO(b"Text. " * 40),
	            warc_content_type="text/plain"))
	END
	for name in a.warc.gz b.warc; do
		run "$PITH" -f jsonl "$name"
		status_is 0
		[ "$(jq -r .url <<<"$output" | tr '\n' ' ')" = \
		    'http://a.test/ http://b.test/ http://c.test/ ' ]
	done
}
