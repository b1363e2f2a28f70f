#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# formats.bats: Markdown, HTML and JSON of whole pages; the switches; and that
# manual, schema and header say the same.
# shellcheck disable=SC2154 # bats sets status and output

load helper

# A page with a bit of everything.
everything() {
	cat <<-'END'
	<!DOCTYPE html>
	<html lang="en"><head><title>The ferry | Harbour News</title>
	<meta property="og:site_name" content="Harbour News">
	<meta name="author" content="Ann Example">
	<meta property="article:published_time" content="2023-03-04T05:06:07Z">
	<link rel="canonical" href="/ferry"></head><body>
	<nav><a href="/">Home</a></nav><article><h1>The ferry</h1>
	<p>The ferry stood in the harbour for <b>forty</b> years, and nobody who
	passed it on the way to the <a href="market">fish market</a> thought of
	it as something that could ever go away.</p>
	<figure><img src="ferry.jpg" alt="A ferry"><figcaption>The ferry in
	1960</figcaption></figure>
	<p>Then one night in March the wind turned to the east, the moorings gave
	way one after the other, and in the morning it was gone, with a bench and
	the key of the customs house.</p>
	<table><tr><th>Year</th><th>Passengers</th></tr>
	<tr><td>1960</td><td>1200</td></tr><tr><td>1990</td><td>80</td></tr>
	</table>
	<p>Since then the way over the river has been by the bridge, which is
	three miles to the north, and which nobody has ever liked.</p></article>
	<section id="comments"><h2>Comments</h2><div class="comment"><p>My uncle
	was the last man who steered it, and he never spoke of it.</p></div>
	</section></body></html>
	END
}

# all_pages COMMAND …: run with each golden page as the last word
all_pages() {
	local page seen=0
	for page in "$TOP"/golden/*/*/page.*; do
		"$@" "$page" || { echo "in $page"; return 1; }
		seen=$((seen + 1))
	done
	[ "$seen" -gt 10 ]
}

@test "Markdown has links, emphasis, tables, made absolute by --base" {
	everything >a.html
	run "$PITH" -f markdown --base https://news.test/a/b a.html
	status_is 0
	has 'for **forty** years'
	has '[fish market](https://news.test/a/market)'
	has '| Year | Passengers |'
	run "$PITH" -f md --no-links --no-tables a.html
	has_not '['
	has_not '| Year'
}

@test "--title, --images, --captions, --comments each add their part" {
	everything >a.html
	run "$PITH" -f md a.html
	has_not '# The ferry'
	has_not '!['
	has_not 'My uncle'
	run "$PITH" -f md --title --images --captions --comments a.html
	[ "${lines[0]}" = '# The ferry' ]
	has '![A ferry](ferry.jpg)'
	has 'The ferry in 1960'
	has '## Comments'
	has 'My uncle was the last man'
	run "$PITH" -f md --title --no-title a.html
	has_not '# The ferry'
}

@test "--comments marks them in text too" {
	everything >a.html
	"$PITH" --comments a.html >out
	awk '/^-- Comments --$/ { on = 1 } on' out | grep -q 'My uncle'
}

@test "--comments finds those that a heading alone announces" {
	page=$TOP/golden/blog/typed-comments/page.html
	"$PITH" --comments "$page" >out
	awk '/^-- Comments --$/ { on = 1 } on' out | grep -q 'asked the cows'
	[ "$(grep -cx Comments out)" -eq 0 ] # their label is ours
	[ "$("$PITH" "$page" | grep -c 'asked the cows')" -eq 0 ]
}

@test "--metadata puts YAML above text and Markdown" {
	everything >a.html
	run "$PITH" -f md --metadata --base https://news.test/x a.html
	[ "${lines[0]}" = '---' ]
	has 'title: "The ferry"'
	has 'published: "2023-03-04T05:06:07Z"'
	has '  - "Ann Example"'
	has 'canonical: "https://news.test/ferry"'
}

@test "no article is of after --now" {
	everything >a.html
	"$PITH" -f json --now 1600000000 a.html >out
	[ "$(jq .published out)" = null ]
	"$PITH" -f json --now 1700000000 a.html >out
	[ "$(jq -r .published out)" = 2023-03-04T05:06:07Z ]
}

@test "JSON carries the bodies that --body names, and all --blocks" {
	everything >a.html
	"$PITH" -f jsonl a.html >out
	[ "$(wc -l <out)" -eq 1 ]
	jq -e 'has("text") and (has("markdown") or has("html") or
	    has("blocks") | not)' out
	"$PITH" -f jsonl --body markdown,html --blocks --comments a.html >out
	jq -e 'has("text") | not' out
	jq -e '.markdown | contains("**forty**")' out
	jq -e '.html | contains("<strong>forty</strong>")' out
	jq -e '[.blocks[].kept] | any and (all | not)' out
	jq -e '.comments | contains("My uncle")' out
	run "$PITH" -f jsonl --body pdf a.html
	status_is 2
}

@test "a page without an article and one that failed have their line" {
	printf '' >empty.html
	run "$PITH" -f jsonl empty.html
	status_is 1
	[ "$(jq -r .status <<<"$output")" = empty ]
	printf '\x1f\x8b\x08\x00nonsense and more of it' >bad.gz
	"$PITH" -f jsonl bad.gz >out 2>err || [ $? -eq 6 ]
	[ "$(jq -r .status out)" = failed ]
	jq -e '.error | length > 0' out
}

