/* SPDX-License-Identifier: MIT
 *
 * decode_test.c: formats found by content, one layer undone, limits, damage;
 * everything in one piece and byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "base/buf.h"
#include "page/decode.h"

enum { RAW = -15, ZLIB = 15, GZIP = 31 };

static const struct decode_limits wide = {1 << 26, 1 << 26, 100000};

static const char page[] = "<!DOCTYPE html><title>Ferry times</title>\n"
			   "<p>The ferry leaves at nine and at noon.</p>\n";

struct result {
	enum pith_status status;
	struct err err;
	struct buf text;
};

static void place(char *at, struct str s)
{
	memcpy(at, s.data, s.len);
}

static enum pith_status keep(void *user, const char *data, size_t len)
{
	struct result *r = user;
	struct err err = {PITH_CAUSE_NONE, ""};

	return buf_append(&r->text, data, len, &err);
}

static void decode_pieces(struct decode *d, struct result *r,
			  const struct decode_limits *limits, struct str in,
			  size_t piece)
{
	err_clear(&r->err);
	r->text.len = 0;
	r->status = PITH_OK;
	decode_begin(d, limits);
	for (size_t i = 0; i < in.len && r->status == PITH_OK; i += piece)
		r->status = decode_feed(
		    d, in.data + i, in.len - i < piece ? in.len - i : piece);
	if (r->status == PITH_OK)
		r->status = decode_finish(d);
}

/* Decode in one piece, and demand the same byte by byte and in odd pieces, all
 * through one handle. */
static struct result decode_all(struct str in,
				const struct decode_limits *limits)
{
	static const size_t pieces[] = {1, 7, 511, 4096};
	struct result one = {PITH_OK, {PITH_CAUSE_NONE, ""}, {0}}, other = one;
	struct decode *d;

	buf_init(&one.text, 1 << 27, "text");
	buf_init(&other.text, 1 << 27, "text");
	assert_int_equal(decode_new(&d, keep, &one, &one.err), PITH_OK);
	decode_pieces(d, &one, limits, in, in.len + 1);
	decode_free(d);
	assert_int_equal(decode_new(&d, keep, &other, &other.err), PITH_OK);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		decode_pieces(d, &other, limits, in, pieces[i]);
		assert_int_equal(other.status, one.status);
		assert_int_equal(other.err.cause, one.err.cause);
		assert_string_equal(other.err.text, one.err.text);
		assert_true(
		    str_equal(buf_str(&other.text), buf_str(&one.text)));
	}
	decode_free(d);
	buf_free(&other.text);
	return one;
}

static void expect(struct str in, enum pith_status status, struct str text)
{
	struct result r = decode_all(in, &wide);

	assert_int_equal(r.status, status);
	assert_int_equal(r.text.len, text.len);
	assert_true(str_equal(buf_str(&r.text), text));
	buf_free(&r.text);
}

/* Compress text and append it to b. */
static void pack(struct buf *b, int format, int level, struct str text)
{
	struct err err = {PITH_CAUSE_NONE, ""};
	z_stream z;
	size_t room = text.len + text.len / 8 + 256;

	memset(&z, 0, sizeof(z));
	assert_int_equal(
	    deflateInit2(&z, level, Z_DEFLATED, format, 8, Z_DEFAULT_STRATEGY),
	    Z_OK);
	assert_int_equal(buf_reserve(b, room, &err), PITH_OK);
	z.next_in = (const Bytef *)text.data;
	z.avail_in = (uInt)text.len;
	z.next_out = (Bytef *)b->data + b->len;
	z.avail_out = (uInt)room;
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	b->len += z.total_out;
	deflateEnd(&z);
}

/* A page of `count` numbered paragraphs. */
static struct buf long_page(int count)
{
	struct err err = {PITH_CAUSE_NONE, ""};
	struct buf b;

	buf_init(&b, 1 << 27, "page");
	for (int i = 0; i < count; i++) {
		char line[64];
		int n = snprintf(line, sizeof(line), "<p>Number %d, %x</p>\n",
				 i, (unsigned)i * 2654435761u);

		assert_int_equal(buf_append(&b, line, (size_t)n, &err),
				 PITH_OK);
	}
	return b;
}

