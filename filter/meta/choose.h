/* SPDX-License-Identifier: MIT
 *
 * choose.h: the best candidate for a field. Included by meta/ only. */
#ifndef META_CHOOSE_H
#define META_CHOOSE_H

#include "meta/candidate.h"
#include "meta/date.h"
#include "meta/meta.h"

/* What choosing may look at. */
struct choice {
	const struct page *page;
	const struct candidates *candidates;
	struct str host;     /* of the page's URL, without www; may be empty */
	struct str path;     /* of the URL */
	struct str sitename; /* may be empty */
	uint32_t heading;    /* block of the headline */
	int64_t now;
};

/* Does a candidate stand at most so many blocks before the headline, or after
 * it? */
static inline bool choice_is_near(const struct choice *c,
				  const struct candidate *k, uint32_t before,
				  uint32_t after)
{
	uint32_t b;

	if (k->elem == NO_ELEM)
		return false;
	b = c->page->elems[k->elem].first_block;
	return b + before >= c->heading && b <= c->heading + after;
}

/* The title, without the site's name. */
enum pith_status choose_title(const struct choice *c,
			      struct str *out) PITH_CHECKED;

/* Up to META_AUTHORS_MAX names. */
enum pith_status choose_authors(const struct choice *c,
				struct metadata *out) PITH_CHECKED;

/* When it was published, and when changed since; precision DATE_NONE where
 * that is not known. */
void choose_dates(const struct choice *c, struct date *published,
		  struct date *modified);

#endif
