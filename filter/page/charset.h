/* SPDX-License-Identifier: MIT
 *
 * charset.h: bytes of any encoding in, clean UTF-8 out, as they stream.
 * Included by pith.c only.
 *
 * Order of belief: byte order mark; NULs as UTF-16 has them; bytes that are
 * plainly UTF-8; the caller's hint; a meta element or XML declaration;
 * uchardet's guess; windows-1252. Names are WHATWG labels and mean what
 * browsers take them to mean; a name of UTF-8 or of an encoding of several
 * bytes is passed over if the bytes contradict it.
 *
 * What comes out: valid UTF-8 without a byte order mark, in which bad
 * sequences and noncharacters are U+FFFD. All controls, NUL and DEL among
 * them, are gone but \t \n \f \r; a vertical tab is a space. Thin and parse
 * rely on that. */
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

/* Open all that any encoding needs, for a program that gives up the right to
 * open files before it reads pages. Otherwise iconv's modules are read from
 * disk when the first page needs them: 40 to 100 microseconds each, 0.3
 * milliseconds for all five (measured; glibc 2.36, warm cache). Once open,
 * they stay open for the life of the converter. One that iconv does not have
 * is reported by the page that needs it. PITH_FATAL without memory. */
enum pith_status charset_preload(struct charset *c) PITH_CHECKED;

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
