/* SPDX-License-Identifier: MIT
 *
 * str_test.c: a search finds what a walk byte by byte finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"

static size_t walk(struct str s, struct str needle, size_t from)
{
	for (size_t i = from; needle.len > 0 && i + needle.len <= s.len; i++)
		if (str_equal_nocase((struct str){s.data + i, needle.len},
				     needle))
			return i;
	return SIZE_MAX;
}

static void test_find_nocase(void **state)
{
	static const char bytes[] = "aAbB/;[{@`\x01\x21\xc1\xe1 k\0K0P";
	static const char *const needles[] = {
	    "",	 "a", "B",   "ab",   "/b",   "{", "[",	"@",	"`",
	    "k", "0", "aab", "\xe1", "\xc1", "!", "p0", "ba bb"};
	uint32_t seed = 1;

	(void)state;
	for (size_t len = 0; len < 200; len++) {
		/* ends with the memory, so that a tool sees what is read */
		char *data = malloc(len > 0 ? len : 1);
		struct str s = {data, len};

		assert_non_null(data);
		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			data[i] = bytes[(seed >> 16) %
					(len % 2 ? 4 : sizeof(bytes) - 1)];
		}
		for (size_t k = 0; k < sizeof(needles) / sizeof(needles[0]);
		     k++)
			for (size_t from = 0; from <= len + 1; from++) {
				struct str needle = {needles[k],
						     strlen(needles[k])};

				assert_int_equal(
				    str_find_nocase(s, needle, from),
				    walk(s, needle, from));
			}
		free(data);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_find_nocase),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
