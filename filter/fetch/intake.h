/* SPDX-License-Identifier: MIT
 *
 * intake.h: where jobs come from: arguments, a list, and the feeds that were
 * fetched. It gives one job at a time, so that no list is ever in memory
 * whole. Only filter/fetch/ includes it. */
#ifndef FETCH_INTAKE_H
#define FETCH_INTAKE_H

#include "base/buf.h"
#include "fetch/feed.h"
#include "fetch/urllist.h"
#include "fetch/options.h"
#include "fetch/pace.h"
#include "fetch/state.h"

/* A feed from its fetch until the last of its items is done. Only then may
 * the state say that this version of it is known. */
struct feed {
	struct feed *next; /* less recent one */
	char *url;
	struct feed_reader *reader; /* NULL: all items were given out */
	char *content;
	size_t pending; /* items given out and not done */
	bool failed;	/* one of them should be tried again */
	bool index;	/* it names other feeds */
	bool nested;	/* such an index named it */
	bool from_public;
	struct state_page row; /* to be stored at the end */
};

struct intake {
	const struct options *options;
	struct state *state; /* or NULL */
	size_t urls, feeds;  /* arguments given out */
	struct urllist list;
	struct feed *open;     /* items to come, latest first */
	struct feed *draining; /* items out, not all done */
	unsigned alive[2];     /* feeds queued, in flight or open: those
				* the user named, those an index named */
};

enum intake_result {
	INTAKE_JOB,
	INTAKE_BAD,   /* a URL that is none; the fault says why */
	INTAKE_LATER, /* nothing now */
	INTAKE_END,
	INTAKE_FATAL
};

enum pith_status intake_open(struct intake *in, const struct options *o,
			     struct state *state, struct fault *f) PITH_CHECKED;
void intake_free(struct intake *in);

/* The next job; or, for INTAKE_BAD, what was wrong, with its place in
 * where. */
enum intake_result intake_next(struct intake *in, struct job **job, char *where,
			       size_t size, struct fault *f);

/* Descriptor to wait for when intake_next says later; -1 for none. */
int intake_fd(const struct intake *in);

/* A feed was fetched: its items come next. Takes the bytes of content; row is
 * what to store once all is done. */
enum pith_status intake_feed(struct intake *in, const struct job *job,
			     struct buf *content, bool from_public,
			     const struct state_page *row,
			     struct fault *f) PITH_CHECKED;

/* A job of JOB_FEED ended, whatever came of it. */
void intake_feed_ended(struct intake *in, const struct job *job);

/* An item is done: it was fetched, or failed for good, or (again) should be
 * tried in another run. NULL is no feed. */
enum pith_status intake_item_done(struct intake *in, struct job *job,
				  bool again, struct fault *f) PITH_CHECKED;

#endif
