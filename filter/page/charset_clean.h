/* SPDX-License-Identifier: MIT
 *
 * charset_clean.h: bytes that should be UTF-8 in, UTF-8 that the later stages
 * may rely on out; and a judge of how much like UTF-8 bytes are. Included by
 * charset*.c only. */
#ifndef PAGE_CHARSET_CLEAN_H
#define PAGE_CHARSET_CLEAN_H

#include "page/charset.h"

/* Long clean stretches go to the sink from where they stand; short ones are
 * gathered in out first. */
struct clean {
	charset_sink sink;
	void *user;
	size_t bad; /* sequences replaced since clean_begin */
	size_t out_len;
	size_t held_len;
	char held[4]; /* a sequence that the last piece left unfinished */
	char out[16384];
};

/* Begin the next page. sink(user, …) takes the result. */
void clean_begin(struct clean *c, charset_sink sink, void *user);

/* Take len bytes. Nothing but an unfinished sequence stays behind. */
enum pith_status clean_feed(struct clean *c, const char *data,
			    size_t len) PITH_CHECKED;

/* End the page: an unfinished sequence is a bad one. */
enum pith_status clean_finish(struct clean *c) PITH_CHECKED;

/* Length of the stretch at data without a byte of 0x80 or above. */
size_t ascii_span(const char *data, size_t len);

/* How bytes look when read as UTF-8. A sequence cut off by the end counts as
 * neither. */
struct utf8_count {
	size_t two;  /* good sequences of two bytes */
	size_t more; /* good sequences of three and four bytes */
	size_t bad;  /* bad sequences */
};

struct utf8_count utf8_count(const char *data, size_t len);

#endif
