#!/bin/sh
# SPDX-License-Identifier: MIT
# docs.sh: renders the manual to HTML, with an index. Run by make docs.
#
#   docs.sh FOLDER
#
# A reference to a page that is not ours leads to Debian's manual.
set -eu

out=$1
command -v mandoc >/dev/null || {
	echo "docs.sh: mandoc is missing; make test-deps installs it" >&2
	exit 1
}
mkdir -p "$out"
out=$(cd "$out" && pwd)
rm -f "$out"/*.html
# mandoc looks in the present folder for what is ours
cd "$(dirname "$0")/../man"
version=$(cat ../VERSION)
cp pith.css "$out"

others=https://manpages.debian.org/%N.%S
back='<nav><a href="index.html">pith: the manual</a></nav>'
for page in *.[1-9]; do
	mandoc -T html -I os="pith $version" \
	    -O "style=pith.css,man=%N.%S.html;$others" "$page" |
	    sed "s|^<html>|<html lang=\"en\">|; s|^<body>|&$back|" \
	    >"$out/$page.html"
done

# The pages in the order of a reader, each with its line of description.
{
	cat <<-END
	<!DOCTYPE html>
	<html lang="en"><head><meta charset="utf-8">
	<meta name="viewport" content="width=device-width, initial-scale=1.0">
	<title>pith: the manual</title>
	<link rel="stylesheet" href="pith.css"></head>
	<body><h1>pith $version: the manual</h1>
	<dl>
	END
	for page in *.1 *.7 *.5 *.3; do
		name=${page%.*}
		printf '<dt><a href="%s.html">%s(%s)</a></dt><dd>%s</dd>\n' \
		    "$page" "$name" "${page##*.}" \
		    "$(sed -n 's/^\.Nd //p' "$page")"
	done
	echo '</dl></body></html>'
} >"$out/index.html"
