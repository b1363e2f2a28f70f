/* SPDX-License-Identifier: MIT
 *
 * texture.h: what a block's text looks like, in any script: counts of kinds of
 * characters, first and last ones, and a hash. Included by score/ only. */
#ifndef SCORE_TEXTURE_H
#define SCORE_TEXTURE_H

#include <stdint.h>

#include "base/str.h"

enum texture_class {
	TEXTURE_OTHER = 0,
	TEXTURE_LOWER,
	TEXTURE_UPPER,
	TEXTURE_DIGIT,
	TEXTURE_LETTER, /* of a script without case */
	TEXTURE_END,	/* . ! ? and their like */
	TEXTURE_COMMA,
	TEXTURE_COLON,
	TEXTURE_QUOTE,
	TEXTURE_OPEN,
	TEXTURE_CLOSE,
	TEXTURE_BAR, /* | · • » and other separators */
	TEXTURE_MONEY,
	TEXTURE_SPACE
};

struct texture {
	uint32_t upper, lower, digit, letter, comma, end, quote, bar, money;
	uint32_t other;	    /* characters of no class above */
	uint32_t sentences; /* sentence ends before white space or at the end */
	uint32_t lines;	    /* line breaks in the text */
	uint32_t ellipses;  /* "…" or "..." */
	uint32_t years;	    /* runs of four digits that begin 19 or 20 */
	uint32_t marks;	    /* ©, @, # */
	uint8_t first, last; /* enum texture_class */
	bool trails;	     /* ends in an ellipsis */
	uint64_t hash;	     /* of letters and digits, ASCII ones in lower
			      * case, digits of a run taken as one 0 */
};

enum { TEXTURE_WORDS = 64 };

/* Hashes of a text's first words, ASCII letters in lower case; a CJK character
 * is one. */
struct texture_words {
	uint64_t hashes[TEXTURE_WORDS + 1]; /* and room to write one more */
	unsigned count;
};

/* Look at a text and its words. */
void texture_read(struct str text, struct texture *out,
		  struct texture_words *words);

#endif
