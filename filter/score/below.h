/* SPDX-License-Identifier: MIT
 *
 * below.h: what stands below an article, or in it, under a label that says
 * that it is something else. Included by select.c only. */
#ifndef SCORE_BELOW_H
#define SCORE_BELOW_H

#include "score/score.h"
#include "score/survey.h"

/* Blocks first to before end. */
struct below {
	uint32_t first, end;
};

/* Where readers' comments on an article begin; they go on to the page's end.
 * The label is the only one of its kind as far as blocks are kept, the page is
 * no thread of a forum by its own address, no other chapter follows, and what
 * is kept before the label is likelier than what is kept behind it. logits: of
 * all blocks, whose verdicts are in out. Nothing: an empty range. */
struct below below_comments(const struct survey *s, const float *logits,
			    const struct selection *out);

struct below_mean {
	double sum, weight;
};

/* On the way through a page's blocks: what was kept so far. */
struct below_walk {
	uint32_t at, end;
	unsigned labels;
	float words;
	struct below_mean before;
};

/* Begin at the first block. */
struct below_walk below_begin(const struct survey *s,
			      const struct selection *out);

/* The next other texts under a label of their own: what stands in the same
 * element behind it, if it is less likely than what is kept before. To be
 * dropped before the next call. False if there are no more. */
bool below_others(const struct survey *s, const float *logits,
		  const struct selection *out, struct below_walk *walk,
		  struct below *range);

#endif
