/* SPDX-License-Identifier: MIT
 *
 * seam.h: tells where two inline elements side by side are two things, though
 * no white space stands between them. Included by block.c and builder.[ch].
 *
 *   <span class=brand>Acme</span><span class=name>Anvil 3</span>
 *                         |      `- after another begins: a seam
 *                         `- one ends
 */
#ifndef PAGE_SEAM_H
#define PAGE_SEAM_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "page/tag.h"

/* Where in the text of the block in work elements begin and end. Starts
 * zeroed, and so for each block. */
struct seam {
	size_t at, before;   /* the last place, and the last before it */
	bool closed, opened; /* at it: one ended; after that another began */
};

/* An element ends where the text has len bytes so far, or begins there. */
void seam_close(struct seam *s, enum tag tag, size_t len);
void seam_open(struct seam *s, enum tag tag, size_t len);

/* Does a seam part the text so far from what follows? */
bool seam_parts(const struct seam *s, struct str text, struct str next);

#endif
