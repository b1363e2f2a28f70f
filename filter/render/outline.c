/* SPDX-License-Identifier: MIT
 *
 * outline.c: looks for boxes from a block outwards. */
#include "render/outline.h"

/* Note a box; they come innermost first, the outermost must stay. */
static void note(struct outline *o, unsigned *seen, uint32_t elem,
		 enum box_kind kind)
{
	o->boxes[(*seen)++ % OUTLINE_DEPTH] = (struct box){elem, kind};
}

void outline_of(const struct shape *shape, uint32_t e, bool with_dl,
		struct outline *out)
{
	const struct page *p = shape->page;
	struct outline inner;
	unsigned seen = 0;

	while (e != NO_ELEM) {
		unsigned tag = p->elems[e].tag;

		if (tag == TAG_TD || tag == TAG_TH)
			break;
		if (tag == TAG_BLOCKQUOTE)
			note(&inner, &seen, e, BOX_QUOTE);
		if (tag == TAG_LI ||
		    (with_dl && (tag == TAG_DT || tag == TAG_DD))) {
			uint32_t list = shape_list_of(p, e);

			if (list != NO_ELEM &&
			    (shape->flags[list] & SHAPE_LIST) &&
			    (p->elems[list].tag == TAG_DL) == (tag != TAG_LI)) {
				note(&inner, &seen, e, BOX_ITEM);
				note(&inner, &seen, list, BOX_LIST);
				e = list;
			}
		}
		e = p->elems[e].parent;
	}
	out->depth = seen < OUTLINE_DEPTH ? seen : OUTLINE_DEPTH;
	for (unsigned i = 0; i < out->depth; i++)
		out->boxes[i] = inner.boxes[(seen - 1 - i) % OUTLINE_DEPTH];
	/* a list without its item says nothing */
	if (out->depth > 0 && out->boxes[out->depth - 1].kind == BOX_LIST)
		out->depth--;
}

unsigned outline_common(const struct outline *a, const struct outline *b)
{
	unsigned i = 0;

	while (i < a->depth && i < b->depth &&
	       a->boxes[i].elem == b->boxes[i].elem)
		i++;
	return i;
}

uint32_t outline_table(const struct shape *shape, const struct block *b)
{
	uint32_t table;

	if (b->cell == NO_ELEM)
		return NO_ELEM;
	table = shape_nearest(shape->page, b->cell, TAG_TABLE);
	if (table == NO_ELEM || !(shape->flags[table] & SHAPE_DATA) ||
	    shape_nearest(shape->page, b->cell, TAG_TR) == NO_ELEM)
		return NO_ELEM;
	return table;
}

uint32_t outline_anchor(const struct shape *shape, const struct block *b)
{
	uint32_t table = outline_table(shape, b);

	return table != NO_ELEM ? table : b->elem;
}
