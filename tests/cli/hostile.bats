#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# hostile.bats: inputs made to fill memory, to take for ever or to deceive.
# shellcheck disable=SC2154 # bats sets status and output

load helper

sanitized() {
	grep -q __asan_init "$PITH"
}

# bounded COMMAND …: with little memory and time, whatever it reads. The
# sandbox would set limits of its own.
bounded() {
	! sanitized || skip "sanitizers do without limits of memory"
	run timeout 100 bash -c 'ulimit -v 700000; exec "$@"' bounded "$@"
}

# warc LENGTH: an archive of two pages, the first of which says so of itself.
warc() {
	printf 'WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\n' \
	    http://a.test/1
	printf 'Content-Type: application/http\r\nContent-Length: %s\r\n\r\n' "$1"
	printf 'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n'
	article lantern
	printf '\r\n\r\n'
	article barge | { body=$(cat)
	printf 'WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: %s\r\n' \
	    http://a.test/2
	printf 'Content-Type: text/html\r\nContent-Length: %s\r\n\r\n%s' \
	    "${#body}" "$body"; printf '\r\n\r\n'; }
}

@test "a bomb of gzip is refused, before it is undone" {
	head -c 2000000000 /dev/zero | gzip -1 >bomb.gz
	bounded "$PITH" --sandbox=none bomb.gz
	status_is 6
	has 'bomb.gz: '
	# many of them: each costs its page alone
	article lantern >good.html
	bounded "$PITH" -j 1 --sandbox=none bomb.gz good.html bomb.gz
	status_is 6
	has 'lantern was gone'
}

@test "gzip in gzip is undone once, and is no text then" {
	article lantern | gzip | gzip >twice.gz
	bounded "$PITH" --sandbox=none twice.gz
	status_is 6
}

@test "a hundred thousand empty members are an empty page" {
	gzip </dev/null >one.gz
	for ((i = 0; i < 1000; i++)); do cat one.gz; done >many.gz
	for ((i = 0; i < 100; i++)); do cat many.gz; done >all.gz
	bounded "$PITH" --sandbox=none all.gz
	status_is 1
	{ cat many.gz; article lantern | gzip; } >last.gz
	bounded "$PITH" --sandbox=none last.gz
	status_is 0
	has 'lantern was gone'
}

@test "a record that lies about its length costs itself, or what it claims" {
	for length in -1 99999999999999999999999 18446744073709551615 1e3 0x10 '' \
	    4611686018427387904 100000000; do
		warc "$length" >a.warc
		bounded "$PITH" --sandbox=none -f jsonl a.warc
		[ "$status" -eq 6 ] || { echo "length '$length': $status, $output"
			return 1; }
	done
	# too short: the next record is found all the same
	warc 100 >a.warc
	bounded "$PITH" --sandbox=none -f jsonl a.warc
	has 'barge was gone'
	status_is 6
}

@test "a header that never ends is refused, and memory stays bounded" {
	{ printf 'WARC/1.0\r\nWARC-Target-URI: http://a.test/'
	head -c 300000000 /dev/zero | tr '\0' a; } >a.warc
	bounded "$PITH" --sandbox=none -f jsonl a.warc
	status_is 6
}

@test "a line of 1 GB is refused, and memory stays bounded" {
	# shellcheck disable=SC2016
	bounded bash -c 'head -c 1073741824 /dev/zero |
	    "$0" --sandbox=none -I jsonl -f jsonl' "$PITH"
	status_is 6
	has 'more than 33554432 bytes'
}

@test "a list of garbage is told line by line, and asks nobody" {
	{ head -c 20000 /dev/urandom; printf '\n\0\0\n'
	head -c 3000000 /dev/zero | tr '\0' a
	printf '\nhttp://\nhttp://[::\nhttp:///x\njavascript:alert(1)\n'
	printf 'http://\033[31m\nfile:///etc/passwd\nhttp://a b/\n'
	printf 'http://u:p@a.test/\nhttps://a.test:99999/\n'; } >list
	FETCH=${PITH%/*}/pith-fetch
	bounded "$FETCH" --delay 0 --retries 0 -i list -o out.warc.gz
	[ "$status" -ge 2 ] && [ "$status" -le 8 ]
	LC_ALL=C
	[[ $output != *[$'\001'-$'\010\013'-$'\037\177']* ]]
}

@test "a model, settings or a list of 1 to 8 MB that are none end with a word" {
	article lantern >good.html
	for size in 1 2 4 8; do
		{ printf pithmodl; head -c ${size}M /dev/urandom; } >model
		bounded "$PITH" --sandbox=none --model model good.html
		[ "$status" -eq 2 ] || [ "$status" -eq 3 ]
		has 'model: model file: '
		head -c ${size}M /dev/zero | tr '\0' w >settings
		bounded "$PITH" --sandbox=none --config settings good.html
		status_is 3
		has 'settings: larger than 64 KiB'
		bounded "$PITH" --sandbox=none --files-from settings
		status_is 3
		has 'wwww...: File' # name too long, as the C library has it
	done
	# a name without an end
	# shellcheck disable=SC2016
	bounded bash -c '{ head -c 1073741824 /dev/zero | tr "\0" w
	    printf "\ngood.html\n"; } | "$0" --sandbox=none --files-from -' "$PITH"
	status_is 3
	has '...: File'
	has 'lantern was gone'
}