@test "a page that is refused keeps its URL, wherever it was refused" {
	article lantern >a.html
	for limit in max-page max-input; do
		run "$PITH" -f jsonl --$limit 10 --base http://a.test/x a.html
		status_is 6
		has '{"url":"http://a.test/x","status":"failed"'
	done
	jq -cn --rawfile html a.html '{url: "http://a.test/y", $html}' >lines
	run "$PITH" -f jsonl -I jsonl --max-page 10 lines
	has '{"url":"http://a.test/y","status":"failed"'
}

@test "JSON fits its schema, which knows every member" {
	python3 -c 'import jsonschema' 2>/dev/null || skip "lacks jsonschema"
	everything >a.html
	printf '\x1f\x8b\x08\x00nonsense and more of it' >bad.gz
	printf '' >empty.html
	"$PITH" -f jsonl --body text,markdown,html --blocks --comments a.html \
	    >>lines
	"$PITH" -f jsonl bad.gz >>lines 2>err || true
	"$PITH" -f jsonl empty.html >>lines || true
	"$PITH" -f jsonl --resume -o resumed a.html # says where, of all pages
	cat resumed >>lines
	# shellcheck disable=SC2016 # sh expands it
	all_pages sh -c '"$0" -f jsonl --blocks "$1" >>lines || [ $? -eq 1 ]' \
	    "$PITH"
	python3 - "$TOP/docs/pith.schema.json" lines <<-'END'
	import json, sys
	from jsonschema import Draft202012Validator as Validator
	schema = json.load(open(sys.argv[1]))
	schema["additionalProperties"] = False
	Validator.check_schema(schema)
	validator = Validator(schema)
	rows = [json.loads(line) for line in open(sys.argv[2])]
	for row in rows:
	    validator.validate(row)
	broken = dict(rows[0], status="well", published="yesterday")
	assert len(list(validator.iter_errors(broken))) >= 2
	seen = set().union(*rows)
	assert seen == set(schema["properties"]), seen ^ set(schema["properties"])
	END
}

@test "the manual of the lines names every member of the schema" {
	jq -r '.properties | keys[]' "$TOP/docs/pith.schema.json" >members
	[ "$(wc -l <members)" -gt 15 ]
	grep '^\.It Cm' "$TOP/man/pith-jsonl.5" | tr -c 'a-z\n' ' ' |
	    tr ' ' '\n' >manual
	while read -r member; do
		grep -qx "$member" manual || { echo "lacks $member"; false; }
	done <members
}

@test "Markdown and HTML say what the text says, over golden/" {
	command -v cmark cmark-gfm >/dev/null || skip "lacks cmark, cmark-gfm"
	python3 "$TOP/tests/roundtrip.py" "$PITH" "$TOP"/golden/*/*/page.*
}

@test "HTML pleases tidy, over golden/" {
	command -v tidy >/dev/null || skip "lacks tidy"
	everything >a.html
	# the page is read by pith, what it writes by tidy
	pleases() {
		"$PITH" -f html --title --images --comments --captions "$1" \
		    >out.html || return 0
		tidy -q -e -utf8 out.html 2>tidy.err && [ ! -s tidy.err ] ||
		    { cat tidy.err; return 1; }
	}
	pleases a.html
	[ -s out.html ]
	all_pages pleases
}

@test "the manual of the library names all of its header" {
	grep -oE '\bPITH_[A-Z_]+\b' "$TOP/include/pith.h" | sort -u |
	    grep -vE '^PITH_(H|API|CHECKED|.*_COUNT)$' >names
	sed -n '/^struct pith_article {/,/^};/p; /^struct pith_block {/,/^};/p' \
	    "$TOP/include/pith.h" | sed 's|/\*.*||; s|^.*\*/||' |
	    grep -oE '[a-z_]+[;,]' | tr -d ';,' >>names
	grep -oE '\bpith_[a-z_]+\(' "$TOP/include/pith.h" | tr -d '(' |
	    sort -u >>names
	[ "$(wc -l <names)" -gt 60 ]
	while read -r name; do
		grep -qw -- "$name" "$TOP/man/pith.3" ||
		    { echo "lacks $name"; false; }
	done <names
	# and nothing that the header has not
	grep -oE '\b(PITH_[A-Z_]+|pith_[a-z]+)\b' "$TOP/man/pith.3" |
	    sort -u >said
	while read -r name; do
		grep -qw -- "$name" "$TOP/include/pith.h" ||
		    { echo "has $name"; false; }
	done <said
}

@test "the example of the library's manual works" {
	! ldd "$(dirname "$PITH")/libpith.so" | grep -q asan ||
		skip "a sanitizer's library needs a sanitizer's program"
	awk '/^\.Bd -literal$/ { on = 1; next } /^\.Ed/ { on = 0 } on' \
	    "$TOP/man/pith.3" | sed 's/\\e/\\/g' >example.c
	grep -q main example.c
	everything >a.html
	${CC:-cc} -Wall -Wextra -Werror -I "$TOP/include" -o example example.c \
	    "$(dirname "$PITH")/libpith.so" \
	    -Wl,-rpath,"$(realpath "$(dirname "$PITH")")"
	run ./example <a.html
	status_is 0
	[ "${lines[0]}" = '# The ferry' ]
	has '(https://example.org/market)'
}

@test "the manuals are well formed" {
	command -v mandoc >/dev/null || skip "lacks mandoc"
	mandoc -T lint -W warning "$TOP/man/pith.3" "$TOP/man/pith-jsonl.5"
}
