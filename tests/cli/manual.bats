#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# manual.bats: the commands that README.md and the manual show do run. Each
# must succeed and write something, with the files it names being there.
# shellcheck disable=SC2153,SC2154 # helper.bash and bats set them

load helper

# A folder in which examples find what they name: pages, and the programs that
# need a network or a terminal as stand-ins.
make_world() {
	mkdir -p bin saved/deeper pages
	ln -sf "$PITH" bin/pith
	article lantern >page.html
	for name in a b c old index article saved/a saved/deeper/b pages/a; do
		article lantern >"$name.html"
		gzip -c "$name.html" >"$name.html.gz"
	done
	printf '#!/bin/sh\ncat %s/page.html\n' "$PWD" >bin/curl
	printf '#!/bin/sh\nexec cat "$@"\n' >bin/less
	chmod +x bin/curl bin/less
	{
		printf 'WARC/1.1\r\nWARC-Type: resource\r\n'
		printf 'WARC-Target-URI: http://localhost/\r\n'
		printf 'Content-Type: text/html\r\nContent-Length: %d\r\n\r\n' \
		    "$(wc -c <page.html)"
		cat page.html
		printf '\r\n\r\n'
	} | gzip >crawl.warc.gz
	"$PITH" page.html >scraped
	export PATH="$PWD/bin:$PATH"
}

# A server of the pages on loopback, for a minute at most; its address is HERE.
serve() {
	timeout 60 python3 -u -m http.server --bind 127.0.0.1 0 >port 2>log 3>&- &
	SERVER=$!
	for _ in $(seq 100); do
		HERE=$(grep -oE 'http://127.0.0.1:[0-9]+' port) && break
		sleep 0.1
	done
	echo "$HERE/page.html" >urls
	printf '<rss version="2.0"><channel><item><link>%s</link></item>%s' \
	    "$HERE/page.html" '</channel></rss>' >feed
}

teardown() {
	[ -z "${SERVER-}" ] || kill "$SERVER" || :
}

# run_each FILE: runs each line of it as a shell command.
run_each() {
	local command number=0
	while IFS= read -r command <&3; do
		number=$((number + 1))
		rm -f ./*.txt ./*.md ./*.jsonl ./*.db why.html
		cp scraped scraped.txt
		[ ! -e urls ] || cp urls urls.txt
		bash -eo pipefail -c "$command" >out 2>err 3<&- || {
			echo "failed: $command"
			cat err
			return 1
		}
		rm -f scraped.txt
		cat ./*.txt ./*.md ./*.jsonl why.html >>out 2>/dev/null || true
		grep -q 'lantern was gone' out || {
			echo "no article: $command"
			cat out err
			return 1
		}
	done 3<"$1"
	[ "$number" -ge "$2" ] || { echo "only $number commands"; return 1; }
}

@test "the commands under \"Use it\" in README.md run" {
	command -v "$(dirname "$PITH")/pith-fetch" >/dev/null
	make_world
	serve
	sed -n '/^## Use it/,/^As an HTML filter/s/^    //p' "$TOP/README.md" |
	    sed "s/ *# .*//; s,https://example.org,$HERE,g" >commands
	run_each commands 10
}

@test "README.md shows what pith prints" {
	sed -n '/^    \$ pith golden/,/^## /s/^    //p' "$TOP/README.md" |
	    grep -v '^\$' >shown
	[ "$(wc -l <shown)" -ge 4 ]
	"$PITH" "$TOP/golden/news/overlay/page.html" | tr '\n' ' ' >printed
	# each line as it is, up to where it is cut
	while IFS= read -r line; do
		line=${line%…}
		[ -z "$line" ] || grep -qF -e "${line% }" printed || {
			echo "not printed: $line"
			return 1
		}
	done <shown
}

@test "README.md names every exit status of --help" {
	"$PITH" --help | tr '\n' ' ' | sed 's/.*Exit status: //' |
	    grep -oE '\b[0-9]\b' | while read -r code; do
		grep -qE "^\| [0-9, ]*\b$code\b" "$TOP/README.md" || {
			echo "no $code"
			return 1
		}
	done
}

@test "the EXAMPLES of pith(1) run" {
	[ -e "$TOP/man/pith.1" ] || skip "there is no man/pith.1 yet"
	make_world
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh /s/^\.Dl \(\$ \)\{0,1\}//p' \
	    "$TOP/man/pith.1" | sed 's/\\e/\\/g; s/\\(aq/'"'"'/g' >commands
	run_each commands 3
}
