/* SPDX-License-Identifier: MIT
 *
 * urllist.h: a file or pipe of URLs, one a line, read as it comes. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_URLLIST_H
#define FETCH_URLLIST_H

#include <stdbool.h>
#include <stddef.h>

#include "fetch/fault.h"

#define URLLIST_MAX_LINE 8192

struct urllist {
	int fd; /* to poll; -1 once all is read */
	const char *name;
	size_t line; /* number of the last line, from 1 */
	size_t start, len;
	bool skipping; /* the rest of a line that is too long */
	char bytes[URLLIST_MAX_LINE * 2];
};

/* Open path, or stdin for "-". */
enum pith_status urllist_open(struct urllist *l, const char *path,
			      struct fault *f) PITH_CHECKED;

/* The next line that holds a URL, trimmed, ended by a NUL, good until the next
 * call. PITH_WARN: none is there yet, fd tells when. PITH_EOF: the end.
 * PITH_FAILED: a line is too long; go on. PITH_FATAL: reading failed. */
enum pith_status urllist_next(struct urllist *l, const char **url,
			      struct fault *f) PITH_CHECKED;

void urllist_close(struct urllist *l);

#endif
