/* SPDX-License-Identifier: MIT
 *
 * gather.h: candidates from the page's markup: its head, and what is visible.
 * Included by meta/ only. */
#ifndef META_GATHER_H
#define META_GATHER_H

#include "meta/candidate.h"

/* From meta, link, base and title elements, and itemprop anywhere. */
enum pith_status gather_head(struct candidates *c,
			     const struct page *page) PITH_CHECKED;

/* From headings, time elements, and elements whose class, id, itemprop or rel
 * says author or date; from lines such as "By …". */
enum pith_status gather_visible(struct candidates *c,
				const struct page *page) PITH_CHECKED;

/* The text of an element on one line, of at most `most` bytes, in the arena;
 * data is NULL when it has no room. */
struct str gather_text(struct arena *arena, const struct page *page, uint32_t e,
		       size_t most);

/* The first block of the heading that names the article: the h1 with most in
 * common with the title, else the first h1, else 0. */
uint32_t gather_heading(const struct page *page);

#endif
