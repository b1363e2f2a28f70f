/* SPDX-License-Identifier: MIT
 *
 * texture.c: one pass over a block's text. */
#include "score/texture.h"

#include "base/utf8.h"

/* Of FNV-1a. */
static const uint64_t OFFSET = 0xcbf29ce484222325u, PRIME = 0x100000001b3u;

/* Classes of ASCII; what is not here is TEXTURE_OTHER. */
static const uint8_t ascii_class[128] = {
    ['a' ... 'z'] = TEXTURE_LOWER, ['A' ... 'Z'] = TEXTURE_UPPER,
    ['0' ... '9'] = TEXTURE_DIGIT, [' '] = TEXTURE_SPACE,
    ['\n'] = TEXTURE_SPACE,	   ['\t'] = TEXTURE_SPACE,
    ['.'] = TEXTURE_END,	   ['!'] = TEXTURE_END,
    ['?'] = TEXTURE_END,	   [','] = TEXTURE_COMMA,
    [';'] = TEXTURE_COMMA,	   [':'] = TEXTURE_COLON,
    ['"'] = TEXTURE_QUOTE,	   ['\''] = TEXTURE_QUOTE,
    ['('] = TEXTURE_OPEN,	   ['['] = TEXTURE_OPEN,
    [')'] = TEXTURE_CLOSE,	   [']'] = TEXTURE_CLOSE,
    ['|'] = TEXTURE_BAR,	   ['>'] = TEXTURE_BAR,
    ['/'] = TEXTURE_BAR,	   ['$'] = TEXTURE_MONEY,
};

/* Marks beyond ASCII: code point and class, sorted. */
static const struct {
	uint16_t c;
	uint8_t class;
} marks[] = {
    {0xa3, TEXTURE_MONEY},   {0xa5, TEXTURE_MONEY},   {0xab, TEXTURE_QUOTE},
    {0xb7, TEXTURE_BAR},     {0xbb, TEXTURE_QUOTE},   {0x37e, TEXTURE_END},
    {0x589, TEXTURE_END},    {0x60c, TEXTURE_COMMA},  {0x61b, TEXTURE_COMMA},
    {0x61f, TEXTURE_END},    {0x6d4, TEXTURE_END},    {0x964, TEXTURE_END},
    {0x965, TEXTURE_END},    {0x2018, TEXTURE_QUOTE}, {0x2019, TEXTURE_QUOTE},
    {0x201c, TEXTURE_QUOTE}, {0x201d, TEXTURE_QUOTE}, {0x201e, TEXTURE_QUOTE},
    {0x2022, TEXTURE_BAR},   {0x2026, TEXTURE_END},   {0x2039, TEXTURE_QUOTE},
    {0x203a, TEXTURE_BAR},   {0x20ac, TEXTURE_MONEY}, {0x20b9, TEXTURE_MONEY},
    {0x2190, TEXTURE_BAR},   {0x2192, TEXTURE_BAR},   {0x3001, TEXTURE_COMMA},
    {0x3002, TEXTURE_END},   {0x300c, TEXTURE_QUOTE}, {0x300d, TEXTURE_QUOTE},
    {0x300e, TEXTURE_QUOTE}, {0x300f, TEXTURE_QUOTE}, {0xff01, TEXTURE_END},
    {0xff08, TEXTURE_OPEN},  {0xff09, TEXTURE_CLOSE}, {0xff0c, TEXTURE_COMMA},
    {0xff1a, TEXTURE_COLON}, {0xff1b, TEXTURE_COMMA}, {0xff1f, TEXTURE_END},
    {0xffe5, TEXTURE_MONEY},
};

static enum texture_class mark_class(uint32_t c)
{
	size_t low = 0, high = sizeof(marks) / sizeof(marks[0]);

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (marks[middle].c < c)
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof(marks) / sizeof(marks[0]) && marks[low].c == c
		   ? (enum texture_class)marks[low].class
		   : TEXTURE_OTHER;
}

/* Letters of Greek, Cyrillic and the Latin supplements have case; in the
 * blocks where it alternates the parity tells. */
static enum texture_class wide_class(uint32_t c)
{
	enum texture_class class = mark_class(c);

