/* SPDX-License-Identifier: MIT
 *
 * byline.c: recognizes a date by its numbers, so that any language will do, and
 * a name by the word before it. Metadata has both. */
#include "score/byline.h"

#include <string.h>

#include "base/utf8.h"
#include "score/phrase.h"

enum {
	NAME_WORDS = 7,	 /* with "by", and an office */
	DATE_WORDS = 12, /* as block_words counts: "14 January 2012 Last updated
			  * at 09:47 GMT" has nine */
	DATE_NAMES = 4,	 /* of weekday and month */
	YEAR_FIRST = 1900,
	YEAR_LAST = 2099,
	LARGEST = 59 /* minutes */
};

/* What a line is made of. A word is two names: Han, Kana and Hangul are counted
 * by the character, of which two make about a word. */
struct parts {
	unsigned names, numbers, years;
	bool clock; /* hours and minutes with a colon between */
	bool other; /* a number that is no part of a date */
};

static void note_number(struct parts *p, unsigned digits, unsigned long value)
{
	p->numbers++;
	if (digits == 4 && value >= YEAR_FIRST && value <= YEAR_LAST)
		p->years++;
	else if (digits > 2 || value > LARGEST)
		p->other = true;
}

static struct parts parts_of(struct str s)
{
	struct parts p = {0};
	unsigned digits = 0, colon = 0; /* digits before a colon */
	unsigned long value = 0;
	bool inside = false; /* a word that is counted */

	for (size_t i = 0; i <= s.len;) {
		uint32_t c = ' ';
		bool digit;

		i += i < s.len ? utf8_decode(s.data + i, s.len - i, &c) : 1;
		digit = c < 0x80 && ascii_digit((char)c);
		if (digit) {
			value = digits < 9 ? 10 * value + (c - '0') : value;
			digits++;
			continue;
		}
		if (digits > 0) {
			note_number(&p, digits, value);
			p.clock |= colon > 0 && digits == 2;
			colon = c == ':' && digits <= 2 ? digits : 0;
			digits = 0;
			value = 0;
			/* "14th", "9am", 2031年3月14日 */
			inside = !utf8_is_cjk(c) && utf8_is_word(c);
			continue;
		}
		colon = 0;
		if (utf8_is_cjk(c))
			p.names++;
		else if (utf8_is_word(c) && !inside)
			p.names += 2;
		inside = !utf8_is_cjk(c) && utf8_is_word(c);
	}
	return p;
}

/* A line of its own, not one of a list. */
static bool is_line(const struct block *b, float words)
{
	return b->kind == BLOCK_PARAGRAPH && b->quotes == 0 &&
	       b->words <= words;
}

bool byline_is_date(const struct block *b)
{
	struct parts p;

	if (!is_line(b, DATE_WORDS))
		return false;
	p = parts_of(b->text);
	return p.years == 1 && p.numbers >= 2 && !p.other &&
	       p.names <= (p.clock ? 2 * (p.numbers + 1) : DATE_NAMES);
}

bool byline_is_name(const struct block *b)
{
	static const struct str by[] = {
	    PHRASE("by"),  PHRASE("written by"), PHRASE("posted by"),
	    PHRASE("af"),  PHRASE("av"),	 PHRASE("door"),
	    PHRASE("von"), PHRASE("par"),	 PHRASE("por"),
	    PHRASE("di"),  PHRASE("Автор"),	 PHRASE("Του")};
	struct str s = b->text;

	if (!is_line(b, NAME_WORDS) || s.len == 0 ||
	    strchr(".!?:;,", s.data[s.len - 1]) != NULL)
		return false;
	for (size_t i = 0; i < PHRASE_COUNT(by); i++) {
		uint32_t c = 0;
		size_t n = by[i].len;

		if (s.len < n + 2 || s.data[n] != ' ' ||
		    !str_equal_nocase((struct str){s.data, n}, by[i]))
			continue;
		(void)utf8_decode(s.data + n + 1, s.len - n - 1, &c);
		if (utf8_lower(c) != c)
			return true;
	}
	return false;
}
