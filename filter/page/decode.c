/* SPDX-License-Identifier: MIT
 *
 * decode.c: undoes one layer of compression.
 *
 *   SNIFF ── no format ─> PLAIN
 *    └─ gzip, zlib, deflate ─> INFLATE ── end of stream ─> TAIL
 *                                 ^── "1f 8b 08" of gzip ──┘
 *
 * SNIFF holds back the first bytes; what it decides on depends on them alone,
 * never on how they were cut in pieces. */
#include "page/decode.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

#include "base/str.h"

/* Bytes held back to find the format; output between two looks at the limits;
 * output that is free of the ratio, for short pages of one repeated byte. */
enum { SNIFF_SIZE = 512, OUT_SIZE = 32 * 1024, RATIO_FREE = 1024 * 1024 };

/* zlib's windowBits for each format. */
enum format { ZLIB = MAX_WBITS, GZIP = MAX_WBITS + 16, RAW = -MAX_WBITS };

enum state { SNIFF, PLAIN, INFLATE, TAIL, ENDED };

struct decode {
	decode_sink sink;
	void *user;
	struct err *err;
	struct decode_limits limits;
	enum state state;
	enum format format;
	size_t in, out;	 /* bytes taken, bytes handed on */
	size_t used;	 /* compressed bytes read by inflate */
	size_t held_len; /* SNIFF: bytes in held; TAIL: bytes of magic seen */
	z_stream stream;
	unsigned char held[SNIFF_SIZE];
	unsigned char room[OUT_SIZE];
};

static const unsigned char gzip_magic[3] = {0x1f, 0x8b, 8};

enum pith_status decode_new(struct decode **out, decode_sink sink, void *user,
			    struct err *err)
{
	struct decode *d = malloc(sizeof(*d));

	*out = NULL;
	if (d == NULL)
		return err_set(err, PITH_CAUSE_MEMORY,
			       "no memory for decompression");
	memset(&d->stream, 0, sizeof(d->stream));
	if (inflateInit2(&d->stream, GZIP) != Z_OK) {
		free(d);
		return err_set(err, PITH_CAUSE_MEMORY,
			       "no memory for decompression");
	}
	d->sink = sink;
	d->user = user;
	d->err = err;
	decode_begin(d, &(struct decode_limits){SIZE_MAX, SIZE_MAX, SIZE_MAX});
	*out = d;
	return PITH_OK;
}

void decode_free(struct decode *d)
{
	if (d == NULL)
		return;
	inflateEnd(&d->stream);
	free(d);
}

void decode_begin(struct decode *d, const struct decode_limits *limits)
{
	d->limits = *limits;
	d->state = SNIFF;
	d->in = d->out = d->used = d->held_len = 0;
}

/* Hand on len bytes, or as many as the limit allows. */
static enum pith_status put(struct decode *d, const unsigned char *s,
			    size_t len)
{
	size_t left = d->limits.max_output - d->out;
	size_t n = len < left ? len : left;
	enum pith_status status = PITH_OK;

	d->out += n;
	if (n > 0)
		status = d->sink(d->user, (const char *)s, n);
	if (status == PITH_OK && n < len)
		return err_set(d->err, PITH_CAUSE_LIMIT,
			       "page of more than %zu bytes",
			       d->limits.max_output);
	return status;
}

static enum pith_status check_ratio(struct decode *d)
{
	if (d->out > RATIO_FREE && d->used < d->out / d->limits.max_ratio)
		return err_set(d->err, PITH_CAUSE_LIMIT,
			       "expands more than %zu times",
			       d->limits.max_ratio);
	return PITH_OK;
}

/* Inflate len bytes; *taken is less than len only where the stream ends, or on
 * failure. */
