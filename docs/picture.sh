#!/bin/sh
# SPDX-License-Identifier: MIT
# picture.sh: takes the picture of a report that README.md shows. Run by make
# picture, which needs chromium and pngquant ("sh packaging/deps.sh browser").
#
#   picture.sh PITH PAGE FILE.png
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$1" --report "$work/report.html" "$2" >/dev/null
# one block with its reasons open, as a click would do
sed '0,/<details class="kept"/s//<details open class="kept"/' \
    "$work/report.html" >"$work/open.html"
chromium --headless --no-sandbox --disable-gpu --hide-scrollbars \
    --user-data-dir="$work/profile" --window-size=840,915 \
    --screenshot="$work/report.png" "file://$work/open.html" 2>"$work/log" || {
	cat "$work/log" >&2
	exit 1
}
pngquant --force --strip --output "$3" 64 "$work/report.png"
