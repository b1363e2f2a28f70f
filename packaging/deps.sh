#!/bin/sh
# SPDX-License-Identifier: MIT
# deps.sh: installs what a job of the Makefile needs on Debian 12, Debian 13
# and Ubuntu 24.04. Run by the Makefile, by .ci/run and by hand.
#
#   sh packaging/deps.sh [-n] GROUP …      build, test, lint … as listed below
#
# Nothing missing: one dpkg-query, no output, exit 0. -n only says what is
# missing and exits 1 if that is anything.
set -eu

packages_of() {
	case $1 in
	build) echo gcc g++ libc6-dev make pkg-config libgumbo-dev zlib1g-dev \
		libuchardet-dev libjansson-dev libcurl4-openssl-dev \
		libsqlite3-dev libexpat1-dev libbrotli-dev \
		libzstd-dev nettle-dev ;;
	test) echo libcmocka-dev bats brotli zstd jq mandoc python3 curl wget openssl \
		universal-ctags binutils bash-completion zsh fish \
		nginx-light sqlite3 iproute2 cmark cmark-gfm tidy \
		python3-jsonschema parallel cron ;;
	lint) echo clang-tidy clang-format cppcheck mandoc shellcheck ;;
	fuzz) # newer releases keep the sanitizers' runtime in its own package
		echo clang llvm
		# shellcheck source=/dev/null
		case $(. /etc/os-release && echo "$VERSION_CODENAME") in
		bookworm) echo libclang-rt-14-dev ;;
		trixie) echo libclang-rt-19-dev ;;
		noble) echo libclang-rt-18-dev ;;
		esac ;;
	torture) echo afl++ valgrind debootstrap qemu-user-static ;;
	train) echo python3 python3-numpy ;;
	browser) echo chromium chromium-driver pngquant ;;
	deb) echo debhelper dpkg-dev devscripts fakeroot libcmocka-dev lintian ;;
	spark) echo default-jre-headless python3 python3-venv ;;
	*)
		echo "deps.sh: $1: not a group" >&2
		exit 2 ;;
	esac
}

dry=
if [ "${1-}" = -n ]; then
	dry=yes
	shift
fi
[ $# -gt 0 ] || set -- build

wanted=
for group; do
	names=$(packages_of "$group")
	wanted="$wanted $names"
done

if ! command -v dpkg-query >/dev/null; then
	echo "deps.sh: not a Debian or Ubuntu system; pith needs the" \
	    "equivalents of:$wanted" >&2
	# Not an error: they may be there, and the build says what is not.
	exit 0
fi

# pkgconf provides pkg-config on newer releases; dpkg-query knows both.
# shellcheck disable=SC2086 # a list of words
missing=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted \
	2>/dev/null | awk -v wanted="$wanted" '
	$1 == "installed" { have[$2] = 1 }
	END {
		n = split(wanted, w, " ")
		for (i = 1; i <= n; i++)
			if (!(w[i] in have) && !seen[w[i]]++)
				printf " %s", w[i]
	}')
[ -n "$missing" ] || exit 0

if [ -n "$dry" ]; then
	echo "missing:$missing"
	exit 1
fi

sudo=
if [ "$(id -u)" -ne 0 ]; then
	sudo=sudo
	if ! command -v sudo >/dev/null; then
		echo "deps.sh: not root, and no sudo; please install:$missing" >&2
		exit 1
	fi
fi
echo "deps.sh: installing with ${sudo:+$sudo }apt-get:$missing" >&2

install() {
	# shellcheck disable=SC2086
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y \
	    --no-install-recommends $missing </dev/null >"$log" 2>&1
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A machine that never fetched the lists of packages, or did long ago, fails
# at first; the lists are fetched only then.
if ! install; then
	$sudo apt-get update -qq </dev/null >"$log" 2>&1 || cat "$log" >&2
	if ! install; then
		cat "$log" >&2
		echo "deps.sh: apt-get could not install:$missing" >&2
		exit 1
	fi
fi
