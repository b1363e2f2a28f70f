/* SPDX-License-Identifier: MIT
 *
 * clean.h: values of metadata as one line of text. Included by meta/ and
 * render/. */
#ifndef META_CLEAN_H
#define META_CLEAN_H

#include "base/arena.h"
#include "base/str.h"

enum {
	CLEAN_LINE = 1024, /* bytes: of a title, a name */
	CLEAN_TEXT = 16384 /* of a description */
};

/* A value on one line: character references decoded (pages escape twice),
 * tags and unprintable characters dropped, white space collapsed and trimmed,
 * cut at a word after `most` bytes. Where no tag is an end tag or empty they
 * are text. In the arena; data is NULL when it has no room. */
struct str clean_line(struct arena *arena, struct str s, size_t most);

/* Letters and digits of a text in lower case, a space between words, to tell
 * whether two say the same. In the arena, as above. */
struct str clean_key(struct arena *arena, struct str s);

#endif
