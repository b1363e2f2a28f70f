/* SPDX-License-Identifier: MIT
 *
 * levels.h: how far up from a block the elements stand that it shares with
 * others. Included by survey.c only. */
#ifndef SCORE_LEVELS_H
#define SCORE_LEVELS_H

#include "score/survey.h"

/* Fill s->levels; headings, long blocks and the headline must be known. */
enum pith_status levels_make(struct arena *arena,
			     struct survey *s) PITH_CHECKED;

#endif
