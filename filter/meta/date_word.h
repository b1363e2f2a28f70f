/* SPDX-License-Identifier: MIT
 *
 * date_word.h: a text as numbers, words and signs, and the words that stand in
 * dates. Included by date.c, date_time.c and date_word.c only. */
#ifndef META_DATE_WORD_H
#define META_DATE_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "meta/date.h"

enum date_word_kind { WORD_END, WORD_NUMBER, WORD_LETTERS, WORD_SIGN };

struct date_word {
	struct str text;
	int64_t value; /* of a number of up to 18 digits, else -1 */
	uint8_t kind;  /* enum date_word_kind */
	bool spaced;   /* white space comes before it */
	char sign;     /* of an ASCII sign, else 0 */
};

enum {
	DATE_AHEAD = 16, /* words a form looks past the one it begins at */
	DATE_WORDS = 512 + DATE_AHEAD
};

/* Cut a text into words, at most DATE_WORDS with DATE_AHEAD times WORD_END
 * after the last. */
void date_words(struct str s, struct date_word out[DATE_WORDS]);

/* 1 to 12 for the name of a month in any case, else 0. */
unsigned date_month(const struct date_word *w);

/* Words that stand between the parts of a date and say nothing: "of", "de",
 * "th", "г" … */
bool date_is_filler(const struct date_word *w);

/* Words that part a date from its time: "at", "um", "à" … */
bool date_parts_time(const struct date_word *w);

/* A number of least to most digits. */
bool date_is_number(const struct date_word *w, size_t least, size_t most);

/* A sign right after what stands before it. */
bool date_is_sign(const struct date_word *w, char sign);

/* A time of day at w, which comes after the date d, and its zone: adds them to
 * d. Returns what comes after them; w if there is none. */
const struct date_word *date_read_time(const struct date_word *w,
				       struct date *d);

#endif
