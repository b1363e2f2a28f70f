/* SPDX-License-Identifier: MIT
 *
 * shape.c: tells tables and lists of data from those of layout. */
#include "render/shape.h"

#include <stdlib.h>

enum {
	/* A cell of a data table that holds more words is a column of a page.
	 * Of the tables of the training pages that are kept, 95 % of those
	 * with a th have no longer cell. */
	CELL_WORDS = 80,
	CELL_BLOCKS = 6,
	ITEM_BLOCKS = 3
};

uint32_t shape_nearest(const struct page *page, uint32_t e, enum tag tag)
{
	while (e != NO_ELEM && page->elems[e].tag != tag)
		e = page->elems[e].parent;
	return e;
}

static bool is_list(unsigned tag)
{
	return tag == TAG_UL || tag == TAG_OL || tag == TAG_DL ||
	       tag == TAG_MENU || tag == TAG_DIR;
}

/* A table is data unless it nests a table, has no two cells side by side, or
 * a cell in it is a column of the page. */
static void judge_tables(struct shape *shape)
{
	const struct page *p = shape->page;

	for (uint32_t i = 0; i < p->elem_count; i++) {
		const struct elem *e = &p->elems[i];
		uint32_t table, outer;

		if (e->tag == TAG_TABLE) {
			outer = e->parent == NO_ELEM
				    ? NO_ELEM
				    : shape_nearest(p, e->parent, TAG_TABLE);
			if (outer != NO_ELEM)
				shape->flags[outer] &= (uint8_t)~SHAPE_DATA;
		}
		if (e->tag != TAG_TD && e->tag != TAG_TH)
			continue;
		table = shape_nearest(p, i, TAG_TABLE);
		if (table != NO_ELEM && e->end < p->elem_count &&
		    p->elems[e->end].parent == e->parent &&
		    (p->elems[e->end].tag == TAG_TD ||
		     p->elems[e->end].tag == TAG_TH))
			shape->flags[table] |= SHAPE_DATA;
	}
	for (uint32_t i = 0; i < p->elem_count; i++) {
		const struct elem *e = &p->elems[i];
		uint32_t table;
		float words = 0;

		if (e->tag != TAG_TD && e->tag != TAG_TH)
			continue;
		table = shape_nearest(p, i, TAG_TABLE);
		if (table == NO_ELEM || !(shape->flags[table] & SHAPE_DATA))
			continue;
		for (uint32_t b = e->first_block; b < e->last_block; b++) {
			words += p->blocks[b].words;
			if (p->blocks[b].kind == BLOCK_HEADING ||
			    p->blocks[b].kind == BLOCK_PREFORMATTED)
				words += CELL_WORDS;
		}
		if (words > CELL_WORDS ||
		    e->last_block - e->first_block > CELL_BLOCKS)
			shape->flags[table] &= (uint8_t)~SHAPE_DATA;
	}
	/* a table around a table is never data, whatever came after */
	for (uint32_t i = 0; i < p->elem_count; i++) {
		uint32_t parent = p->elems[i].parent;

		if (p->elems[i].tag != TAG_TABLE || parent == NO_ELEM)
			continue;
		parent = shape_nearest(p, parent, TAG_TABLE);
		if (parent != NO_ELEM)
			shape->flags[parent] &= (uint8_t)~SHAPE_DATA;
	}
}

uint32_t shape_list_of(const struct page *p, uint32_t item)
{
	uint32_t list = p->elems[item].parent;

	while (list != NO_ELEM && !is_list(p->elems[list].tag))
		list = p->elems[list].parent;
	return list;
}

static uint32_t start_of(const struct elem *list)
{
	struct str start = elem_attr(list, ATTR_START);
	long n =
	    start.len > 0 && start.len < 9 ? strtol(start.data, NULL, 10) : 1;

	return n > 0 ? (uint32_t)n : 1;
}

/* Number the items; the list's own entry counts. */
static void number_items(struct shape *shape)
{
	const struct page *p = shape->page;

	for (uint32_t i = 0; i < p->elem_count; i++) {
		uint32_t list;

		shape->first[i] = UINT32_MAX;
		if (p->elems[i].tag == TAG_OL)
			shape->number[i] = start_of(&p->elems[i]);
		if (p->elems[i].tag != TAG_LI)
			continue;
		list = shape_list_of(p, i);
		if (list != NO_ELEM && p->elems[list].tag == TAG_OL)
			shape->number[i] = shape->number[list]++;
	}
}

/* A list is a list unless an item of it holds a heading or many blocks: then
 * it lays out posts or teasers. */
static void judge_lists(struct shape *shape, const struct selection *s)
{
	const struct page *p = shape->page;

	for (uint32_t i = 0; i < p->elem_count; i++)
		if (is_list(p->elems[i].tag))
			shape->flags[i] |= SHAPE_LIST;
	for (uint32_t i = 0; i < p->elem_count; i++) {
		const struct elem *e = &p->elems[i];
		uint32_t list, own = 0;

		if (e->tag != TAG_LI && e->tag != TAG_DD)
			continue;
		list = shape_list_of(p, i);
		if (list == NO_ELEM)
			continue;
		for (uint32_t b = e->first_block;
		     b < e->last_block && own <= ITEM_BLOCKS; b++) {
			if (!s->verdicts[b].kept || p->blocks[b].item != i)
				continue;
			if (shape->first[i] == UINT32_MAX)
				shape->first[i] = b;
			own++;
			if (p->blocks[b].kind == BLOCK_HEADING)
				own += ITEM_BLOCKS;
		}
		if (own > 1)
			shape->flags[list] |= SHAPE_LOOSE;
		if (own > ITEM_BLOCKS)
			shape->flags[list] &= (uint8_t)~SHAPE_LIST;
	}
}

enum pith_status shape_build(struct arena *arena, const struct page *page,
			     const struct selection *selection,
			     struct shape *out)
{
	size_t n = page->elem_count + 1u;

	out->page = page;
	out->flags = arena_calloc(arena, n, sizeof(*out->flags));
	out->number = arena_calloc(arena, n, sizeof(*out->number));
	out->first = arena_calloc(arena, n, sizeof(*out->first));
	if (out->flags == NULL || out->number == NULL || out->first == NULL)
		return arena_status(arena);
	judge_tables(out);
	number_items(out);
	judge_lists(out, selection);
	return PITH_OK;
}

uint32_t shape_list_root(const struct shape *shape, const struct block *b)
{
	const struct page *p = shape->page;
	uint32_t root = NO_ELEM;

	for (uint32_t e = b->list; e != NO_ELEM; e = p->elems[e].parent) {
		if (p->elems[e].tag == TAG_TD || p->elems[e].tag == TAG_TH)
			break;
		if (is_list(p->elems[e].tag) && (shape->flags[e] & SHAPE_LIST))
			root = e;
	}
	return root;
}
