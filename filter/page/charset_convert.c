/* SPDX-License-Identifier: MIT
 *
 * charset_convert.c: UTF-16 and single bytes by hand, the encodings of several
 * bytes through iconv. */
#include "page/charset_convert.h"

#include <errno.h>
#include <string.h>

#include "base/utf8.h"

/* No character of an encoding here is longer. */
enum { LONGEST = 4 };

/* ISO-2022-JP: which set the bytes 0x21 to 0x7e are of. */
enum { JP_ASCII, JP_KATAKANA, JP_KANJI };

#define BAD_BYTE '\xff' /* never good in EUC-JP */
#define ESCAPE	 0x1b

void convert_init(struct convert *c, struct clean *clean, struct err *err)
{
	memset(c->is_open, 0, sizeof(c->is_open));
	c->clean = clean;
	c->err = err;
	c->encoding = ENC_NONE;
}

void convert_free(struct convert *c)
{
	for (size_t e = 0; e < ENC_COUNT; e++)
		if (c->is_open[e])
			iconv_close(c->open[e]);
	memset(c->is_open, 0, sizeof(c->is_open));
}

/* The iconv of musl has no vendor's tables, but those of the standards. */
static const char *plainer(const char *name)
{
	if (strcmp(name, "EUC-JP-MS") == 0)
		return "EUC-JP";
	if (strcmp(name, "CP932") == 0)
		return "SHIFT_JIS";
	return name;
}

enum pith_status convert_open(struct convert *c, enum encoding e)
{
	const char *name = encoding_iconv(e);

	if (name == NULL || c->is_open[e])
		return PITH_OK;
	c->open[e] = iconv_open("UTF-8", name);
	if ((intptr_t)c->open[e] == -1 && errno == EINVAL)
		c->open[e] = iconv_open("UTF-8", plainer(name));
	if ((intptr_t)c->open[e] == -1) {
		if (errno == ENOMEM)
			return err_set(c->err, PITH_CAUSE_MEMORY,
				       "no memory for iconv");
		return err_set(c->err, PITH_CAUSE_CHARSET,
			       "iconv of this system does not read %s", name);
	}
	c->is_open[e] = true;
	return PITH_OK;
}

enum pith_status convert_begin(struct convert *c, enum encoding e)
{
	enum pith_status status = convert_open(c, e);

	if (status != PITH_OK)
		return status;
	c->encoding = e;
	c->held_len = c->escape_len = 0;
	c->high = 0;
	c->lead = 0;
	c->mode = JP_ASCII;
	if (c->is_open[e])
		iconv(c->open[e], NULL, NULL, NULL, NULL);
	return PITH_OK;
}

static enum pith_status feed_single(struct convert *c, const char *s, size_t n)
{
	enum { SLICE = 1024 }; /* becomes at most 3 * SLICE bytes */
	const uint16_t *table = encoding_table(c->encoding);
	enum pith_status status = PITH_OK;
	size_t part;

	for (size_t i = 0; i < n && status == PITH_OK; i += part) {
		size_t len = 0;

		part = ascii_span(s + i, n - i);
		if (part >= SLICE / 4) {
			status = clean_feed(c->clean, s + i, part);
			continue;
		}
		part = n - i < SLICE ? n - i : SLICE;
		for (size_t k = i; k < i + part; k++) {
			unsigned char b = (unsigned char)s[k];

			if (b < 0x80)
				c->room[len++] = (char)b;
			else
				len += utf8_put(table[b - 0x80], c->room + len);
		}
		status = clean_feed(c->clean, c->room, len);
	}
	return status;
}

/* Write a UTF-16 unit, which may complete a surrogate pair, at out (room for
 * 6); returns the length. */
