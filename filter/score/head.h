/* SPDX-License-Identifier: MIT
 *
 * head.h: the part of a survey that concerns the page's head: its title and
 * description, and the blocks that echo them. Included by score/ only. */
#ifndef SCORE_HEAD_H
#define SCORE_HEAD_H

#include "score/survey.h"

/* Fill in the survey's echoes, headline and types. */
enum pith_status head_read(struct arena *arena, struct survey *s) PITH_CHECKED;

#endif
