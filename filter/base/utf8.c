/* SPDX-License-Identifier: MIT
 *
 * utf8.c: UTF-8 decoding, encoding and classes of characters. */
#include "base/utf8.h"

size_t utf8_decode(const char *s, size_t len, uint32_t *c)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t least;
	size_t n;

	if (p[0] < 0x80) {
		*c = p[0];
		return 1;
	}
	if (p[0] >= 0xc2 && p[0] < 0xe0) {
		n = 2;
		*c = p[0] & 0x1fu;
		least = 0x80;
	} else if (p[0] >= 0xe0 && p[0] < 0xf0) {
		n = 3;
		*c = p[0] & 0x0fu;
		least = 0x800;
	} else if (p[0] >= 0xf0 && p[0] < 0xf5) {
		n = 4;
		*c = p[0] & 0x07u;
		least = 0x10000;
	} else {
		*c = 0xfffd;
		return 1;
	}
	if (n > len) {
		*c = 0xfffd;
		return 1;
	}
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80) {
			*c = 0xfffd;
			return 1;
		}
		*c = *c << 6 | (p[i] & 0x3fu);
	}
	if (*c < least || *c > 0x10ffff || (*c >= 0xd800 && *c < 0xe000)) {
		*c = 0xfffd;
		return 1;
	}
	return n;
}

size_t utf8_put(uint32_t c, char *s)
{
	if (c < 0x80) {
		s[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		s[0] = (char)(0xc0 | c >> 6);
		s[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		s[0] = (char)(0xe0 | c >> 12);
		s[1] = (char)(0x80 | (c >> 6 & 0x3f));
		s[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	s[0] = (char)(0xf0 | c >> 18);
	s[1] = (char)(0x80 | (c >> 12 & 0x3f));
	s[2] = (char)(0x80 | (c >> 6 & 0x3f));
	s[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

bool utf8_is_wide_word(uint32_t c)
{
	if (c < 0xc0)
		return c == 0xaa || c == 0xb5 || c == 0xba;
	if (c == 0xd7 || c == 0xf7)
		return false;
	/* punctuation, symbols, arrows, drawing, CJK punctuation */
	if (c >= 0x2000 && c < 0x2c00)
		return c >= 0x2070 && c < 0x20a0;
	if (c >= 0x2e00 && c < 0x2e80)
		return false;
	if (c >= 0x3000 && c < 0x3040)
		return c >= 0x3005 && c <= 0x3007;
	if (c >= 0xe000 && c < 0xf900)
		return false;
	if (c >= 0xfe00 && c < 0xfe70)
		return false;
	if (c >= 0xff00 && c < 0xff66)
		return (c >= 0xff10 && c <= 0xff19) ||
		       (c >= 0xff21 && c <= 0xff3a) ||
		       (c >= 0xff41 && c <= 0xff5a);
	if (c >= 0xffe0 && c <= 0xffff)
		return false;
	if (c >= 0x1f000 && c < 0x20000)
		return false;
	return c < 0xe0000;
}

bool utf8_has_word(const char *s, size_t len)
{
	for (size_t i = 0; i < len;) {
		uint32_t c;

		i += utf8_decode(s + i, len - i, &c);
		if (utf8_is_word(c))
			return true;
	}
	return false;
}

bool utf8_is_unprintable(uint32_t c)
{
	if (c < 0x20)
		return c != '\n' && c != '\t';
	if (c < 0x7f)
		return false;
	if (c < 0xa0 || c == 0xad || c == 0xfeff)
		return true;
	if (c < 0x2028)
		return false;
	return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
	       (c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe ||
	       c >= 0xf0000;
}

uint32_t utf8_lower(uint32_t c)
{
	if (c < 0x80)
		return c - 'A' < 26 ? c | 0x20 : c;
	if ((c >= 0xc0 && c <= 0xde && c != 0xd7) ||
	    (c >= 0x391 && c <= 0x3a9) || (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177))
		return c | 1;
	if ((c >= 0x139 && c <= 0x147) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	return c;
}
