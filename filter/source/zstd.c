/* SPDX-License-Identifier: MIT
 *
 * zstd.c: undoes zstd; the one file that sees its library. */
#include <zstd.h>

#include "source/coding.h"

/* RFC 9659: no window over 8 MiB on the web. */
enum { WINDOW_LOG = 23 };

static void *make(void)
{
	ZSTD_DStream *s = ZSTD_createDStream();

	if (s != NULL && ZSTD_isError(ZSTD_DCtx_setParameter(
			     s, ZSTD_d_windowLogMax, WINDOW_LOG))) {
		ZSTD_freeDStream(s);
		s = NULL;
	}
	return s;
}

static enum pith_status feed(struct coding *c, const char *data, size_t len)
{
	ZSTD_inBuffer in = {data, len, 0};
	char room[32 * 1024];
	ZSTD_outBuffer out;

	do {
		enum pith_status status;
		size_t r;

		out = (ZSTD_outBuffer){room, sizeof(room), 0};
		r = ZSTD_decompressStream(c->state, &out, &in);
		if (ZSTD_isError(r))
			return err_set(c->err, PITH_CAUSE_CORRUPT,
				       "damaged zstd data: %s",
				       ZSTD_getErrorName(r));
		status = c->sink(c->user, room, out.pos);
		if (status != PITH_OK)
			return status;
	} while (in.pos < in.size || out.pos == sizeof(room));
	return PITH_OK;
}

/* The magic number is fd2fb528, little-endian; 184d2a5? is of frames that are
 * skipped. */
static bool begins(unsigned char first)
{
	return first == 0x28 || (first & 0xf0) == 0x50;
}

static void drop(void *state)
{
	ZSTD_freeDStream(state);
}

const struct coding_kind coding_zstd = {"zstd", make, feed, begins, drop};
