/* SPDX-License-Identifier: MIT
 *
 * date_time.c: the time of day and the zone after a date. */
#include "meta/date_word.h"

static bool is_word(const struct date_word *w, struct str s)
{
	return w->kind == WORD_LETTERS && str_equal_nocase(w->text, s);
}

/* Z, UTC, GMT, +01:00, -0500, after a time. */
static const struct date_word *read_zone(const struct date_word *w,
					 struct date *d)
{
	int sign = w->sign == '+' ? 1 : w->sign == '-' ? -1 : 0;
	int64_t minutes;

	if (is_word(w, STR("z")) || is_word(w, STR("utc")) ||
	    is_word(w, STR("gmt"))) {
		d->zoned = true;
		d->offset = 0;
		if (w[1].kind != WORD_SIGN || w[1].spaced)
			return w + 1;
		return read_zone(w + 1, d); /* GMT+0200; once only: a sign */
	}
	if (w->kind != WORD_SIGN || sign == 0 || w[1].spaced)
		return w;
	if (date_is_number(w + 1, 4, 4)) {
		minutes = w[1].value / 100 * 60 + w[1].value % 100;
		w += 2;
	} else if (date_is_number(w + 1, 2, 2)) {
		minutes = w[1].value * 60;
		w += 2;
		if (date_is_sign(w, ':') && date_is_number(w + 1, 2, 2)) {
			minutes += w[1].value;
			w += 2;
		}
	} else {
		return w;
	}
	if (minutes <= 14 * 60) {
		d->zoned = true;
		d->offset = (int16_t)(sign * minutes);
	}
	return w;
}

const struct date_word *date_read_time(const struct date_word *w,
				       struct date *d)
{
	const struct date_word *t = w;
	int64_t hour;

	for (int i = 0; i < 3 && (date_parts_time(t) ||
				  (t->kind == WORD_SIGN && t->sign != '+'));
	     i++)
		t++;
	if (date_is_number(t, 4, 6) && t->text.len % 2 == 0 && t > w &&
	    is_word(t - 1, STR("t"))) { /* 20200304T101530Z */
		int64_t n = t->text.len == 6 ? t->value : t->value * 100;

		if (n >= 240000 || n / 100 % 100 > 59 || n % 100 > 60)
			return w;
		d->hour = (uint8_t)(n / 10000);
		d->minute = (uint8_t)(n / 100 % 100);
		d->second = (uint8_t)(n % 100);
		d->precision = t->text.len == 6 ? DATE_SECOND : DATE_MINUTE;
		return read_zone(t + 1, d);
	}
	if (!date_is_number(t, 1, 2) || !date_is_sign(t + 1, ':') ||
	    !date_is_number(t + 2, 2, 2) || t[2].spaced || t[2].value > 59)
		return w;
	hour = t->value;
	d->minute = (uint8_t)t[2].value;
	d->precision = DATE_MINUTE;
	t += 3;
	if (date_is_sign(t, ':') && date_is_number(t + 1, 2, 2) &&
	    t[1].value <= 60) {
		d->second = (uint8_t)t[1].value;
		d->precision = DATE_SECOND;
		t += 2;
		if ((date_is_sign(t, '.') || date_is_sign(t, ',')) &&
		    date_is_number(t + 1, 1, 18) && !t[1].spaced)
			t += 2;
	}
	if ((is_word(t, STR("pm")) || is_word(t, STR("p"))) && hour < 12)
		hour += 12;
	else if ((is_word(t, STR("am")) || is_word(t, STR("a"))) && hour == 12)
		hour = 0;
	if (is_word(t, STR("pm")) || is_word(t, STR("am")))
		t++;
	if (hour > 23) {
		d->precision = DATE_DAY;
		return w;
	}
	d->hour = (uint8_t)hour;
	return read_zone(t, d);
}
