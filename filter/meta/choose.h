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
