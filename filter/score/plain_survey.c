/* SPDX-License-Identifier: MIT
 *
 * plain_survey.c: looks at the lines of a text, each for itself and among the
 * others. */
#include "score/plain_survey.h"

#include <string.h>

#include "score/plain_word.h"
#include "score/table.h"

enum {
	LONG_WORDS = 20,   /* a line with as many is text */
	LONG_SENTENCE = 9, /* … or with as many that ends a sentence */
	HEAD_LINES = 3,	   /* lines that may be the title */
	HEAD_LEAST = 4,
	HEAD_MOST = 30,	    /* words of those */
	NAMES_MAX = 1 << 20 /* names remembered of one text */
};

/* What is left of a bad label's shadow after a short line and a long one. */
static const float SHADOW_SHORT = 0.92f, SHADOW_LONG = 0.75f;

/* What a line that is no text costs a body that goes over it, in words. */
static const double BODY_SHORT = 12, BODY_LONG = 4;

static int16_t odds_of(const struct lexicon *l, uint32_t key)
{
	int odds = key != 0 ? lexicon_find(l, key) : LEXICON_NONE;

	return (int16_t)(odds == LEXICON_NONE ? 0 : odds);
}

static void read_odds(struct plain_line *line, struct str text,
		      const struct lexicon *l)
{
	struct plain_keys keys;
	int sum = 0;

	plain_keys(text, &keys);
	line->label = odds_of(l, keys.label);
	line->first = odds_of(l, keys.first);
	line->first2 = odds_of(l, keys.first2);
	line->last = odds_of(l, keys.last);
	line->last2 = odds_of(l, keys.last2);
	for (unsigned i = 0; i < keys.count; i++) {
		int16_t odds = odds_of(l, keys.words[i]);

		sum += odds;
		if (odds < line->low)
			line->low = odds;
		if (odds > line->high)
			line->high = odds;
	}
	line->mean = (int16_t)(keys.count ? sum / (int)keys.count : 0);
	line->odds = line->label != 0 ? line->label : line->mean;
}

static uint16_t count_breaks(const char *from, const char *to)
{
	uint16_t n = 0;

	for (; from < to; from++)
		n = (uint16_t)(n + (*from == '\n' && n < UINT16_MAX));
	return n;
}

/* Where a line stands, by the white space around it. */
static void read_layout(struct plain_survey *s, uint32_t i)
{
	const struct plain *p = s->plain;
	struct plain_line *line = &s->lines[i];
	struct str raw = p->lines[i];
	uint16_t breaks, at = 0;

	while (at < raw.len && ascii_space(raw.data[at]))
		at++;
	line->indent = at;
	line->bullet =
	    at + 1u < raw.len &&
	    (raw.data[at + 1] == ' ' || (unsigned char)raw.data[at] >= 0xe2) &&
	    !ascii_alpha(raw.data[at]) && !ascii_digit(raw.data[at]) &&
	    line->texture.first != TEXTURE_QUOTE;
	breaks = count_breaks(raw.data, raw.data + raw.len);
	line->rows = (uint8_t)(breaks < UINT8_MAX ? breaks + 1 : UINT8_MAX);
	if (i == 0)
		return;
	breaks =
	    count_breaks(p->lines[i - 1].data + p->lines[i - 1].len, raw.data);
	line->gap_before = (uint16_t)(breaks > 0 ? breaks - 1 : 0);
	s->lines[i - 1].gap_after = line->gap_before;
	s->gaps += line->gap_before > 0;
}

static void read_line(struct plain_survey *s, uint32_t i,
		      const struct lexicon *lexicon)
{
	const struct block *b = &s->plain->page.blocks[i];
	struct plain_line *line = &s->lines[i];
	struct plain_words r = {.text = b->text};
	struct texture_words unused;
	struct plain_word w;
	unsigned cased = 0, upper = 0;

	texture_read(b->text, &line->texture, &unused);
	line->words = b->words;
	while (plain_word_next(&r, &w)) {
		cased += w.cased;
		upper += w.upper;
	}
	line->upper = cased > 0 ? (float)upper / (float)cased : 0.5f;
	line->is_long = b->words >= LONG_WORDS ||
			(b->words >= LONG_SENTENCE &&
			 line->texture.sentences > 0 && !line->texture.trails);
	read_odds(line, b->text, lexicon);
	read_layout(s, i);
}

