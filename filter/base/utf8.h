/* SPDX-License-Identifier: MIT
 *
 * utf8.h: reading and writing UTF-8, and what kinds of characters text is made
 * of. Every stage may include it. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/* Decode the character at s (len > 0 bytes are there) into *c; returns its
 * length in bytes. A byte that begins no valid character gives U+FFFD and
 * length 1. */
size_t utf8_decode(const char *s, size_t len, uint32_t *c);

/* Encode c, a Unicode scalar value, at s (room for 4); returns the length. */
size_t utf8_put(uint32_t c, char *s);

/* Letters and digits of any script, as far as counting words needs it; the
 * first one of those beyond ASCII only. */
bool utf8_is_wide_word(uint32_t c);
static inline bool utf8_is_word(uint32_t c)
{
	return c < 0x80 ? ascii_word[c] != 0 : utf8_is_wide_word(c);
}

/* Is there a letter or digit in len bytes at s? */
bool utf8_has_word(const char *s, size_t len);

/* Han, Kana, Hangul: written without spaces between words. */
static inline bool utf8_is_cjk(uint32_t c)
{
	return c >= 0x3040 &&
	       (c < 0x3100 || (c >= 0x3400 && c < 0xa000) ||
		(c >= 0xac00 && c < 0xd7b0) || (c >= 0xf900 && c < 0xfb00) ||
		(c >= 0x20000 && c < 0x32000));
}

/* Characters that no output may carry: C0 and C1 controls but \n and \t,
 * bidirectional embeddings, overrides and isolates (U+202A–202E,
 * U+2066–2069), U+FEFF, U+00AD, noncharacters, and the private planes 15 and
 * 16, which hold icons only and serve thin as stand-ins. */
bool utf8_is_unprintable(uint32_t c);

/* Lower case of a Latin, Greek or Cyrillic letter; other characters, and the
 * few letters whose pair is far away, stay as they are. Never longer. */
uint32_t utf8_lower(uint32_t c);

#endif
