/* SPDX-License-Identifier: MIT
 *
 * unzstd.c: undoes the zstd frames of archives. An archive may begin with a
 * frame to be skipped, of magic number 184d2a5d, that holds the dictionary of
 * all others, as it is or in a frame of zstd itself. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zstd.h>
#include <zstd_errors.h>

#include "base/buf.h"
#include "source/packing.h"

enum {
	WINDOW_LOG = 27, /* 128 MiB, as the zstd tool takes without --long */
	DICTIONARY_MAX = 16 * 1024 * 1024,
	HEAD = 8,	/* of a frame to be skipped: magic number, size */
	FIRST = 5,	/* least bytes of a frame's header */
	BLOCK_HEAD = 3, /* of a block */
	BLOCK_MAX = 128 * 1024 + BLOCK_HEAD
};

struct unzstd {
	ZSTD_DCtx *context;
	struct buf dictionary; /* its frame, as far as it has come */
	bool collecting;
	bool full;   /* the room was too small */
	size_t want; /* bytes of the header or block in work */
};

static bool is_frame(struct str s)
{
	return s.len >= 4 && !memcmp(s.data, "\x28\xb5\x2f\xfd", 4);
}

static void drop(void *state)
{
	struct unzstd *z = state;

	ZSTD_freeDCtx(z->context);
	buf_free(&z->dictionary);
	free(z);
}

/* Forget the frame and, where all goes, the dictionary. */
static bool reset(ZSTD_DCtx *context, ZSTD_ResetDirective what)
{
	return !ZSTD_isError(ZSTD_DCtx_reset(context, what)) &&
	       !ZSTD_isError(ZSTD_DCtx_setParameter(
		   context, ZSTD_d_windowLogMax, WINDOW_LOG));
}

static void *make(void)
{
	struct unzstd *z = calloc(1, sizeof(*z));

	if (z == NULL)
		return NULL;
	buf_init(&z->dictionary, DICTIONARY_MAX + HEAD, "a dictionary");
	z->context = ZSTD_createDCtx();
	if (z->context == NULL ||
	    !reset(z->context, ZSTD_reset_session_and_parameters)) {
		drop(z);
		return NULL;
	}
	return z;
}

static void begin(void *state)
{
	struct unzstd *z = state;

	(void)reset(z->context, ZSTD_reset_session_and_parameters);
	z->collecting = false;
}

static bool open_frame(void *state, unsigned char first, bool at_start)
{
	struct unzstd *z = state;

	(void)reset(z->context, ZSTD_reset_session_only);
	z->full = false;
	z->want = FIRST;
	z->collecting = at_start && first == 0x5d;
	z->dictionary.len = 0;
	return first == 0x28 || (first & 0xf0) == 0x50;
}

/* The dictionary may be in a frame itself, which is undone to out. */
static bool undo_dictionary(struct str frame, struct buf *out)
{
	ZSTD_DCtx *context = ZSTD_createDCtx();
	ZSTD_inBuffer in = {frame.data, frame.len, 0};
	struct err err = {0};
	size_t left = 1;

	if (context == NULL)
		return false;
	while (left > 0 && !ZSTD_isError(left)) {
		size_t size = ZSTD_DStreamOutSize();
		ZSTD_outBuffer room = {NULL, size, 0};

		if (buf_reserve(out, size, &err) != PITH_OK)
			break;
		room.dst = out->data + out->len;
		left = ZSTD_decompressStream(context, &room, &in);
		if (room.pos == 0 && in.pos == in.size)
			break;
		out->len += room.pos;
	}
	ZSTD_freeDCtx(context);
	return left == 0;
}

static bool use_dictionary(struct unzstd *z, struct str bytes)
{
	struct buf plain;
	bool good = true;

	buf_init(&plain, DICTIONARY_MAX, "a dictionary");
	if (is_frame(bytes)) {
		good = undo_dictionary(bytes, &plain);
		bytes = buf_str(&plain);
	}
	good = good && bytes.len >= 8 &&
	       !memcmp(bytes.data, "\x37\xa4\x30\xec", 4) &&
	       !ZSTD_isError(
		   ZSTD_DCtx_loadDictionary(z->context, bytes.data, bytes.len));
	buf_free(&plain);
	return good;
}

