/* SPDX-License-Identifier: MIT
 *
 * text_test.c: the text and the counts of a block do not depend on the pieces
 * it comes in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "page/text.h"

static struct err err;
static struct arena arena;

static void append(struct text *t, const char *s, size_t len, size_t piece,
		   struct text_mode mode)
{
	for (size_t at = 0; at < len;) {
		size_t n = len - at < piece ? len - at : piece;

		/* characters are not cut, nor is CR from LF */
		while (at + n < len && (unsigned char)s[at + n] >= 0x80 &&
		       (unsigned char)s[at + n] < 0xc0)
			n++;
		if (s[at] == '\r' && n == 1 && at + 1 < len &&
		    s[at + 1] == '\n')
			n++;
		assert_int_equal(text_append(t, (struct str){s + at, n}, mode),
				 PITH_OK);
		at += n;
	}
}

/* Whole, and a character at a time. */
static void check(const char *s, size_t len, struct text_mode mode)
{
	struct text a, b;
	struct str whole, pieces;

	text_init(&a, &arena);
	text_init(&b, &arena);
	append(&a, s, len, len > 0 ? len : 1, mode);
	append(&b, s, len, 1, mode);
	assert_int_equal(text_take(&a, &whole), PITH_OK);
	assert_int_equal(text_take(&b, &pieces), PITH_OK);
	assert_int_equal(whole.len, pieces.len);
	assert_memory_equal(whole.data, pieces.data, whole.len);
	assert_true(a.words == b.words && a.link_words == b.link_words);
	assert_int_equal(a.chars, b.chars);
	assert_int_equal(a.link_chars, b.link_chars);
	assert_int_equal(a.in_word, b.in_word);
}

static void test_counts(void **state)
{
	const char *s = "  Two words, and more; don't stop  (42) caf\xc3\xa9s.";
	struct text t;
	struct str text;

	(void)state;
	arena_reset(&arena, SIZE_MAX, 0);
	text_init(&t, &arena);
	append(&t, s, strlen(s), strlen(s), (struct text_mode){false, true});
	assert_int_equal(text_take(&t, &text), PITH_OK);
	assert_string_equal(
	    text.data, "Two words, and more; don't stop (42) caf\xc3\xa9s.");
	assert_true(t.words == 9 && t.link_words == 9);
	assert_int_equal(t.chars, 36);
	assert_int_equal(t.link_chars, 36);
}

/* What is invisible stays between letters, and what shapes the letter before it
 * stays behind it. */
static void test_invisible(void **state)
{
	static const char *const cases[][2] = {
	    {"\xe2\x80\x8d", ""},
	    {"\xe2\x80\x8b a", "a"},
	    {"a\xe2\x80\x8b", "a"},
	    {"a\xe2\x80\x8b b", "a b"},
	    {"a \xe2\x81\xa0\xe2\x80\x8c b", "a b"},
	    {"a\xe2\x80\x8b\xe2\x80\x8b\xc3\xa9", "a\xe2\x80\x8b\xc3\xa9"},
	    {"a\xe2\x80\x8c"
	     "b",
	     "a\xe2\x80\x8c"
	     "b"},
	    {"\xe0\xb4\xa8\xe0\xb5\x8d\xe2\x80\x8d .",
	     "\xe0\xb4\xa8\xe0\xb5\x8d\xe2\x80\x8d ."},
	};
	struct text t;
	struct str text;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *s = cases[i][0];

		arena_reset(&arena, SIZE_MAX, 0);
		text_init(&t, &arena);
		append(&t, s, strlen(s), strlen(s),
		       (struct text_mode){false, false});
		assert_int_equal(text_take(&t, &text), PITH_OK);
		assert_string_equal(text.data, cases[i][1]);
		check(s, strlen(s), (struct text_mode){false, false});
	}
	arena_reset(&arena, SIZE_MAX, 0);
	text_init(&t, &arena);
	append(&t, "a\xe2\x80\x8b", 4, 4, (struct text_mode){true, false});
	assert_int_equal(text_take(&t, &text), PITH_OK);
	assert_int_equal(text.len, 4); /* code is as it stands */
}

static void test_pieces(void **state)
{
	static const char *const parts[] = {"word",
					    " ",
					    "  ",
					    "a",
					    ".",
					    "\n",
					    "\t",
					    "longerwords",
					    "9",
					    "\r",
					    "don",
					    "\xc2\xa0",
					    "\xc3\xa9",
					    "\xe4\xb8\xad",
					    "~",
					    "@",
					    " of ",
					    "[",
					    "`",
					    "{",
					    "\x7f",
					    "\xc2\xad",
					    "Zz",
					    "\f",
					    "\xe2\x80\x8b",
					    "\xe2\x80\x8d"};
	enum { PARTS = sizeof(parts) / sizeof(parts[0]) };
	uint32_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		char s[256];
		size_t len = 0, most = round % 100;

		/* often plain words, so that long stretches are taken at once
		 */
		while (len < most) {
			const char *part;

			seed = seed * 1664525u + 1013904223u;
			part = parts[(seed >> 16) % (round % 3 ? PARTS : 4)];
			memcpy(s + len, part, strlen(part));
			len += strlen(part);
		}
		arena_reset(&arena, SIZE_MAX, 0);
		check(s, len, (struct text_mode){round % 5 == 0, round % 2});
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_counts),
	    cmocka_unit_test(test_invisible),
	    cmocka_unit_test(test_pieces),
	};
	int failed;

	arena_init(&arena, &err);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return failed;
}
