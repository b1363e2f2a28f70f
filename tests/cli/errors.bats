#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# errors.bats: each way to fail has its message and its exit status.
# shellcheck disable=SC2154 # bats sets status and output

load helper

@test "success is silent on standard error" {
	article lantern >a.html
	"$PITH" a.html 2>err >/dev/null
	[ ! -s err ]
}

@test "a missing file: 3, and the others go on" {
	article lantern >a.html
	run "$PITH" nowhere.html a.html
	status_is 3
	has 'pith: nowhere.html: No such file or directory'
	has 'the lantern was gone'
}

@test "a directory: 3" {
	mkdir folder
	run "$PITH" folder
	status_is 3
	has 'pith: folder: Is a directory'
}

@test "a directory as standard input: 3" {
	mkdir folder
	run bash -c '"$0" <folder' "$PITH"
	status_is 3
	has 'pith: stdin: Is a directory'
}

@test "a file that may not be read: 3" {
	article lantern >a.html
	chmod 0 a.html
	if [ "$(id -u)" -eq 0 ]; then # who may read everything
		cp "$PITH" pith
		chmod 711 . .. ../..
		run setpriv --reuid 65534 --clear-groups ./pith a.html
	else
		run "$PITH" a.html
	fi
	status_is 3
	has 'pith: a.html: Permission denied'
}

@test "a full disk: 3" {
	article lantern >a.html
	run bash -c '"$0" a.html >/dev/full' "$PITH"
	status_is 3
	has 'pith: stdout: No space left on device'
}

@test "a full disk is told of --help and --version too" {
	run bash -c '"$0" --help >/dev/full' "$PITH"
	status_is 3
	run bash -c '"$0" --version >/dev/full' "$PITH"
	status_is 3
}

@test "closed standard output: 3" {
	article lantern >a.html
	run bash -c '"$0" a.html >&-' "$PITH"
	status_is 3
}

@test "a reader that goes away ends pith quietly, by its signal" {
	article lantern >a.html
	files=()
	for _ in $(seq 2000); do files+=(a.html); done
	set +o pipefail
	"$PITH" "${files[@]}" 2>err | head -n 1 >/dev/null
	[ "${PIPESTATUS[0]}" -eq 141 ]
	[ ! -s err ]
}

@test "empty input: 1" {
	run "$PITH" /dev/null
	status_is 1
	[ -z "$output" ]
}

@test "a page without an article: 1, and no output" {
	cat >a.html <<-END
	<title>x</title><body><ul class=nav><li><a href=/>Home</a></li>
	<li><a href=/news>News</a></li><li><a href=/about>About us</a></li></ul>
	<div class=footer>(c) x 2020 <a href=/imprint>Imprint</a></div>
	END
	run "$PITH" a.html
	status_is 1
	[ -z "$output" ]
}

@test "a PNG, a PDF, a ZIP: 6" {
	{ printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0';
	  head -c 3000 /dev/zero; } >a.png
	{ printf '%%PDF-1.4\n%%\342\343\317\323\n1 0 obj\n<</Type/Catalog>>\n';
	  printf 'stream\n\0\1\2\3\4\5\nendstream\n%%%%EOF\n'; } >a.pdf
	{ printf 'PK\003\004\024\0\0\0\010\0'; head -c 400 /dev/zero; } >a.zip
	for file in a.png a.pdf a.zip; do
		run "$PITH" "$file"
		status_is 6
		has "pith: $file: "
	done
}

@test "several failures: the lowest status from 2 to 8" {
	printf '\211PNG\r\n\032\n\0\0\0\rIHDR\0\0' >a.png
	article lantern >a.html
	run "$PITH" a.png nowhere.html a.html
	status_is 3
	run "$PITH" a.png /dev/null a.html
	status_is 6
	run "$PITH" /dev/null a.html
	status_is 1
}

@test "an unknown option, an unknown format, a missing value: 2" {
	for args in --nonsense -Z '-f telepathy' --width '--width wide' \
	    '--width -5' '--max-page 0' '--help=yes'; do
		# shellcheck disable=SC2086 # words
		run "$PITH" $args
		status_is 2
		has 'pith: '
	done
}

@test "no argument and a terminal: 2" {
	needs_terminal
	run script -qec "$PITH" /dev/null
	status_is 2
	has 'terminal'
}

@test "an output file that cannot be made: 3, and nothing is left behind" {
	article lantern >a.html
	run "$PITH" -o no/such/folder/x.txt a.html
	status_is 3
	has 'pith: no/such/folder/x.txt: '
}

@test "a failed run leaves an output file as it was" {
	article lantern >a.html
	echo before >out.txt
	(ulimit -f 0; trap '' XFSZ; "$PITH" -o out.txt a.html) 2>err && false
	[ "$(cat out.txt)" = before ]
	[ "$(ls)" = "$(printf '%s\n' a.html err out.txt)" ]
}
