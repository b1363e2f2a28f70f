/* SPDX-License-Identifier: MIT
 *
 * sniff_test.c: what begins as markup does, and what as plain text; and the
 * library, told to find out, does with either what it does when it is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "page/sniff.h"
#include "pith.h"

static const char *const markup[] = {
    "<!doctype html>",	     "<!-- saved -->text",
    "<?xml version='1.0'?>", "<html>",
    "text, and then <BR/>",  "a <a href=x>",
    "no beginning</p >",     "<x-y>",
    "\n\n  <div\n",
};

static const char *const texts[] = {
    "",
    "Words, and nothing but words.",
    "if x<y and y < z, then x<z, or <1> <= <2>",
    "From: Ada <ada@example.org>",
    "see <https://example.org/a> and <mailto:x-y@example.org>",
    "vector<int>, <T>, <- here, <3",
    "an end of file: <p",
    "<",
    "</",
    "<!",
    "R&amp;D",
};

static struct str str_of(const char *s)
{
	return (struct str){s, strlen(s)};
}

static void test_markup_is_told_from_text(void **state)
{
	(void)state;
	assert_false(sniff_markup((struct str){NULL, 0}));
	for (size_t i = 0; i < sizeof(markup) / sizeof(markup[0]); i++)
		if (!sniff_markup(str_of(markup[i])))
			fail_msg("not markup: %s", markup[i]);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (sniff_markup(str_of(texts[i])))
			fail_msg("markup: %s", texts[i]);
}

/* A tag counts if it stands in the first bytes as a whole. */
static void test_only_the_start_tells(void **state)
{
	char page[2 * SNIFF_BYTES];

	(void)state;
	memset(page, 'x', sizeof(page));
	for (size_t at = SNIFF_BYTES - 6; at < SNIFF_BYTES; at++) {
		memcpy(page + at, "<p>", 3);
		assert_int_equal(sniff_markup((struct str){page, sizeof(page)}),
				 at + 3 <= SNIFF_BYTES);
		memset(page + at, 'x', 3);
	}
}

/* The text of a page in pieces, taken for `input`. */
static void extract(const char *page, size_t len, enum pith_input input,
		    size_t piece, char *out, size_t size)
{
	const struct pith_article *article = NULL;
	pith *p = NULL;

	assert_int_equal(pith_new(&p), PITH_OK);
	assert_int_equal(pith_set(p, PITH_INPUT, input), PITH_OK);
	assert_int_equal(pith_set(p, PITH_BIAS, 20000), PITH_OK);
	for (size_t at = 0; at < len; at += piece)
		assert_int_equal(pith_feed(p, page + at,
					   len - at < piece ? len - at : piece),
				 PITH_OK);
	assert_int_equal(pith_finish(p, &article), PITH_OK);
	assert_true(article->text.len < size);
	memcpy(out, article->text.data ? article->text.data : "",
	       article->text.len);
	out[article->text.len] = '\0';
	pith_free(p);
}

static void check(const char *page, size_t len, enum pith_input as)
{
	static const size_t pieces[] = {1, 7, 4096, SIZE_MAX / 2};
	static char want[16384], got[16384];

	extract(page, len, as, len + 1, want, sizeof(want));
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		extract(page, len, PITH_INPUT_AUTO, pieces[i], got,
			sizeof(got));
		assert_string_equal(got, want);
	}
}

static void test_the_library_finds_out(void **state)
{
	static const char line[] = "Words and more words, one line of them.\n",
			  tag[] = "\n<p>And  a\nparagraph.</p>";
	static char page[9000];
	size_t len = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(markup) / sizeof(markup[0]); i++)
		check(markup[i], strlen(markup[i]), PITH_INPUT_HTML);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		check(texts[i], strlen(texts[i]), PITH_INPUT_TEXT);
	check(" \n\t", 3, PITH_INPUT_HTML);
	/* lines for a while, and then a tag: too late from 4096 on */
	while (len + sizeof(line) < 8000) {
		memcpy(page + len, line, sizeof(line));
		len += sizeof(line) - 1;
		memcpy(page + len, tag, sizeof(tag));
		check(page, len + sizeof(tag) - 1,
		      len + 4 <= SNIFF_BYTES ? PITH_INPUT_HTML
					     : PITH_INPUT_TEXT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_markup_is_told_from_text),
	    cmocka_unit_test(test_only_the_start_tells),
	    cmocka_unit_test(test_the_library_finds_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
