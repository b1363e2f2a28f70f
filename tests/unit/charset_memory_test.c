/* SPDX-License-Identifier: MIT
 *
 * charset_memory_test.c: decode and charset when memory runs out at every
 * point in turn, and the promise that a steady run allocates nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "page/charset.h"
#include "page/decode.h"

#if defined(__SANITIZE_ADDRESS__) || !defined(__GLIBC__)
#define FOREIGN_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FOREIGN_MALLOC 1
#endif
#endif

/* Allocations since `calls` was zeroed; the one of number `fail_at` fails. All
 * of the program come by here: ours, zlib's and iconv's. */
static size_t calls, fail_at = SIZE_MAX;

#ifndef FOREIGN_MALLOC
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

void *malloc(size_t size)
{
	return ++calls == fail_at ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
	return ++calls == fail_at ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
	return ++calls == fail_at ? NULL : __libc_realloc(old, size);
}
#endif

/* A sanitizer brings its own malloc, which cannot be replaced; and what is
 * called to the same end here is glibc's. */
static void need_own_malloc(void)
{
#ifdef FOREIGN_MALLOC
	print_message("skipped: malloc is a sanitizer's, or not glibc's\n");
	skip();
#endif
}

struct work {
	struct err err;
	struct decode *decode;
	struct charset *charset;
	size_t bytes;
};

static enum pith_status to_charset(void *user, const char *data, size_t len)
{
	struct work *w = user;

	return charset_feed(w->charset, data, len);
}

static enum pith_status count(void *user, const char *data, size_t len)
{
	(void)data;
	((struct work *)user)->bytes += len;
	return PITH_OK;
}

static enum pith_status open_work(struct work *w)
{
	enum pith_status status;

	memset(w, 0, sizeof(*w));
	status = decode_new(&w->decode, to_charset, w, &w->err);
	return status == PITH_OK ? charset_new(&w->charset, count, w, &w->err)
				 : status;
}

static enum pith_status run(struct work *w, const void *page, size_t len,
			    const char *label)
{
	static const struct decode_limits limits = {1 << 20, 1 << 20, 1000};
	enum pith_status status = charset_begin(w->charset, label);

	decode_begin(w->decode, &limits);
	if (status == PITH_OK)
		status = decode_feed(w->decode, page, len);
	if (status == PITH_OK)
		status = decode_finish(w->decode);
	return status == PITH_OK ? charset_finish(w->charset) : status;
}

static void close_work(struct work *w)
{
	decode_free(w->decode);
	charset_free(w->charset);
}

static unsigned char packed[4096];
static uLongf packed_len = sizeof(packed);

static const char *const labels[] = {"utf-8", "koi8-r",	   "gb18030",
				     "big5",  "shift_jis", "euc-kr"};

enum { LABELS = sizeof(labels) / sizeof(labels[0]) };

static void every_allocation_may_fail(void **state)
{
	(void)state;
	need_own_malloc();
	for (size_t l = 0; l < LABELS; l++) {
		enum pith_status status = PITH_FATAL;

		for (size_t n = 1; status != PITH_OK; n++) {
			struct work w;

			calls = 0;
			fail_at = n;
			status = open_work(&w);
			if (status == PITH_OK)
				status = run(&w, packed, packed_len, labels[l]);
			fail_at = SIZE_MAX;
			close_work(&w);
			if (status == PITH_OK)
				assert_true(calls < n);
			else
				assert_int_not_equal(w.err.cause,
						     PITH_CAUSE_NONE);
			assert_true(n < 1000);
		}
	}
}

static void a_steady_run_allocates_nothing(void **state)
{
	struct work w;

	(void)state;
	need_own_malloc();
	assert_int_equal(open_work(&w), PITH_OK);
	for (int round = 0; round < 2; round++) {
		calls = 0;
		for (size_t l = 0; l < LABELS; l++)
			assert_int_equal(run(&w, packed, packed_len, labels[l]),
					 PITH_OK);
	}
	assert_int_equal(calls, 0);
	close_work(&w);
}

/* The page: two-byte characters that are good in every encoding above. */
static int make_page(void **state)
{
	char page[8000];

	(void)state;
	for (size_t i = 0; i < sizeof(page); i += 4)
		memcpy(page + i, i % 64 == 0 ? "<p> " : "\xb0\xa1\xb0\xa2", 4);
	memcpy(page, "<html>  ", 8);
	return compress(packed, &packed_len, (const Bytef *)page,
			sizeof(page)) == Z_OK
		   ? 0
		   : -1;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_allocation_may_fail),
	    cmocka_unit_test(a_steady_run_allocates_nothing),
	};

	return cmocka_run_group_tests(tests, make_page, NULL);
}
