/* SPDX-License-Identifier: MIT
 *
 * str.c: comparison, search and hash of borrowed bytes. */
#include "base/str.h"

#include <string.h>

#include "base/eight.h"

const char ascii_word[128] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4',
    ['5'] = '5', ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9',
    ['A'] = 'a', ['B'] = 'b', ['C'] = 'c', ['D'] = 'd', ['E'] = 'e',
    ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
    ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o',
    ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
    ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y',
    ['Z'] = 'z', ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd',
    ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h', ['i'] = 'i',
    ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n',
    ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r', ['s'] = 's',
    ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x',
    ['y'] = 'y', ['z'] = 'z',
};

bool str_equal(struct str a, struct str b)
{
	return a.len == b.len && (a.len == 0 || !memcmp(a.data, b.data, a.len));
}

bool str_equal_nocase(struct str a, struct str b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower(a.data[i]) != ascii_lower(b.data[i]))
			return false;
	return true;
}

/* The next place of a letter of either case, or of another byte, at or after
 * one; len if there is none. */
static size_t find_byte(const char *s, size_t len, size_t at, char byte)
{
	uint64_t fold = ascii_alpha(byte) ? EIGHT(0x20) : 0;
	uint64_t same = EIGHT((unsigned char)byte) | fold;

	for (; len - at >= 8; at += 8) {
		uint64_t differ = (eight_load(s + at) | fold) ^ same;
		/* the lowest bit of this stands in the first byte of 0 */
		uint64_t zero = (differ - EIGHT(1)) & ~differ & EIGHT_YES;

		if (zero != 0)
			return at + (unsigned)__builtin_ctzll(zero) / 8;
	}
	while (at < len && ascii_lower(s[at]) != ascii_lower(byte))
		at++;
	return at;
}

size_t str_find_nocase(struct str s, struct str needle, size_t from)
{
	size_t places;

	if (needle.len == 0 || needle.len > s.len)
		return SIZE_MAX;
	places = s.len - needle.len + 1;
	while (from < places) {
		from = find_byte(s.data, places, from, needle.data[0]);
		if (from < places &&
		    str_equal_nocase((struct str){s.data + from, needle.len},
				     needle))
			return from;
		from++;
	}
	return SIZE_MAX;
}

struct str str_trim(struct str s)
{
	while (s.len > 0 && ascii_space(s.data[0])) {
		s.data++;
		s.len--;
	}
	while (s.len > 0 && ascii_space(s.data[s.len - 1]))
		s.len--;
	return s;
}

uint64_t str_hash(struct str s)
{
	uint64_t h = 0xcbf29ce484222325u; /* FNV-1a offset basis */

	for (size_t i = 0; i < s.len; i++) {
		h ^= (unsigned char)s.data[i];
		h *= 0x100000001b3u; /* FNV prime */
	}
	return h;
}
