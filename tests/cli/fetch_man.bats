#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# fetch_man.bats: the manual, --help and the program say the same, and the
# examples of the manual work.

load ../fetch/setup.bash

setup_file() {
	start_faults
}

teardown_file() {
	stop_faults
}

setup() {
	cd "$BATS_TEST_TMPDIR" || exit 1
	mark_requests
	MAN=$ROOT/man/pith-fetch.1
	echo "http://a.test:$PORT/page/1" >urls.txt
	echo "<rss><item><link>/page/2</link></item></rss>" >"$SITE/feed"
	# the program under its name, with names that lead to the fault server
	mkdir bin
	printf '#!/bin/sh\nexec "%s" --delay 0 --resolve "*:%s:127.0.0.1" "$@"\n' \
	    "$FETCH" "$PORT" >bin/pith-fetch
	chmod +x bin/pith-fetch
	PATH=$PWD/bin:$PATH
}

# The n-th literal example of the manual.
example() {
	awk -v n="$1" '/^\.Bd/ { i++; on = i == n; next } /^\.Ed/ { on = 0 }
	    on' <(sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$MAN")
}

@test "the manual and --help name the same options" {
	"$FETCH" --help | grep -o -- '--[a-z][a-z-]*' | sort -u >help
	[ "$(wc -l <help)" -ge 30 ]
	grep -E '^\.It .*Fl \\-' "$MAN" | grep -o 'Fl \\-[a-z-]*' |
	    sed 's/Fl \\-/--/' | sort -u >manual
	diff help manual
}

@test "--help is sorted" {
	"$FETCH" --help | sed -n 's/^  .[^ ]* *--\([a-z-]*\).*/\1/p' >names
	[ "$(wc -l <names)" -ge 30 ]
	LC_ALL=C sort -c names
}

@test "the manual and --help name the same exit codes" {
	"$FETCH" --help | sed -n '/^Exit: /,$p' | tr '\n' ' ' |
	    sed 's/^Exit: //; s/, /\n/g' | sed 's/ .*//' | sort >help
	sed -n '/^\.Sh EXIT/,/^\.Sh EXAMPLES/s/^\.It \([0-9]\)$/\1/p' "$MAN" |
	    sort >manual
	[ "$(wc -l <manual)" -eq 8 ]
	diff manual help
}

@test "the manual is well formed" {
	command -v mandoc >/dev/null || skip "lacks mandoc"
	mandoc -T lint -W warning "$MAN"
}

@test "the crontab example works, twice" {
	example 1 | sed -n 's/^7 \* \* \* \* //p' |
	    sed "s|https://example.org/feed|http://a.test:$PORT/file/feed|" >job
	[ -s job ]
	HOME=$PWD sh job >mail 2>&1
	HOME=$PWD sh job >>mail 2>&1
	[ ! -s mail ]
	same "http://a.test:$PORT/page/2" "$(warc pages news.warc.gz)"
}

@test "the flock example works, and lets a second run go" {
	command -v flock >/dev/null || skip "lacks flock"
	example 2 >job
	[ -s job ]
	sh job
	same "http://a.test:$PORT/page/1" "$(warc pages news.warc.gz)"
	rm news.db
	flock news.lock sh job
	[ ! -e news.db ]
}

@test "the systemd units are valid and the service's command works" {
	example 3 >news.service
	example 4 >news.timer
	sed -n 's|^ExecStart=/usr/local/bin/||p' news.service |
	    sed "s|%h|$PWD|g" >job
	[ -s job ]
	sh job
	same "http://a.test:$PORT/page/1" "$(warc pages news.warc.gz)"
	command -v systemd-analyze >/dev/null || skip "lacks systemd-analyze"
	sed -i "s|^ExecStart=/usr/local/bin|ExecStart=$PWD/bin|" news.service
	run systemd-analyze verify --man=no --recursive-errors=no \
	    "$PWD/news.service" "$PWD/news.timer"
	expect 0
}
