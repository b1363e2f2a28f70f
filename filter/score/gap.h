/* SPDX-License-Identifier: MIT
 *
 * gap.h: what belongs to the text around it, whatever its own score. Included
 * by select.c only. */
#ifndef SCORE_GAP_H
#define SCORE_GAP_H

#include "score/score.h"
#include "score/survey.h"

/* Is block i the caption of a picture, and not of a quote, a listing or a table
 * that is kept? */
bool gap_is_picture(const struct survey *s, const struct selection *out,
		    uint32_t i);

/* Keep what stands between blocks that are kept, and what names them, if only
 * their score speaks against it, and not too loudly. */
void gap_fill(const struct survey *s, const float *logits,
	      struct selection *out);

#endif
