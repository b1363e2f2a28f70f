/* SPDX-License-Identifier: MIT
 *
 * shape.h: which tables hold data and which lists are lists, as opposed to
 * those that only lay a page out. Included by render/ only. */
#ifndef RENDER_SHAPE_H
#define RENDER_SHAPE_H

#include "base/arena.h"
#include "page/block.h"
#include "score/score.h"

/* One entry an element: for a table whether its rows are rows, for a list
 * whether its items are marked and whether blank lines part them. */
enum {
	SHAPE_DATA = 1, /* table: a row a line */
	SHAPE_LIST = 2, /* ul, ol: items carry a marker */
	SHAPE_LOOSE = 4 /* list: some item holds several paragraphs */
};

struct shape {
	const struct page *page;
	uint8_t *flags;	  /* SHAPE_… by element */
	uint32_t *number; /* by element: what an item of an ol shows, else 0 */
	uint32_t *first;  /* by element: first kept block of an item */
};

/* Look at a page's kept blocks. */
enum pith_status shape_build(struct arena *arena, const struct page *page,
			     const struct selection *selection,
			     struct shape *out) PITH_CHECKED;

/* Nearest ancestor-or-self of e with that tag, NO_ELEM if there is none. */
uint32_t shape_nearest(const struct page *page, uint32_t e, enum tag tag);

/* The list an element is an item of: the nearest around it, NO_ELEM if there
 * is none. */
uint32_t shape_list_of(const struct page *page, uint32_t item);

/* Outermost ul, ol, dl, menu or dir around a block that is a list, NO_ELEM if
 * there is none; in a cell, none outside of it counts. */
uint32_t shape_list_root(const struct shape *shape, const struct block *b);

#endif
