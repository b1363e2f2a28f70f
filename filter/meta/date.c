/* SPDX-License-Identifier: MIT
 *
 * date.c: finds a date in a text. Each form is a function that is tried where
 * a number or the name of a month stands. */
#include "meta/date.h"

#include <stdio.h>

#include "meta/date_word.h"

enum { FIRST_YEAR = 1990, MAX_YEAR = 2199, MINUTES_A_DAY = 24 * 60 };

static unsigned days_in(int year, unsigned month)
{
	static const uint8_t days[12] = {31, 28, 31, 30, 31, 30,
					 31, 31, 30, 31, 30, 31};
	bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

	return days[month - 1] + (month == 2 && leap);
}

static bool set(struct date *d, int64_t year, int64_t month, int64_t day)
{
	if (year < 1000 || year > MAX_YEAR || month < 1 || month > 12 ||
	    day < 1 || day > days_in((int)year, (unsigned)month))
		return false;
	*d = (struct date){.year = (int16_t)year,
			   .month = (uint8_t)month,
			   .day = (uint8_t)day,
			   .precision = DATE_DAY};
	return true;
}

static bool set_month(struct date *d, int64_t year, int64_t month)
{
	if (!set(d, year, month, 1))
		return false;
	d->precision = DATE_MONTH;
	return true;
}

/* Days since 1970-01-01; Howard Hinnant's days_from_civil. */
static int64_t day_number(int year, unsigned month, unsigned day)
{
	int64_t y = year - (month <= 2);
	int64_t era = y / 400; /* years are positive */
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;

	return era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468;
}

/* The inverse, civil_from_days, with the time of day; in UTC. */
static bool set_epoch(struct date *d, int64_t seconds)
{
	int64_t z = seconds / 86400 + 719468, era = z / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int64_t month = mp < 10 ? mp + 3 : mp - 9;

	if (!set(d, yoe + era * 400 + (month <= 2), month,
		 doy - (153 * mp + 2) / 5 + 1))
		return false;
	d->hour = (uint8_t)(seconds / 3600 % 24);
	d->minute = (uint8_t)(seconds / 60 % 60);
	d->second = (uint8_t)(seconds % 60);
	d->precision = DATE_SECOND;
	d->zoned = true;
	return true;
}

static bool begins(const struct date_word *w, struct str s)
{
	return w->kind == WORD_LETTERS && w->text.len >= s.len &&
	       str_equal((struct str){w->text.data, s.len}, s);
}

/* Past "th", ".", "de" … : at most three words that say nothing. */
static const struct date_word *skip(const struct date_word *w)
{
	for (int i = 0; i < 3; i++, w++)
		if (!date_is_filler(w) &&
		    !(w->kind == WORD_SIGN &&
		      (w->sign == '.' || w->sign == ',' || w->sign == '-' ||
		       w->sign == '/' || w->sign == '\'')))
			break;
	return w;
}

/* A year of four digits, or of two beside a month in words. */
static int64_t year_of(const struct date_word *w)
{
	if (date_is_number(w, 4, 4))
		return w->value;
	if (date_is_number(w, 2, 2))
		return w->value + (w->value < 70 ? 2000 : 1900);
	return 0;
}

/* 2020-03-04, 2020/3/4, 2020. 3. 4., 2020-03 */
static const struct date_word *read_ymd(const struct date_word *w,
					struct date *d)
{
	char sign = w[1].sign;

	if (!date_is_number(w, 4, 4) || w[1].kind != WORD_SIGN || w[1].spaced ||
	    !date_is_number(w + 2, 1, 2) ||
	    (sign != '-' && sign != '/' && sign != '.'))
		return NULL;
	if (w[2].spaced && sign != '.')
		return NULL;
	if (date_is_sign(w + 3, sign) && date_is_number(w + 4, 1, 2) &&
	    (!w[4].spaced || sign == '.') &&
	    set(d, w->value, w[2].value, w[4].value))
		return w + 5;
	if (sign == '-' && w[2].text.len == 2 && !date_is_sign(w + 3, '-') &&
	    set_month(d, w->value, w[2].value))
		return w + 3;
	return NULL;
}

/* 2020年3月4日, 2020년 3월 4일 */
static const struct date_word *read_cjk(const struct date_word *w,
					struct date *d)
{
	if (!date_is_number(w, 4, 4) ||
	    !(begins(w + 1, STR("年")) || begins(w + 1, STR("년"))) ||
	    !date_is_number(w + 2, 1, 2) ||
	    !(begins(w + 3, STR("月")) || begins(w + 3, STR("월"))))
		return NULL;
	if (date_is_number(w + 4, 1, 2) &&
	    (begins(w + 5, STR("日")) || begins(w + 5, STR("일"))) &&
	    set(d, w->value, w[2].value, w[4].value))
		return w + 6;
	return set_month(d, w->value, w[2].value) ? w + 4 : NULL;
}

/* 20200304 alone, 20200304T… */
static const struct date_word *read_compact(const struct date_word *w,
					    struct date *d)
{
	int64_t n = w->value;

