/* SPDX-License-Identifier: MIT
 *
 * charset_result.h: runs charset over bytes cut in all ways and demands the
 * same result of each. Included by tests/unit/charset_*test.c, after
 * cmocka.h. */
#ifndef TESTS_CHARSET_RESULT_H
#define TESTS_CHARSET_RESULT_H

#include <iconv.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "page/charset.h"

#define BAD "\xef\xbf\xbd"

struct result {
	enum pith_status status;
	struct err err;
	char name[32];
	struct buf text;
};

static inline void place(char *at, struct str s)
{
	memcpy(at, s.data, s.len);
}

static inline enum pith_status keep(void *user, const char *data, size_t len)
{
	struct result *r = user;
	struct err err = {PITH_CAUSE_NONE, ""};

	return buf_append(&r->text, data, len, &err);
}

static inline void convert_pieces(struct charset *c, struct result *r,
				  struct str in, const char *label,
				  size_t piece)
{
	err_clear(&r->err);
	r->text.len = 0;
	r->status = charset_begin(c, label);
	for (size_t i = 0; i < in.len && r->status == PITH_OK; i += piece)
		r->status = charset_feed(
		    c, in.data + i, in.len - i < piece ? in.len - i : piece);
	if (r->status == PITH_OK)
		r->status = charset_finish(c);
	snprintf(r->name, sizeof(r->name), "%s", charset_name(c));
}

/* Convert in one piece, and demand the same byte by byte and in odd pieces,
 * through one handle. */
static inline struct result convert(struct str in, const char *label)
{
	static const size_t pieces[] = {1, 2, 3, 1023, 1025, 5000};
	struct result one = {PITH_OK, {PITH_CAUSE_NONE, ""}, "", {0}};
	struct result other = one;
	struct charset *c, *d;

	buf_init(&one.text, 1 << 24, "text");
	buf_init(&other.text, 1 << 24, "text");
	assert_int_equal(charset_new(&c, keep, &one, &one.err), PITH_OK);
	assert_int_equal(charset_new(&d, keep, &other, &other.err), PITH_OK);
	convert_pieces(c, &one, in, label, in.len + 1);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		convert_pieces(d, &other, in, label, pieces[i]);
		assert_int_equal(other.status, one.status);
		assert_string_equal(other.err.text, one.err.text);
		assert_string_equal(other.name, one.name);
		assert_true(
		    str_equal(buf_str(&other.text), buf_str(&one.text)));
	}
	charset_free(c);
	charset_free(d);
	buf_free(&other.text);
	return one;
}

/* The iconv of musl has no vendor's characters, and takes what follows a stray
 * lead byte of Shift_JIS for the rest of a character, be it markup. */
static inline bool iconv_is_full(void)
{
	iconv_t c = iconv_open("UTF-8", "EUC-JP-MS");

	if ((intptr_t)c == -1)
		return false;
	iconv_close(c);
	return true;
}

static inline void expect(struct str in, const char *label, const char *name,
			  struct str text)
{
	struct result r = convert(in, label);

	if (!str_equal(buf_str(&r.text), text))
		print_message("%s: %.*s\n", r.name, (int)r.text.len,
			      r.text.len > 0 ? r.text.data : "");
	assert_int_equal(r.status, PITH_OK);
	assert_string_equal(r.name, name);
	assert_true(str_equal(buf_str(&r.text), text));
	buf_free(&r.text);
}

static inline void expect_name(struct str in, const char *label,
			       const char *name)
{
	struct result r = convert(in, label);

	assert_int_equal(r.status, PITH_OK);
	assert_string_equal(r.name, name);
	buf_free(&r.text);
}

#endif
