#!/bin/sh
# SPDX-License-Identifier: MIT
# musl.sh: builds this tree against musl, a C library whose system calls are
# not glibc's, and tests it. Run by portability.sh in a chroot of Debian; wants
# root, and the network for apt-get.
#
#   musl.sh PREFIX        where the libraries go, and stay for the next time
#
# Debian has musl and a gcc for it (musl-tools), but no other library. So those
# that pith needs are built from the sources that apt-get knows. A C++ library
# for musl there is none: uchardet and detector.cc are compiled with the headers
# of gcc's, and linked with its archive, whose calls musl and musl_runtime.c
# answer. OpenSSL is left out for Mbed TLS, which is smaller.
# shellcheck disable=SC2317 # "one" calls those functions
set -eu

mkdir -p "$1"
prefix=$(cd "$1" && pwd)
here=$(pwd)
sources=$prefix/src build=$prefix/build
jobs=$(nproc)
mkdir -p "$sources" "$build" "$prefix/bin" "$prefix/include" \
    "$prefix/lib/pkgconfig"

sed -n 's/^deb /deb-src /p' /etc/apt/sources.list \
    >/etc/apt/sources.list.d/pith-sources.list
apt-get update -qq
apt-get install -qq -y --no-install-recommends gcc g++ make cmake pkg-config \
    musl-tools linux-libc-dev xz-utils bzip2 tcl m4 python3 >/dev/null
cd "$sources"
for name in gumbo-parser zlib uchardet libzstd brotli jansson expat sqlite3 \
    nettle mbedtls curl cmocka; do
	[ -e "$build/$name.done" ] || apt-get source -qq --tar-only -d "$name"
done

# The compilers. The kernel's headers are not musl's to bring.
for name in linux asm-generic; do
	ln -sfn "/usr/include/$name" "$prefix/include/$name"
done
ln -sfn "/usr/include/$(gcc -print-multiarch)/asm" "$prefix/include/asm"
version=$(gcc -dumpversion)
specs=$(sed -n 's/.*-specs "\(.*\)".*/\1/p' "$(command -v musl-gcc)")
cat >"$prefix/bin/musl-c++" <<END
#!/bin/sh
# what gcc's headers of C++ ask of glibc's
exec g++ -nostdinc++ -isystem /usr/include/c++/$version \\
    -isystem /usr/include/$(gcc -print-multiarch)/c++/$version \\
    -D__locale_t=locale_t '-D__GLIBC_PREREQ(a,b)=0' "\$@" -specs $specs
END
cat >"$prefix/bin/musl-cc" <<END
#!/bin/sh
case " \$* " in
*.cc\\ *) exec "$prefix/bin/musl-c++" "\$@" ;;
esac
exec musl-gcc -isystem "$prefix/include" "\$@"
END
chmod +x "$prefix/bin/musl-c++" "$prefix/bin/musl-cc"
PATH=$prefix/bin:$PATH
PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig
CFLAGS='-O2 -fPIC' CXXFLAGS='-O2 -fPIC'
export PATH PKG_CONFIG_LIBDIR CFLAGS CXXFLAGS

# unpack NAME: into $build/NAME, but for the archives of manuals
unpack() {
	rm -rf "${build:?}/$1"
	mkdir "$build/$1"
	for file in "$sources/$1"_*.orig.tar.*; do
		case $file in
		*.asc) ;;
		*) tar -xf "$file" -C "$build/$1" --strip-components=1 ;;
		esac
	done
	cd "$build/$1"
}

# with_cmake FOLDER OPTION …
with_cmake() {
	folder=$1
	shift
	cmake -S "$folder" -B out -DCMAKE_C_COMPILER=musl-cc \
	    -DCMAKE_CXX_COMPILER=musl-c++ -DCMAKE_BUILD_TYPE=Release \
	    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib \
	    -DCMAKE_PREFIX_PATH="$prefix" -DBUILD_SHARED_LIBS=OFF \
	    -DCMAKE_POLICY_VERSION_MINIMUM=3.5 "$@"
	make -s -C out -j"$jobs" install
}

# with_configure OPTION …
with_configure() {
	CC=musl-cc ./configure --prefix="$prefix" "$@"
	make -s -j"$jobs" install
}

