# SPDX-License-Identifier: MIT
# helper.bash: what the command line's tests share. Loaded by tests/cli/*.bats.
# shellcheck shell=bash disable=SC2154 # bats sets status and output

load ../cli/terminal

# The user's settings do not count, also where bats is called by hand.
export HOME=$BATS_FILE_TMPDIR
unset XDG_CONFIG_HOME

setup() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	PITH=${PITH:-$TOP/build/pith}
	cd "$BATS_TEST_TMPDIR" || return 1
}

# article WORD: a page on standard output whose article names WORD.
article() {
	cat <<-END
	<!DOCTYPE html>
	<html lang="en"><head><meta charset="utf-8"><title>The $1</title></head>
	<body><nav><ul><li><a href="/">Home</a></li>
	<li><a href="/news">News</a></li></ul></nav>
	<article><h1>The $1</h1><div class="entry-content">
	<p>The $1 stood in the harbour for forty years, and nobody who passed
	it in the morning, on the way to the fish market, thought of it as
	something that could ever go away.</p>
	<p>Then one night in March the wind turned to the east, the moorings
	gave way one after the other, and in the morning the $1 was gone,
	with a bench, two gulls and the key of the customs house.</p>
	</div></article>
	<footer><a href="/imprint">Imprint</a></footer></body></html>
	END
}

# A program that is not sanitized itself cannot call the built library if that
# is.
not_sanitized() {
	! ldd "$BUILD/libpith.so" | grep -q asan ||
		skip "a sanitizer's library needs a sanitizer's program"
}

# Fails unless the text of $output has the words, or has them not.
has() {
	[[ $output == *"$1"* ]] || { echo "no '$1' in: $output"; return 1; }
}
has_not() {
	[[ $output != *"$1"* ]] || { echo "'$1' is in: $output"; return 1; }
}

# status_is N
status_is() {
	[ "$status" -eq "$1" ] || { echo "exit $status: $output"; return 1; }
}
