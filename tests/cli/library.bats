#!/usr/bin/env bats
# SPDX-License-Identifier: MIT
# library.bats: what a program that is linked with libpith may rely on.
# shellcheck disable=SC2153,SC2154 # helper.bash and bats set them

load helper

setup_file() {
	export BUILD=${BUILD:-$BATS_TEST_DIRNAME/../../build}
}

not_counted() {
	! nm "$BUILD/libpith.so" | grep -q __llvm_profile ||
		skip "the library of make coverage keeps its names"
}

libraries() {
	echo "$(pkg-config --libs gumbo zlib uchardet) -lstdc++ -lm"
}

@test "pith.h is C99 and C++98 and what came after, without a warning" {
	printf '#include <pith.h>\nint main(void) { return PITH_OK; }\n' >a.c
	cp a.c a.cc
	for std in c99 c11 c17; do
		cc -I"$TOP/include" -std=$std -Wall -Wextra -pedantic -Werror \
		    -fsyntax-only a.c
	done
	for std in c++98 c++11 c++20; do
		c++ -I"$TOP/include" -std=$std -Wall -Wextra -Werror \
		    -fsyntax-only a.cc
	done
}

@test "a C++ program calls the library" {
	not_sanitized
	cat >a.cc <<-'END'
	#include <cstdio>
	#include <pith.h>
	int main()
	{
		pith *p;
		if (pith_new(&p) != PITH_OK)
			return 1;
		std::puts(pith_version());
		pith_free(p);
	}
	END
	# shellcheck disable=SC2046 # words
	c++ -I"$TOP/include" -o a a.cc "$BUILD/libpith.a" $(libraries)
	[ "$(./a)" = "$(cat "$TOP/VERSION")" ]
}

# jansson's library has names of its own as utf8_encode, as pith has inside.
@test "libpith.a and a static libjansson.a meet in one program" {
	not_sanitized
	not_counted
	jansson=$(cc -print-file-name=libjansson.a)
	[ -f "$jansson" ] || skip "there is no libjansson.a"
	cat >a.c <<-'END'
	#include <jansson.h>
	#include <pith.h>
	#include <stdio.h>
	static const char page[] = "<p>One.</p>";
	void arena_init(void);
	void arena_init(void) {} /* a name that the library uses inside */
	int main(void)
	{
		pith *p;
		const struct pith_article *a;
		json_t *line;
		struct pith_text text;
		if (pith_new(&p) != PITH_OK ||
		    pith_feed(p, page, sizeof(page) - 1) != PITH_OK ||
		    pith_finish(p, &a) != PITH_OK ||
		    pith_render(p, PITH_JSON, &text) != PITH_OK)
			return 1;
		line = json_loadb(text.data, text.len, 0, NULL);
		puts(json_string_value(json_object_get(line, "status")));
		json_decref(line);
		pith_free(p);
		return 0;
	}
	END
	# all of jansson, not only what is asked for
	# shellcheck disable=SC2046 # words
	cc -I"$TOP/include" -o a a.c "$BUILD/libpith.a" -Wl,--whole-archive \
	    "$jansson" -Wl,--no-whole-archive $(libraries)
	run ./a
	status_is 0
	[ -n "$output" ]
}
