/* SPDX-License-Identifier: MIT
 *
 * decode_fuzz.c: any bytes, cut anywhere, give the same output as in one
 * piece, and never more than the limit. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "page/decode.h"

enum { LIMIT = 1 << 20 };

struct result {
	enum pith_status status;
	struct err err;
	struct buf text;
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static enum pith_status keep(void *user, const char *data, size_t len)
{
	struct result *r = user;

	if (len == 0)
		abort();
	return buf_append(&r->text, data, len, &r->err);
}

static void decode(struct result *r, const uint8_t *data, size_t size,
		   size_t piece)
{
	/* the ratio is looked at more often where pieces are small */
	struct decode_limits limits = {LIMIT, LIMIT, SIZE_MAX};
	struct decode *d;

	memset(r, 0, sizeof(*r));
	buf_init(&r->text, LIMIT, "text");
	if (decode_new(&d, keep, r, &r->err) != PITH_OK)
		abort();
	decode_begin(d, &limits);
	for (size_t i = 0; i < size && r->status == PITH_OK; i += piece)
		r->status = decode_feed(d, data + i,
					size - i < piece ? size - i : piece);
	if (r->status == PITH_OK)
		r->status = decode_finish(d);
	decode_free(d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct result one, other;

	if (size == 0)
		return 0;
	decode(&one, data + 1, size - 1, SIZE_MAX / 2);
	decode(&other, data + 1, size - 1, 1 + data[0] * 3u);
	if (one.status != other.status || one.err.cause != other.err.cause ||
	    !str_equal(buf_str(&one.text), buf_str(&other.text)))
		abort();
	buf_free(&one.text);
	buf_free(&other.text);
	return 0;
}
