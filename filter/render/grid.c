/* SPDX-License-Identifier: MIT
 *
 * grid.c: lays the cells of a table out in columns, spans and all. */
#include "render/grid.h"

#include <stdlib.h>
#include <string.h>

static unsigned span_of(const struct elem *cell, enum attr attr)
{
	struct str s = str_trim(elem_attr(cell, attr));
	long n = s.len > 0 && s.len < 6 ? strtol(s.data, NULL, 10) : 1;

	return n < 1 ? 1 : n > 1000 ? 1000 : (unsigned)n;
}

static bool has_kept(const struct grid *g, const struct elem *cell)
{
	for (uint32_t b = cell->first_block; b < cell->last_block; b++)
		if (g->selection->verdicts[b].kept)
			return true;
	return false;
}

static enum grid_align align_of(const struct elem *cell)
{
	struct str s = elem_attr(cell, ATTR_ALIGN);

	if (s.len == 0) {
		struct str style = elem_attr(cell, ATTR_STYLE);
		size_t at = str_find_nocase(style, STR("text-align"), 0);

		if (at == SIZE_MAX)
			return ALIGN_NONE;
		s = (struct str){style.data + at + 10, style.len - at - 10};
		s.len = s.len < 10 ? s.len : 10;
	}
	if (str_find_nocase(s, STR("center"), 0) != SIZE_MAX)
		return ALIGN_CENTER;
	if (str_find_nocase(s, STR("right"), 0) != SIZE_MAX)
		return ALIGN_RIGHT;
	return str_find_nocase(s, STR("left"), 0) != SIZE_MAX ? ALIGN_LEFT
							      : ALIGN_NONE;
}

/* Put the cells of a row into columns; returns one past the last column that
 * has something kept. */
static unsigned fill(struct grid *g, uint32_t row)
{
	const struct page *p = g->page;
	unsigned column = 0, used = 0;

	for (unsigned i = 0; i < GRID_COLUMNS; i++)
		g->cells[i] = NO_ELEM;
	for (uint32_t e = row + 1; e < p->elems[row].end; e = p->elems[e].end) {
		const struct elem *cell = &p->elems[e];
		unsigned wide, down;

		if (cell->tag != TAG_TD && cell->tag != TAG_TH)
			continue;
		while (column < GRID_COLUMNS && g->below[column] > 0)
			g->below[column++]--;
		if (column == GRID_COLUMNS)
			break;
		wide = span_of(cell, ATTR_COLSPAN);
		down = span_of(cell, ATTR_ROWSPAN) - 1;
		g->cells[column] = e;
		if (g->align[column] == ALIGN_NONE)
			g->align[column] = (uint8_t)align_of(cell);
		if (has_kept(g, cell))
			used = column + 1;
		for (; wide > 0 && column < GRID_COLUMNS; wide--)
			g->below[column++] = (uint16_t)down;
	}
	for (; column < GRID_COLUMNS; column++)
		g->below[column] -= g->below[column] > 0;
	return used;
}

/* The next row with something kept; its width, 0 at the end. */
static unsigned step(struct grid *g)
{
	const struct page *p = g->page;

	while (g->next < p->elems[g->table].end) {
		uint32_t row = g->next;
		unsigned used;

		if (p->elems[row].tag != TAG_TR) {
			g->next++;
			continue;
		}
		g->next = p->elems[row].end;
		used = fill(g, row);
		if (used > 0)
			return used;
	}
	return 0;
}

void grid_begin(struct grid *g, const struct page *page,
		const struct selection *selection, uint32_t table)
{
	unsigned used;

	*g = (struct grid){.page = page,
			   .selection = selection,
			   .table = table,
			   .next = table + 1};
	while ((used = step(g)) > 0)
		if (used > g->columns)
			g->columns = used;
	g->next = table + 1;
	memset(g->below, 0, sizeof(g->below));
}

bool grid_next(struct grid *g)
{
	return step(g) > 0;
}
