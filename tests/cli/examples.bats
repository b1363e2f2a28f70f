#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# examples.bats: the files in examples/ do what they say: the programs build
# and run, and the commands that they put into other programs' settings read
# what those programs give them.
# shellcheck disable=SC2153,SC2154 # helper.bash and bats set them

load helper

setup_file() {
	export BUILD=${BUILD:-$BATS_TEST_DIRNAME/../../build}
	export LD_LIBRARY_PATH=$BUILD
}

# mail CHARSET: the HTML part of a mail, as a mail program gives it to a
# filter: without its header, and declaring an encoding that is wrong.
mail() {
	iconv -f UTF-8 -t "$1" <<-'END'
	<html><head><meta charset="iso-8859-1"></head><body>
	<p>Liebe Frau Groß,</p>
	<p>am Donnerstag um zehn, vor dem Rathaus? Ich bringe die Schlüssel mit.
	<a href="https://example.org/karte">Hier ist die Karte</a>.</p>
	<p>Grüße<br>Jón</p></body></html>
	END
}

# shows WHAT COMMAND: the filter shows the whole mail, and a mail of one word.
shows() {
	local charset=$1 command=$2
	[ -n "$command" ] || { echo "no command found"; return 1; }
	PATH=$(dirname "$PITH"):$PATH
	run sh -c "$command" < <(mail "$charset")
	status_is 0
	has "Liebe Frau Groß,"
	has "Ich bringe die Schlüssel mit. Hier ist"
	has "die Karte."
	has "Jón"
	run sh -c "$command" <<<'<html><body>Thanks!</body></html>'
	status_is 0
	has Thanks!
	printf '<p>%s</p>' "$(seq -s ' ' 100)" >long
	run sh -c "$command" <long
	[ "${#lines[0]}" -gt 60 ]
	[ "${#lines[0]}" -le 80 ]
}

@test "article.c: the article of a page, and each exit status" {
	not_sanitized
	cc -std=c11 -Wall -Wextra -Werror -I"$TOP/include" -o program \
	    "$TOP/examples/article.c" -L"$BUILD" -lpith
	article lantern >page.html
	./program <page.html >got
	"$PITH" page.html | cmp - got
	run ./program <<<'<nav><a href="/">Home</a></nav>'
	status_is 1
	[ -z "$output" ]
	run ./program <"$PITH"
	status_is 2
	has "article: "
	run ./program <.
	status_is 2
	has "Is a directory"
	run sh -c './program <page.html >/dev/full'
	status_is 2
	has "No space left"
}

@test "article.c is short" {
	[ "$(sed -n '/^int main/,$p' "$TOP/examples/article.c" | wc -l)" -le 35 ]
}

@test "article.py: articles of pages; a page refused does not end it" {
	not_sanitized
	article lantern >page.html
	run python3 "$TOP/examples/article.py" page.html
	status_is 0
	[ "${lines[0]:0:14}" = "The lantern (0" ]
	"$PITH" page.html >want
	python3 "$TOP/examples/article.py" page.html | tail -n +3 | cmp - want
	python3 "$TOP/examples/article.py" <page.html | tail -n +3 | cmp - want
	run python3 "$TOP/examples/article.py" "$PITH" nowhere page.html
	status_is 2
	has "$PITH: not text"
	has "nowhere: "
	has "lantern was gone"
	run python3 "$TOP/examples/article.py" <<<'<nav>Home</nav>'
	status_is 1
	[ -z "$output" ]
	head -c 9000000 /dev/zero | tr '\0' 'x' >large.html
	run python3 "$TOP/examples/article.py" large.html
	status_is 2
	has "large.html: "
	has_not Traceback
}

@test "mutt: the commands of the mailcap show HTML mail" {
	sed -n 's/^text\/html; \([^;]*\);.*/\1/p' "$TOP/examples/mutt/mailcap" \
	    >commands
	[ "$(wc -l <commands)" -eq 2 ]
	shows ISO-8859-1 "$(sed -n 2p commands)"
	# what the header says holds, not what the page says
	shows ISO-8859-2 "$(sed -n "1s/%{charset}/'iso-8859-2'/p" commands)"
}

@test "aerc: its filter shows HTML mail" {
	shows UTF-8 "$(sed -n 's/^text\/html=//p' "$TOP/examples/aerc/aerc.conf")"
}

@test "newsboat: its renderer shows entries, its browser a page" {
	shows UTF-8 "$(sed -n 's/^html-renderer "\(.*\)"$/\1/p' \
	    "$TOP/examples/newsboat/config")"
	article lantern >page.html
	sed -n 's/^browser "\(.*\)"$/\1/p' "$TOP/examples/newsboat/config" |
	    sed 's/\\"/"/g; s/%u/page.html/; s/| less/| cat/' >script
	run sh script
	status_is 0
	has "lantern was gone"
}

@test "systemd: the units are right, and shut in what they start" {
	command -v systemd-analyze >/dev/null || skip "there is no systemd-analyze"
	cp "$TOP"/examples/systemd/* .
	sed -i "s,^ExecStart=/usr/bin/pith,ExecStart=$PITH," ./*.service
	run systemd-analyze verify --man=no "$PWD"/pith-articles.service \
	    "$PWD"/pith-articles.timer
	status_is 0
	[ -z "$output" ] || { echo "$output"; return 1; }
	run systemd-analyze security --offline=true --threshold=15 \
	    "$PWD"/pith-articles.service
	status_is 0
	has "Overall exposure level"
}

@test "systemd: the command of the service runs" {
	article lantern >page.html
	timeout 30 python3 -u -m http.server --bind 127.0.0.1 0 >port 2>log 3>&- &
	server=$!
	for _ in $(seq 100); do
		here=$(grep -oE 'http://127.0.0.1:[0-9]+' port) && break
		sleep 0.1
	done
	echo "$here/page.html" >urls.txt
	sed -n 's/^ExecStart=\/usr\/bin\///p' \
	    "$TOP/examples/systemd/pith-articles.service" |
	    sed 's,/etc/pith/,,' >script
	PATH=$(dirname "$PITH"):$PATH
	run sh script
	kill $server
	status_is 0
	[ -z "$output" ]
	grep -q 'lantern was gone' articles/*
}