static enum pith_status inflate_part(struct decode *d, const unsigned char *s,
				     size_t len, size_t *taken)
{
	z_stream *z = &d->stream;
	enum pith_status status;
	int r;

	*taken = 0;
	do {
		/* The limits are looked at where the output is a multiple of
		 * OUT_SIZE, whatever the pieces of input are. */
		size_t room = OUT_SIZE - d->out % OUT_SIZE;
		size_t part = len - *taken < UINT_MAX ? len - *taken : UINT_MAX;

		z->next_in = s + *taken;
		z->avail_in = (uInt)part;
		z->next_out = d->room;
		z->avail_out = (uInt)room;
		r = inflate(z, Z_NO_FLUSH);
		*taken += part - z->avail_in;
		d->used += part - z->avail_in;
		status = put(d, d->room, room - z->avail_out);
		if (status == PITH_OK && d->out % OUT_SIZE == 0)
			status = check_ratio(d);
		if (status != PITH_OK)
			return status;
	} while (r == Z_OK && (*taken < len || z->avail_out == 0));

	if (r == Z_STREAM_END) {
		d->state = TAIL;
		d->held_len = 0;
		return check_ratio(d);
	}
	if (r == Z_OK || r == Z_BUF_ERROR)
		return PITH_OK; /* asks for more input */
	if (r == Z_MEM_ERROR)
		return err_set(d->err, PITH_CAUSE_MEMORY,
			       "no memory for decompression");
	return err_set(
	    d->err, PITH_CAUSE_CORRUPT, "corrupt compressed data%s%s",
	    z->msg != NULL ? ": " : "", z->msg != NULL ? z->msg : "");
}

static enum pith_status begin_inflate(struct decode *d, enum format format)
{
	d->format = format;
	d->state = INFLATE;
	if (inflateReset2(&d->stream, (int)format) != Z_OK)
		return err_set(d->err, PITH_CAUSE_ARGUMENT,
			       "decompressor in a bad state");
	return PITH_OK;
}

/* After the end of a compressed stream: another member of gzip may follow,
 * after zeros too. Anything else is padding or garbage, and ignored. Returns
 * how many bytes were taken. */
static size_t read_tail(struct decode *d, const unsigned char *s, size_t len,
			enum pith_status *status)
{
	size_t i, taken;

	for (i = 0; i < len && d->state == TAIL; i++) {
		if (s[i] == gzip_magic[d->held_len])
			d->held_len++;
		else if (s[i] != 0 || d->held_len > 0)
			d->state = ENDED;
		if (d->held_len < sizeof(gzip_magic))
			continue;
		*status = begin_inflate(d, GZIP);
		if (*status == PITH_OK)
			*status = inflate_part(d, gzip_magic,
					       sizeof(gzip_magic), &taken);
	}
	return i;
}

/* Take bytes once the format is known. */
static enum pith_status run(struct decode *d, const unsigned char *s,
			    size_t len)
{
	enum pith_status status = PITH_OK;
	size_t taken;

	for (; len > 0 && status == PITH_OK; s += taken, len -= taken) {
		taken = len;
		if (d->state == PLAIN)
			status = put(d, s, len);
		else if (d->state == INFLATE)
			status = inflate_part(d, s, len, &taken);
		else if (d->state == TAIL && d->format == GZIP)
			taken = read_tail(d, s, len, &status);
	}
	return status;
}

/* Bytes that text may begin with: no controls, NULs only beside the zeros of
 * UTF-16. */
static bool is_text(const unsigned char *s, size_t len)
{
	size_t nuls = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == 0)
			nuls++;
		else if (s[i] < 0x20 && (s[i] < '\t' || s[i] > '\r') &&
			 s[i] != 0x1b)
			return false;
	}
	return nuls * 3 <= len * 2;
}

static bool is_ascii(const unsigned char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] >= 0x7f || (s[i] < 0x20 && !ascii_space((char)s[i])))
			return false;
	return true;
}

/* Whether what is held back inflates to text. A stream that is held back as a
 * whole must come to its end if it is to be `whole`: a few bytes of text often
 * begin like a stream, but never end like one. Data that turns out corrupt
 * after a good deal of text counts, data that only begins well does not. */
