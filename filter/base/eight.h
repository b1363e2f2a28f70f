/* SPDX-License-Identifier: MIT
 *
 * eight.h: asks of eight bytes at a time what they are, in one number of 64
 * bits: without a branch for each byte. Every stage may include it.
 *
 * An answer is the highest bit of each byte; the first byte is the lowest. */
#ifndef BASE_EIGHT_H
#define BASE_EIGHT_H

#include <stdint.h>
#include <string.h>

#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))
#define EIGHT_YES   EIGHT(0x80)

static inline uint64_t eight_load(const char *s)
{
	uint64_t eight;

	memcpy(&eight, s, sizeof(eight));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
	eight = __builtin_bswap64(eight);
#endif
	return eight;
}

/* Bytes from `from` to `to`, both below 0x80, as all of the eight must be: then
 * no sum reaches the byte above. */
static inline uint64_t eight_in(uint64_t eight, unsigned from, unsigned to)
{
	return (eight + EIGHT(0x80 - from)) & ~(eight + EIGHT(0x7f - to)) &
	       EIGHT_YES;
}

/* ASCII's letters and digits, of eight bytes below 0x80. */
static inline uint64_t eight_words(uint64_t eight)
{
	return eight_in(eight | EIGHT(0x20), 'a', 'z') |
	       eight_in(eight, '0', '9');
}

/* How many of them: an answer's bits. */
static inline unsigned eight_count(uint64_t answer)
{
	return (unsigned)((answer >> 7) * EIGHT(1) >> 56);
}

#endif
