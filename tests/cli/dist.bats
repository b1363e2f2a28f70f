#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# dist.bats: what is handed on: the source archive, and the recipes by which
# other systems build it.
# shellcheck disable=SC2154 # helper.bash and bats set them

load helper

in_tree() {
	git -C "$TOP" rev-parse --verify -q HEAD >/dev/null ||
		skip "the source archive is made from a repository"
	( unset MAKEFLAGS MAKELEVEL; make -s -C "$TOP" "$@" )
}

@test "make dist gives the same bytes again, whoever calls it" {
	in_tree dist DIST="$PWD/a.tar.gz"
	sleep 1
	umask 077
	TZ=Asia/Tokyo LC_ALL=C in_tree dist DIST="$PWD/b.tar.gz"
	cmp a.tar.gz b.tar.gz
}

@test "the archive holds what is committed, in a folder with the version" {
	in_tree dist DIST="$PWD/a.tar.gz"
	tar -tzf a.tar.gz | grep -v '/$' | sort >have
	git -C "$TOP" ls-tree -r --name-only HEAD |
	    sed "s,^,pith-$(cat "$TOP/VERSION")/," | sort >want
	cmp have want
}

@test "recipes for Alpine and Homebrew are filled in, and are scripts" {
	in_tree recipes BUILD="$PWD"
	cd recipes
	run grep '@[A-Z0-9]*@' APKBUILD pith.rb
	status_is 1
	sh -n APKBUILD
	# as abuild does, which reads it as a script
	# shellcheck disable=SC1091
	( . ./APKBUILD && sed -n "s/\$pkgname-\$pkgver/$pkgname-$pkgver/; p" \
	    <<<"$sha512sums" | grep . | sha512sum -c && [ -f "$source" ] )
	archive=pith-$(cat "$TOP/VERSION").tar.gz
	grep -q "/$archive\"" pith.rb
	echo "$(sed -n 's/^  sha256 "\(.*\)"/\1/p' pith.rb)  $archive" |
	    sha256sum -c
	command -v ruby >/dev/null || skip "there is no ruby to read the formula"
	ruby -wc pith.rb
}

@test "recipes name the libraries that the Makefile asks for" {
	sed -n 's/^LIBS_[A-Z]* *:= *//p' "$TOP/Makefile" | tr ' ' '\n' |
	    sed 's/^lib//; s/[0-9]*$//; s/dec$//' | sort -u >libraries
	[ "$(wc -l <libraries)" -ge 8 ]
	while read -r library; do
		for recipe in alpine/APKBUILD.in homebrew/pith.rb.in \
		    debian/control deps.sh ../NOTICE; do
			grep -q "$library" "$TOP/packaging/$recipe" || {
				echo "packaging/$recipe lacks $library"
				return 1
			}
		done
	done <libraries
	# and no others
	sed -n 's/^ lib\(.*\)-dev,/\1/p' "$TOP/packaging/debian/control" |
	    sed 's/curl4.*/curl/; s/[0-9]*$//' | sort -u >have
	run grep -vxf libraries have
	[ -z "$output" ] || { echo "nobody needs $output"; return 1; }
}
