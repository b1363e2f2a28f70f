/* SPDX-License-Identifier: MIT
 *
 * gzip.h: gzip members, written and read; the only door to zlib in
 * filter/fetch/, which alone includes it. */
#ifndef FETCH_GZIP_H
#define FETCH_GZIP_H

#include <stdbool.h>
#include <zlib.h>

#include "base/buf.h"
#include "fetch/fault.h"

/* A compressor that keeps its memory from member to member. */
struct gzip {
	z_stream z;
	bool ready;
};

/* Append parts, together, to out as one gzip member. g starts zeroed. */
enum pith_status gzip_member(struct gzip *g, const struct str *parts,
			     size_t count, struct buf *out,
			     struct fault *f) PITH_CHECKED;
void gzip_free(struct gzip *g);

/* A reader of members, one after the other. */
struct gunzip {
	z_stream z;
	bool ready;
};

/* Inflate from *in, which moves on, to at most size bytes at out; *got tells
 * how many. PITH_OK: there may be more. PITH_EOF: a member ended here; another
 * may follow. PITH_FAILED: the data is damaged. g starts zeroed. */
enum pith_status gunzip_read(struct gunzip *g, struct str *in, char *out,
			     size_t size, size_t *got,
			     struct fault *f) PITH_CHECKED;
void gunzip_free(struct gunzip *g);

#endif