static enum pith_status try_inflate(struct decode *d, enum format format,
				    bool whole, bool *good)
{
	enum { ENOUGH = 256 };
	z_stream *z = &d->stream;
	enum pith_status status = begin_inflate(d, format);
	size_t len;
	int r;

	if (status != PITH_OK)
		return status;
	z->next_in = d->held;
	z->avail_in = (uInt)d->held_len;
	z->next_out = d->room;
	z->avail_out = sizeof(d->room);
	r = inflate(z, Z_SYNC_FLUSH);
	if (r == Z_MEM_ERROR)
		return err_set(d->err, PITH_CAUSE_MEMORY,
			       "no memory for decompression");
	len = sizeof(d->room) - z->avail_out;
	if (len == 0 || !is_text(d->room, len))
		return PITH_OK;
	if (z->avail_out == 0)
		*good = true; /* 64 times as much as was read, all text */
	else if (whole && d->held_len < SNIFF_SIZE)
		*good =
		    r == Z_STREAM_END && (format == ZLIB || z->avail_in == 0);
	else
		*good = r == Z_OK || r == Z_STREAM_END || len >= ENOUGH;
	return PITH_OK;
}

/* Find the format of what is held back, and begin with it. gzip is known by
 * its magic; zlib and raw deflate have none that text could not have, and must
 * inflate to text to be believed. */
static enum pith_status sniff(struct decode *d)
{
	const unsigned char *s = d->held;
	size_t len = d->held_len;
	enum pith_status status = PITH_OK;
	bool good = false;

	if (len >= sizeof(gzip_magic) &&
	    memcmp(s, gzip_magic, sizeof(gzip_magic)) == 0) {
		good = true;
		d->format = GZIP;
	}
	/* RFC 1950: deflate, no dictionary, header a multiple of 31 */
	if (!good && len >= 2 && (s[0] & 0x8f) == 8 && (s[1] & 0x20) == 0 &&
	    (s[0] << 8 | s[1]) % 31 == 0)
		status =
		    try_inflate(d, ZLIB, s[1] > 0x20 && s[1] < 0x7f, &good);
	if (status == PITH_OK && !good && !is_ascii(s, len))
		status = try_inflate(d, RAW, true, &good);
	if (status == PITH_OK && good)
		status = begin_inflate(d, d->format);
	else
		d->state = PLAIN;
	return status == PITH_OK ? run(d, s, len) : status;
}

enum pith_status decode_feed(struct decode *d, const void *data, size_t len)
{
	const unsigned char *s = data;
	size_t left = d->limits.max_input - d->in;
	size_t n = len < left ? len : left;
	enum pith_status status = PITH_OK;

	d->in += n;
	if (d->state == SNIFF) {
		size_t room = SNIFF_SIZE - d->held_len;
		size_t part = n < room ? n : room;

		if (part > 0)
			memcpy(d->held + d->held_len, s, part);
		d->held_len += part;
		s += part;
		n -= part;
		len -= part;
		if (d->held_len == SNIFF_SIZE)
			status = sniff(d);
	}
	if (status == PITH_OK)
		status = run(d, s, n);
	if (status == PITH_OK && n < len)
		return err_set(d->err, PITH_CAUSE_LIMIT,
			       "input of more than %zu bytes",
			       d->limits.max_input);
	return status;
}

enum pith_status decode_finish(struct decode *d)
{
	enum pith_status status = PITH_OK;

	if (d->state == SNIFF)
		status = sniff(d);
	if (status != PITH_OK)
		return status;
	if (d->state == INFLATE || (d->state == TAIL && d->held_len > 0)) {
		(void)err_set(d->err, PITH_CAUSE_CORRUPT,
			      "compressed data ends early");
		return PITH_WARN;
	}
	return PITH_OK;
}
