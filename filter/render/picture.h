/* SPDX-License-Identifier: MIT
 *
 * picture.h: images that stand on their own between the kept blocks. Included
 * by render/ only. */
#ifndef RENDER_PICTURE_H
#define RENDER_PICTURE_H

#include "render/render.h"

/* Is the box around an element the article's, by the words that are kept in
 * it? */
bool picture_is_of_article(const struct page *page,
			   const struct selection *selection, uint32_t e);

/* Walks the images of a part that are in no kept block, in document order. */
struct picture_walk {
	const struct document *d;
	const struct part *part;
	uint32_t next; /* element */
};

void picture_begin(struct picture_walk *w, const struct document *d,
		   const struct part *part);

/* The next image that stands before block `before` (block_count: the rest);
 * NO_ELEM if there is none. */
uint32_t picture_next(struct picture_walk *w, uint32_t before);

#endif
