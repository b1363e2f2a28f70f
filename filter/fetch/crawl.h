/* SPDX-License-Identifier: MIT
 *
 * crawl.h: one run, from the first URL to the last. Only filter/fetch/
 * includes it; gate.c and answer.c are its other halves.
 *
 *   intake ─> pace ─> gate (robots.txt) ─> transfer ─> answer ─> warc, state
 *              ^                                          │
 *              └────────── retry, redirect ───────────────┘
 */
#ifndef FETCH_CRAWL_H
#define FETCH_CRAWL_H

#include <curl/curl.h>
#include <signal.h>
#include <stdint.h>

#include "fetch/intake.h"
#include "fetch/journal.h"
#include "fetch/options.h"
#include "fetch/pace.h"
#include "fetch/state.h"
#include "fetch/transfer.h"
#include "fetch/warc.h"

struct crawl {
	const struct options *options;
	struct state *state; /* or NULL */
	struct warc *warc;
	struct journal journal;
	struct intake intake;
	struct pace pace;
	CURLM *multi;
	CURLSH *cookies;	  /* or NULL */
	struct transfer *slots;	  /* options->jobs of them */
	size_t active;		  /* slots with a transfer */
	struct buf head, request; /* of the record in work */
	uint64_t now;	  /* ms, without the time our reader held us up */
	uint64_t blocked; /* ms of that time so far */
	uint64_t random;
	enum fetch_exit exit; /* the worst so far */
	bool intake_ended;
	bool window_full; /* the intake had to stop for it */
	bool reader_gone; /* of stdout */
};

/* Fetch everything the options name. state (or NULL) and warc are open and
 * stay so. signals counts SIGINT and SIGTERM. *worst is the exit code of what
 * went wrong with single URLs. PITH_FATAL: the run broke off; with *gone, since
 * nobody reads stdout any more. */
enum pith_status crawl_run(const struct options *o, struct state *state,
			   struct warc *warc,
			   const volatile sig_atomic_t *signals,
			   enum fetch_exit *worst, bool *gone,
			   struct fault *f) PITH_CHECKED;

/* gate.c: robots.txt before every first request to a site. */

enum gate {
	GATE_OPEN,
	GATE_SHUT, /* the fault says why */
	GATE_WAIT, /* the job was held back */
	GATE_ASK,  /* it was, and *robots is to be fetched in its place */
	GATE_FATAL
};

enum gate gate_check(struct crawl *c, struct host *host, struct job *job,
		     struct job **robots, struct fault *f);

/* The transfer of a robots.txt gave its last answer: free what waits. */
enum pith_status gate_answer(struct crawl *c, struct transfer *t,
			     struct fault *f) PITH_CHECKED;

/* answer.c: what a finished transfer means. */

/* Judge it, record it, and give its host free. The slot is clear after. */
enum pith_status answer_take(struct crawl *c, struct transfer *t,
			     struct fault *f) PITH_CHECKED;

/* A job failed without a transfer. Frees it. */
enum pith_status answer_fail(struct crawl *c, struct job *job,
			     const struct fault *why,
			     struct fault *f) PITH_CHECKED;

/* A number of no consequence, for jitter. */
uint64_t crawl_random(struct crawl *c);

#endif
