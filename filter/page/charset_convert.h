/* SPDX-License-Identifier: MIT
 *
 * charset_convert.h: bytes of a known encoding in, UTF-8 into a struct clean.
 * Included by charset*.c only. */
#ifndef PAGE_CHARSET_CONVERT_H
#define PAGE_CHARSET_CONVERT_H

#include <iconv.h>

#include "page/charset_clean.h"
#include "page/charset_label.h"

struct convert {
	struct clean *clean;
	struct err *err;
	iconv_t open[ENC_COUNT]; /* descriptors stay open from page to page */
	bool is_open[ENC_COUNT];
	enum encoding encoding;
	unsigned char held[4]; /* the start of a character */
	size_t held_len;
	uint16_t high; /* UTF-16: a high surrogate, or 0 */
	/* ISO-2022-JP: the character set in use, the first byte of a
	 * character or 0, an escape sequence as far as it came */
	unsigned char mode, lead, escape[3];
	size_t escape_len;
	char room[8192];
};

/* Begin without open descriptors. */
void convert_init(struct convert *c, struct clean *clean, struct err *err);

/* Close all descriptors. */
void convert_free(struct convert *c);

/* Open what an encoding needs now: iconv reads its modules from disk. */
enum pith_status convert_open(struct convert *c, enum encoding e) PITH_CHECKED;

/* Begin a page, or the rest of one, in that encoding. */
enum pith_status convert_begin(struct convert *c, enum encoding e) PITH_CHECKED;

/* Take len bytes. */
enum pith_status convert_feed(struct convert *c, const char *data,
			      size_t len) PITH_CHECKED;

/* End the page: an unfinished character is a bad one. Ends the struct clean
 * too. */
enum pith_status convert_finish(struct convert *c) PITH_CHECKED;

#endif
