#!/bin/sh
# SPDX-License-Identifier: MIT
# deb-try.sh: builds the packages of what is committed in a fresh Debian, and
# installs, uses and purges them in another one. Run by make deb-try, as root.
#
#   deb-try.sh SUITE FOLDER        SUITE: bookworm, trixie
#       DEB_BUILD_OPTIONS=nocheck leaves the tests of the build out
#
# FOLDER keeps the bare system for the next run. Fails if anything is left
# behind by the purge but what dpkg, apt and ldconfig keep of their own.
set -eu

suite=$1
mkdir -p "$2"
folder=$(cd "$2" && pwd)
version=$(cat VERSION)
base=$folder/$suite

if [ ! -e "$base/etc/os-release" ]; then
	rm -rf "$base"
	debootstrap --variant=minbase "$suite" "$base" >"$base.log"
fi

leave() {
	umount "$folder/$suite.build/proc" "$folder/$suite.try/proc" 2>/dev/null || :
	rm -rf "$folder/$suite.build" "$folder/$suite.try"
}
leave
trap leave EXIT

# fresh NAME: another copy of the bare system
fresh() {
	cp -a "$base" "$folder/$suite.$1"
	cp /etc/resolv.conf "$folder/$suite.$1/etc/"
	mount -t proc proc "$folder/$suite.$1/proc"
	inside "$1" 'apt-get update -qq'
}

inside() {
	chroot "$folder/$suite.$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root \
	    LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
	    "DEB_BUILD_OPTIONS=${DEB_BUILD_OPTIONS-}" sh -ec "$2"
}

files() {
	(cd "$folder/$suite.try" && find . -xdev \( -path ./proc -o -path ./tmp -o \
	    -path ./var/lib/dpkg -o -path ./var/lib/apt -o -path ./var/cache \
	    -o -path ./var/log -o -name ld.so.cache \) -prune -o -print) | sort
}

install='apt-get install -qq -y --no-install-recommends >/dev/null 2>&1'

fresh build
make -s dist DIST="$folder/$suite.build/root/pith_$version.orig.tar.gz"
inside build "cd /root
	tar -xf pith_*.orig.tar.gz
	cd pith-$version
	cp -R packaging/debian debian
	$install dpkg-dev fakeroot lintian
	apt-get build-dep -qq -y ./ >/dev/null 2>&1
	dpkg-buildpackage -us -uc >../build.log 2>&1 || {
		grep -E '^not ok|rror' ../build.log | tail -n 40
		exit 1
	}
	grep ' passed, ' ../build.log | tail -n 2
	cd ..
	lintian --allow-root --pedantic --fail-on error,warning ./*.changes"

fresh try
# what the tests bring stays out of the comparison
inside try "$install g++ libc6-dev pkgconf man-db libgumbo-dev \
	libuchardet-dev zlib1g-dev
	$install \$(apt-get install -s libcurl4 libjansson4 libsqlite3-0 \
	    libbrotli1 libnettle8 libexpat1 libzstd1 |
	    sed -n 's/^Inst \([^ ]*\).*/\1/p')"
files >"$folder/$suite.before"
cp "$folder/$suite.build/root"/*.deb "$folder/$suite.try/tmp"
cp -R "$folder/$suite.build/root/pith-$version" "$folder/$suite.try/tmp/pith"
inside try "rm /tmp/*dbgsym*
	apt-get install -qq -y --no-install-recommends /tmp/*.deb >/dev/null 2>&1
	cd /tmp/pith
	for test in article library; do sh debian/tests/\$test >/dev/null; done
	dpkg -V pith libpith0 libpith-dev
	apt-get purge -qq -y pith libpith0 libpith-dev >/dev/null 2>&1"
files >"$folder/$suite.after"
diff "$folder/$suite.before" "$folder/$suite.after"
echo "$suite: built, installed, used and purged"
