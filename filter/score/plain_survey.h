/* SPDX-License-Identifier: MIT
 *
 * plain_survey.h: what the features of lines of plain text are computed from.
 * Everything is linear in the length of the text. Included by score/ and
 * train/ only.
 *
 *   Menu        short ┐
 *   News        short ┘ run of short lines
 *   A long …    long  ┐
 *   Heading     short │ body: the stretch with most long text
 *   A long …    long  ┘
 *   Related     short ┐ run */
#ifndef SCORE_PLAIN_SURVEY_H
#define SCORE_PLAIN_SURVEY_H

#include "page/plain.h"
#include "score/lexicon.h"
#include "score/texture.h"

/* A block of the text: a line, or a wrapped paragraph. Odds are log-odds in
 * sixteenths, 0 where nothing is known. */
struct plain_line {
	struct texture texture;
	float words;
	float upper;  /* share of words that begin in upper case */
	float topic;  /* share of names that other long lines have */
	float echo;   /* share of words that the first lines have */
	float shadow; /* worst odds before, less the further away */
	int16_t label, first, first2, last, last2;
	int16_t low, high, mean;	  /* of its words */
	int16_t odds;			  /* of the label, else of the words */
	int16_t run_low;		  /* worst odds of the run */
	int16_t low_before, low_after;	  /* … of its lines before, after */
	uint32_t low_gap;		  /* lines since low_before */
	uint32_t run_first, run_end;	  /* run of short lines around */
	uint32_t long_before, long_after; /* nearest long lines or NO_ELEM */
	uint32_t twin;			  /* number of its text */
	uint16_t indent, gap_before, gap_after; /* columns; blank lines */
	uint8_t bullet, rows; /* rows: lines it was wrapped to */
	bool is_long, twin_before;
};

/* Counts over all lines before one. */
struct plain_sums {
	double words, longs, odds, topic;
	uint32_t long_lines, trails, ends, uppers;
};

struct plain_survey {
	const struct plain *plain;
	uint32_t count;
	struct plain_line *lines;
	struct plain_sums *sums; /* count + 1 */
	uint32_t *twins;	 /* how many lines have this text */
	uint32_t body_first, body_end;
	uint32_t gaps;	/* lines after a blank one */
	float caseless; /* share of letters without case */
};

/* Look at a text; lexicon: of the model for plain text. */
enum pith_status plain_survey(struct arena *arena, const struct plain *plain,
			      const struct lexicon *lexicon,
			      struct plain_survey *out) PITH_CHECKED;

#endif
