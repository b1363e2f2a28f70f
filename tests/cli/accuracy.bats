#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# accuracy.bats: make accuracy fails where it must, and pages without gold text
# count for nothing, there and in training.

load helper

# data: six sets of a page each, on which pith is right.
data() {
	for set in wcxb daniel dragnet magic harvest gtrends; do
		mkdir -p "data/$set/html"
		article "$set" | gzip >"data/$set/html/a.html.gz"
		"$PITH" "data/$set/html/a.html.gz" >text
		row "$set" a "$(cat text)"
	done
}

# row SET ID TEXT: a row of gold.
row() {
	python3 -c 'import json, sys
print(json.dumps({"id": sys.argv[1], "text": sys.argv[2]}))' "$2" "$3" \
		>>"data/$1/gold.jsonl"
}

score() {
	run python3 "$TOP/train/accuracy.py" --data data --pith "$PITH" \
		--floors floors
}

@test "a program that keeps what the gold has is above its floors" {
	data
	echo "0.990 wcxb" >floors
	score
	status_is 0
	has "F1 1.0000  floor 0.990"
}

@test "one set below its floor fails, and is named" {
	data
	row daniel a "entirely other words"
	printf '0.400 daniel\n0.900 wcxb\n' >floors
	score
	status_is 0
	printf '0.600 daniel\n0.900 wcxb\n' >floors
	score
	status_is 1
	has "TOO LOW"
}

@test "pages without gold text are left out" {
	data
	row magic a ""
	cat >>data/magic/gold.jsonl <<-'END'
	{"id": "a"}
	{"id": "a", "text": null}
	{"id": "a", "text": "other", "ok": false}
	END
	echo "0.990 magic" >floors
	score
	status_is 0
	has "magic                    1 pages  F1 1.0000"
}

@test "a set that has no gold at all is missed" {
	data
	echo '{"id": "a"}' >data/gtrends/gold.jsonl
	echo "0.990 gtrends" >floors
	score
	status_is 1
	has "no pages of: gtrends"
}

@test "training counts pages without gold text for nothing" {
	python3 -c 'import numpy' || skip "numpy is not installed"
	data
	mkdir -p mine/html
	cp data/wcxb/html/a.html.gz mine/html/
	printf '{"id": "a"}\n\n{"id": "a", "text": ""}\n' >mine/gold.jsonl
	echo '{"id": "a", "text": "ferry", "url": "https://b.example/"}' \
		>>mine/gold.jsonl
	rm -r data/harvest
	PYTHONPATH=$TOP/train run python3 -c 'import pages
rows = pages.load("data", "mine")
print(pages.sets_of(rows), [r["scored"] for r in rows], rows[-1]["domain"])'
	status_is 0
	has "['wcxb', 'daniel', 'dragnet', 'magic', 'gtrends', 'own']"
	has "[True, True, True, True, True, False, False, True] b.example"
}