static void formats_are_found_by_content(void **state)
{
	static const int formats[] = {RAW, ZLIB, GZIP};
	static const int levels[] = {0, 1, 6, 9};
	struct buf big = long_page(20000), in;

	(void)state;
	buf_init(&in, 1 << 27, "input");
	for (int f = 0; f < 3; f++) {
		for (int l = 0; l < 4; l++) {
			in.len = 0;
			pack(&in, formats[f], levels[l], buf_str(&big));
			expect(buf_str(&in), PITH_OK, buf_str(&big));
			in.len = 0;
			pack(&in, formats[f], levels[l], STR(page));
			expect(buf_str(&in), PITH_OK, STR(page));
		}
	}
	buf_free(&in);
	buf_free(&big);
}

static void utf16_is_found_inside(void **state)
{
	static const char text[] = "\xff\xfe<\0p\0>\0o\0n\0e\0 \0t\0w\0o\0";
	struct buf in;

	(void)state;
	buf_init(&in, 1 << 20, "input");
	pack(&in, RAW, 6, STR(text));
	expect(buf_str(&in), PITH_OK, STR(text));
	buf_free(&in);
}

static void plain_bytes_pass_untouched(void **state)
{
	static const struct str cases[] = {
	    STR(""),
	    STR("x"),
	    STR("x^2 + y^2 = z^2"),
	    STR("x\x01"),
	    STR("hello, \x01 control"),
	    STR("\xc3\xa9t\xc3\xa9"),
	    STR("h\x81<p>"),
	    STR("\x1f\x8b"),
	    STR("\x1f\x8b\x07 other"),
	    STR("\x03\x00"),
	    STR("8Ochre"),
	    STR("\x89PNG\r\n\x1a\n\0\0"),
	    STR("x\x9c<p>not a stream</p>"),
	    STR("\0\0\0\0"),
	    STR("\xef\xbb\xbf<p>"),
	    STR("(\x91 \xf6 \x05\x05\x05"),
	};
	struct buf big = long_page(100);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		expect(cases[i], PITH_OK, cases[i]);
	place(big.data, STR("x^2"));
	expect(buf_str(&big), PITH_OK, buf_str(&big));
	place(big.data, STR("x\x9c"));
	expect(buf_str(&big), PITH_OK, buf_str(&big));
	buf_free(&big);
}

/* All two-byte beginnings of text: none may be taken for zlib. */
static void text_is_never_taken_for_zlib(void **state)
{
	char text[600];

	(void)state;
	for (int a = 0x20; a < 0x7f; a++) {
		for (int b = 0x20; b < 0x7f; b++) {
			if ((a << 8 | b) % 31 != 0)
				continue;
			for (size_t i = 0; i < sizeof(text); i++)
				text[i] = page[i % (sizeof(page) - 1)];
			text[0] = (char)a;
			text[1] = (char)b;
			for (size_t n = 2; n < 40; n++)
				expect((struct str){text, n}, PITH_OK,
				       (struct str){text, n});
			expect((struct str){text, sizeof(text)}, PITH_OK,
			       (struct str){text, sizeof(text)});
		}
	}
}

static void gzip_header_fields_are_skipped(void **state)
{
	static const char header[] = "\x1f\x8b\x08\x1e\0\0\0\0\0\x03"
				     "\x04\0extr"
				     "a name\0"
				     "a comment\0";
	struct err err = {PITH_CAUSE_NONE, ""};
	struct buf in, plain;
	uint32_t crc;

	(void)state;
	buf_init(&in, 1 << 20, "input");
	buf_init(&plain, 1 << 20, "input");
	assert_int_equal(buf_append(&in, header, sizeof(header) - 1, &err),
			 PITH_OK);
	crc = (uint32_t)crc32(0, (const Bytef *)in.data, (uInt)in.len);
	for (int i = 0; i < 2; i++)
		assert_int_equal(buf_push(&in, (char)(crc >> 8 * i), &err),
				 PITH_OK);
	pack(&plain, GZIP, 6, STR(page));
	assert_int_equal(buf_append(&in, plain.data + 10, plain.len - 10, &err),
			 PITH_OK);
	expect(buf_str(&in), PITH_OK, STR(page));
	buf_free(&plain);
	buf_free(&in);
}