	if (class != TEXTURE_OTHER || !utf8_is_word(c))
		return class;
	if (c >= 0xc0 && c < 0x100)
		return c < 0xdf ? TEXTURE_UPPER : TEXTURE_LOWER;
	if (c >= 0x100 && c < 0x180)
		return (c & 1) ? TEXTURE_LOWER : TEXTURE_UPPER;
	if (c >= 0x386 && c < 0x3ac)
		return TEXTURE_UPPER;
	if (c >= 0x3ac && c < 0x3cf)
		return TEXTURE_LOWER;
	if (c >= 0x400 && c < 0x430)
		return TEXTURE_UPPER;
	if (c >= 0x430 && c < 0x460)
		return TEXTURE_LOWER;
	return TEXTURE_LETTER;
}

struct reader {
	struct texture *s;
	struct texture_words *words;
	uint32_t counts[TEXTURE_SPACE + 1];
	uint64_t hash;
	uint64_t word; /* hash of the one that is begun, if one is */
	bool in_word;
	uint8_t before;	 /* class of the character before */
	uint8_t solid;	 /* class of the last one that was not white space */
	uint8_t dots;	 /* in a row */
	uint8_t digits;	 /* in a row, up to 5 */
	uint16_t number; /* the first four of them */
	bool ended;	 /* a sentence end, and closing marks after it */
};

static void end_number(struct reader *r)
{
	if (r->digits == 4 && r->number >= 1900 && r->number < 2100)
		r->s->years++;
	r->digits = 0;
	r->number = 0;
}

static void mix(struct reader *r, uint32_t c)
{
	r->hash = (r->hash ^ c) * PRIME;
}

/* What there is no room for is written over by the next. */
static unsigned add_word(struct texture_words *words, unsigned count,
			 uint64_t hash, bool is_one)
{
	words->hashes[count] = hash;
	return count + (is_one & (count < TEXTURE_WORDS));
}

static void end_word(struct reader *r)
{
	r->words->count =
	    add_word(r->words, r->words->count, r->word, r->in_word);
	r->word = OFFSET;
	r->in_word = false;
}

static void take_letter(struct reader *r, uint32_t c)
{
	r->word = (r->word ^ c) * PRIME;
	r->in_word = true;
}

static void take_ascii(struct reader *r, uint32_t c)
{
	if (ascii_word[c] != 0)
		take_letter(r, (unsigned char)ascii_word[c]);
	else
		end_word(r);
}

static void take_wide(struct reader *r, uint32_t c)
{
	if (!utf8_is_wide_word(c)) {
		end_word(r);
	} else if (utf8_is_cjk(c)) {
		end_word(r);
		r->word = c;
		r->in_word = true;
		end_word(r);
	} else {
		take_letter(r, c);
	}
}

static void take(struct reader *r, uint32_t c, enum texture_class class)
{
	struct texture *s = r->s;

	r->counts[class]++;
	s->lines += c == '\n';
	s->marks += c == '@' || c == '#' || c == 0xa9;
	if (class == TEXTURE_DIGIT) {
		if (r->digits == 0)
			mix(r, '0');
		if (r->digits < 4 && c < 0x80)
			r->number = (uint16_t)(r->number * 10 + (c - '0'));
		r->digits += r->digits < 5;
	} else if (r->digits > 0) {
		end_number(r);
	}
	if (class == TEXTURE_LOWER || class == TEXTURE_UPPER ||
	    class == TEXTURE_LETTER)
		mix(r, class == TEXTURE_UPPER && c < 0x80 ? c | 0x20 : c);
	else if (class == TEXTURE_SPACE && r->before != TEXTURE_SPACE)
		mix(r, ' ');
	/* the ideographic full stop needs no white space after it */
	if (class == TEXTURE_END)
		r->ended = true;
	else if (class == TEXTURE_SPACE || r->solid == TEXTURE_LETTER)
		s->sentences += r->ended, r->ended = false;
	else if (class != TEXTURE_QUOTE && class != TEXTURE_CLOSE) {
		s->sentences += r->ended && class == TEXTURE_LETTER;
		r->ended = false;
	}
	r->dots = c == '.' ? (uint8_t)(r->dots + (r->dots < 9)) : 0;
	s->ellipses += c == 0x2026 || r->dots == 3;
	s->trails =
	    c == 0x2026 || r->dots >= 3 ||
	    (s->trails && (class == TEXTURE_SPACE || class == TEXTURE_CLOSE));
	r->before = (uint8_t) class;
	if (class != TEXTURE_SPACE) {
		if (r->solid == TEXTURE_SPACE)
			s->first = (uint8_t) class;
		r->solid = (uint8_t) class;
	}
}

