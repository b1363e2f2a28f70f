/* SPDX-License-Identifier: MIT
 *
 * outline.h: the quotes and lists around a block, as Markdown and HTML nest
 * them. Included by render/ only. */
#ifndef RENDER_OUTLINE_H
#define RENDER_OUTLINE_H

#include "render/shape.h"

enum {
	OUTLINE_DEPTH = 32 /* boxes deeper than that are left out */
};

enum box_kind { BOX_QUOTE, BOX_LIST, BOX_ITEM };

struct box {
	uint32_t elem;
	enum box_kind kind;
};

struct outline {
	struct box boxes[OUTLINE_DEPTH]; /* outermost first */
	unsigned depth;
};

/* The boxes around the element e: blockquotes, and lists that are lists (with
 * dl or without) with the item it stands in. */
void outline_of(const struct shape *shape, uint32_t e, bool with_dl,
		struct outline *out);

/* How many boxes two have in common, from the outermost. */
unsigned outline_common(const struct outline *a, const struct outline *b);

/* The element whose boxes count for a block: its table if that holds data,
 * else its innermost block element. */
uint32_t outline_anchor(const struct shape *shape, const struct block *b);

/* The data table a block is in a cell of, or NO_ELEM. */
uint32_t outline_table(const struct shape *shape, const struct block *b);

#endif