static void members_follow_each_other(void **state)
{
	static const char zeros[100];
	struct err err = {PITH_CAUSE_NONE, ""};
	struct buf in, text;

	(void)state;
	buf_init(&in, 1 << 20, "input");
	buf_init(&text, 1 << 20, "text");
	for (int i = 0; i < 5; i++) {
		pack(&in, GZIP, i, STR(page));
		pack(&in, GZIP, 9, STR(""));
		assert_int_equal(
		    buf_append(&text, page, sizeof(page) - 1, &err), PITH_OK);
	}
	expect(buf_str(&in), PITH_OK, buf_str(&text));
	/* padding, then one more */
	assert_int_equal(buf_append(&in, zeros, sizeof(zeros), &err), PITH_OK);
	expect(buf_str(&in), PITH_OK, buf_str(&text));
	pack(&in, GZIP, 6, STR(page));
	assert_int_equal(buf_append(&text, page, sizeof(page) - 1, &err),
			 PITH_OK);
	expect(buf_str(&in), PITH_OK, buf_str(&text));
	/* garbage */
	assert_int_equal(buf_append(&in, "\x1fgarbage", 8, &err), PITH_OK);
	expect(buf_str(&in), PITH_OK, buf_str(&text));
	pack(&in, GZIP, 6, STR(page));
	expect(buf_str(&in), PITH_OK, buf_str(&text));
	buf_free(&in);
	buf_free(&text);
}

static void garbage_after_zlib_is_ignored(void **state)
{
	struct err err = {PITH_CAUSE_NONE, ""};
	struct buf in, big = long_page(500);

	(void)state;
	buf_init(&in, 1 << 20, "input");
	pack(&in, ZLIB, 6, buf_str(&big));
	assert_int_equal(buf_append(&in, "\x1f\x8b\x08 no", 6, &err), PITH_OK);
	expect(buf_str(&in), PITH_OK, buf_str(&big));
	in.len = 0;
	pack(&in, RAW, 6, buf_str(&big));
	assert_int_equal(buf_append(&in, "\0\0", 2, &err), PITH_OK);
	expect(buf_str(&in), PITH_OK, buf_str(&big));
	buf_free(&in);
	buf_free(&big);
}

static void only_one_layer_is_undone(void **state)
{
	struct buf inner, outer;

	(void)state;
	buf_init(&inner, 1 << 20, "input");
	buf_init(&outer, 1 << 20, "input");
	pack(&inner, GZIP, 6, STR(page));
	pack(&outer, GZIP, 6, buf_str(&inner));
	expect(buf_str(&outer), PITH_OK, buf_str(&inner));
	buf_free(&inner);
	buf_free(&outer);
}

static void a_cut_stream_warns_and_gives_what_came(void **state)
{
	static const int formats[] = {RAW, ZLIB, GZIP};
	struct buf in, big = long_page(3000);

	(void)state;
	buf_init(&in, 1 << 20, "input");
	for (int f = 0; f < 3; f++) {
		struct result r;

		in.len = 0;
		pack(&in, formats[f], 6, buf_str(&big));
		for (size_t cut = 1; cut < in.len - 600; cut += 997) {
			r = decode_all((struct str){in.data, in.len - cut},
				       &wide);
			assert_int_equal(r.status, PITH_WARN);
			assert_int_equal(r.err.cause, PITH_CAUSE_CORRUPT);
			assert_true(r.text.len <= big.len);
			assert_memory_equal(r.text.data, big.data, r.text.len);
			if (cut == 1)
				assert_true(r.text.len > big.len - 100);
			buf_free(&r.text);
		}
	}
	expect((struct str){in.data, 3}, PITH_WARN, STR(""));
	buf_free(&in);
	buf_free(&big);
}

static void corrupt_data_fails_after_what_was_good(void **state)
{
	struct buf in, big = long_page(3000);
	struct result r;

	(void)state;
	buf_init(&in, 1 << 20, "input");
	pack(&in, GZIP, 6, buf_str(&big));
	in.data[in.len - 8] ^= 1; /* the check sum */
	r = decode_all(buf_str(&in), &wide);
	assert_int_equal(r.status, PITH_FAILED);
	assert_int_equal(r.err.cause, PITH_CAUSE_CORRUPT);
	assert_true(str_equal(buf_str(&r.text), buf_str(&big)));
	buf_free(&r.text);
	memset(in.data + in.len / 2, 0xff, 64);
	r = decode_all(buf_str(&in), &wide);
	assert_int_equal(r.status, PITH_FAILED);
	assert_int_equal(r.err.cause, PITH_CAUSE_CORRUPT);
	assert_true(r.text.len > big.len / 4);
	assert_memory_equal(r.text.data, big.data, big.len / 4);
	buf_free(&r.text);
	in.data[3] = '\xff'; /* reserved flags */
	r = decode_all(buf_str(&in), &wide);
	assert_int_equal(r.err.cause, PITH_CAUSE_CORRUPT);
	assert_int_equal(r.text.len, 0);
	buf_free(&r.text);
	buf_free(&in);
	buf_free(&big);
}

