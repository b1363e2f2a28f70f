/* SPDX-License-Identifier: MIT
 *
 * sniff.c: looks for the first tag. */
#include "page/sniff.h"

#include <string.h>

#include "page/tag.h"

static bool is_of_name(char c)
{
	return ascii_alpha(c) || ascii_digit(c) || c == '-' || c == ':';
}

/* Does a tag begin behind this "<"? An address in brackets, as mail has it, or
 * a sign of mathematics is none. */
static bool begins_tag(struct str s)
{
	size_t from = s.len > 0 && s.data[0] == '/', n = from;

	if (s.len > 0 && (s.data[0] == '!' || s.data[0] == '?'))
		return s.len > 1 && (ascii_alpha(s.data[1]) ||
				     s.data[1] == '-' || s.data[1] == '[');
	while (n < s.len && is_of_name(s.data[n]))
		n++;
	return n < s.len && n > from && ascii_alpha(s.data[from]) &&
	       (ascii_space(s.data[n]) || s.data[n] == '>' ||
		s.data[n] == '/') &&
	       tag_find((struct str){s.data + from, n - from}) != TAG_UNKNOWN;
}

bool sniff_markup(struct str start)
{
	size_t len = start.len < SNIFF_BYTES ? start.len : SNIFF_BYTES;

	for (size_t at = 0; at < len; at++) {
		const char *found = memchr(start.data + at, '<', len - at);

		if (found == NULL)
			return false;
		at = (size_t)(found - start.data);
		if (begins_tag((struct str){found + 1, len - at - 1}))
			return true;
	}
	return false;
}