static size_t put_unit(struct convert *c, uint16_t unit, char *out)
{
	bool low = unit >= 0xdc00 && unit < 0xe000;
	size_t len = 0;

	if (c->high != 0) {
		uint16_t high = c->high;

		c->high = 0;
		if (low)
			return utf8_put(0x10000u + ((high & 0x3ffu) << 10) +
					    (unit & 0x3ffu),
					out);
		len = utf8_put(0xfffd, out);
	}
	if (unit >= 0xd800 && unit < 0xdc00)
		c->high = unit;
	else
		len += utf8_put(low ? 0xfffd : unit, out + len);
	return len;
}

static enum pith_status feed_utf16(struct convert *c, const char *s, size_t n)
{
	bool big = c->encoding == ENC_UTF_16BE;
	enum pith_status status;
	size_t len = 0;

	for (size_t i = 0; i < n; i++) {
		unsigned char b = (unsigned char)s[i];
		unsigned char a = c->held[0];

		if (c->held_len == 0) {
			c->held[0] = b;
			c->held_len = 1;
			continue;
		}
		c->held_len = 0;
		len += put_unit(c, (uint16_t)(big ? a << 8 | b : b << 8 | a),
				c->room + len);
		if (len > sizeof(c->room) - 6) {
			status = clean_feed(c->clean, c->room, len);
			if (status != PITH_OK)
				return status;
			len = 0;
		}
	}
	return clean_feed(c->clean, c->room, len);
}

static bool is_lead(enum encoding e, unsigned char b)
{
	if (e == ENC_SHIFT_JIS)
		return (b > 0x80 && b < 0xa0) || (b >= 0xe0 && b < 0xfd);
	if (e == ENC_EUC_JP || e == ENC_ISO_2022_JP)
		return b == 0x8e || b == 0x8f || (b > 0xa0 && b < 0xff);
	return b > 0x80 && b < 0xff;
}

/* Put what stands for the bad character at s; returns its length. It takes the
 * byte after a lead byte along, to stay in step, unless that is ASCII: markup
 * is never swallowed. */
static size_t put_bad(struct convert *c, const char *s, size_t n,
		      enum pith_status *status)
{
	unsigned char b = (unsigned char)s[0];

	if (c->encoding == ENC_GB18030 && b == 0x80) {
		*status = clean_feed(c->clean, "\xe2\x82\xac", 3); /* euro */
		return 1;
	}
	c->clean->bad++;
	*status = clean_feed(c->clean, "\xef\xbf\xbd", 3);
	return n > 1 && is_lead(c->encoding, b) && (s[1] & 0x80) ? 2 : 1;
}

/* Convert what is at s; returns how many bytes are left over for lack of the
 * ones that follow: fewer than LONGEST, and none at the end. */
static size_t convert_part(struct convert *c, char *s, size_t n, bool end,
			   enum pith_status *status)
{
	while (n > 0 && *status == PITH_OK) {
		char *out = c->room;
		size_t room = sizeof(c->room);
		size_t r = iconv(c->open[c->encoding], &s, &n, &out, &room);
		int error = r == (size_t)-1 ? errno : 0;

		*status = clean_feed(c->clean, c->room, sizeof(c->room) - room);
		if (error == 0 || error == E2BIG || *status != PITH_OK)
			continue;
		/* the verdict must not depend on where a piece ends */
		if (!end && n < LONGEST)
			break;
		room = put_bad(c, s, n, status);
		s += room;
		n -= room;
	}
	return n;
}

static enum pith_status feed_multi(struct convert *c, const char *s, size_t n,
				   bool end)
{
	enum { SLICE = 4096 };
	enum pith_status status = PITH_OK;
	char slice[LONGEST + SLICE];

	do {
		size_t part = c->held_len == 0 ? ascii_span(s, n) : 0;

		if (part > 0) {
			status = clean_feed(c->clean, s, part);
		} else {
			size_t len = c->held_len;

			part = n < SLICE ? n : SLICE;
			memcpy(slice, c->held, len);
			memcpy(slice + len, s, part);
			len += part;
			c->held_len = convert_part(c, slice, len,
						   end && part == n, &status);
			memcpy(c->held, slice + len - c->held_len, c->held_len);
		}
		n -= part;
		s += part;
	} while (status == PITH_OK && n > 0);
	return status;
}

