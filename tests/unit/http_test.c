/* SPDX-License-Identifier: MIT
 *
 * http_test.c: heads of answers, chunked bodies and content codings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "source/coding.h"
#include "source/fields.h"
#include "source/http.h"

static void expect_str(struct str s, const char *wanted)
{
	assert_int_equal(s.len, strlen(wanted));
	if (s.len > 0)
		assert_memory_equal(s.data, wanted, s.len);
}

static const struct {
	const char *head;
	long status;
	const char *type, *charset, *codings;
	bool chunked;
} heads[] = {
    {"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", 200, "text/html", "",
     "", false},
    {"HTTP/2 404\nCONTENT-TYPE:text/html;charset=utf-8\n\n", 404, "text/html",
     "utf-8", "", false},
    {"HTTP/1.0 200\r\nContent-Type: text/html; a=b; Charset = \" koi8-r \"\r\n",
     200, "text/html", "koi8-r", "", false},
    {"HTTP/1.1 200 OK\r\nContent-Type: text/html;\r\n charset=big5\r\n"
     "Transfer-Encoding: gzip, Chunked\r\n\r\n",
     200, "text/html", "big5", "", true},
    {"HTTP/1.1 200 OK\r\nno field\r\nContent-Encoding: br\r\n"
     "Content-Encoding: gzip\r\n",
     200, "", "", "br", false},
    {"HTTP/1.1\r\n", 0, "", "", "", false},
    {"HTTP/1.1 2000 x\r\n", 0, "", "", "", false},
    {"HTTP/1.1 20\r\n", 0, "", "", "", false},
    {"HTTP/1.1 -20 OK\r\n", 0, "", "", "", false},
    {"", 0, "", "", "", false},
};

static void test_heads(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++) {
		struct http h;

		http_read((struct str){heads[i].head, strlen(heads[i].head)},
			  &h);
		assert_int_equal(h.status, heads[i].status);
		expect_str(h.type, heads[i].type);
		expect_str(h.charset, heads[i].charset);
		expect_str(h.codings, heads[i].codings);
		assert_int_equal(h.chunked, heads[i].chunked);
	}
}

static const struct {
	const char *body, *plain;
	enum chunked_event end;
} bodies[] = {
    {"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", "abcde", CHUNKED_END},
    {"A;name=value\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n", "0123456789",
     CHUNKED_END},
    {"00003\nabc\n0\n", "abc", CHUNKED_END},
    {"5\r\nabc", "abc", CHUNKED_WANT},
    {"<p>no chunk", "", CHUNKED_DAMAGE},
    {"3\r\nabcd", "abc", CHUNKED_DAMAGE},
    {"fffffffffffffffff\r\n", "", CHUNKED_DAMAGE},
    {"\r\n", "", CHUNKED_DAMAGE},
    {"3 x\r\nabc\r\n", "abc", CHUNKED_WANT},
};

/* Undo chunks, reading pieces of size bytes. */
static enum chunked_event undo(const char *body, size_t size, char *plain)
{
	struct chunked c = {.left = 0};
	enum chunked_event event = CHUNKED_WANT;
	size_t len = strlen(body), at = 0;

	while (len > 0 && (event == CHUNKED_WANT || event == CHUNKED_DATA)) {
		struct str in = {body, size < len ? size : len}, out;
		size_t n = in.len;

		do {
			event = chunked_next(&c, &in, &out);
			if (event == CHUNKED_DATA) {
				memcpy(plain + at, out.data, out.len);
				at += out.len;
			}
		} while (event == CHUNKED_DATA);
		n -= in.len;
		body += n;
		len -= n;
	}
	plain[at] = '\0';
	return event;
}

static void test_chunks_in_pieces_of_any_size(void **state)
{
	char plain[64];

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		for (size_t size = 1; size < 40; size++) {
			assert_int_equal(undo(bodies[i].body, size, plain),
					 bodies[i].end);
			assert_string_equal(plain, bodies[i].plain);
		}
	}
}

