/* SPDX-License-Identifier: MIT
 *
 * text.h: gathers the text of one block: white space collapsed by HTML's
 * rules, unprintable characters left out, and invisible ones that join or part
 * nothing, words and characters counted.
 * Included by block.c and source/ readers of plain text. */
#ifndef PAGE_TEXT_H
#define PAGE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

/* How the next piece is to be taken. */
struct text_mode {
	bool pre;  /* white space as it stands */
	bool link; /* counts as link text too */
};

struct text {
	struct arena *arena;
	char *data; /* of the text in work, room for cap bytes */
	size_t len, cap;
	bool space;	/* white space is due before the next character */
	uint32_t joint; /* invisible character that is due, or 0 */
	bool in_word;	/* the last character was of a word */
	float words, link_words;
	uint32_t chars, link_chars;
};

/* Start empty. */
void text_init(struct text *t, struct arena *arena);

/* Append a piece of UTF-8. Words go on over the seams of pieces. */
enum pith_status text_append(struct text *t, struct str s,
			     struct text_mode mode) PITH_CHECKED;

/* White space, if text stands before it. */
void text_space(struct text *t);

/* A line break, if text stands before it; no white space around it. */
enum pith_status text_newline(struct text *t) PITH_CHECKED;

/* Give the text away, trimmed, NUL-ended, in the arena, and begin the next;
 * the counts stay readable until text_begin. */
enum pith_status text_take(struct text *t, struct str *out) PITH_CHECKED;

/* A place in the text in work, to return to. */
struct text_mark {
	size_t len;
	float words, link_words;
	uint32_t chars, link_chars;
};

struct text_mark text_mark(const struct text *t);

/* Forget what came after a mark in the same text. */
void text_return(struct text *t, const struct text_mark *mark);

/* Set the counts to nothing. */
void text_begin(struct text *t);

/* Is there nothing but white space in s? */
bool text_is_blank(struct str s);

#endif
