/* SPDX-License-Identifier: MIT
 *
 * score.h: blocks in, kept blocks and the page's confidence out. The one door
 * of score/ for pith.c; feature, lexicon, model and select stand behind it.
 * Included by pith.c and render/. */
#ifndef SCORE_SCORE_H
#define SCORE_SCORE_H

#include "base/arena.h"
#include "base/err.h"
#include "page/block.h"

struct model;

/* What select may be told. */
struct score_options {
	double bias;	  /* added to each logit; > 0 keeps more */
	double threshold; /* keep blocks of this probability and above;
			   * 0: as many as promise the best F1 */
	bool keep_doubt;  /* print a page below the confidence floor too */
	unsigned reasons; /* how many to give for each block; 0 is fastest */
};

/* A feature that moved a block's score. */
struct reason {
	uint16_t feature; /* for score_feature_name */
	float value;	  /* of the feature */
	float share;	  /* of the logit; > 0 speaks for the block */
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
	struct reason *reasons;	  /* options.reasons a block, the strongest
				   * first; NULL if none were asked for */
	double confidence;	  /* expected F1, 0 to 1 */
	bool found;		  /* the page has an article */
};

/* Score and select the blocks of a page with a model (NULL: the built-in). */
enum pith_status score_page(struct arena *arena, const struct page *page,
			    const struct model *model,
			    const struct score_options *options,
			    struct selection *out) PITH_CHECKED;

/* Read a model from the bytes of a file. PITH_FAILED (CAUSE_MODEL) if it is
 * damaged or of another version, or asks for features unknown here. *out is
 * freed by model_free. */
enum pith_status model_load(struct str bytes, struct model **out,
			    struct err *err) PITH_CHECKED;

/* Free a loaded model; NULL is allowed. */
void model_free(struct model *m);

/* Name of a feature, and what it says; static. "" outside the table, which has
 * score_feature_count() of them. */
const char *score_feature_name(unsigned feature);
const char *score_feature_meaning(unsigned feature);
unsigned score_feature_count(void);

/* A word or two for a rule of select; static. */
const char *score_rule_name(unsigned rule);

/* Did it find readers' comments below the article? The first such block is
 * their label. */
bool score_rule_is_comment(unsigned rule);

#endif
