/* SPDX-License-Identifier: MIT
 *
 * charset_fuzz.c: any bytes under any label give what charset.h promises, and
 * the same however they are cut. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "page/charset.h"

struct result {
	enum pith_status status;
	struct err err;
	const char *name;
	struct buf text;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum pith_status keep(void *user, const char *data, size_t len)
{
	struct result *r = user;

	if (len == 0)
		abort();
	return buf_append(&r->text, data, len, &r->err);
}

static void convert(struct charset *c, struct result *r, const char *label,
		    const uint8_t *data, size_t size, size_t piece)
{
	r->text.len = 0;
	err_clear(&r->err);
	r->status = charset_begin(c, label);
	for (size_t i = 0; i < size && r->status == PITH_OK; i += piece)
		r->status = charset_feed(c, (const char *)data + i,
					 size - i < piece ? size - i : piece);
	if (r->status == PITH_OK)
		r->status = charset_finish(c);
	r->name = charset_name(c);
}

static void check_clean(struct str text)
{
	uint32_t c;
	size_t n;

	for (size_t i = 0; i < text.len; i += n) {
		n = utf8_decode(text.data + i, text.len - i, &c);
		if (n == 1 && c >= 0x80)
			abort();
		if (c < 0x20 && !ascii_space((char)c))
			abort();
		if ((c >= 0x7f && c < 0xa0) || (c >= 0xfdd0 && c < 0xfdf0) ||
		    (c & 0xfffe) == 0xfffe)
			abort();
	}
}

/* data[0] picks the label, data[1] the length of the pieces. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const labels[] = {
	    NULL,	   NULL,	   "utf-8",	  "koi8-r",
	    "gb18030",	   "big5",	   "shift_jis",	  "euc-jp",
	    "euc-kr",	   "iso-2022-jp",  "utf-16le",	  "utf-16be",
	    "replacement", "windows-1252", "windows-874", "macintosh",
	};
	struct result one, other;
	struct charset *c, *d;
	const char *label;

	if (size < 2)
		return 0;
	label = labels[data[0] % (sizeof(labels) / sizeof(labels[0]))];
	buf_init(&one.text, 16 << 20, "text");
	buf_init(&other.text, 16 << 20, "text");
	err_clear(&one.err);
	err_clear(&other.err);
	if (charset_new(&c, keep, &one, &one.err) != PITH_OK ||
	    charset_new(&d, keep, &other, &other.err) != PITH_OK)
		abort();
	convert(c, &one, label, data + 2, size - 2, SIZE_MAX / 2);
	convert(d, &other, label, data + 2, size - 2, 1 + data[1]);
	if (one.status != other.status || one.err.cause != other.err.cause ||
	    one.name != other.name ||
	    !str_equal(buf_str(&one.text), buf_str(&other.text)))
		abort();
	check_clean(buf_str(&one.text));
	if (one.status == PITH_OK && one.name[0] == '\0')
		abort();
	charset_free(c);
	charset_free(d);
	buf_free(&one.text);
	buf_free(&other.text);
	return 0;
}
