/* SPDX-License-Identifier: MIT
 *
 * robots.h: robots.txt as RFC 9309 reads it, plus Crawl-delay. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_ROBOTS_H
#define FETCH_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "fetch/fault.h"

/* Bytes of a file that count; RFC 9309 asks for at least 500 KiB. */
#define ROBOTS_MAX_FILE 512000

struct robots_rule;

/* The rules of one site for one crawler. */
struct robots {
	struct robots_rule *rules;
	size_t count;
	char *text;	     /* the paths of the rules */
	int64_t crawl_delay; /* milliseconds; -1 if not given */
};

/* Take the rules for the crawler named agent (a product token such as
 * "pith-fetch") out of a file. All groups that name it count together; those
 * for "*" only where none does. Bytes after ROBOTS_MAX_FILE are ignored. The
 * file may be dropped afterwards. Only memory can fail. */
enum pith_status robots_parse(struct str file, struct str agent,
			      struct robots *out, struct fault *f) PITH_CHECKED;

/* May the path (with query, from the first "/") be fetched? The longest rule
 * decides, Allow before Disallow; /robots.txt itself always may. */
bool robots_allows(const struct robots *r, const char *path);

/* The product token that a User-Agent header begins with. */
struct str robots_token(const char *user_agent);

void robots_free(struct robots *r);

#endif
