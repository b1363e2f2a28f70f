#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# thresholds.bats: --precision, --recall, --threshold and --features.

load helper

words() {
	"$PITH" "$@" | wc -w
}

@test "a higher threshold never keeps more" {
	page=$TOP/golden/news/paywall/page.html
	before=100000
	for p in 0.01 0.2 0.5 0.8 0.95; do
		now=$(words --threshold "$p" "$page")
		[ "$now" -le "$before" ]
		before=$now
	done
	[ "$(words --threshold 0.01 "$page")" -gt "$(words --threshold 0.95 "$page")" ]
}

@test "what a threshold keeps has that probability, but for title and repeats" {
	page=$TOP/golden/news/overlay/page.html
	"$PITH" --explain --threshold 0.6 "$page" >blocks
	[ -z "$(awk -F '\t' '$2 == "kept" && $3 < 0.6' blocks)" ]
	[ -z "$(awk -F '\t' '$2 == "dropped" && $3 > 0.601 && $4 == "cut"' blocks)" ]
	grep -q $'\tkept\t' blocks
}

@test "--recall keeps all that --precision keeps" {
	page=$TOP/golden/news/paywall/page.html
	"$PITH" --precision "$page" >less
	"$PITH" --recall "$page" >most
	[ "$(wc -w <less)" -lt "$(wc -w <most)" ]
	run grep -vxF -f most less
	[ -z "$output" ]
}

@test "links alone are no article, unless asked for" {
	echo '<ul><li><a href=/>Home</a><li><a href=/n>News</a></ul>' >page.html
	run "$PITH" page.html
	status_is 1
	[ -z "$output" ]
	run "$PITH" --recall page.html
	status_is 0
	has "News"
}

@test "a threshold is a probability" {
	for p in 1 -0.1 2 half ''; do
		run "$PITH" --threshold "$p" </dev/null
		status_is 2
	done
}

@test "--features names all reasons that --explain gives" {
	"$PITH" --features | cut -f 1 | sort -u >names
	[ "$(wc -l <names)" -gt 150 ]
	"$PITH" --explain "$TOP/golden/news/overlay/page.html" | cut -f 7 |
	    tr ' ' '\n' | sed 's/=.*//' | sort -u >used
	[ "$(wc -l <used)" -gt 5 ]
	[ -z "$(comm -13 names used)" ]
}
