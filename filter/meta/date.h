/* SPDX-License-Identifier: MIT
 *
 * date.h: dates as pages write them, in numbers or in words, with the
 * precision they have. Included by meta/ and pith.c. */
#ifndef META_DATE_H
#define META_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum date_precision {
	DATE_NONE = 0,
	DATE_YEAR,
	DATE_MONTH,
	DATE_DAY,
	DATE_MINUTE,
	DATE_SECOND
};

struct date {
	int16_t year; /* of the Gregorian calendar */
	uint8_t month, day, hour, minute, second; /* month and day from 1 */
	uint8_t precision; /* enum date_precision: fields up to it are set */
	bool zoned;	   /* offset is known */
	int16_t offset;	   /* minutes east of UTC */
};

/* What 3/4/2020 means. */
enum date_order { DATE_DAY_FIRST, DATE_MONTH_FIRST };

enum {
	DATE_TEXT = 32,	     /* bytes date_write needs */
	DATE_READ_MAX = 4096 /* bytes of a text that are looked at */
};

/* Find the first date in a text: ISO 8601, RFC 5322, numbers in the order that
 * their separators, size or `order` tell, month names of 24 languages, Chinese,
 * Japanese and Korean year-month-day signs, seconds or milliseconds since 1970
 * if the text is nothing else. A year has four digits, or two beside a month
 * in words. Returns false if there is none; *end is then 0, else one past the
 * date's last byte (NULL: not wanted). */
bool date_read(struct str s, enum date_order order, struct date *out,
	       size_t *end);

/* The date in an URL's path: /2020/03/04/ or /2020-03-04-title. */
bool date_read_path(struct str path, struct date *out);

/* Is it after 1989, and not after now (seconds since 1970) by more than a
 * day, which time zones explain? */
bool date_is_likely(const struct date *d, int64_t now);

/* < 0, 0, > 0 as a is before b; only the fields both know count. */
int date_compare(const struct date *a, const struct date *b);

/* ISO 8601 of that precision, ended by NUL; returns the length. */
size_t date_write(const struct date *d, char out[DATE_TEXT]);

#endif
