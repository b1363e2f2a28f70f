/* SPDX-License-Identifier: MIT
 *
 * picture.c: tells the article's pictures from the page's: the box around one
 * has more kept words than others. */
#include "render/picture.h"

#include "render/inline.h"

enum {
	OUTWARDS = 4,	 /* boxes around an image that are asked */
	WORDS_MIN = 20,	 /* kept words that make a box the article's */
	BLOCKS_MAX = 400 /* of a box that are looked at */
};

void picture_begin(struct picture_walk *w, const struct document *d,
		   const struct part *part)
{
	*w = (struct picture_walk){d, part, d->images ? 0 : UINT32_MAX};
}

/* Is it shown with the text of a kept block? */
static bool is_inline(const struct picture_walk *w, uint32_t img)
{
	const struct page *p = w->d->page;
	uint32_t b = p->elems[img].first_block;

	if (b >= p->block_count || !w->part->selection.verdicts[b].kept)
		return false;
	for (uint32_t i = 0; i < p->blocks[b].span_count; i++)
		if (p->spans[p->blocks[b].first_span + i].elem == img)
			return true;
	return false;
}

bool picture_is_of_article(const struct page *p,
			   const struct selection *selection, uint32_t e)
{
	e = p->elems[e].parent;

	for (int i = 0; i < OUTWARDS && e != NO_ELEM; i++) {
		const struct elem *box = &p->elems[e];
		float kept = 0, other = 0;

		for (uint32_t b = box->first_block;
		     b < box->last_block && b < box->first_block + BLOCKS_MAX;
		     b++)
			*(selection->verdicts[b].kept ? &kept : &other) +=
			    p->blocks[b].words;
		/* a caption of its own is the picture's */
		if (kept >= WORDS_MIN && kept > other)
			return true;
		if (other > WORDS_MIN && other > kept)
			return false;
		e = box->parent;
	}
	return false;
}

uint32_t picture_next(struct picture_walk *w, uint32_t before)
{
	const struct page *p = w->d->page;

	while (w->next < p->elem_count) {
		uint32_t e = w->next;

		if (p->elems[e].first_block > before)
			break;
		w->next++;
		if (p->elems[e].tag == TAG_IMG && !is_inline(w, e) &&
		    inline_image_is_shown(&p->elems[e]) &&
		    !inline_image_is_icon(&p->elems[e]) &&
		    inline_image_source(&p->elems[e]).len > 0 &&
		    picture_is_of_article(p, &w->part->selection, e))
			return e;
	}
	return NO_ELEM;
}
