/* SPDX-License-Identifier: MIT
 *
 * feed_test.c: tests that the library gives the same article however the
 * bytes of a page come, over every page of golden/. Run from the top of the
 * tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>

#include <cmocka.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pith.h"

struct bytes {
	char *data;
	size_t len;
};

struct answer {
	char *text;
	size_t len, block_count;
	double confidence;
	const char *charset; /* static */
};

static glob_t pages;

static struct bytes read_file(const char *name)
{
	struct bytes b = {NULL, 0};
	FILE *f = fopen(name, "rb");
	long size;

	assert_non_null(f);
	assert_int_equal(fseek(f, 0, SEEK_END), 0);
	size = ftell(f);
	assert_true(size > 0);
	rewind(f);
	b.len = (size_t)size;
	b.data = malloc(b.len);
	assert_non_null(b.data);
	assert_int_equal(fread(b.data, 1, b.len, f), b.len);
	fclose(f);
	return b;
}

/* The article of b, fed in pieces of at most `piece` bytes that grow and
 * shrink if vary is set. */
static struct answer ask(pith *p, struct bytes b, size_t piece, bool vary)
{
	const struct pith_article *a;
	struct answer answer;
	uint32_t dice = 1;

	for (size_t at = 0; at < b.len;) {
		size_t n = vary ? 1 + (dice >> 16) % piece : piece;

		dice = dice * 1103515245u + 12345u;
		if (n > b.len - at)
			n = b.len - at;
		assert_int_equal(pith_feed(p, b.data + at, n), PITH_OK);
		at += n;
	}
	assert_int_equal(pith_finish(p, &a), PITH_OK);
	answer.len = a->text.len;
	answer.text = malloc(a->text.len + 1);
	assert_non_null(answer.text);
	if (a->text.len > 0)
		memcpy(answer.text, a->text.data, a->text.len);
	answer.block_count = a->block_count;
	answer.confidence = a->confidence;
	answer.charset = a->charset;
	return answer;
}

static void same(const char *name, struct answer a, struct answer b)
{
	if (a.len != b.len || memcmp(a.text, b.text, a.len) != 0)
		fail_msg("%s: another text", name);
	if (a.block_count != b.block_count)
		fail_msg("%s: %zu blocks, not %zu", name, b.block_count,
			 a.block_count);
	if (a.confidence < b.confidence || a.confidence > b.confidence)
		fail_msg("%s: another confidence", name);
	assert_string_equal(a.charset, b.charset);
}

/* Ask for every page whole from a new handle, and in pieces from one that is
 * used again and again. */
static void compare(size_t piece, bool vary)
{
	pith *again;

	assert_int_equal(pith_new(&again), PITH_OK);
	for (size_t i = 0; i < pages.gl_pathc; i++) {
		struct bytes b = read_file(pages.gl_pathv[i]);
		struct answer whole, pieces;
		pith *fresh;

		assert_int_equal(pith_new(&fresh), PITH_OK);
		whole = ask(fresh, b, b.len, false);
		pith_free(fresh);
		pieces = ask(again, b, piece, vary);
		same(pages.gl_pathv[i], whole, pieces);
		free(whole.text);
		free(pieces.text);
		free(b.data);
	}
	pith_free(again);
}

static void one_byte_at_a_time(void **state)
{
	(void)state;
	compare(1, false);
}

static void pieces_of_any_size(void **state)
{
	(void)state;
	compare(700, true);
}

/* A page left unfinished, and one that is refused, leave no trace in the
 * next. */
static void pages_do_not_mix(void **state)
{
	struct bytes b = read_file(pages.gl_pathv[0]);
	static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0";
	const struct pith_article *a;
	struct answer first, second;
	enum pith_status status;
	pith *p;

	(void)state;
	assert_int_equal(pith_new(&p), PITH_OK);
	first = ask(p, b, b.len, false);
	assert_int_equal(pith_feed(p, b.data, b.len / 2), PITH_OK);
	assert_int_equal(pith_begin(p, NULL, NULL), PITH_OK);
	second = ask(p, b, b.len, false);
	same("after pith_begin", first, second);
	free(second.text);

	status = pith_feed(p, png, sizeof(png));
	assert_true(status == PITH_OK || status == PITH_FAILED);
	assert_int_equal(pith_finish(p, &a), PITH_FAILED);
	assert_null(a);
	assert_int_equal(pith_error_cause(p), PITH_CAUSE_BINARY);
	second = ask(p, b, b.len, false);
	same("after a refused page", first, second);
	assert_int_equal(pith_error_cause(p), PITH_CAUSE_NONE);

	free(first.text);
	free(second.text);
	free(b.data);
	pith_free(p);
}

static void nothing_at_all(void **state)
{
	const struct pith_article *a;
	pith *p;

	(void)state;
	assert_int_equal(pith_new(&p), PITH_OK);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(pith_finish(p, &a), PITH_OK);
		assert_non_null(a);
		assert_int_equal(a->text.len, 0);
		assert_int_equal(a->origin, PITH_ORIGIN_NONE);
		assert_int_equal(a->block_count, 0);
	}
	pith_free(p);
	pith_free(NULL);
}

static int find_pages(void **state)
{
	(void)state;
	return glob("golden/*/*/page.*", 0, NULL, &pages);
}

static int forget_pages(void **state)
{
	(void)state;
	globfree(&pages);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_byte_at_a_time),
	    cmocka_unit_test(pieces_of_any_size),
	    cmocka_unit_test(pages_do_not_mix),
	    cmocka_unit_test(nothing_at_all),
	};

	return cmocka_run_group_tests(tests, find_pages, forget_pages);
}
