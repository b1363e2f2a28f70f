/* SPDX-License-Identifier: MIT
 *
 * brotli.c: undoes brotli; the one file that sees its library. */
#include <brotli/decode.h>
#include <stdint.h>

#include "source/coding.h"

static void *make(void)
{
	return BrotliDecoderCreateInstance(NULL, NULL, NULL);
}

static enum pith_status feed(struct coding *c, const char *data, size_t len)
{
	const uint8_t *in = (const uint8_t *)data;
	BrotliDecoderResult result;
	uint8_t room[32 * 1024];

	do {
		uint8_t *out = room;
		size_t left = sizeof(room);
		enum pith_status status;

		result = BrotliDecoderDecompressStream(c->state, &len, &in,
						       &left, &out, NULL);
		if (result == BROTLI_DECODER_RESULT_ERROR)
			return err_set(c->err, PITH_CAUSE_CORRUPT,
				       "damaged brotli data");
		status =
		    c->sink(c->user, (const char *)room, sizeof(room) - left);
		if (status != PITH_OK)
			return status;
	} while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
	return PITH_OK;
}

/* '<' would be a metadata block with its reserved bit set. */
static bool begins(unsigned char first)
{
	return first != '<';
}

static void drop(void *state)
{
	BrotliDecoderDestroyInstance(state);
}

const struct coding_kind coding_brotli = {"brotli", make, feed, begins, drop};
