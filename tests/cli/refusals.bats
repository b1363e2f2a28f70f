#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# refusals.bats: what pith says no to before it reads, and what it cannot
# follow while it does.
# shellcheck disable=SC2154 # bats sets status and output

load helper

@test "--resume wants lines in a file, in order: 2" {
	run "$PITH" --resume -f jsonl a.html
	status_is 2
	has 'pith: usage: --resume wants -f jsonl and -o FILE'
	run "$PITH" --resume -o out a.html
	status_is 2
	run "$PITH" --resume --unordered -f jsonl -o out a.html
	status_is 2
	has 'exclude each other'
	[ ! -e out ]
}

@test "a model that is not there, or is none: 2" {
	article lantern >a.html
	run "$PITH" --model nosuch a.html
	status_is 2
	has 'pith: usage: nosuch: No such file'
	run "$PITH" --model a.html a.html
	status_is 2
	has 'not a model'
}

@test "folders in folders without end are left at a depth, and told: 3" {
	local deep=top
	article lantern >a.html
	mkdir top
	cp a.html top/a.html
	for _ in $(seq 70); do
		deep=$deep/b
	done
	mkdir -p "$deep"
	article capstan >"$deep/c.html"
	run "$PITH" -r top
	status_is 3
	has 'the lantern was gone'
	has_not 'the capstan was gone'
	has 'pith: top/b/'
}

@test "a link to a folder is not followed" {
	mkdir top
	article lantern >top/a.html
	ln -s . top/again
	run "$PITH" -r -f jsonl top
	status_is 0
	[ "$(grep -c lantern <<<"$output")" -eq 1 ]
}

@test "Greek without a label: the letter that begins words tells which" {
	local text='Άλλοι λένε ότι ο ψαράς είχε δύο βάρκες, άλλοι ότι δεν είχε
	καμία. Άνοιξη και φθινόπωρο έβγαινε στα ανοιχτά, και Άγγελο τον έλεγαν
	στο χωριό. Ήταν μια φορά κι έναν καιρό, λένε, που γύρισε χωρίς δίχτυα.'
	for charset in WINDOWS-1253 ISO-8859-7; do
		{
			echo '<title>x</title><article>'
			for _ in 1 2 3; do
				echo "<p>$text</p>"
			done
		} | iconv -t "$charset" >page
		run "$PITH" -f json page
		status_is 0
		[ "$(jq -r '.charset | ascii_upcase' <<<"$output")" = "$charset" ]
		has 'Άνοιξη και φθινόπωρο'
	done
}