# by_hand NAME COMPILER HEADERS FILE …: all files to libNAME.a, of which the
# headers then are in include/NAME
by_hand() {
	name=$1 compiler=$2 headers=$3
	shift 3
	mkdir -p out "$prefix/include/$name"
	# shellcheck disable=SC2016 # the shell inside expands it
	printf '%s\n' "$@" | xargs -P "$jobs" -I FILE sh -c \
	    "$compiler"' $CFLAGS -DVERSION=\"0\" -c FILE \
	    -o out/"$(basename FILE)".o'
	rm -f "$prefix/lib/lib$name.a"
	ar qcs "$prefix/lib/lib$name.a" out/*.o
	# shellcheck disable=SC2086 # a list of words
	cp $headers "$prefix/include/$name/"
	printf 'Name: %s\nDescription: of musl.sh\nVersion: 0\n%s\n%s\n' \
	    "$name" "Libs: -L$prefix/lib -l$name" \
	    "Cflags: -I$prefix/include/$name" \
	    >"$prefix/lib/pkgconfig/$name.pc"
}

# one LIBRARY COMMAND …: in its folder, once
one() {
	name=$1
	shift
	[ ! -e "$build/$name.done" ] || return 0
	log=$build/$name.log
	(unpack "$name"; "$@") >"$log" 2>&1
	touch "$build/$name.done"
}
log=
trap '[ $? -eq 0 ] || [ -z "$log" ] || tail -n 20 "$log" >&2' EXIT

gumbo() {
	by_hand gumbo musl-cc 'src/gumbo.h src/tag_enum.h' src/*.c
}
uchardet() {
	by_hand uchardet musl-c++ src/uchardet.h src/*.cpp src/LangModels/*.cpp
}
sqlite() {
	CC=musl-cc ./configure --disable-tcl --disable-readline
	make -s sqlite3.c
	by_hand sqlite3 musl-cc sqlite3.h sqlite3.c
}

musl-cc -O2 -fPIC -c "$here/tests/musl_runtime.c" -o "$build/runtime.o"
rm -f "$prefix/lib/libruntime.a"
ar qcs "$prefix/lib/libruntime.a" "$build/runtime.o"
# -lstdc++ finds this first
echo "INPUT($(gcc -print-file-name=libstdc++.a) -lgcc_eh -lruntime)" \
    >"$prefix/lib/libstdc++.a"

one zlib with_configure --static
one libzstd with_cmake build/cmake -DZSTD_BUILD_PROGRAMS=OFF \
    -DZSTD_BUILD_SHARED=OFF
one brotli with_cmake .
one jansson with_cmake . -DJANSSON_BUILD_DOCS=OFF -DJANSSON_EXAMPLES=OFF \
    -DJANSSON_WITHOUT_TESTS=ON
one expat with_cmake expat -DEXPAT_BUILD_TOOLS=OFF -DEXPAT_BUILD_TESTS=OFF \
    -DEXPAT_BUILD_EXAMPLES=OFF -DEXPAT_BUILD_DOCS=OFF
one cmocka with_cmake . -DWITH_EXAMPLES=OFF
one nettle with_configure --libdir="$prefix/lib" --disable-shared \
    --disable-public-key --disable-documentation --disable-assembler \
    --disable-openssl
one gumbo-parser gumbo
one uchardet uchardet
one sqlite3 sqlite
one mbedtls with_cmake . -DENABLE_TESTING=OFF -DENABLE_PROGRAMS=OFF
one curl with_cmake . -DCURL_USE_OPENSSL=OFF -DCURL_USE_MBEDTLS=ON \
    -DHTTP_ONLY=ON -DCURL_USE_LIBPSL=OFF -DCURL_USE_LIBSSH2=OFF \
    -DUSE_LIBIDN2=OFF -DUSE_NGHTTP2=OFF -DCURL_BROTLI=OFF -DCURL_ZSTD=OFF \
    -DBUILD_CURL_EXE=OFF -DBUILD_TESTING=OFF -DBUILD_LIBCURL_DOCS=OFF \
    -DBUILD_MISC_DOCS=OFF -DENABLE_CURL_MANUAL=OFF
log=

# Left out: what compiles programs with the system's own cc.
cd "$here"
CLI=$(printf '%s ' tests/cli/*.bats |
    sed 's,tests/cli/\(examples[a-z_]*\|install\)\.bats ,,g')
NO_HTTP2=yes
export CLI NO_HTTP2
pith() {
	make -s CC=musl-cc LDFLAGS="-L$prefix/lib -Wl,--eh-frame-hdr" \
	    SHARED=yes GUMBO_A= PKG_CONFIG='pkg-config --static' "$@"
}
bad=0
sh packaging/deps.sh test
pith -j"$jobs" all
for suite in unit replay golden hostile cli; do
	pith -k "$suite" || bad=1
done
exit "$bad"
