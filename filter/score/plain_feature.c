/* SPDX-License-Identifier: MIT
 *
 * plain_feature.c: computes the features of a line from the survey. */
#include "score/plain_feature.h"

enum { FAR = 999, BESIDES = 3, NEAR = 4, WIDE = 12, BESIDE_FEATURES = 5 };

static const char *const names[PLAIN_COUNT] = {
#define PLAIN_NAME(id, name) name,
    PLAIN_TABLE(PLAIN_NAME)
#undef PLAIN_NAME
};

const char *plain_feature_name(unsigned feature)
{
	return feature < PLAIN_COUNT ? names[feature] : "";
}

static float share(double part, double whole)
{
	return whole > 0 ? (float)(part / whole) : 0;
}

static void set_characters(const struct plain_survey *s, uint32_t i, float *row)
{
	const struct plain_line *line = &s->lines[i];
	const struct texture *t = &line->texture;
	double words = (double)line->words + 1;
	double chars = s->plain->page.blocks[i].chars + 1.0;

	row[PLAIN_WORDS] = line->words;
	row[PLAIN_CHARS] = (float)chars;
	row[PLAIN_WORD_LENGTH] = share(chars, words);
	row[PLAIN_CAPITALS] = share(t->upper, t->upper + t->lower + 1.0);
	row[PLAIN_UPPER] = line->upper;
	row[PLAIN_DIGITS] = share(t->digit, chars);
	row[PLAIN_COMMAS] = share(t->comma, words);
	row[PLAIN_ENDS] = share(t->end, words);
	row[PLAIN_SENTENCES] = (float)t->sentences;
	row[PLAIN_SENTENCE_LENGTH] = share(words, t->sentences + 1.0);
	row[PLAIN_QUOTES] = share(t->quote, words);
	row[PLAIN_BARS] = share(t->bar, words);
	row[PLAIN_MONEY] = (float)t->money;
	row[PLAIN_MARKS] = (float)t->marks;
	row[PLAIN_OTHERS] = share(t->other, chars);
	row[PLAIN_YEARS] = (float)t->years;
	row[PLAIN_TRAILS] = t->trails;
	row[PLAIN_FIRST] = t->first;
	row[PLAIN_LAST] = t->last;
	row[PLAIN_CASELESS] = share(t->letter, chars);
	row[PLAIN_ROWS] = line->rows;
	row[PLAIN_BULLET] = line->bullet;
	row[PLAIN_INDENT] = line->indent;
	row[PLAIN_GAP_BEFORE] = line->gap_before;
	row[PLAIN_GAP_AFTER] = line->gap_after;
}

static void set_words(const struct plain_survey *s, uint32_t i, float *row)
{
	const struct plain_line *line = &s->lines[i];

	row[PLAIN_LABEL] = line->label;
	row[PLAIN_FIRST_WORD] = line->first;
	row[PLAIN_FIRST_WORDS] = line->first2;
	row[PLAIN_LAST_WORD] = line->last;
	row[PLAIN_LAST_WORDS] = line->last2;
	row[PLAIN_LOW] = line->low;
	row[PLAIN_HIGH] = line->high;
	row[PLAIN_MEAN] = line->mean;
	row[PLAIN_TOPIC] = line->topic;
	row[PLAIN_ECHO] = line->echo;
	row[PLAIN_TWINS] = (float)s->twins[line->twin];
	row[PLAIN_TWIN_BEFORE] = line->twin_before;
}

/* The lines before and after, the nearest first; -1 words where none is. */
static void set_besides(const struct plain_survey *s, uint32_t i, float *row)
{
	for (uint32_t k = 0; k < 2 * BESIDES; k++) {
		uint32_t away = k / 2 + 1;
		bool there = k % 2 ? i + away < s->count : i >= away;
		const struct plain_line *line =
		    there ? &s->lines[k % 2 ? i + away : i - away] : NULL;
		float *at = row + PLAIN_BEFORE_WORDS + k * BESIDE_FEATURES;

		at[0] = line ? line->words : -1;
		at[1] = line ? line->texture.last : -1;
		at[2] = line ? line->odds : 0;
		at[3] = line ? line->upper : -1;
		at[4] = line ? line->topic : -1;
	}
}

static void set_window(const struct plain_survey *s, uint32_t i, float *row)
{
	for (unsigned k = 0; k < 2; k++) {
		uint32_t reach = k ? WIDE : NEAR;
		uint32_t from = i > reach ? i - reach : 0;
		uint32_t to =
		    s->count - i > reach + 1 ? i + reach + 1 : s->count;
		const struct plain_sums *a = &s->sums[from], *b = &s->sums[to];
		double n = to - from;

		if (k) {
			row[PLAIN_WIDE_WORDS] = share(b->words - a->words, n);
			row[PLAIN_WIDE_LONGS] =
			    share(b->long_lines - a->long_lines, n);
			row[PLAIN_WIDE_ODDS] = share(b->odds - a->odds, n);
			continue;
		}
		row[PLAIN_NEAR_WORDS] = share(b->words - a->words, n);
		row[PLAIN_NEAR_LONGS] = share(b->long_lines - a->long_lines, n);
		row[PLAIN_NEAR_ODDS] = share(b->odds - a->odds, n);
		row[PLAIN_NEAR_TOPIC] = share(b->topic - a->topic, n);
		row[PLAIN_NEAR_TRAILS] = share(b->trails - a->trails, n);
		row[PLAIN_NEAR_ENDS] = share(b->ends - a->ends, n);
		row[PLAIN_NEAR_UPPERS] = share(b->uppers - a->uppers, n);
	}
}

