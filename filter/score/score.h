/* SPDX-License-Identifier: MIT
 *
 * score.h: blocks in, kept blocks and the page's confidence out. The one door
 * of score/ for pith.c; feature, lexicon, model and select stand behind it.
 * Included by pith.c and render/. */
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "base/arena.h"
#include "page/block.h"

struct model;

/* What select may be told. */
struct score_options {
	double bias;	 /* added to each logit; > 0 keeps more */
	bool keep_doubt; /* print a page below the confidence floor too */
};

/* What became of a block. */
struct verdict {
	float score; /* probability of being article text */
	bool kept;
	uint8_t rule; /* enum select_rule: which rule decided */
};

/* What became of the page. */
struct selection {
	struct verdict *verdicts; /* one a block, in the arena */
	double confidence;	  /* expected F1, 0 to 1 */
	bool found;		  /* the page has an article */
};

/* Score and select the blocks of a page with a model (NULL: the built-in). */
enum pith_status score_page(struct arena *arena, const struct page *page,
			    const struct model *model,
			    const struct score_options *options,
			    struct selection *out) PITH_CHECKED;

/* A word or two for a rule of select; static. */
const char *score_rule_name(unsigned rule);

#endif
