/* SPDX-License-Identifier: MIT
 *
 * state.h: what earlier runs learned, in an SQLite file. Only filter/fetch/
 * includes it; only state.c includes sqlite3.h.
 *
 * Changes gather in one transaction, from the first put to state_commit. The
 * caller commits after the output was written: killed in between, a run
 * fetches those pages again, and never loses one. */
#ifndef FETCH_STATE_H
#define FETCH_STATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "fetch/digest.h"
#include "fetch/fault.h"

struct state;

/* What is known of one URL. Times are Unix seconds, 0 is never. */
struct state_page {
	char etag[512]; /* "" is none, or too long to keep */
	char last_modified[64];
	char digest[DIGEST_TEXT]; /* of the payload; of a redirect's target */
	int status;		  /* of HTTP; 0: no answer */
	int failures;		  /* in a row */
	int64_t fetched;	  /* last request */
	int64_t changed;	  /* last time its page was written */
	int64_t due;		  /* not to be asked for before */
};

/* A robots.txt as it was answered. */
struct state_robots {
	int64_t fetched;
	int status;	 /* of HTTP */
	struct str text; /* good until the next call */
};

/* Open or make the file at path for one run. Another run that holds it is a
 * FETCH_LOCKED fault, at once or after wait milliseconds; UINT64_MAX waits for
 * ever. read_only opens an existing one beside a run, to look at it. */
enum pith_status state_open(struct state **out, const char *path, uint64_t wait,
			    bool read_only, struct fault *f) PITH_CHECKED;

/* Forgets what was not committed. NULL is allowed. */
void state_close(struct state *s);

/* PITH_OK, or PITH_EOF (and *page zeroed) for a URL never asked for. */
enum pith_status state_page(struct state *s, const char *url,
			    struct state_page *page,
			    struct fault *f) PITH_CHECKED;
enum pith_status state_put_page(struct state *s, const char *url,
				const struct state_page *page,
				struct fault *f) PITH_CHECKED;

/* PITH_OK, or PITH_EOF for an origin never asked. */
enum pith_status state_robots(struct state *s, const char *origin,
			      struct state_robots *robots,
			      struct fault *f) PITH_CHECKED;
enum pith_status state_put_robots(struct state *s, const char *origin,
				  const struct state_robots *robots,
				  struct fault *f) PITH_CHECKED;

/* Was the item of that feed, with that date ("" is none), seen? */
enum pith_status state_item_seen(struct state *s, const char *feed,
				 const char *url, const char *stamp, bool *seen,
				 struct fault *f) PITH_CHECKED;
enum pith_status state_put_item(struct state *s, const char *feed,
				const char *url, const char *stamp,
				struct fault *f) PITH_CHECKED;

/* Make all puts last. Nothing to do is well. */
enum pith_status state_commit(struct state *s, struct fault *f) PITH_CHECKED;

/* Call each(url, page, arg) for all pages, by URL. */
enum pith_status state_each(struct state *s,
			    void (*each)(const char *url,
					 const struct state_page *page,
					 void *arg),
			    void *arg, struct fault *f) PITH_CHECKED;

#endif