	if (!date_is_number(w, 8, 8) ||
	    !(w[1].kind == WORD_END ||
	      (w[1].kind == WORD_LETTERS && !w[1].spaced &&
	       str_equal_nocase(w[1].text, STR("t")))))
		return NULL;
	return set(d, n / 10000, n / 100 % 100, n % 100) ? w + 1 : NULL;
}

/* 3/4/2020, 4.3.2020, 04-03-2020, 4/3/20 */
static const struct date_word *
read_numbers(const struct date_word *w, enum date_order order, struct date *d)
{
	char sign = w[1].sign;
	int64_t day, month, year;

	if (!date_is_number(w, 1, 2) || w[1].kind != WORD_SIGN || w[1].spaced ||
	    (sign != '-' && sign != '/' && sign != '.') ||
	    !date_is_number(w + 2, 1, 2) || !date_is_sign(w + 3, sign) ||
	    !date_is_number(w + 4, 2, 4) || w[4].text.len == 3 ||
	    date_is_sign(w + 5, sign))
		return NULL;
	if ((w[2].spaced || w[4].spaced) && sign != '.')
		return NULL;
	if (w[4].text.len == 2 && (sign == '-' || w[2].text.len != 2))
		return NULL; /* a version, a score */
	year = year_of(w + 4);
	day = w->value;
	month = w[2].value;
	if (month > 12 ||
	    (day <= 12 && sign != '.' && order == DATE_MONTH_FIRST)) {
		day = w[2].value;
		month = w->value;
	}
	return set(d, year, month, day) ? w + 5 : NULL;
}

/* 4 March 2020, 4th of March, 2020, 4. März 2020, 4-Mar-20 */
static const struct date_word *read_day_month(const struct date_word *w,
					      struct date *d)
{
	const struct date_word *m, *y;
	unsigned month;

	if (!date_is_number(w, 1, 2))
		return NULL;
	m = skip(w + 1);
	month = date_month(m);
	if (month == 0)
		return NULL;
	y = skip(m + 1);
	return set(d, year_of(y), month, w->value) ? y + 1 : NULL;
}

/* March 4th, 2020; Mar 4 10:00:00 CET 2020; March 2020 */
static const struct date_word *read_month(const struct date_word *w,
					  struct date *d)
{
	const struct date_word *n, *y;
	unsigned month;

	/* few words have a number after them: spare the others the search */
	if (w[1].kind != WORD_NUMBER && w[2].kind != WORD_NUMBER &&
	    w[3].kind != WORD_NUMBER)
		return NULL;
	month = date_month(w);
	if (month == 0)
		return NULL;
	n = skip(w + 1);
	if (date_is_number(n, 4, 4))
		return set_month(d, n->value, month) ? n + 1 : NULL;
	if (!date_is_number(n, 1, 2))
		return NULL;
	y = skip(n + 1);
	if (date_is_number(y, 2, 2) && date_is_sign(y + 1, ':')) {
		for (int i = 0;
		     i < 6 && !date_is_number(y, 4, 4) && y->kind != WORD_END;
		     i++)
			y++;
	} else if (date_is_number(y, 2, 2) && y[-1].sign != '\'' &&
		   y[-1].sign != ',') {
		return NULL;
	}
	return set(d, year_of(y), month, n->value) ? y + 1 : NULL;
}

/* 2020 March 4, 2020-Mar-04, 2020. március 4. */
static const struct date_word *read_year_month(const struct date_word *w,
					       struct date *d)
{
	const struct date_word *m, *n;
	unsigned month;

	if (!date_is_number(w, 4, 4))
		return NULL;
	m = skip(w + 1);
	if (date_is_number(m, 1, 2) && date_month(skip(m + 1)) > 0) {
		/* 2020. gada 4. marts */
		n = skip(m + 1);
		return set(d, w->value, date_month(n), m->value) ? n + 1 : NULL;
	}
	month = date_month(m);
	if (month == 0)
		return NULL;
	n = skip(m + 1);
	if (date_is_number(n, 1, 2))
		return set(d, w->value, month, n->value) ? n + 1 : NULL;
	return NULL;
}

static const struct date_word *read_at(const struct date_word *w,
				       enum date_order order, struct date *d)
{
	const struct date_word *end = NULL;

	if (w->kind == WORD_LETTERS)
		return read_month(w, d);
	if (w->kind != WORD_NUMBER)
		return NULL;
	if ((end = read_ymd(w, d)) || (end = read_cjk(w, d)) ||
	    (end = read_compact(w, d)) || (end = read_numbers(w, order, d)) ||
	    (end = read_day_month(w, d)))
		return end;
	return read_year_month(w, d);
}

/* A text that is a number and nothing else. */
static bool read_bare(const struct date_word *w, struct date *d)
{
	if (w->kind != WORD_NUMBER || w[1].kind != WORD_END)
		return false;
	if (w->text.len == 10)
		return set_epoch(d, w->value);
	if (w->text.len == 13)
		return set_epoch(d, w->value / 1000);
	if (w->text.len != 4 || w->value < FIRST_YEAR ||
	    !set(d, w->value, 1, 1))
		return false;
	d->precision = DATE_YEAR;
	return true;
}

