/* SPDX-License-Identifier: MIT
 *
 * str.h: a borrowed piece of bytes, and the few questions asked of one. Every
 * stage may include it. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bytes somebody else owns; not ended by NUL. data may be NULL if len is 0. */
struct str {
	const char *data;
	size_t len;
};

#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})

/* Same bytes. */
bool str_equal(struct str a, struct str b);

/* Same bytes, A-Z taken as a-z; no locale is asked. */
bool str_equal_nocase(struct str a, struct str b);

/* First place of needle in s at or after from, ASCII letters of any case;
 * SIZE_MAX if there is none. An empty needle is nowhere. */
size_t str_find_nocase(struct str s, struct str needle, size_t from);

/* Without HTML white space (space, \t \n \f \r) at either end. */
struct str str_trim(struct str s);

/* FNV-1a of the bytes, 64 bits; the same on every machine. */
uint64_t str_hash(struct str s);

/* HTML white space: space, \t, \n, \f, \r. */
static inline bool ascii_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Letters and digits of ASCII, the letters in lower case; 0 for all else. */
extern const char ascii_word[128];

static inline bool ascii_alpha(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static inline bool ascii_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

static inline char ascii_lower(char c)
{
	return (unsigned char)(c - 'A') < 26 ? (char)(c | 0x20) : c;
}

#endif
