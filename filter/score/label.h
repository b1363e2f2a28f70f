/* SPDX-License-Identifier: MIT
 *
 * label.h: what a short text announces by its words alone. Included by below.c
 * only. */
#ifndef SCORE_LABEL_H
#define SCORE_LABEL_H

#include "base/str.h"

enum { LABEL_BYTES = 120 }; /* a longer text is none */

/* Comments below, as "Comments (7)" or "46 Responses to “…”", in one of some
 * thirty languages? The case of letters does not matter. */
bool label_is_comments(struct str text);

/* Other texts, as "Related Posts", "Latest news" or "More from …"? */
bool label_is_others(struct str text);

#endif
