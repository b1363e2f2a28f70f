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
	X(DOUBT, "doubt")     /* dropped: the page seems to have no article */

enum select_rule {
#define SELECT_ENUM(id, name) RULE_##id,
	SELECT_RULES(SELECT_ENUM)
#undef SELECT_ENUM
	    RULE_COUNT
};

/* Decide. out->verdicts has room for all blocks; logits is changed. */
enum pith_status select_blocks(struct arena *arena, const struct survey *s,
			       const struct model *model,
			       const struct score_options *options,
			       float *logits,
			       struct selection *out) PITH_CHECKED;

#endif
