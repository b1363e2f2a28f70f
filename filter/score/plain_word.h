/* SPDX-License-Identifier: MIT
 *
 * plain_word.h: the words of a line of plain text, as the lexicon and the
 * comparison of lines see them. Included by score/ and train/ only. */
#ifndef SCORE_PLAIN_WORD_H
#define SCORE_PLAIN_WORD_H

#include "base/str.h"

/* Letters in lower case; digits of a run are one 0. Of a script without
 * spaces each pair of neighbours is a word. */
struct plain_word {
	uint64_t hash;
	unsigned letters;
	bool cased; /* begins with a letter that has case */
	bool upper; /* … in upper case */
	bool name;  /* long enough to say what a text is about */
};

struct plain_words {
	struct str text;
	size_t at;
	uint32_t before; /* the character before, of a script without spaces */
};

/* The next word; false at the end. */
bool plain_word_next(struct plain_words *r, struct plain_word *out);

enum { PLAIN_KEYS_WORDS = 48, PLAIN_LABEL_WORDS = 8 };

/* Keys of a line for the lexicon: the whole of a short one, its first and last
 * words, and all (the first PLAIN_KEYS_WORDS of them). A key of 0 is none. */
struct plain_keys {
	uint32_t label, first, first2, last, last2;
	uint32_t words[PLAIN_KEYS_WORDS];
	unsigned count;
};

void plain_keys(struct str text, struct plain_keys *out);

#endif