/* How often each name occurs, in how many long lines: by number. */
struct names {
	struct table table;
	uint32_t *lines; /* long lines with the name */
	uint32_t *seen;	 /* the last of them, + 1 */
	uint32_t max;
};

static enum pith_status
count_names(struct arena *arena, const struct plain_survey *s, struct names *n)
{
	double words = 16;
	enum pith_status status;

	for (uint32_t i = 0; i < s->count; i++)
		if (s->lines[i].is_long)
			words += 2 * (double)s->lines[i].words;
	n->max = words < NAMES_MAX ? (uint32_t)words : NAMES_MAX;
	status = table_init(&n->table, arena, n->max);
	n->lines = arena_calloc(arena, n->max + 1u, sizeof(*n->lines));
	n->seen = arena_calloc(arena, n->max + 1u, sizeof(*n->seen));
	if (status != PITH_OK || n->lines == NULL || n->seen == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->count; i++) {
		struct plain_words r = {.text = s->plain->page.blocks[i].text};
		struct plain_word w;

		while (s->lines[i].is_long && n->table.count < n->max &&
		       plain_word_next(&r, &w)) {
			uint32_t number;

			if (!w.name)
				continue;
			number = table_number(&n->table, w.hash);
			if (number >= n->max || n->seen[number] == i + 1)
				continue;
			n->seen[number] = i + 1;
			n->lines[number]++;
		}
	}
	return PITH_OK;
}

/* Share of a line's names that other long lines have too. */
static void compare_topics(struct plain_survey *s, struct names *n)
{
	for (uint32_t i = 0; i < s->count; i++) {
		struct plain_line *line = &s->lines[i];
		struct plain_words r = {.text = s->plain->page.blocks[i].text};
		struct plain_word w;
		uint32_t all = 0, shared = 0;

		while (plain_word_next(&r, &w)) {
			uint32_t number;

			if (!w.name)
				continue;
			all++;
			number = table_find(&n->table, w.hash);
			shared +=
			    number < n->max && n->lines[number] > line->is_long;
		}
		line->topic = all > 0 ? (float)shared / (float)all : 0.5f;
	}
}

/* Share of a line's words that the first lines have, which may be titles. */
static enum pith_status compare_heads(struct arena *arena,
				      struct plain_survey *s)
{
	struct table heads;
	enum pith_status status =
	    table_init(&heads, arena, 4 * HEAD_LINES * HEAD_MOST);
	uint32_t found[HEAD_LINES], count = 0;

	if (status != PITH_OK)
		return status;
	for (uint32_t i = 0; i < s->count && count < HEAD_LINES; i++) {
		struct plain_words r = {.text = s->plain->page.blocks[i].text};
		struct plain_word w;

		if (s->lines[i].words < HEAD_LEAST ||
		    s->lines[i].words > HEAD_MOST)
			continue;
		found[count++] = i;
		while (plain_word_next(&r, &w))
			(void)table_number(&heads, w.hash);
	}
	for (uint32_t i = 0; i < s->count; i++) {
		struct plain_words r = {.text = s->plain->page.blocks[i].text};
		struct plain_word w;
		uint32_t all = 0, shared = 0;
		bool own = false;

		for (uint32_t k = 0; k < count; k++)
			own = own || found[k] == i;
		while (!own && all < 2 * HEAD_MOST && plain_word_next(&r, &w)) {
			all++;
			shared += table_find(&heads, w.hash) != UINT32_MAX;
		}
		s->lines[i].echo = all > 0 ? (float)shared / (float)all
				   : own   ? 1.0f
					   : 0.0f;
	}
	return PITH_OK;
}

static enum pith_status find_twins(struct arena *arena, struct plain_survey *s)
{
	struct table twins;
	enum pith_status status = table_init(&twins, arena, s->count);

	s->twins = arena_calloc(arena, s->count, sizeof(*s->twins));
	if (status != PITH_OK || s->twins == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->count; i++) {
		struct plain_line *line = &s->lines[i];

		line->twin = table_number(&twins, line->texture.hash);
		line->twin_before = s->twins[line->twin]++ > 0;
	}
	return PITH_OK;
}

