/* SPDX-License-Identifier: MIT
 *
 * label.h: what a short text announces by its words alone. Included by below.c
 * only. */
#ifndef SCORE_LABEL_H
#define SCORE_LABEL_H

#include "base/str.h"

enum label {
	LABEL_NONE,
	LABEL_COMMENTS, /* "Comments (7)", "46 Responses to “…”" */
	LABEL_OTHERS	/* "Related Posts", "Latest news", "More from …" */
};

enum { LABEL_BYTES = 120 }; /* a longer text is none */

/* In one of some thirty languages; the case of letters does not matter. */
enum label label_of(struct str text);

#endif
