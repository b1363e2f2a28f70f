/* SPDX-License-Identifier: MIT
 *
 * decode.h: compressed bytes in, plain bytes out, as they stream. gzip (also
 * of several members), zlib and raw deflate are found by content; anything
 * else passes through. Included by pith.c and source/ only; decode.c is the
 * one file that sees zlib.h. */
#ifndef PAGE_DECODE_H
#define PAGE_DECODE_H

#include <stddef.h>

#include "base/err.h"

struct decode;

struct decode_limits {
	size_t max_input;  /* bytes in */
	size_t max_output; /* bytes out */
	size_t max_ratio;  /* bytes out per byte in, once 1 MiB is out */
};

/* Takes the plain bytes. A status other than PITH_OK stops the feeding and is
 * handed back by decode_feed. */
typedef enum pith_status (*decode_sink)(void *user, const char *data,
					size_t len);

/* Make a decoder that writes to sink(user, …) and reports to err, which must
 * outlive it. PITH_FATAL without memory. */
enum pith_status decode_new(struct decode **out, decode_sink sink, void *user,
			    struct err *err) PITH_CHECKED;

/* Free it; NULL is allowed. */
void decode_free(struct decode *d);

/* Begin the next stream. Allocates nothing in the steady state. */
void decode_begin(struct decode *d, const struct decode_limits *limits);

/* Take len bytes. PITH_FAILED: over a limit (CAUSE_LIMIT) or not what its
 * first bytes promised (CAUSE_CORRUPT). */
enum pith_status decode_feed(struct decode *d, const void *data,
			     size_t len) PITH_CHECKED;

/* End the stream: hands on what is still held back. PITH_WARN with err set if
 * compressed data ends early; what came before it has been handed on. */
enum pith_status decode_finish(struct decode *d) PITH_CHECKED;

#endif
