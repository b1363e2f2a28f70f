#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# docs.bats: the manual as HTML: every page is there and valid, and every link
# in it leads somewhere.
# shellcheck disable=SC2153,SC2154 # helper.bash and bats set them

load helper

setup() {
	TOP=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	cd "$BATS_TEST_TMPDIR" || return 1
	command -v mandoc >/dev/null || skip "lacks mandoc"
	(cd "$TOP" && sh packaging/docs.sh "$BATS_TEST_TMPDIR/html")
}

@test "every page of the manual is there, and the index names it" {
	for page in "$TOP"/man/*.[1-9]; do
		page=$(basename "$page")
		[ -s "html/$page.html" ]
		grep -qF "href=\"$page.html\"" html/index.html
	done
	grep -q "$(cat "$TOP/VERSION")" html/index.html
}

@test "every link leads to a page of ours and a place in it, or to Debian" {
	cd html
	grep -o 'href="[^"]*"' ./*.html | sed 's|^\./||; s/:href="/ /; s/"$//' \
	    >links
	[ "$(wc -l <links)" -gt 200 ]
	while read -r page link; do
		case $link in
		https://manpages.debian.org/*.[1-9]) continue ;;
		pith.css) [ -s pith.css ] && continue ;;
		esac
		target=${link%%#*}
		[ -s "${target:-$page}" ] || { echo "$page: $link"; return 1; }
		[[ $link != *'#'* ]] ||
		    grep -qF "id=\"${link#*#}\"" "${target:-$page}" ||
		    { echo "$page: $link"; return 1; }
	done <links
	# and what is ours is not sought elsewhere
	run grep -h 'debian.org/pith' ./*.html
	status_is 1
}

@test "every reference from page to page is to one that there is" {
	sed -n 's/^\.Xr \(pith[a-z.-]*\) \([1-9]\).*/\1.\2/p' "$TOP"/man/*.[1-9] |
	    sort -u >wanted
	[ "$(wc -l <wanted)" -ge 5 ]
	while read -r page; do
		[ -e "$TOP/man/$page" ] || { echo "no $page"; return 1; }
	done <wanted
}

@test "the pages are the same each time, and say nothing of where" {
	(cd "$TOP" && sh packaging/docs.sh "$BATS_TEST_TMPDIR/again")
	diff -r html again
	run grep -rl -e "$TOP" -e Debian html
	status_is 1
}

@test "the pages are valid HTML" {
	command -v tidy >/dev/null || skip "lacks tidy"
	for page in html/*.html; do
		tidy -q -e --show-warnings no "$page"
	done
}

@test "light and dark have the same colours to set, each readable" {
	# contrast of text and ground, as WCAG counts it: 4.5 and more
	python3 - "$TOP/man/pith.css" <<-'END'
	import re, sys
	css = open(sys.argv[1]).read()
	light, dark = (dict(re.findall(r"--(\w+): (#\w{6});", part))
	               for part in css.split("prefers-color-scheme: dark"))
	assert light.keys() == dark.keys() and len(light) > 5

	def luminance(colour):
	    parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
	    parts = [p / 12.92 if p <= .04045 else ((p + .055) / 1.055) ** 2.4
	             for p in parts]
	    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2]

	for theme in light, dark:
	    for ink in "ink", "soft", "link", "name":
	        for ground in "paper", "panel":
	            a, b = sorted((luminance(theme[ink]),
	                           luminance(theme[ground])))
	            assert (b + .05) / (a + .05) >= 4.5, (ink, ground)
	END
}
