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
	ln -sf "$(dirname "$PITH")/pith-fetch" bin/pith-fetch
	ln -sf "$(dirname "$PITH")/pith-fetch" bin/pith-fetch
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
		rm -f ./*.txt ./*.md ./*.jsonl day.warc ./*.db why.html
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
	    sed "s/ *# .*//; s,https://example.org,$HERE,g" | grep . >commands
	run_each commands 11
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

# examples PAGE: the commands that stand alone under EXAMPLES, one a line
examples() {
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/s/^\.Dl //p' "$TOP/man/$1" |
	    sed 's/\\e/\\/g; s/\\(aq/'"'"'/g'
}

@test "the EXAMPLES of pith(1) run" {
	make_world
	examples pith.1 >commands
	run_each commands 7
}

@test "the EXAMPLES of pith-fetch(1) that are no files run" {
	make_world
	serve
	examples pith-fetch.1 | sed "s,https://example.org/a,$HERE/page.html," \
	    >commands
	run_each commands 2
}

@test "the EXAMPLES of pith-jsonl(5) run" {
	make_world
	mv crawl.warc.gz pages.warc.gz
	examples pith-jsonl.5 >commands
	[ "$(wc -l <commands)" -eq 2 ]
	run bash -c "$(sed -n 1p commands)"
	status_is 0
	[ "$output" = $'\tThe lantern' ]
	PITH_MAX_PAGE=10 run bash -c "$(sed -n 2p commands) 2>err"
	has $'pages.warc.gz\t0\tpage of more'
	# what is shown is what is printed
	cp "$TOP/golden/news/overlay/page.html" ferry.html
	sed -n '/^\.Bd/,/^\.Ed/{/^\./d;s/\\(aq/'"'"'/g;p}' \
	    "$TOP/man/pith-jsonl.5" >shown
	bash -c "$(sed -n '1s/^\$ //p' shown)" >printed
	sed 1d shown | diff - printed
}

@test "the EXAMPLES of pith.conf(5) run" {
	make_world
	serve
	awk '/^\.Ed/ { exit } on; /^\.Bd/ { on = 1 }' \
	    "$TOP/man/pith.conf.5" >new.conf
	examples pith.conf.5 >commands
	run_each commands 1
	# the crontab, less its patience
	sed -n '/^\.Sh EXAMPLES/,$p' "$TOP/man/pith.conf.5" |
	    sed -n '/^\.Bd/,/^\.Ed/{/^\./d;s/DELAY=.*/DELAY=0/;p}' >tab
	cp urls urls.txt
	grep '=' tab | head -n 2 | sed 's/^/export /' >job
	sed -n 's/^7 \* \* \* \* //p' tab >>job
	[ "$(wc -l <job)" -eq 3 ]
	sh job
	grep -q 'lantern was gone' new.jsonl
}
