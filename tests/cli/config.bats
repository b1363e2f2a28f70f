#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# config.bats: defaults, then the file of settings, then the environment, then
# the command line; and pith.conf(5) tells which options may be set.
# shellcheck disable=SC2154 # bats sets status and output

load helper

setup() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	PITH=${PITH:-$TOP/build/pith}
	FETCH=$(dirname "$PITH")/pith-fetch
	cd "$BATS_TEST_TMPDIR" || return 1
	export HOME=$PWD/home
	unset XDG_CONFIG_HOME PITH_CONFIG
	FILE=$HOME/.config/pith/config
	mkdir -p "$(dirname "$FILE")"
	article lantern >a.html
}

# The longest line of what pith writes of the page.
longest() {
	"$PITH" "$@" a.html | awk 'length > n { n = length } END { print n }'
}

# settings LINE …: the file of settings
settings() {
	printf '%s\n' "$@" >"$FILE"
}

@test "file, environment and command line: each beats the one before" {
	[ "$(longest)" -gt 72 ]
	settings 'width = 60'
	n=$(longest)
	[ "$n" -le 60 ]
	[ "$n" -gt 50 ]
	n=$(PITH_WIDTH=50 longest)
	[ "$n" -le 50 ]
	[ "$n" -gt 40 ]
	n=$(PITH_WIDTH=50 longest -w 40)
	[ "$n" -le 40 ]
	[ "$(longest --no-config)" -gt 72 ]
	[ "$(PITH_WIDTH=50 longest --no-config)" -le 50 ]
}

@test "the file is --config, PITH_CONFIG, XDG_CONFIG_HOME or HOME, in this order" {
	settings 'width = 60'
	mkdir -p xdg/pith
	echo 'width = 50' >xdg/pith/config
	echo 'width = 40' >named
	echo 'width = 30' >given
	n=$(XDG_CONFIG_HOME=$PWD/xdg longest)
	[ "$n" -le 50 ]
	[ "$n" -gt 40 ]
	n=$(XDG_CONFIG_HOME=$PWD/xdg PITH_CONFIG=named longest)
	[ "$n" -le 40 ]
	[ "$n" -gt 30 ]
	[ "$(XDG_CONFIG_HOME=$PWD/xdg PITH_CONFIG=named longest --config given)" -le 30 ]
	# a relative folder is to be ignored, an empty variable is none
	n=$(XDG_CONFIG_HOME=xdg longest)
	[ "$n" -gt 50 ]
	n=$(PITH_CONFIG='' longest)
	[ "$n" -le 60 ]
	[ "$n" -gt 50 ]
}

@test "a file that is not there: silence, but not if it was asked for" {
	"$PITH" a.html 2>err >out
	[ ! -s err ]
	env -u HOME "$PITH" a.html >out
	run "$PITH" --config nowhere a.html
	status_is 3
	has 'pith: nowhere: No such file or directory'
	PITH_CONFIG=nowhere run "$PITH" a.html
	status_is 3
	run "$FETCH" --config nowhere http://localhost/
	status_is 3
	has 'pith-fetch: nowhere: No such file or directory'
}

@test "a file that cannot be read is an error, a folder closed to us is none" {
	mkdir folder
	run "$PITH" --config folder a.html
	status_is 3
	has 'pith: folder: Is a directory'
	settings 'width = 60'
	chmod 0 "$FILE"
	cp "$PITH" pith
	user=
	if [ "$(id -u)" -eq 0 ]; then # who may read everything
		chmod 711 . .. ../..
		chmod 755 home home/.config home/.config/pith
		user='setpriv --reuid 65534 --clear-groups'
	fi
	# shellcheck disable=SC2086 # none or some words
	run $user ./pith a.html
	status_is 3
	has "pith: $FILE: Permission denied"
	chmod 0 home
	# shellcheck disable=SC2086
	run $user ./pith a.html
	status_is 0
	chmod 755 home
}

