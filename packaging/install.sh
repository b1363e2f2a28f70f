#!/bin/sh
# SPDX-License-Identifier: MIT
# install.sh: puts what was built into a system, or takes it away again. Run by
# make install and make uninstall.
#
#   install.sh install|uninstall BUILD DESTDIR BINDIR LIBDIR INCLUDEDIR MANDIR
#       DATADIR ZSHDIR
set -eu

action=$1 build=$2 dest=$3 bindir=$4 libdir=$5 includedir=$6 mandir=$7
datadir=$8 zshdir=$9

# put MODE FILE FOLDER
put() {
	if [ "$action" = install ]; then
		install -D -m "$1" "$2" "$dest$3/$(basename "$2")"
	else
		rm -f "$dest$3/$(basename "$2")"
	fi
}

for program in pith pith-fetch; do
	[ ! -e "$build/$program" ] || put 755 "$build/$program" "$bindir"
	put 644 "$build/completions/$program" \
	    "$datadir/bash-completion/completions"
	put 644 "$build/completions/_$program" "$zshdir"
	put 644 "$build/completions/$program.fish" \
	    "$datadir/fish/vendor_completions.d"
done
put 644 include/pith.h "$includedir"
put 644 "$build/libpith.a" "$libdir"
for so in "$build"/libpith.so.*; do
	put 644 "$so" "$libdir"
	if [ "$action" = install ]; then
		ln -sf "$(basename "$so")" "$dest$libdir/libpith.so"
	else
		rm -f "$dest$libdir/libpith.so"
	fi
done
put 644 "$build/pith.pc" "$libdir/pkgconfig"
for page in man/*.[1-9]; do
	[ ! -e "$page" ] || put 644 "$page" "$mandir/man${page##*.}"
done
# A new library in a folder of the system's is found only after this.
if [ -z "$dest" ] && [ "$(id -u)" -eq 0 ] && command -v ldconfig >/dev/null
then
	ldconfig
fi