static void set_run(const struct plain_survey *s, uint32_t i, float *row)
{
	const struct plain_line *line = &s->lines[i];
	const struct plain_sums *a = &s->sums[line->run_first];
	const struct plain_sums *b = &s->sums[line->run_end];
	double n = line->run_end - line->run_first;

	row[PLAIN_RUN_LINES] = (float)n;
	row[PLAIN_RUN_BEFORE] = (float)(i - line->run_first);
	row[PLAIN_RUN_AFTER] = (float)(line->run_end - i - 1);
	row[PLAIN_RUN_WORDS] = share(b->words - a->words, n);
	row[PLAIN_RUN_ODDS] = share(b->odds - a->odds, n);
	row[PLAIN_RUN_TOPIC] = share(b->topic - a->topic, n);
	row[PLAIN_RUN_LOW] = line->run_low;
	row[PLAIN_LOW_BEFORE] = line->low_before;
	row[PLAIN_LOW_AFTER] = line->low_after;
	row[PLAIN_LOW_GAP] = (float)line->low_gap;
	row[PLAIN_SHADOW] = line->shadow;
}

static void set_longs(const struct plain_survey *s, uint32_t i, float *row)
{
	const struct plain_line *line = &s->lines[i];
	uint32_t before = line->long_before, after = line->long_after;

	row[PLAIN_LONG_BEFORE] = before != NO_ELEM ? (float)(i - before) : FAR;
	row[PLAIN_LONG_AFTER] = after != NO_ELEM ? (float)(after - i) : FAR;
	row[PLAIN_SINCE_LONG] =
	    before != NO_ELEM
		? (float)(s->sums[i].words - s->sums[before + 1].words)
		: FAR;
	row[PLAIN_UNTIL_LONG] =
	    after != NO_ELEM
		? (float)(s->sums[after].words - s->sums[i + 1].words)
		: FAR;
	row[PLAIN_LONG_BEFORE_WORDS] =
	    before != NO_ELEM ? s->lines[before].words : 0;
	row[PLAIN_LONG_AFTER_WORDS] =
	    after != NO_ELEM ? s->lines[after].words : 0;
}

static void set_place(const struct plain_survey *s, uint32_t i, float *row)
{
	const struct plain_sums *at = &s->sums[i], *all = &s->sums[s->count];
	uint32_t first = s->body_first, end = s->body_end;

	row[PLAIN_AT_LINE] = share(i, s->count);
	row[PLAIN_AT_WORD] = share(at->words, all->words);
	row[PLAIN_AT_LONG] = share(at->longs, all->longs);
	row[PLAIN_FROM_START] = (float)i;
	row[PLAIN_FROM_END] = (float)(s->count - i - 1);
	row[PLAIN_LONGS_BEFORE] = (float)at->longs;
	row[PLAIN_LONGS_AFTER] = (float)(all->longs - s->sums[i + 1].longs);
	row[PLAIN_BODY_PLACE] = i < first ? -1 : i >= end;
	row[PLAIN_BODY_GAP] = i < first	 ? (float)(first - i)
			      : i >= end ? (float)(i + 1 - end)
					 : 0;
	row[PLAIN_BODY_WORDS] =
	    (float)(s->sums[end].longs - s->sums[first].longs);
}

static void set_text(const struct plain_survey *s, float *row)
{
	const struct plain_sums *all = &s->sums[s->count];
	double n = s->count;

	row[PLAIN_ALL_WORDS] = (float)all->words;
	row[PLAIN_ALL_LINES] = (float)n;
	row[PLAIN_ALL_LONGS] = share(all->longs, all->words);
	row[PLAIN_ALL_LONG_LINES] = share(all->long_lines, n);
	row[PLAIN_ALL_LONG_MEAN] = share(all->longs, all->long_lines);
	row[PLAIN_ALL_GAPS] = share(s->gaps, n);
	row[PLAIN_ALL_ODDS] = share(all->odds, n);
	row[PLAIN_ALL_TRAILS] = share(all->trails, n);
	row[PLAIN_ALL_ENDS] = share(all->ends, n);
	row[PLAIN_ALL_CASELESS] = s->caseless;
	row[PLAIN_ALL_WIDTH] = (float)s->plain->width;
	row[PLAIN_ALL_BODY] =
	    share(s->sums[s->body_end].words - s->sums[s->body_first].words,
		  all->words);
}

void plain_feature(const struct plain_survey *s, uint32_t i, float *row)
{
	set_characters(s, i, row);
	set_words(s, i, row);
	set_besides(s, i, row);
	set_window(s, i, row);
	set_run(s, i, row);
	set_longs(s, i, row);
	set_place(s, i, row);
	set_text(s, row);
}
