/* SPDX-License-Identifier: MIT
 *
 * phrase.h: lists of phrases, in lower case. Included by label.c, pointer.c and
 * credit.c. */
#ifndef SCORE_PHRASE_H
#define SCORE_PHRASE_H

#include <string.h>

#include "base/str.h"

#define PHRASE(text)                                                           \
	{                                                                      \
		text, sizeof(text) - 1                                         \
	}
#define PHRASE_COUNT(list) (sizeof(list) / sizeof((list)[0]))

static inline bool phrase_is_in(struct str s, const struct str *list,
				size_t count)
{
	for (size_t i = 0; i < count && s.len > 0; i++)
		if (list[i].len == s.len && list[i].data[0] == s.data[0] &&
		    memcmp(list[i].data, s.data, s.len) == 0)
			return true;
	return false;
}

/* Does s begin with a phrase of the list? */
static inline bool phrase_begins(struct str s, const struct str *list,
				 size_t count)
{
	for (size_t i = 0; i < count && s.len > 0; i++)
		if (list[i].len <= s.len && list[i].data[0] == s.data[0] &&
		    memcmp(list[i].data, s.data, list[i].len) == 0)
			return true;
	return false;
}

#endif
