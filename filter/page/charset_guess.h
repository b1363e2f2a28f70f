/* SPDX-License-Identifier: MIT
 *
 * charset_guess.h: which encoding bytes are in, judged by the bytes alone.
 * Included by charset*.c only. */
#ifndef PAGE_CHARSET_GUESS_H
#define PAGE_CHARSET_GUESS_H

#include "base/str.h"
#include "page/charset_clean.h"
#include "page/charset_convert.h"

struct uchardet;

/* Keeps what the guesses need from page to page. */
struct guess {
	struct uchardet *detector; /* NULL until it is first needed */
	struct clean clean;	   /* for trials */
	struct convert *convert;
	struct err *err;
};

void guess_init(struct guess *g, struct convert *convert, struct err *err);
void guess_free(struct guess *g);

/* The encoding of bytes in *out: the first of those declared that they do not
 * contradict, or what they look like. ENC_NONE stands for no declaration; it
 * never comes out. look holds at least one byte of 0x80 or above. */
enum pith_status guess_encoding(struct guess *g, struct str look,
				const enum encoding declared[2],
				enum encoding *out) PITH_CHECKED;

/* Whether bytes below 0x80 hold Japanese by escape sequences. */
bool guess_is_iso_2022_jp(struct str look);

#endif
