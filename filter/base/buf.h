/* SPDX-License-Identifier: MIT
 *
 * buf.h: a growing byte buffer with a ceiling. It keeps its memory from page
 * to page, so that a steady run allocates nothing. Every stage may include
 * it. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* data[0..len) is in use, data[len..cap) is room; data may be NULL at first. */
struct buf {
	char *data;
	size_t len, cap;
	size_t ceiling;	  /* len never exceeds it */
	const char *what; /* what it holds, for messages; static */
};

/* Start empty, without memory. */
void buf_init(struct buf *b, size_t ceiling, const char *what);

/* Free the memory; the buffer may be used again. */
void buf_free(struct buf *b);

/* Forget the content; give memory above keep bytes back to the system. */
void buf_reset(struct buf *b, size_t keep);

/* Make room for n more bytes after len. PITH_FAILED over the ceiling. */
enum pith_status buf_reserve(struct buf *b, size_t n,
			     struct err *err) PITH_CHECKED;

/* Append n bytes. */
enum pith_status buf_append(struct buf *b, const void *data, size_t n,
			    struct err *err) PITH_CHECKED;

/* Append one byte. */
enum pith_status buf_push(struct buf *b, char c, struct err *err) PITH_CHECKED;

/* The content as a piece of bytes, good until the next append. */
static inline struct str buf_str(const struct buf *b)
{
	return (struct str){b->data, b->len};
}

#endif
