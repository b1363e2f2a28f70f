/* SPDX-License-Identifier: MIT
 *
 * plain_score.h: lines of plain text in, kept lines and confidence out: what
 * score.h is for pages. Included by pith.c, score/ and train/. */
#ifndef SCORE_PLAIN_SCORE_H
#define SCORE_PLAIN_SCORE_H

#include "page/plain.h"
#include "score/score.h"

struct plain_survey;

/* Score and select the lines of a text. */
enum pith_status plain_score(struct arena *arena, const struct plain *plain,
			     const struct score_options *options,
			     struct selection *out) PITH_CHECKED;

/* Select by logits; out->verdicts has room for all lines. For train/ and the
 * above. */
void plain_select(const struct plain_survey *s, const float *logits,
		  const struct score_options *options, struct selection *out);

#endif
