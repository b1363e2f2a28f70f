/* SPDX-License-Identifier: MIT
 *
 * meta.h: what a page says of its article: title, authors, dates and the like.
 * Included by pith.c and render/. */
#ifndef META_META_H
#define META_META_H

#include "base/arena.h"
#include "page/block.h"

enum { META_AUTHORS_MAX = 16, META_TAGS_MAX = 32 };

/* What is not known is empty. Everything is in the arena, on one line each,
 * without unprintable characters, except body. */
struct metadata {
	struct str url;	      /* as told */
	struct str base;      /* what the page's links are relative to */
	struct str canonical; /* absolute, http or https */
	struct str title;
	struct str *authors;
	size_t author_count;
	struct str published, modified; /* ISO 8601, as precise as known */
	struct str sitename;
	struct str description;
	struct str language; /* BCP 47, as the page writes it */
	struct str image;    /* absolute, http or https */
	struct str *tags;
	size_t tag_count;
	struct str license; /* a URL or a name */
	struct str type;    /* article, forum, product … */
	struct str body;    /* articleBody of JSON-LD, as it stands there */
};

/* Read it. url: where the page is from, may be empty. now: the present, in
 * seconds since 1970, for no article is of tomorrow. The title is at hand even
 * if the page names none: it is then the title element's, or the first
 * heading's. */
enum pith_status meta_read(struct arena *arena, const struct page *page,
			   struct str url, int64_t now,
			   struct metadata *out) PITH_CHECKED;

#endif