/* What an escape sequence of ISO-2022-JP switches to; -1 if it is none. */
static int escape_mode(unsigned char a, unsigned char b)
{
	if (a == '(' && (b == 'B' || b == 'J'))
		return JP_ASCII;
	if (a == '(' && b == 'I')
		return JP_KATAKANA;
	if (a == '$' && (b == '@' || b == 'B'))
		return JP_KANJI;
	return -1;
}

/* Write what a byte outside of escape sequences is in EUC-JP at out (room for
 * 2); returns the length. */
static size_t jp_byte(struct convert *c, unsigned char b, char *out)
{
	bool graphic = b > 0x20 && b < 0x7f;
	size_t len = 0;

	if (c->lead != 0) {
		out[0] = graphic ? (char)(c->lead | 0x80) : BAD_BYTE;
		c->lead = 0;
		len = 1;
		if (graphic) {
			out[1] = (char)(b | 0x80);
			return 2;
		}
	}
	if (c->mode == JP_KANJI && graphic) {
		c->lead = b;
	} else if (c->mode == JP_KATAKANA && graphic) {
		out[len++] = '\x8e';
		out[len++] = (char)(b | 0x80);
	} else {
		out[len++] = b < 0x80 ? (char)b : BAD_BYTE;
	}
	return len;
}

/* ISO-2022-JP is EUC-JP with escape sequences in place of the upper bit. */
static enum pith_status feed_jp(struct convert *c, const char *s, size_t n)
{
	enum pith_status status = PITH_OK;
	char out[1024];
	size_t len = 0;

	for (size_t i = 0; i < n && status == PITH_OK; i++) {
		unsigned char b = (unsigned char)s[i];

		if (c->escape_len > 0 && b != ESCAPE) {
			c->escape[c->escape_len++] = b;
			if (c->escape_len == 2 && (b == '(' || b == '$'))
				continue;
			int mode = c->escape_len == 3
				       ? escape_mode(c->escape[1], b)
				       : -1;
			if (mode >= 0) {
				c->mode = (unsigned char)mode;
			} else {
				out[len++] = BAD_BYTE;
				for (size_t k = 1; k < c->escape_len; k++)
					len +=
					    jp_byte(c, c->escape[k], out + len);
			}
			c->escape_len = 0;
		} else if (b == ESCAPE) {
			if (c->lead != 0 || c->escape_len > 0)
				out[len++] = BAD_BYTE;
			c->lead = 0;
			c->escape_len = 1;
		} else {
			len += jp_byte(c, b, out + len);
		}
		if (len > sizeof(out) - 8) {
			status = feed_multi(c, out, len, false);
			len = 0;
		}
	}
	return status == PITH_OK ? feed_multi(c, out, len, false) : status;
}

enum pith_status convert_feed(struct convert *c, const char *data, size_t len)
{
	switch (encoding_kind(c->encoding)) {
	case ENCODING_SINGLE:
		return feed_single(c, data, len);
	case ENCODING_MULTI:
		return feed_multi(c, data, len, false);
	case ENCODING_ISO_2022_JP:
		return feed_jp(c, data, len);
	case ENCODING_UTF16:
		return feed_utf16(c, data, len);
	case ENCODING_UTF8:
	case ENCODING_IGNORED:
		break;
	}
	return clean_feed(c->clean, data, len);
}

enum pith_status convert_finish(struct convert *c)
{
	enum encoding_kind kind = encoding_kind(c->encoding);
	enum pith_status status = PITH_OK;
	bool cut = c->lead != 0 || c->escape_len > 0;

	if (kind == ENCODING_UTF16)
		cut = c->high != 0 || c->held_len > 0;
	else if (kind == ENCODING_MULTI || kind == ENCODING_ISO_2022_JP)
		status = feed_multi(c, "", 0, true);
	if (status == PITH_OK && cut)
		status = clean_feed(c->clean, "\xef\xbf\xbd", 3);
	return status == PITH_OK ? clean_finish(c->clean) : status;
}
