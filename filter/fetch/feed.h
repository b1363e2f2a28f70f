/* SPDX-License-Identifier: MIT
 *
 * feed.h: the items of a feed (RSS, Atom, JSON Feed, sitemap, sitemap index,
 * each also as gzip), one at a time. Only filter/fetch/ includes it; only
 * feed.c includes expat.h. */
#ifndef FETCH_FEED_H
#define FETCH_FEED_H

#include "base/str.h"
#include "fetch/fault.h"

/* One item. The texts end in NUL and live until the next call. */
struct feed_item {
	const char *url;   /* as written; may be relative to the feed */
	const char *stamp; /* date of its last change, as written, or "" */
	bool feed;	   /* it is a feed itself: a sitemap of an index */
};

struct feed_reader;

/* Read content, which must outlive the reader. limit is the ceiling of its
 * bytes once decompressed. */
enum pith_status feed_open(struct feed_reader **out, struct str content,
			   size_t limit, struct fault *f) PITH_CHECKED;

/* The next item. PITH_EOF at the end; PITH_FAILED where the feed is damaged,
 * after the items before the damage. */
enum pith_status feed_next(struct feed_reader *r, struct feed_item *item,
			   struct fault *f) PITH_CHECKED;

void feed_close(struct feed_reader *r);

/* JSON Feed, behind feed_open and feed_next. */
struct feed_json;
enum pith_status feed_json_open(struct feed_json **out, struct str text,
				struct fault *f) PITH_CHECKED;
enum pith_status feed_json_next(struct feed_json *r,
				struct feed_item *item) PITH_CHECKED;
void feed_json_close(struct feed_json *r);

#endif