static void expect_limit(struct str in, struct decode_limits limits,
			 size_t least, size_t most, const char *message)
{
	struct result r = decode_all(in, &limits);

	assert_int_equal(r.status, PITH_FAILED);
	assert_int_equal(r.err.cause, PITH_CAUSE_LIMIT);
	assert_string_equal(r.err.text, message);
	assert_in_range(r.text.len, least, most);
	buf_free(&r.text);
}

static void limits_hold(void **state)
{
	struct buf in, big = long_page(100000), bomb;
	struct result r;

	(void)state;
	buf_init(&in, 1 << 27, "input");
	buf_init(&bomb, 1 << 27, "bomb");
	pack(&in, GZIP, 6, buf_str(&big));
	expect_limit(buf_str(&in), (struct decode_limits){1000, 1 << 26, 100},
		     1, 100000, "input of more than 1000 bytes");
	expect_limit(buf_str(&in), (struct decode_limits){1 << 26, 1000, 100},
		     1000, 1000, "page of more than 1000 bytes");
	expect_limit(buf_str(&big), (struct decode_limits){999, 1 << 26, 100},
		     999, 999, "input of more than 999 bytes");
	expect_limit(buf_str(&big), (struct decode_limits){1 << 26, 999, 100},
		     999, 999, "page of more than 999 bytes");
	/* at the limit, not over it */
	r = decode_all(buf_str(&in),
		       &(struct decode_limits){in.len, big.len, 100});
	assert_int_equal(r.status, PITH_OK);
	buf_free(&r.text);
	/* a repeated byte: 1000 to 1 */
	memset(big.data, ' ', big.len);
	pack(&bomb, GZIP, 9, (struct str){big.data, 1000000});
	r = decode_all(buf_str(&bomb),
		       &(struct decode_limits){1 << 26, 1 << 26, 10});
	assert_int_equal(r.status, PITH_OK); /* short of 1 MiB */
	buf_free(&r.text);
	bomb.len = 0;
	pack(&bomb, GZIP, 9, buf_str(&big));
	expect_limit(buf_str(&bomb),
		     (struct decode_limits){1 << 26, 1 << 26, 200}, 1 << 20,
		     (1 << 20) + (1 << 16), "expands more than 200 times");
	buf_free(&in);
	buf_free(&big);
	buf_free(&bomb);
}

static enum pith_status refuse(void *user, const char *data, size_t len)
{
	(void)data;
	(void)len;
	++*(int *)user;
	return PITH_EOF;
}

static void the_sink_stops_the_feeding(void **state)
{
	struct err err = {PITH_CAUSE_NONE, ""};
	struct buf in, big = long_page(20000);
	struct decode *d;
	int calls = 0;

	(void)state;
	buf_init(&in, 1 << 20, "input");
	pack(&in, GZIP, 6, buf_str(&big));
	assert_int_equal(decode_new(&d, refuse, &calls, &err), PITH_OK);
	decode_begin(d, &wide);
	assert_int_equal(decode_feed(d, in.data, in.len), PITH_EOF);
	assert_int_equal(calls, 1);
	decode_free(d);
	decode_free(NULL);
	buf_free(&in);
	buf_free(&big);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(formats_are_found_by_content),
	    cmocka_unit_test(utf16_is_found_inside),
	    cmocka_unit_test(plain_bytes_pass_untouched),
	    cmocka_unit_test(text_is_never_taken_for_zlib),
	    cmocka_unit_test(gzip_header_fields_are_skipped),
	    cmocka_unit_test(members_follow_each_other),
	    cmocka_unit_test(garbage_after_zlib_is_ignored),
	    cmocka_unit_test(only_one_layer_is_undone),
	    cmocka_unit_test(a_cut_stream_warns_and_gives_what_came),
	    cmocka_unit_test(corrupt_data_fails_after_what_was_good),
	    cmocka_unit_test(limits_hold),
	    cmocka_unit_test(the_sink_stops_the_feeding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
