/* SPDX-License-Identifier: MIT
 *
 * pace.h: what is fetched next: one queue a host, at most one transfer a host
 * at a time, a pause between two, and hosts taken in turn. Only filter/fetch/
 * includes it.
 *
 *   hosts by name ──> host ─ jobs: first in, first out
 *                      │
 *   heap of hosts that have jobs and no transfer, by the time they may go on
 *
 * Times are milliseconds of a clock the caller keeps. */
#ifndef FETCH_PACE_H
#define FETCH_PACE_H

#include <stdint.h>

#include "fetch/fault.h"
#include "fetch/robots.h"
#include "fetch/url.h"

struct feed;
struct host;

enum job_kind { JOB_PAGE, JOB_ROBOTS, JOB_FEED };

/* One URL to fetch. */
struct job {
	struct job *next;
	struct url url;
	struct site *site;  /* JOB_ROBOTS: the site they are for */
	struct feed *feed;  /* the feed it came from, or NULL */
	char *item, *stamp; /* its URL and date in the feed, or NULL */
	enum job_kind kind;
	short redirects; /* followed so far */
	short tries;
	bool from_public; /* led here by a public address: it must not
			   * lead to a private one */
};

struct job_queue {
	struct job *first, **end;
};

/* A scheme, host and port, and its robots.txt. */
struct site {
	struct site *next;
	struct host *host;
	char *origin;
	enum { ROBOTS_UNKNOWN, ROBOTS_COMING, ROBOTS_HERE } state;
	struct robots robots;
	struct fault fault;	  /* why nothing may be fetched, or code 0 */
	int64_t fetched;	  /* Unix seconds */
	struct job_queue waiting; /* jobs until robots.txt is here */
};

struct host {
	struct host *next; /* in its hash chain */
	char *name;
	struct job_queue jobs;
	struct site *sites;
	uint64_t ready; /* not before */
	uint64_t order; /* who came first, among equals */
	size_t place;	/* in the heap, from 1; 0 is outside */
	size_t held;	/* jobs that wait for robots.txt */
	uint32_t delay; /* between the end of one and the next */
	bool busy;	/* a transfer is under way */
};

struct pace {
	struct host **table;
	size_t table_size, hosts;
	size_t trim_at;	    /* hosts to grow to before pace_trim looks */
	struct host **heap; /* heap[1..heap_len] */
	size_t heap_len, heap_cap;
	size_t waiting; /* jobs queued or held */
	uint64_t order;
	uint32_t delay;
};

/* An empty one; delay in milliseconds is what new hosts get. */
void pace_init(struct pace *p, uint32_t delay);
void pace_free(struct pace *p);

/* A job for url, which is moved into it. NULL when memory is short; url is
 * then freed. */
struct job *job_new(enum job_kind kind, struct url *url);
void job_free(struct job *job);

/* Queue a job behind (or, to be taken first, before) the others of its host.
 * Takes the job over, on failure too. */
enum pith_status pace_add(struct pace *p, struct job *job,
			  struct fault *f) PITH_CHECKED;
enum pith_status pace_add_first(struct pace *p, struct job *job,
				struct fault *f) PITH_CHECKED;

/* The next job that may start now, and its host, which is busy from here on
 * until pace_done or pace_undo. NULL: none; *next is then when to ask again
 * (UINT64_MAX: not before something is added or done). */
struct job *pace_take(struct pace *p, uint64_t now, struct host **host,
		      uint64_t *next);

/* The transfer of the host is over; the next one waits for the delay and until
 * not_before. */
void pace_done(struct pace *p, struct host *host, uint64_t now,
	       uint64_t not_before);

/* The job taken needed no transfer: the host goes on without a pause. */
void pace_undo(struct pace *p, struct host *host);

/* The record of a job's scheme, host and port; NULL when memory is short. */
struct site *pace_site(struct host *host, const struct job *job);

/* Hold a job back until the site's robots.txt is here; give all back then. */
void pace_hold(struct pace *p, struct site *site, struct job *job);
void pace_release(struct pace *p, struct site *site);

/* Forget hosts that have nothing to do and may go on, if there are many. */
void pace_trim(struct pace *p, uint64_t now);

#endif
