#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# report.bats: --explain, --report and --model: what became of each block, and
# by which model.

load helper

@test "--explain has a line a block, with stable columns" {
	article boat >page.html
	run "$PITH" --explain page.html
	status_is 0
	[ "${#lines[@]}" -eq 6 ]
	for line in "${lines[@]}"; do
		[ "$(tr -dc '\t' <<<"$line" | wc -c)" -eq 7 ]
	done
	[[ ${lines[0]} == $'1\tdropped\t0.'*$'\titem\thtml>body>nav>ul>li\t'* ]]
	[[ ${lines[3]} == $'4\tkept\t'*$'\tscore\tparagraph\t'*'The boat stood'* ]]
	has "The boat"
}

@test "each reason names a feature, its value and its share" {
	article boat >page.html
	run "$PITH" --explain page.html
	status_is 0
	reasons=$(cut -f 7 <<<"${lines[3]}")
	[[ $reasons =~ ^[a-z0-9_]+=[-+0-9.e]+:[-+][0-9.]+( |$) ]]
}

@test "--explain tells of a page with little but links too" {
	echo '<nav><ul><li><a href=/>Home</a><li><a href=/n>News</a>' \
	    '<li><a href=/a>About us</a></ul></nav>' >page.html
	run "$PITH" --explain page.html
	[ "$status" -le 1 ]
	has "dropped"
}

@test "--report writes one file that shows all blocks, and escapes them" {
	article 'boat &lt;script&gt;alert(1)&lt;/script&gt;' >page.html
	run "$PITH" --report out.html page.html
	status_is 0
	[ -z "$output" ]
	[ "$(grep -c '<details' out.html)" -eq 6 ]
	grep -q 'class="kept' out.html
	grep -q 'class="dropped' out.html
	run cat out.html
	has '&lt;script&gt;alert(1)'
	has_not '<script'
	has_not 'http://'
	has_not 'https://'
}

@test "a report opens in a browser" {
	command -v chromedriver >/dev/null || skip "chromedriver is not installed"
	article boat >page.html
	"$PITH" --report out.html page.html
	run timeout 120 python3 "$TOP/tests/report/browser.py" out.html
	status_is 0
	has "blocks 6, kept 2"
}

@test "--model refuses what is no model, or a damaged one" {
	article boat >page.html
	head -c 5000 /dev/urandom >junk.model
	run "$PITH" --model junk.model page.html
	status_is 2
	has "junk.model: "
	[ "${#lines[@]}" -eq 1 ]
	run "$PITH" --model missing.model page.html
	status_is 2
	has "missing.model: No such file"
}
