/* SPDX-License-Identifier: MIT
 *
 * inline.h: the text of a block as a row of pieces, each in one style.
 * Included by render/ only.
 *
 *   Some <b>bold <a>link</a></b> text
 *   |----|-----|----|-----------|      pieces: "", strong, strong + link, ""
 */
#ifndef RENDER_INLINE_H
#define RENDER_INLINE_H

#include "page/block.h"

enum {
	STYLE_STRONG = 1,
	STYLE_EM = 2,
	STYLE_CODE = 4,
	STYLE_DEL = 8,
	STYLE_SUB = 16,
	STYLE_SUP = 32
};

struct piece {
	uint32_t start, end; /* bytes of the block's text; equal for an image */
	uint32_t link;	     /* innermost a with an href, or NO_ELEM */
	uint32_t image;	     /* img, or NO_ELEM */
	unsigned style;	     /* STYLE_ */
};

enum {
	INLINE_DEPTH = 64 /* deeper inline elements count for nothing */
};

struct inline_walk {
	const struct page *page;
	const struct block *block;
	uint32_t next; /* span not yet begun */
	uint32_t at;   /* byte not yet given */
	unsigned depth;
	struct {
		uint32_t end, link;
		unsigned style;
	} stack[INLINE_DEPTH];
};

/* Begin at the start of a block. */
void inline_begin(struct inline_walk *w, const struct page *page,
		  const struct block *block);

/* The next piece, two neighbours never alike; false at the end. */
bool inline_next(struct inline_walk *w, struct piece *out);

/* Where an img is loaded from, as the page has it: the late source before the
 * stand-in. Empty if there is none. */
struct str inline_image_source(const struct elem *img);

/* Is it a picture, as opposed to a pixel that counts visitors? */
bool inline_image_is_shown(const struct elem *img);

/* Is it so small that it is a picture only beside words? */
bool inline_image_is_icon(const struct elem *img);

#endif
