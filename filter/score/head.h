/* SPDX-License-Identifier: MIT
 *
 * head.h: the part of a survey that concerns the page's head: its title and
 * description, and the blocks that echo them. Included by score/ only. */
#ifndef SCORE_HEAD_H
#define SCORE_HEAD_H

#include "score/survey.h"

enum { HEAD_PLACES = 1024 };

/* The different words of a short text, found by some bits of their hashes. */
struct head_words {
	uint64_t hashes[TEXTURE_WORDS];
	unsigned count;
	uint8_t next[TEXTURE_WORDS]; /* of the same place, from 1; 0: none */
	uint8_t first[HEAD_PLACES];
};

/* What is listened for while blocks are read. */
struct head {
	struct head_words title, about;
};

/* Read the page's title, description and type. */
void head_begin(struct head *h, struct survey *s);

/* What the words of a block echo of title and description. */
struct echo head_listen(const struct head *h,
			const struct texture_words *words);

/* Find the headline, once all blocks were listened to and the first h1 is
 * known. */
void head_finish(struct survey *s);

#endif
