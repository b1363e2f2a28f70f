/* SPDX-License-Identifier: MIT
 *
 * charset.h: bytes of any encoding in, clean UTF-8 out, as they stream.
 * Included by pith.c only.
 *
 * Order of belief: byte order mark; bytes that are plainly UTF-8; the caller's
 * hint; a meta element; uchardet's guess; windows-1252. Names are WHATWG
 * labels and mean what browsers take them to mean.
 *
 * What comes out: valid UTF-8 without a byte order mark, in which bad
 * sequences and noncharacters are U+FFFD, and C0 and C1 controls other than
 * \t \n \f \r and NUL are gone. Thin and parse rely on that. */
#ifndef PAGE_CHARSET_H
#define PAGE_CHARSET_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct charset;

typedef enum pith_status (*charset_sink)(void *user, const char *data,
					 size_t len);

/* Make a converter; as decode_new. */
enum pith_status charset_new(struct charset **out, charset_sink sink,
			     void *user, struct err *err) PITH_CHECKED;

/* Free it; NULL is allowed. */
void charset_free(struct charset *c);

/* Begin the next page. label: the encoding as told from outside, or NULL.
 * PITH_FAILED (CAUSE_CHARSET) for a label nobody knows. */
enum pith_status charset_begin(struct charset *c,
			       const char *label) PITH_CHECKED;

/* Take len bytes. Holds back a bounded number until it can tell the encoding.
 * PITH_FAILED (CAUSE_BINARY) where the bytes are no text at all. */
enum pith_status charset_feed(struct charset *c, const char *data,
			      size_t len) PITH_CHECKED;

/* End the page: hands on what is still held back. */
enum pith_status charset_finish(struct charset *c) PITH_CHECKED;

/* Canonical name of the encoding in use ("UTF-8", "windows-1252" …); static.
 * "" before it is known. */
const char *charset_name(const struct charset *c);

/* Canonical name for a WHATWG label, in any case, with white space around it;
 * NULL if nobody knows it. */
const char *charset_by_label(struct str label);

#endif
