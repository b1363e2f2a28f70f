/* SPDX-License-Identifier: MIT
 *
 * date_fuzz.c: whatever is read as a date exists in the calendar, and what is
 * written of it is read back as the same. */
#include <stdlib.h>
#include <string.h>

#include "meta/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct date *d)
{
	char text[DATE_TEXT], again[DATE_TEXT];
	struct date back;
	size_t n = date_write(d, text);

	if (d->precision == DATE_NONE || d->precision > DATE_SECOND ||
	    d->month < 1 || d->month > 12 || d->day < 1 || d->day > 31 ||
	    d->hour > 23 || d->minute > 59 || d->second > 60)
		abort();
	if (d->precision == DATE_YEAR)
		return; /* a year alone is one only from 1990 on */
	if (!date_read((struct str){text, n}, DATE_DAY_FIRST, &back, NULL))
		abort();
	(void)date_write(&back, again);
	if (strcmp(text, again) != 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str s = {(const char *)data, size};
	struct date d;
	size_t end;

	for (int order = 0; order < 2; order++) {
		if (date_read(s, (enum date_order)order, &d, &end)) {
			if (end > size)
				abort();
			check(&d);
			(void)date_is_likely(&d, 1700000000);
		}
	}
	if (date_read_path(s, &d))
		check(&d);
	return 0;
}