/* Collect the frame that holds the dictionary. */
static enum packing_result collect(struct unzstd *z, struct str *in,
				   const char **what)
{
	struct buf *b = &z->dictionary;
	struct err err = {0};

	for (;;) {
		const unsigned char *head = (const unsigned char *)b->data;
		size_t want = HEAD, n;

		if (b->len >= HEAD)
			want += (size_t)head[4] | (size_t)head[5] << 8 |
				(size_t)head[6] << 16 | (size_t)head[7] << 24;
		if (b->len >= HEAD &&
		    (want > DICTIONARY_MAX ||
		     memcmp(head, "\x5d\x2a\x4d\x18", 4) != 0))
			break;
		if (b->len >= HEAD && b->len == want) {
			if (!use_dictionary(
				z, (struct str){b->data + HEAD, b->len - HEAD}))
				break;
			return PACKING_ENDED;
		}
		if (in->len == 0)
			return PACKING_MORE;
		n = want - b->len < in->len ? want - b->len : in->len;
		if (buf_append(b, in->data, n, &err) != PITH_OK) {
			*what = packing_zstd.memory;
			return PACKING_BAD;
		}
		in->data += n;
		in->len -= n;
	}
	*what = "a zstd dictionary that is none";
	return PACKING_BAD;
}

static const char *reason(size_t result)
{
	switch (ZSTD_getErrorCode(result)) {
	case ZSTD_error_dictionary_wrong:
		return "zstd data that needs another dictionary";
	case ZSTD_error_frameParameter_windowTooLarge:
		return "zstd data that needs a window of over 128 MiB";
	case ZSTD_error_memory_allocation:
		return packing_zstd.memory;
	default:
		return "damaged zstd data";
	}
}

/* zstd does not tell how many bytes it had used or made when it came upon an
 * error, and finds some before it has all it asked for. So it is given just the
 * header or block in work, whole, which is less than it asks for: that is the
 * header of the next block too. An error is at the end of those then, however
 * the bytes come in, and what was made before it is out. Bytes to be skipped,
 * of which there may be more than can be held, go by as they come. */
static enum packing_result next(void *state, struct str *in, char *room,
				size_t size, size_t *made, const char **what)
{
	struct unzstd *z = state;
	ZSTD_inBuffer bytes = {in->data, z->full ? 0 : z->want, 0};
	ZSTD_outBuffer plain = {room, size, 0};
	size_t r;

	*made = 0;
	if (z->collecting)
		return collect(z, in, what);
	if (bytes.size > in->len && bytes.size > BLOCK_MAX)
		bytes.size = in->len;
	if (bytes.size > in->len || (bytes.size == 0 && !z->full))
		return PACKING_MORE;
	r = ZSTD_decompressStream(z->context, &plain, &bytes);
	if (ZSTD_isError(r))
		bytes.pos = bytes.size;
	in->data += bytes.pos;
	in->len -= bytes.pos;
	*made = plain.pos;
	z->full = plain.pos == size;
	if (r == 0)
		return PACKING_ENDED;
	z->want = r > BLOCK_HEAD ? r - BLOCK_HEAD : r;
	if (!ZSTD_isError(r))
		return PACKING_MORE;
	*what = reason(r);
	return PACKING_BAD;
}

/* A block must be there whole before any of it can be undone, so all that can
 * be tried is the magic number: of a frame or of one to be skipped. */
static int try_frame(void *state, struct str bytes, struct str expect)
{
	static const char skipped[] = "\x50\x2a\x4d\x18";
	struct str head = {bytes.data, bytes.len < 4 ? bytes.len : 4};
	bool skip = head.len > 0 && (head.data[0] & 0xf0) == 0x50;

	(void)state;
	(void)expect;
	if (head.len == 0)
		return -1;
	if (skip ? memcmp(head.data + 1, skipped + 1, head.len - 1) != 0
		 : memcmp(head.data, "\x28\xb5\x2f\xfd", head.len) != 0)
		return 0;
	return head.len == 4 ? 1 : -1;
}

const struct packing_kind packing_zstd = {
    .memory = "no memory for zstd",
    .none = "bytes that are no zstd frame",
    .cut = "zstd data cut short",
    .first = 0x28,
    .make = make,
    .drop = drop,
    .begin = begin,
    .open = open_frame,
    .next = next,
    .try = try_frame,
};
