#!/bin/sh
# SPDX-License-Identifier: MIT
# deb.sh: builds the Debian packages of what is committed, as a Debian builder
# would: from the source archive, in a folder of its own, with the tests that
# packaging/debian/rules names. Run by make deb.
#
#   deb.sh FOLDER       DEB_BUILD_OPTIONS=nocheck leaves the tests out
#
# lintian then reads the packages; an error or a warning of its is a failure.
set -eu

folder=$1
version=$(cat VERSION)

unset MAKEFLAGS MAKELEVEL BUILD
rm -rf "$folder"
mkdir -p "$folder"
make -s dist DIST="$folder/pith_$version.orig.tar.gz"
tar -C "$folder" -xf "$folder/pith_$version.orig.tar.gz"
cd "$folder/pith-$version"
cp -R packaging/debian debian

if ! dpkg-buildpackage -j"$(nproc)" -us -uc >../build.log 2>&1; then
	grep -E '^not ok|rror' ../build.log | tail -n 40
	exit 1
fi
cd ..
rm -rf "pith-$version"
lintian --allow-root --pedantic --display-info --fail-on error,warning ./*.changes
ls -- *.deb
