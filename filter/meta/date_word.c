/* SPDX-License-Identifier: MIT
 *
 * date_word.c: cuts a text into words and looks them up. */
#include "meta/date_word.h"

#include <string.h>

#include "base/utf8.h"

static const struct {
	const char *names;
} months[12] = {
#include "meta/month.inc"
};

static const char fillers[] =
    " st nd rd th er de del of di den do d º ª year año г года року р m gada"
    " dne the le ";
static const char before_times[] = " at um à as às a las alle kl klo o godz о"
				   " в t om ";

/* Is the word one of a list in lower case, spaces around each? */
static bool is_in(const struct date_word *w, const char *list)
{
	char folded[64] = " ";
	size_t n = 1;

	if (w->kind != WORD_LETTERS || w->text.len > 40)
		return false;
	for (size_t i = 0; i < w->text.len;) {
		uint32_t c;

		i += utf8_decode(w->text.data + i, w->text.len - i, &c);
		n += utf8_put(utf8_lower(c), folded + n);
		if (n > sizeof(folded) - 6)
			return false;
	}
	folded[n++] = ' ';
	folded[n] = '\0';
	return strstr(list, folded) != NULL;
}

unsigned date_month(const struct date_word *w)
{
	if (w->kind != WORD_LETTERS || w->text.len < 3)
		return 0;
	for (unsigned m = 0; m < 12; m++)
		if (is_in(w, months[m].names))
			return m + 1;
	return 0;
}

bool date_is_filler(const struct date_word *w)
{
	return is_in(w, fillers);
}

bool date_parts_time(const struct date_word *w)
{
	return is_in(w, before_times);
}

static bool is_space(uint32_t c)
{
	return c <= 0x20 || c == 0xa0 || c == 0x2009 || c == 0x202f;
}

/* The word that begins at s.data[at], a character of n bytes. */
static size_t cut(struct str s, size_t at, size_t n, uint32_t c,
		  struct date_word *w)
{
	size_t i = at + n;

	w->value = -1;
	if (c - '0' < 10) {
		w->kind = WORD_NUMBER;
		while (i < s.len && ascii_digit(s.data[i]))
			i++;
		for (size_t k = at; k < i && i - at <= 18; k++)
			w->value =
			    (k > at ? w->value * 10 : 0) + (s.data[k] - '0');
	} else if (utf8_is_word(c)) {
		w->kind = WORD_LETTERS;
		while (i < s.len && !ascii_digit(s.data[i])) {
			n = utf8_decode(s.data + i, s.len - i, &c);
			if (!utf8_is_word(c))
				break;
			i += n;
		}
	} else {
		w->kind = WORD_SIGN;
		w->sign = (char)(c < 0x80 ? c : 0);
		if (c >= 0x2010 && c <= 0x2015)
			w->sign = '-';
	}
	w->text = (struct str){s.data + at, i - at};
	return i;
}

void date_words(struct str s, struct date_word out[DATE_WORDS])
{
	size_t i = 0, count = 0;
	bool spaced = false;

	while (i < s.len && count < DATE_WORDS - DATE_AHEAD) {
		uint32_t c;
		size_t n = utf8_decode(s.data + i, s.len - i, &c);

		if (is_space(c)) {
			spaced = true;
			i += n;
			continue;
		}
		out[count] = (struct date_word){.spaced = spaced};
		i = cut(s, i, n, c, &out[count++]);
		spaced = false;
	}
	for (size_t end = count + DATE_AHEAD; count < end; count++)
		out[count] = (struct date_word){.text = {s.data + i, 0}};
}

bool date_is_number(const struct date_word *w, size_t least, size_t most)
{
	return w->kind == WORD_NUMBER && w->text.len >= least &&
	       w->text.len <= most;
}

bool date_is_sign(const struct date_word *w, char sign)
{
	return w->kind == WORD_SIGN && w->sign == sign && !w->spaced;
}
