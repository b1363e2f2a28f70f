/* SPDX-License-Identifier: MIT
 *
 * warc_zstd_test.c: archives of zstd frames, whole and damaged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <time.h>
#include <zdict.h>
#include <zstd.h>

#include "warc_made.h"

static void add_zstd_answer(struct made *out, const char *url, const char *body)
{
	struct made plain = {.len = 0};
	ZSTD_CCtx *context = ZSTD_createCCtx();
	size_t n;

	add_answer(&plain, url, body);
	ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
	n = ZSTD_compress2(context, out->data + out->len,
			   sizeof(out->data) - out->len, plain.data, plain.len);
	assert_false(ZSTD_isError(n));
	out->len += n;
	ZSTD_freeCCtx(context);
}

/* Each half frame takes what follows for the rest of itself. */
static void test_zstd_frames_cut_short_before_a_whole_one(void **state)
{
	struct made m = {.len = 0}, half = {.len = 0};
	char wanted[256];
	size_t first;

	add_zstd_answer(&m, "http://0/", "Zero");
	first = m.len;
	add_zstd_answer(&half, "http://a/", "One, of which not all is there");
	for (size_t cut = 4; cut < half.len; cut++) {
		const char *seen;

		m.len = first;
		add(&m, half.data, cut);
		add(&m, half.data, cut - 2);
		add(&m, half.data, cut);
		add_zstd_answer(&m, "http://b/", "Two");
		add_zstd_answer(&m, "http://c/", "Three");
		seen = read_in(*state, made_str(&m), 1 << 20);
		expect_rest(seen);
	}
	/* of frames whose records are there, each is told */
	m.len = first;
	add(&m, half.data, half.len - 1);
	add(&m, "?", 1);
	add(&m, half.data, half.len - 1);
	add(&m, "?", 1);
	add_zstd_answer(&m, "http://b/", "Two");
	snprintf(wanted, sizeof(wanted),
		 "http://0/|text/html|utf-8|Zero;!%zu+0 http://a/:damaged zstd "
		 "data;!%zu+0 http://a/:damaged zstd data;"
		 "http://b/|text/html|utf-8|Two;",
		 first, first + half.len);
	expect(*state, made_str(&m), wanted);
}

/* Frames that begin everywhere and end nowhere take no time without end. */
static void test_frames_that_begin_everywhere(void **state)
{
	static const char start[] = "\x28\xb5\x2f\xfd\x04\x58\xf8\xff\x0f";
	enum { STARTS = 400000, SIZE = STARTS * (sizeof(start) - 1) };
	char *bytes = malloc(SIZE);
	clock_t before = clock(); /* of this process */

	assert_non_null(bytes);
	for (size_t i = 0; i < SIZE; i++)
		bytes[i] = start[i % (sizeof(start) - 1)];
	read_in(*state, (struct str){bytes, SIZE}, 1 << 20);
	assert_true(clock() - before < (clock_t)2 * CLOCKS_PER_SEC);
	free(bytes);
}

/* A frame for each record, behind the dictionary that all of them need. */
static void test_zstd_frames_and_their_dictionary(void **state)
{
	struct made m = {.len = 0}, samples = {.len = 0};
	ZSTD_CCtx *context = ZSTD_createCCtx();
	size_t sizes[60], n;
	char room[1024], head[8] = "\x5d\x2a\x4d\x18";

	for (int i = 0; i < 60; i++) {
		sizes[i] = samples.len;
		add_answer(&samples, i % 2 ? "http://a/" : "http://b/", "One");
		sizes[i] = samples.len - sizes[i];
	}
	n = ZDICT_trainFromBuffer(room, sizeof(room), samples.data, sizes, 60);
	assert_false(ZDICT_isError(n));
	head[4] = (char)n;
	head[5] = (char)(n >> 8);
	add(&m, head, sizeof(head));
	add(&m, room, n);
	for (int i = 0; i < 2; i++) {
		m.len += ZSTD_compress_usingDict(
		    context, m.data + m.len, sizeof(m.data) - m.len,
		    samples.data + i * sizes[0], sizes[0], room, n, 3);
		assert_true(m.len < sizeof(m.data));
	}
	ZSTD_freeCCtx(context);
	expect(*state, made_str(&m),
	       "http://b/|text/html|utf-8|One;http://a/|text/html|utf-8|One;");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_zstd_frames_cut_short_before_a_whole_one),
	    TEST(test_frames_that_begin_everywhere),
	    TEST(test_zstd_frames_and_their_dictionary),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
