/* SPDX-License-Identifier: MIT
 *
 * nodes.h: the part of a survey that concerns elements. Included by survey.c
 * only. */
#ifndef SCORE_NODES_H
#define SCORE_NODES_H

#include "score/survey.h"

/* Fill s->nodes and s->anchors; sums and textures must be there. */
enum pith_status nodes_make(struct arena *arena, const struct lexicon *lexicon,
			    struct survey *s) PITH_CHECKED;

#endif
