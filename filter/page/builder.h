/* SPDX-License-Identifier: MIT
 *
 * builder.h: the block in work: where it began, its text and its spans.
 * Shared by block.c, which walks the tree, and builder.c, which gathers what
 * the walk passes. Included by those two only.
 *
 *   frames  html > body > p > a      the open elements
 *                         |   `- span 7, open
 *                         `- context: kind, list, cell … of the text here
 */
#ifndef PAGE_BUILDER_H
#define PAGE_BUILDER_H

#include "page/block.h"
#include "page/seam.h"
#include "page/text.h"

/* What a block inherits from the elements around it. */
struct context {
	uint32_t block_elem, cell, list, item;
	uint8_t kind, level, quotes, lists;
	bool pre, code, link;
	bool muted; /* text here is no block */
};

/* An open element. */
struct frame {
	struct context context;
	uint32_t elem;
	const void *node; /* block.c's business */
	unsigned next_child;
	uint32_t span; /* of an inline element: its index in page.spans */
	struct text_mark mark; /* and where it begins in the block in work */
};

struct builder {
	struct arena *arena;
	const struct thin_page *thin;
	struct page *page;
	size_t elem_cap, block_cap, span_cap;
	struct frame *frames; /* the path from html to the present element */
	size_t depth, frame_cap;
	size_t inlines;	      /* of the frames, those of inline elements */
	struct text text;     /* of the block in work */
	struct seam seam;     /* and in it */
	struct context begun; /* where the block in work began */
	uint32_t first_span;  /* of the block in work */
	uint32_t common;      /* innermost element around its text so far */
	uint32_t reach;	      /* the same, were text to follow here */
	uint32_t last_item;   /* item of the block before */
	unsigned breaks;      /* br since the last text */
	bool cut;	      /* the block in work follows <br><br> */
	struct text title;
	uint32_t title_elem; /* the first title element, or NO_ELEM */
};

/* Where html stands: in nothing. */
extern const struct context builder_outermost;

/* What an element changes for the text in it. */
void builder_context(struct context *c, enum tag tag, const struct elem *e,
		     uint32_t index);

/* Begin the span of the inline element f. */
enum pith_status builder_open_span(struct builder *b,
				   struct frame *f) PITH_CHECKED;

/* End the block in work, if it has text. */
enum pith_status builder_flush(struct builder *b) PITH_CHECKED;

/* Text of the present element, with stand-ins for runs in it. */
enum pith_status builder_add(struct builder *b, struct str s) PITH_CHECKED;

#endif
