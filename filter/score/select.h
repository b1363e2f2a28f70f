/* SPDX-License-Identifier: MIT
 *
 * select.h: from the blocks' logits to the blocks that are kept. Included by
 * score.c and plain_select.c only. */
#ifndef SCORE_SELECT_H
#define SCORE_SELECT_H

#include "score/model.h"
#include "score/score.h"
#include "score/survey.h"

/* Which rule decided what became of a block. */
#define SELECT_RULES(X)                                                        \
	X(SCORE, "score")     /* kept: above the page's cut */                 \
	X(CUT, "cut")	      /* dropped: below it */                          \
	X(TITLE, "title")     /* dropped: the title of the page */             \
	X(TWIN, "repeat")     /* dropped: the same text is kept elsewhere */   \
	X(GAP, "gap")	      /* kept: it stands between what is kept */       \
	X(CAPTION, "caption") /* dropped: it tells of a picture */             \
	X(POINTER, "pointer") /* dropped: "Also read: …" */                  \
	X(CREDIT, "credit")   /* dropped: "Source: …", a copyright */        \
	X(BUTTON, "button")   /* dropped: "Read more", "Advertisement" */      \
	X(BYLINE, "byline")   /* dropped: who wrote it and when, above it */   \
	X(COMMENT, "comment") /* dropped: what readers wrote below */          \
	X(OTHER, "other")     /* dropped: "Related posts" and what follows */  \
	X(DOUBT, "doubt")     /* dropped: the page seems to have no article */

enum select_rule {
#define SELECT_ENUM(id, name) RULE_##id,
	SELECT_RULES(SELECT_ENUM)
#undef SELECT_ENUM
	    RULE_COUNT
};

/* Block i is none of the article, by a rule. */
static inline void select_drop(struct selection *out, uint32_t i,
			       enum select_rule rule)
{
	out->verdicts[i].kept = false;
	out->verdicts[i].rule = (uint8_t)rule;
}

/* Blocks by their logits: which make the cut, and, in out->confidence, the F1
 * to expect of it. out->verdicts has room for all blocks. raw: what the model
 * said; logits gets what the cut went by. */
enum pith_status select_rank(struct arena *arena, const struct survey *s,
			     const struct score_options *options,
			     const float *raw, float *logits,
			     struct selection *out) PITH_CHECKED;

/* The other rules, and the page's confidence, from what select_rank left. */
void select_finish(const struct survey *s, const struct model *model,
		   const struct score_options *options, const float *logits,
		   struct selection *out);

#endif
