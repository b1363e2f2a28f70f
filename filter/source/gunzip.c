/* SPDX-License-Identifier: MIT
 *
 * gunzip.c: undoes gzip members; source/'s one file that sees zlib. */
#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "source/packing.h"

/* TRIAL: enough to inflate the first bytes of a member: a dynamic Huffman
 * header has at most 322 bytes, the names in front of it are short. */
enum { TRIAL = 2048, GZIP = MAX_WBITS + 16, EXPECT_MAX = 8 };

struct gunzip {
	z_stream stream, trial;
};

static void drop(void *state)
{
	struct gunzip *g = state;

	inflateEnd(&g->stream);
	inflateEnd(&g->trial);
	free(g);
}

static void *make(void)
{
	struct gunzip *g = calloc(1, sizeof(*g));

	if (g != NULL && (inflateInit2(&g->stream, GZIP) != Z_OK ||
			  inflateInit2(&g->trial, GZIP) != Z_OK)) {
		drop(g);
		return NULL;
	}
	return g;
}

static void begin(void *state)
{
	(void)state;
}

static bool open_member(void *state, unsigned char first, bool at_start)
{
	struct gunzip *g = state;

	(void)at_start;
	inflateReset(&g->stream);
	return first == 0x1f;
}

static enum packing_result next(void *state, struct str *in, char *room,
				size_t size, size_t *made, const char **what)
{
	z_stream *z = &((struct gunzip *)state)->stream;
	int r;

	z->next_in = (const Bytef *)in->data;
	z->avail_in = (uInt)in->len;
	z->next_out = (Bytef *)room;
	z->avail_out = (uInt)size;
	r = inflate(z, Z_NO_FLUSH);
	*in = (struct str){(const char *)z->next_in, z->avail_in};
	*made = size - z->avail_out;
	if (r == Z_STREAM_END)
		return PACKING_ENDED;
	if (r == Z_OK || r == Z_BUF_ERROR)
		return PACKING_MORE;
	*what = r == Z_MEM_ERROR ? packing_gzip.memory : "damaged gzip data";
	return PACKING_BAD;
}

static int try_member(void *state, struct str bytes, struct str expect)
{
	z_stream *z = &((struct gunzip *)state)->trial;
	char plain[EXPECT_MAX];
	int r;

	if (bytes.data[0] != 0x1f)
		return 0;
	if (bytes.len < 3)
		return -1;
	if (memcmp(bytes.data, "\x1f\x8b\x08", 3) != 0)
		return 0;
	inflateReset(z);
	z->next_in = (const Bytef *)bytes.data;
	z->avail_in = (uInt)(bytes.len < TRIAL ? bytes.len : TRIAL);
	z->next_out = (Bytef *)plain;
	z->avail_out = (uInt)expect.len;
	r = inflate(z, Z_SYNC_FLUSH);
	if (z->avail_out == 0)
		return !memcmp(plain, expect.data, expect.len);
	if ((r != Z_OK && r != Z_BUF_ERROR) || bytes.len >= TRIAL)
		return 0;
	return -1;
}

const struct packing_kind packing_gzip = {
    .memory = "no memory for gzip",
    .none = "bytes that are no gzip member",
    .cut = "gzip data cut short",
    .first = 0x1f,
    .make = make,
    .drop = drop,
    .begin = begin,
    .open = open_member,
    .next = next,
    .try = try_member,
};