/* Is nothing begun that the next character could go on with or end? */
static bool is_settled(const struct reader *r)
{
	return r->solid != TEXTURE_SPACE && !r->ended && r->digits == 0 &&
	       r->dots == 0 && !r->s->trails;
}

/* Words with single spaces and marks that end no sentence, after what is
 * settled: most text. They change the counts and hashes only, of which the
 * processor computes both at once. */
static size_t take_words(struct reader *r, const char *s, size_t len)
{
	uint64_t hash = r->hash, word = r->word;
	uint8_t before = r->before, solid = r->solid;
	size_t n = 0, lower = 0;
	unsigned count = r->words->count;
	bool in_word = r->in_word;

	for (; n < len; n++) {
		unsigned char c = (unsigned char)s[n];

		if (c >= 'a' && c <= 'z') {
			hash = (hash ^ c) * PRIME;
			word = (word ^ c) * PRIME;
			before = solid = TEXTURE_LOWER;
			in_word = true;
			lower++;
			continue;
		}
		if (c == ' ') {
			if (before == TEXTURE_SPACE)
				break;
			hash = (hash ^ c) * PRIME;
			before = TEXTURE_SPACE;
		} else {
			uint8_t class = c < 0x80 ? ascii_class[c] : TEXTURE_END;

			if (class == TEXTURE_END || class == TEXTURE_DIGIT ||
			    class == TEXTURE_SPACE || c == '@' || c == '#')
				break;
			r->counts[class]++;
			before = solid = class;
			if (class == TEXTURE_UPPER) {
				hash = (hash ^ (c | 0x20)) * PRIME;
				word = (word ^ (c | 0x20)) * PRIME;
				in_word = true;
				continue;
			}
		}
		count = add_word(r->words, count, word, in_word);
		word = OFFSET;
		in_word = false;
	}
	r->words->count = count;
	r->word = word;
	r->in_word = in_word;
	r->hash = hash;
	r->counts[TEXTURE_LOWER] += (uint32_t)lower;
	r->before = before;
	r->solid = solid;
	return n;
}

/* From counts by class to counts by name. */
static void name_counts(const uint32_t *counts, struct texture *out)
{
	out->upper = counts[TEXTURE_UPPER];
	out->lower = counts[TEXTURE_LOWER];
	out->digit = counts[TEXTURE_DIGIT];
	out->letter = counts[TEXTURE_LETTER];
	out->comma = counts[TEXTURE_COMMA];
	out->end = counts[TEXTURE_END];
	out->quote = counts[TEXTURE_QUOTE];
	out->bar = counts[TEXTURE_BAR];
	out->money = counts[TEXTURE_MONEY];
	out->other = counts[TEXTURE_OTHER] + counts[TEXTURE_COLON] +
		     counts[TEXTURE_OPEN] + counts[TEXTURE_CLOSE];
}

void texture_read(struct str text, struct texture *out,
		  struct texture_words *words)
{
	struct reader r = {.s = out,
			   .words = words,
			   .hash = OFFSET,
			   .word = OFFSET,
			   .before = TEXTURE_SPACE,
			   .solid = TEXTURE_SPACE};

	*out = (struct texture){.first = TEXTURE_SPACE};
	words->count = 0;
	for (size_t i = 0; i < text.len;) {
		uint32_t c = (unsigned char)text.data[i];

		if (c < 0x80) {
			take_ascii(&r, c);
			take(&r, c, (enum texture_class)ascii_class[c]);
			i++;
		} else {
			i += utf8_decode(text.data + i, text.len - i, &c);
			take_wide(&r, c);
			take(&r, c, wide_class(c));
		}
		if (is_settled(&r))
			i += take_words(&r, text.data + i, text.len - i);
	}
	end_number(&r);
	end_word(&r);
	name_counts(r.counts, out);
	out->sentences += r.ended;
	out->last = r.solid;
	out->hash = r.hash;
}
