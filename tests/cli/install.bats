#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# install.bats: what make install puts into place can be used, and make
# uninstall takes all of it away.
# shellcheck disable=SC2153,SC2154 # helper.bash and bats set them

load helper

# The install step of the build under test, without building again.
place() {
	( cd "$TOP" && sh packaging/install.sh "$1" "$BUILD" "$ROOT" /usr/bin \
	    /usr/lib/somewhere /usr/include /usr/share/man /usr/share \
	    /usr/share/zsh/functions )
}

setup_file() {
	export BUILD=${BUILD:-$BATS_TEST_DIRNAME/../../build}
}

@test "install puts each file where it belongs, under DESTDIR" {
	ROOT=$PWD/root
	place install
	[ "$(root/usr/bin/pith --version)" = "pith $(cat "$TOP/VERSION")" ]
	[ -f root/usr/include/pith.h ]
	[ -f root/usr/lib/somewhere/libpith.a ]
	[ -f root/usr/lib/somewhere/pkgconfig/pith.pc ]
	[ -L root/usr/lib/somewhere/libpith.so ]
	[ -f root/usr/lib/somewhere/libpith.so ]
	for page in "$TOP"/man/*.[1-9]; do
		[ ! -e "$page" ] || [ -f "root/usr/share/man/man${page##*.}/$(basename "$page")" ]
	done
	for shell in bash-completion/completions/pith-fetch \
	    zsh/functions/_pith-fetch fish/vendor_completions.d/pith.fish; do
		[ -s "root/usr/share/$shell" ]
	done
	place uninstall
	[ -z "$(find root ! -type d)" ]
}

@test "the shared library has its soname, and needs no network" {
	readelf -d "$BUILD/libpith.so" | grep -q 'SONAME.*libpith\.so\.[0-9]'
	readelf -d "$BUILD/libpith.so" | grep NEEDED >needed
	run grep -E 'curl|sqlite|expat|jansson' needed
	status_is 1
}

@test "pith itself is not linked with what opens connections" {
	readelf -d "$PITH" | grep NEEDED >needed
	run grep -E 'curl|ssl|sqlite|expat' needed
	status_is 1
}

@test "the program in README.md compiles, and prints the article" {
	! ldd "$BUILD/libpith.so" | grep -q asan ||
		skip "a sanitizer's library needs a sanitizer's program"
	ROOT=$PWD/root
	place install
	{
		echo '#include <pith.h>'
		echo '#include <stdio.h>'
		echo 'static char bytes[100000];'
		echo 'int main(void) {'
		echo 'size_t n = fread(bytes, 1, sizeof(bytes), stdin);'
		sed -n '/^    pith \*p;/,/^## /s/^    //p' "$TOP/README.md"
		echo 'return 0; }'
	} >program.c
	export PKG_CONFIG_PATH=root/usr/lib/somewhere/pkgconfig
	lib=root/usr/lib/somewhere
	sed -i "s|^libdir=.*|libdir=$PWD/$lib|" $lib/pkgconfig/pith.pc
	sed -i "s|^includedir=.*|includedir=$PWD/root/usr/include|" \
	    $lib/pkgconfig/pith.pc
	# shellcheck disable=SC2046 # words
	cc -Wall -Werror -o program program.c $(pkg-config --cflags --libs pith)
	article lantern >a.html
	"$PITH" a.html >want
	LD_LIBRARY_PATH=$lib ./program <a.html >got
	cmp want got
	rm $lib/libpith.so*
	# shellcheck disable=SC2046 # words
	cc -o program program.c $(pkg-config --static --cflags --libs pith)
	./program <a.html >got
	cmp want got
}
