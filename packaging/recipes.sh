#!/bin/sh
# SPDX-License-Identifier: MIT
# recipes.sh: writes what Alpine and Homebrew build from: the source archive of
# what is committed, and beside it an APKBUILD and a formula with its version
# and checksums. Run by make recipes.
#
#   recipes.sh FOLDER
set -eu

folder=$1
version=$(cat VERSION)
archive=$folder/pith-$version.tar.gz

mkdir -p "$folder"
make -s dist DIST="$archive"
sha256=$(sha256sum <"$archive" | cut -d ' ' -f 1)
sha512=$(sha512sum <"$archive" | cut -d ' ' -f 1)
for recipe in alpine/APKBUILD homebrew/pith.rb; do
	sed "s/@VERSION@/$version/g; s/@SHA256@/$sha256/; s/@SHA512@/$sha512/" \
	    "packaging/$recipe.in" >"$folder/$(basename "$recipe")"
done