static void test_numbers(void **state)
{
	uint64_t n;

	(void)state;
	assert_true(fields_number(STR("0"), &n));
	assert_int_equal(n, 0);
	assert_true(fields_number(STR("1844674407370955160"), &n));
	assert_int_equal(n, UINT64_C(1844674407370955160));
	assert_false(fields_number(STR("18446744073709551616"), &n));
	assert_false(fields_number(STR(""), &n));
	assert_false(fields_number(STR("-1"), &n));
	assert_false(fields_number(STR("1 2"), &n));
}

struct plain {
	char data[256];
	size_t len;
};

static enum pith_status keep(void *user, const char *data, size_t len)
{
	struct plain *p = user;

	assert_true(len < sizeof(p->data) - p->len);
	memcpy(p->data + p->len, data, len);
	p->len += len;
	p->data[p->len] = '\0';
	return PITH_OK;
}

/* "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", 40 letters, as the tools of
 * zstd and brotli compress it. */
static const unsigned char zstd_data[] = {0x28, 0xb5, 0x2f, 0xfd, 0x20, 0x28,
					  0x45, 0x00, 0x00, 0x10, 0x61, 0x61,
					  0x01, 0x00, 0x1f, 0x80, 0x05};
static const unsigned char brotli_data[] = {0xa1, 0x38, 0x01, 0xc0, 0x2f, 0x11,
					    0x16, 0x65, 0x04, 0x00, 0x06};

static const struct {
	const char *codings;
	const void *data;
	size_t len;
	enum pith_status begin, feed;
	size_t plain;
} codings[] = {
    {"zstd", zstd_data, sizeof(zstd_data), PITH_OK, PITH_OK, 40},
    {"identity, ZSTD", zstd_data, sizeof(zstd_data), PITH_OK, PITH_OK, 40},
    {"br", brotli_data, sizeof(brotli_data), PITH_OK, PITH_OK, 40},
    {"br", "<p>plain by now", 15, PITH_OK, PITH_OK, 15},
    {"zstd", "<p>plain by now", 15, PITH_OK, PITH_OK, 15},
    {"gzip", "the library's work", 18, PITH_OK, PITH_OK, 18},
    {"", "plain", 5, PITH_OK, PITH_OK, 5},
    {"zstd", "(no zstd at all", 15, PITH_OK, PITH_FAILED, 0},
    {"br", "\xff\xff\xff\xff no brotli", 14, PITH_OK, PITH_FAILED, 0},
    {"rot13", "", 0, PITH_FAILED, PITH_OK, 0},
    {"br, br", "", 0, PITH_FAILED, PITH_OK, 0},
};

static void test_codings(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(codings) / sizeof(codings[0]); i++) {
		for (size_t size = 1; size <= 64; size *= 4) {
			struct plain p = {.len = 0};
			struct err err = {0};
			struct coding c;
			enum pith_status s = coding_begin(
			    &c,
			    (struct str){codings[i].codings,
					 strlen(codings[i].codings)},
			    keep, &p, &err);

			assert_int_equal(s, codings[i].begin);
			for (size_t at = 0; at < codings[i].len && s == PITH_OK;
			     at += size)
				s = coding_feed(
				    &c, (const char *)codings[i].data + at,
				    size < codings[i].len - at
					? size
					: codings[i].len - at);
			coding_end(&c);
			if (codings[i].begin != PITH_OK)
				continue;
			assert_int_equal(s, codings[i].feed);
			assert_int_equal(p.len, codings[i].plain);
			assert_int_equal(err.text[0] != '\0', s != PITH_OK);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_heads),
	    cmocka_unit_test(test_chunks_in_pieces_of_any_size),
	    cmocka_unit_test(test_numbers),
	    cmocka_unit_test(test_codings),
	};

	return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