static bool has_digit(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_digit(s.data[i]))
			return true;
	return false;
}

/* Is a word the middle of a row of numbers, as in 1.2.3.2020? */
static bool is_inside(const struct date_word *words, size_t i)
{
	return i >= 2 && !words[i].spaced && !words[i - 1].spaced &&
	       words[i - 2].kind == WORD_NUMBER &&
	       (words[i - 1].sign == '.' || words[i - 1].sign == '-' ||
		words[i - 1].sign == '/');
}

bool date_read(struct str s, enum date_order order, struct date *out,
	       size_t *end)
{
	struct date_word words[DATE_WORDS];
	const struct date_word *after = NULL;

	if (end != NULL)
		*end = 0;
	*out = (struct date){0};
	if (s.len > DATE_READ_MAX)
		s.len = DATE_READ_MAX;
	if (!has_digit(s))
		return false;
	date_words(s, words);
	if (read_bare(words, out)) {
		after = words + 1;
	} else {
		for (size_t i = 0; words[i].kind != WORD_END && !after; i++)
			if (!is_inside(words, i))
				after = read_at(&words[i], order, out);
		if (after != NULL && out->precision == DATE_DAY)
			after = date_read_time(after, out);
	}
	if (after != NULL && end != NULL)
		*end =
		    (size_t)(after[-1].text.data + after[-1].text.len - s.data);
	return after != NULL;
}

bool date_read_path(struct str path, struct date *out)
{
	struct date_word w[DATE_WORDS];

	if (path.len > DATE_READ_MAX)
		path.len = DATE_READ_MAX;
	*out = (struct date){0};
	if (!has_digit(path))
		return false;
	date_words(path, w);
	for (size_t i = 0; w[i].kind != WORD_END; i++) {
		const struct date_word *end;

		if (i == 0 || !date_is_sign(&w[i - 1], '/'))
			continue;
		if (date_is_number(&w[i], 8, 8) &&
		    set(out, w[i].value / 10000, w[i].value / 100 % 100,
			w[i].value % 100))
			return true;
		end = read_ymd(&w[i], out);
		if (end == NULL)
			end = read_year_month(&w[i], out);
		if (end != NULL && out->precision == DATE_DAY)
			return true;
		if (date_is_number(&w[i], 4, 4) &&
		    date_is_sign(&w[i + 1], '/') &&
		    date_is_number(&w[i + 2], 2, 2) &&
		    date_is_sign(&w[i + 3], '/') &&
		    set_month(out, w[i].value, w[i + 2].value))
			return true;
	}
	*out = (struct date){0};
	return false;
}

static int64_t minutes_of(const struct date *d, int precision)
{
	int64_t days =
	    day_number(d->year, precision >= DATE_MONTH ? d->month : 1,
		       precision >= DATE_DAY ? d->day : 1);

	if (precision < DATE_MINUTE)
		return days * MINUTES_A_DAY;
	return days * MINUTES_A_DAY + d->hour * 60 + d->minute -
	       (d->zoned ? d->offset : 0);
}

bool date_is_likely(const struct date *d, int64_t now)
{
	return d->precision != DATE_NONE && d->year >= FIRST_YEAR &&
	       minutes_of(d, d->precision) <= now / 60 + MINUTES_A_DAY;
}

int date_compare(const struct date *a, const struct date *b)
{
	int precision =
	    a->precision < b->precision ? a->precision : b->precision;
	int64_t x = minutes_of(a, precision), y = minutes_of(b, precision);

	return x < y ? -1 : x > y;
}

size_t date_write(const struct date *d, char out[DATE_TEXT])
{
	int n = 0;

	if (d->precision >= DATE_YEAR)
		n = snprintf(out, DATE_TEXT, "%04d", d->year);
	if (d->precision >= DATE_MONTH)
		n +=
		    snprintf(out + n, DATE_TEXT - (size_t)n, "-%02u", d->month);
	if (d->precision >= DATE_DAY)
		n += snprintf(out + n, DATE_TEXT - (size_t)n, "-%02u", d->day);
	if (d->precision >= DATE_MINUTE)
		n += snprintf(out + n, DATE_TEXT - (size_t)n, "T%02u:%02u",
			      d->hour, d->minute);
	if (d->precision >= DATE_SECOND)
		n += snprintf(out + n, DATE_TEXT - (size_t)n, ":%02u",
			      d->second);
	if (d->precision >= DATE_MINUTE && d->zoned && d->offset == 0)
		n += snprintf(out + n, DATE_TEXT - (size_t)n, "Z");
	else if (d->precision >= DATE_MINUTE && d->zoned)
		n += snprintf(out + n, DATE_TEXT - (size_t)n, "%c%02d:%02d",
			      d->offset < 0 ? '-' : '+',
			      (d->offset < 0 ? -d->offset : d->offset) / 60,
			      (d->offset < 0 ? -d->offset : d->offset) % 60);
	out[n] = '\0';
	return (size_t)n;
}