/* Runs of short lines, the worst label in each, and the nearest long lines. */
static void find_runs(struct plain_survey *s)
{
	uint32_t near = NO_ELEM, first = 0, low_at = 0;
	int16_t low = 0;
	float shadow = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		struct plain_line *line = &s->lines[i];

		line->shadow = shadow;
		shadow *= line->is_long ? SHADOW_LONG : SHADOW_SHORT;
		if (!line->is_long && (float)line->odds < shadow)
			shadow = line->odds;
		line->long_before = near;
		if (i == 0 || line->is_long || s->lines[i - 1].is_long) {
			first = low_at = i;
			low = 0;
		}
		line->run_first = first;
		line->low_before = low;
		line->low_gap = i - low_at;
		if (line->odds < low) {
			low = line->odds;
			low_at = i;
		}
		if (line->is_long)
			near = i;
	}
	near = NO_ELEM;
	for (uint32_t i = s->count; i-- > 0;) {
		struct plain_line *line = &s->lines[i];
		bool ends = i + 1 == s->count || line->is_long ||
			    s->lines[i + 1].is_long;

		line->long_after = near;
		line->run_end = ends ? i + 1 : s->lines[i + 1].run_end;
		line->low_after = ends ? 0 : low;
		low = ends || line->odds < low ? line->odds : low;
		if (low > 0)
			low = 0;
		if (line->is_long)
			near = i;
	}
	for (uint32_t i = 0; i < s->count; i++) {
		struct plain_line *line = &s->lines[i];
		int16_t a = line->low_before, b = line->low_after;

		line->run_low = a < b ? a : b;
		if (line->odds < line->run_low)
			line->run_low = line->odds;
	}
}

static void add_sums(struct plain_survey *s)
{
	uint64_t letters = 0, caseless = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const struct plain_line *line = &s->lines[i];
		const struct texture *t = &line->texture;
		struct plain_sums *sums = &s->sums[i + 1];

		*sums = s->sums[i];
		sums->words += (double)line->words;
		sums->longs += line->is_long ? (double)line->words : 0;
		sums->odds += line->odds;
		sums->topic += (double)line->topic;
		sums->long_lines += line->is_long;
		sums->trails += t->trails;
		sums->ends += t->last == TEXTURE_END;
		sums->uppers += line->upper > 0.6f;
		letters += t->upper + t->lower + t->letter;
		caseless += t->letter;
	}
	s->caseless = letters > 0 ? (float)caseless / (float)letters : 0;
}

/* The stretch of lines with the largest sum, long lines adding their words,
 * short ones taking some away: the article, in most texts. */
static void find_body(struct plain_survey *s)
{
	double sum = 0, best = 0;
	uint32_t first = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const struct plain_line *line = &s->lines[i];

		if (sum <= 0) {
			sum = 0;
			first = i;
		}
		sum += line->is_long ? (double)line->words - BODY_LONG
				     : -BODY_SHORT;
		if (sum > best) {
			best = sum;
			s->body_first = first;
			s->body_end = i + 1;
		}
	}
}

enum pith_status plain_survey(struct arena *arena, const struct plain *plain,
			      const struct lexicon *lexicon,
			      struct plain_survey *out)
{
	struct plain_survey *s = out;
	struct names names;
	enum pith_status status;

	*s = (struct plain_survey){.plain = plain,
				   .count = plain->page.block_count};
	s->lines = arena_calloc(arena, s->count, sizeof(*s->lines));
	s->sums = arena_calloc(arena, s->count + 1u, sizeof(*s->sums));
	if (s->lines == NULL || s->sums == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->count; i++) {
		read_line(s, i, lexicon);
		status = arena_check_time(arena);
		if (status != PITH_OK)
			return status;
	}
	status = count_names(arena, s, &names);
	if (status == PITH_OK)
		compare_topics(s, &names);
	if (status == PITH_OK)
		status = compare_heads(arena, s);
	if (status == PITH_OK)
		status = find_twins(arena, s);
	if (status != PITH_OK)
		return status;
	find_runs(s);
	add_sums(s);
	find_body(s);
	return PITH_OK;
}
