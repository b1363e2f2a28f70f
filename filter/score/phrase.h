/* SPDX-License-Identifier: MIT
 *
 * phrase.h: lists of phrases, in lower case, and the words at the start of a
 * text that may be one of them. Included by label.c, pointer.c, credit.c
 * and byline.c. */
#ifndef SCORE_PHRASE_H
#define SCORE_PHRASE_H

#include <stdint.h>
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

enum { PHRASE_BYTES = 64 }; /* longer than any of pointers and credits */

/* A text from its first word on, in lower case. */
struct phrase_start {
	char data[PHRASE_BYTES];
	size_t len, words; /* all of it, and up to the end of its last word */
	size_t at;	   /* how far the text was read */
	bool ended;	   /* by a mark that ends it */
};

/* Read the start of a text, as far as there is room for, up to a mark for which
 * `ends` says so; NULL: no mark does. */
void phrase_read(struct str text, bool (*ends)(uint32_t c),
		 struct phrase_start *out);

#endif
