/* SPDX-License-Identifier: MIT
 *
 * repeat.h: texts that stand on a page more than once. Included by select.c
 * and gap.c only. */
#ifndef SCORE_REPEAT_H
#define SCORE_REPEAT_H

#include "score/score.h"
#include "score/survey.h"

/* Is block i a text of some length that was kept before: the page for other
 * screens, or the article once more for a dialog? */
bool repeat_is(const struct survey *s, const struct selection *out, uint32_t i);

/* Drop what is. */
void repeat_drop(const struct survey *s, struct selection *out);

#endif