@test "what is wrong is told with file and line, and ends with 2" {
	while IFS='|' read -r line message; do
		printf '# a comment\n\nwidth = 60\n%b\n' "$line" >"$FILE"
		run "$PITH" a.html
		status_is 2
		[ "$output" = "pith: $FILE:4: $message" ] || {
			echo "$output"
			return 1
		}
	done <<-'END'
	widht = 60|unknown option: widht
	width = x|width: not a valid N: x
	width|width wants N
	width =|width: nothing after =
	width 60|unknown option: width 60
	--width=60|options have no dashes here: --width=60
	format = xml|format: xml is none of: text markdown md html json jsonl explain report
	quiet = perhaps|quiet: neither yes nor no: perhaps
	no-width = 3|unknown option: no-width
	help|help is for the command line alone
	version = yes|version is for the command line alone
	output = x|output is for the command line alone
	config = x|config is for the command line alone
	delay = 2|delay belongs under [pith-fetch]
	a.html|unknown option: a.html
	[pitch]|no section: [pitch]; there are [pith] and [pith-fetch]
	[pith|a section is [pith] or [pith-fetch]
	charset = a\0033[1m|there is a control character
	END
}

@test "a NUL in the file, and a file that is too large" {
	printf 'wid\0th = 60\n' >"$FILE"
	run "$PITH" a.html
	status_is 2
	has "$FILE:1: there is a control character"
	yes '# a comment' | head -c 65536 >"$FILE"
	run "$PITH" a.html
	status_is 0
	echo >>"$FILE"
	run "$PITH" a.html
	status_is 3
	has "$FILE: larger than 64 KiB"
}

@test "blanks, comments, a last line without an end, ends as of DOS" {
	for text in ' \twidth=40' 'width \t=\t 40  ' '#width = 60\nwidth = 40' \
	    'width = 40\r\n' '\n\n[ pith ]\nwidth = 40' 'width = 60\nwidth = 40' \
	    '[pith-fetch]\nno such = thing\n[pith]\nwidth = 40'; do
		printf '%b' "$text" >"$FILE"
		n=$(longest)
		[ "$n" -le 40 ]
		[ "$n" -gt 30 ]
	done
	: >"$FILE"
	[ "$(longest)" -gt 72 ]
}

@test "a switch is set and taken back, and the stronger place wins" {
	for line in 'title' 'title = yes' 'title = 1' 'no-title = no'; do
		settings "$line"
		[ "$("$PITH" a.html | head -n 1)" = 'The lantern' ]
		[ "$("$PITH" --no-title a.html | head -n 1)" != 'The lantern' ]
		[ "$(PITH_TITLE=no "$PITH" a.html | head -n 1)" != 'The lantern' ]
	done
	settings 'recall' 'explain' 'quiet'
	"$PITH" --precision -f text --no-quiet a.html >got
	"$PITH" --no-config --precision a.html | cmp - got
}

@test "help is there whatever the file says" {
	settings 'nonsense'
	for option in --help --version --features '--completion=bash'; do
		"$PITH" "$option" >out
		[ -s out ]
	done
	"$FETCH" --help >out
	[ -s out ]
	# and what is wrong with the command line is told first
	run "$PITH" --no-such a.html
	has 'unknown option: --no-such'
}

@test "a variable that is wrong is named; others of the name are left alone" {
	PITH_WIDTH=x run "$PITH" a.html
	status_is 2
	has 'pith: PITH_WIDTH: width: not a valid N: x'
	PITH_FETCH_MAX_TIME=x run "$FETCH" http://localhost/
	status_is 2
	has 'pith-fetch: PITH_FETCH_MAX_TIME: max-time: not a valid TIME: x'
	PITH_VERSION=3 PITH_HELP=yes PITH_OUTPUT=x PITH_SHELL=sh PITH_WIDTH='' \
	    run "$PITH" a.html
	status_is 0
	has 'the lantern was gone'
	[ ! -e x ]
}

@test "each program reads its own lines, and pith hands the file on" {
	settings 'width = 40' '[pith-fetch]' 'max-size = x'
	[ "$(longest)" -le 40 ]
	run "$FETCH" http://localhost/
	status_is 2
	has "pith-fetch: $FILE:3: max-size: not a valid BYTES: x"
	run "$PITH" http://localhost:1/
	status_is 2
	has "pith-fetch: $FILE:3: "
	settings 'nonsense' '[pith-fetch]' 'retries = 0'
	run "$FETCH" http://127.0.0.1:1/
	status_is 4
	settings 'nonsense' '[pith-fetch]' 'nonsense'
	run "$PITH" --no-config --delay 0 http://127.0.0.1:1/
	has_not nonsense
	printf '[pith-fetch]\nuser-agent = a\tb\n' >other
	run "$PITH" --config other http://127.0.0.1:1/
	status_is 2
	has 'pith-fetch: --user-agent: control character'
}

# The options that a file of settings may have, tried one by one.
settable() { # PROGRAM
	"$1" --help | sed -n 's/^  .[^ ]* *--\([a-z-]*\).*/\1/p' |
	    while read -r name; do
		printf '[%s]\n%s = x\n' "$(basename "$1")" "$name" >try
		"$1" --config try </dev/null 2>&1 |
		    grep -qE 'for the command line alone|belongs under' ||
			echo "$name"
	done
}

manual() { # TITLE
	sed -n "/^\.Ss $1\$/,/^\.[SP]/s/^\.Cm \([a-z-]*\).*/\1/p" \
	    "$TOP/man/pith.conf.5"
}

@test "pith.conf(5) lists what may be set" {
	settable "$PITH" >got
	[ "$(wc -l <got)" -gt 30 ]
	diff <(manual 'Of pith') got
	settable "$FETCH" >got
	[ "$(wc -l <got)" -gt 20 ]
	diff <(manual 'Of pith-fetch') got
}

@test "the file that pith.conf(5) shows is a good one" {
	awk '/^\.Ed/ { exit } on; /^\.Bd/ { on = 1 }' \
	    "$TOP/man/pith.conf.5" >"$FILE"
	grep -q '^width = 72' "$FILE"
	[ "$("$PITH" a.html | head -n 1)" = 'The lantern' ]
	n=$(longest)
	[ "$n" -le 72 ]
	run "$FETCH" --retries 0 http://127.0.0.1:1/
	status_is 4
}

@test "a value from the file lasts for all pages of a run, in workers too" {
	settings 'url-field = address' 'format = jsonl'
	for i in 1 2 3; do
		jq -cn --arg page "$(cat a.html)" --arg i "$i" \
		    '{address: "http://a.test/\($i)", html: $page}'
	done >pages.jsonl
	"$PITH" -I jsonl -j 2 pages.jsonl | jq -r .url >got
	printf 'http://a.test/%d\n' 1 2 3 | diff - got
}
