/* SPDX-License-Identifier: MIT
 *
 * grid.h: a data table as rows of equal length. Included by render/ only. */
#ifndef RENDER_GRID_H
#define RENDER_GRID_H

#include "render/shape.h"

enum {
	GRID_COLUMNS = 64 /* cells further right join the last column's row */
};

enum grid_align { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

struct grid {
	const struct page *page;
	const struct selection *selection;
	uint32_t table;
	unsigned columns;	      /* with something kept in them */
	uint8_t align[GRID_COLUMNS];  /* enum grid_align */
	uint32_t next;		      /* element to look at for a row */
	uint16_t below[GRID_COLUMNS]; /* rows a cell still reaches down */
	uint32_t cells[GRID_COLUMNS]; /* of the row: its td or th; NO_ELEM
				       * where a cell spans, or none is */
};

/* Look at a table; the first row comes with grid_next. */
void grid_begin(struct grid *g, const struct page *page,
		const struct selection *selection, uint32_t table);

/* The next row that has something kept, in g->cells; false at the end. */
bool grid_next(struct grid *g);

#endif
