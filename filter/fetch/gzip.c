/* SPDX-License-Identifier: MIT
 *
 * gzip.c: gzip members by zlib. Part of filter/fetch/. */
#include "fetch/gzip.h"

#include <limits.h>

#define GZIP_WRAPPER 16 /* of deflateInit2's windowBits: gzip, not zlib */

/* zlib counts in unsigned int; hand it pieces that fit. */
static unsigned piece(size_t n)
{
	return n > INT_MAX ? INT_MAX : (unsigned)n;
}

static enum pith_status reserve(struct buf *out, size_t n, struct fault *f)
{
	struct err e = {0};

	if (buf_reserve(out, n, &e) == PITH_OK)
		return PITH_OK;
	return fault_set(f, FETCH_IO, "%s", e.text);
}

/* Run deflate over one part; flush is Z_NO_FLUSH or Z_FINISH. */
static enum pith_status add(struct gzip *g, struct str part, int flush,
			    struct buf *out, struct fault *f)
{
	int result = Z_OK;

	do {
		unsigned now = piece(part.len);

		g->z.next_in = (Bytef *)(uintptr_t)part.data;
		g->z.avail_in = now;
		do {
			enum pith_status status = reserve(out, 16384, f);

			if (status != PITH_OK)
				return status;
			g->z.next_out = (Bytef *)out->data + out->len;
			g->z.avail_out = piece(out->cap - out->len);
			result =
			    deflate(&g->z, part.len > now ? Z_NO_FLUSH : flush);
			out->len = (size_t)((char *)g->z.next_out - out->data);
		} while (g->z.avail_out == 0 && result == Z_OK);
		part.data += now;
		part.len -= now;
	} while (part.len > 0);
	if (result == (flush == Z_FINISH ? Z_STREAM_END : Z_OK) ||
	    result == Z_BUF_ERROR)
		return PITH_OK;
	return fault_set(f, FETCH_IO, "deflate failed (%d)", result);
}

enum pith_status gzip_member(struct gzip *g, const struct str *parts,
			     size_t count, struct buf *out, struct fault *f)
{
	enum pith_status status = PITH_OK;

	if (!g->ready) {
		if (deflateInit2(&g->z, Z_DEFAULT_COMPRESSION, Z_DEFLATED,
				 MAX_WBITS + GZIP_WRAPPER, 8,
				 Z_DEFAULT_STRATEGY) != Z_OK)
			return fault_memory(f);
		g->ready = true;
	}
	for (size_t i = 0; i < count && status == PITH_OK; i++)
		if (parts[i].len > 0)
			status = add(g, parts[i], Z_NO_FLUSH, out, f);
	if (status == PITH_OK)
		status = add(g, STR(""), Z_FINISH, out, f);
	deflateReset(&g->z);
	return status;
}

void gzip_free(struct gzip *g)
{
	if (g->ready)
		deflateEnd(&g->z);
	*g = (struct gzip){0};
}

enum pith_status gunzip_read(struct gunzip *g, struct str *in, char *out,
			     size_t size, size_t *got, struct fault *f)
{
	unsigned room = piece(size), avail = piece(in->len);
	int result;

	*got = 0;
	if (!g->ready) {
		if (inflateInit2(&g->z, MAX_WBITS + GZIP_WRAPPER) != Z_OK)
			return fault_memory(f);
		g->ready = true;
	}
	g->z.next_in = (Bytef *)(uintptr_t)in->data;
	g->z.avail_in = avail;
	g->z.next_out = (Bytef *)out;
	g->z.avail_out = room;
	result = inflate(&g->z, Z_NO_FLUSH);
	*got = room - g->z.avail_out;
	in->data += avail - g->z.avail_in;
	in->len -= avail - g->z.avail_in;
	if (result == Z_STREAM_END) {
		inflateReset(&g->z);
		return PITH_EOF;
	}
	if (result == Z_OK || result == Z_BUF_ERROR)
		return PITH_OK;
	if (result == Z_MEM_ERROR)
		return fault_memory(f);
	return fault_set(f, FETCH_REFUSED, "damaged gzip data");
}

void gunzip_free(struct gunzip *g)
{
	if (g->ready)
		inflateEnd(&g->z);
	*g = (struct gunzip){0};
}
