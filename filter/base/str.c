/* SPDX-License-Identifier: MIT
 *
 * str.c: comparison, search and hash of borrowed bytes. */
#include "base/str.h"

#include <string.h>

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

size_t str_find_nocase(struct str s, struct str needle, size_t from)
{
	char low, other;

	if (needle.len == 0 || needle.len > s.len)
		return SIZE_MAX;
	low = ascii_lower(needle.data[0]);
	other = ascii_alpha(low) ? (char)(low - 'a' + 'A') : low;
	for (size_t i = from; i <= s.len - needle.len; i++)
		if ((s.data[i] == low || s.data[i] == other) &&
		    str_equal_nocase((struct str){s.data + i, needle.len},
				     needle))
			return i;
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
