/* SPDX-License-Identifier: MIT
 *
 * dateline.c: recognizes a date by its numbers. Metadata has it; names of
 * months are not asked for, so that any language will do. */
#include "score/dateline.h"

#include "base/utf8.h"

enum {
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

bool dateline_block(const struct block *b)
{
	struct parts p;

	if (b->kind != BLOCK_PARAGRAPH || b->quotes > 0 ||
	    b->words > DATE_WORDS)
		return false;
	p = parts_of(b->text);
	return p.years == 1 && p.numbers >= 2 && !p.other &&
	       p.names <= (p.clock ? 2 * (p.numbers + 1) : DATE_NAMES);
}
