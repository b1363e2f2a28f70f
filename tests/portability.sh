#!/bin/sh
# SPDX-License-Identifier: MIT
# portability.sh: builds and tests this tree, as it lies, in a chroot of
# another Debian release or machine. Run by make portability; wants root.
#
#   portability.sh DIR SUITE MACHINE      as bookworm i386
#
# DIR/SUITE-MACHINE is made by debootstrap where it is not there yet, and kept.
# amd64 and i386 run there by themselves. s390x, whose bytes lie the other way,
# is built by a cross compiler in a chroot of amd64 and run by qemu: its unit
# tests, the replays and golden/, without the sandbox, which qemu lacks. musl is
# amd64 with another C library (musl.sh).
set -eu

dir=$1 suite=$2 machine=$3
mkdir -p "$dir"
root=$(cd "$dir" && pwd)/$suite-$machine
case $machine in
amd64 | i386) base=$machine ;;
s390x | musl) base=amd64 ;;
*)
	echo "portability.sh: $machine: none of amd64, i386, s390x, musl" >&2
	exit 2 ;;
esac

[ -e "$root/etc/apt/sources.list" ] ||
	debootstrap --arch="$base" --variant=minbase "$suite" "$root" >&2
[ ! -e /etc/resolv.conf ] || cp /etc/resolv.conf "$root/etc/"
rm -rf "$root/root/pith"
mkdir -p "$root/root/pith"
git ls-files -co --exclude-standard -z | tar --null -T - -cf - |
    tar -xf - -C "$root/root/pith"

# What runs inside: install, build, test.
if [ "$machine" = "$base" ]; then
	cat >"$root/root/run" <<-'END'
	apt-get update -qq
	sh packaging/deps.sh build test
	make -s -j"$(nproc)" all
	for suite in unit replay golden hostile cli; do
		make -s -k "$suite" || bad=1
	done
	END
elif [ "$machine" = musl ]; then
	echo 'sh tests/musl.sh /root/musl || bad=1' >"$root/root/run"
else
	cat >"$root/root/run" <<-END
	triple=$machine-linux-gnu
	dpkg --add-architecture $machine
	apt-get update -qq
	apt-get install -qq -y --no-install-recommends make pkg-config \\
	    python3 "gcc-\$triple" "g++-\$triple" \\
	    "libstdc++-\$(apt-cache depends "g++-\$triple" |
	    sed -n 's/.*Depends: g++-\\([0-9]*\\)-.*/\\1/p')-dev:$machine" \\
	    \$(sed -n '/^	build)/,/;;/p; /^	test)/p' packaging/deps.sh |
	    grep -o 'lib[^ ]*-dev\\|zlib1g-dev\\|nettle-dev' |
	    grep -v libc6-dev | sed 's/\$/:$machine/') >/dev/null
	export PKG_CONFIG_LIBDIR="/usr/lib/\$triple/pkgconfig:/usr/share/pkgconfig"
	tools="CC=\$triple-gcc AR=\$triple-ar OBJCOPY=\$triple-objcopy"
	make -s -j"\$(nproc)" \$tools all
	# pages of 100,000 blocks; qemu takes longer than the test allows
	export LEAVE_OUT=score_feature_test PATIENCE=3600
	for suite in unit replay; do
		make -s -k \$tools "\$suite" || bad=1
	done
	printf '#!/bin/sh\\nexec /root/pith/build/pith --sandbox=none "\$@"\\n' \\
	    >/root/pith-bare
	chmod +x /root/pith-bare
	PITH=/root/pith-bare sh tests/golden.sh >/root/golden || bad=1
	grep -v '^ok' /root/golden || :
	END
	# the kernel must know who runs the other machine's programs
	mountpoint -q /proc/sys/fs/binfmt_misc ||
		mount -t binfmt_misc none /proc/sys/fs/binfmt_misc
	[ -e "/proc/sys/fs/binfmt_misc/qemu-$machine" ] ||
		cat "/usr/lib/binfmt.d/qemu-$machine.conf" \
		    >/proc/sys/fs/binfmt_misc/register
fi

# Mounts that end with the command.
# shellcheck disable=SC2016 # the shell inside expands them
exec unshare -m sh -c '
	mount -t proc proc "$1/proc"
	mount --bind /dev "$1/dev"
	mount -t devpts devpts "$1/dev/pts"
	exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
	    HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
	    sh -ec "cd /root/pith; bad=0; . /root/run; exit \$bad"
' sh "$root"
