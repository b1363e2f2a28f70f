/* SPDX-License-Identifier: MIT
 *
 * lane.h: a worker process as its parent sees it: a pipe with jobs going in, a
 * pipe with results coming out, and an end it may come to. Included by
 * run/. */
#ifndef RUN_LANE_H
#define RUN_LANE_H

#include <sys/types.h>

#include "run/frame.h"

/* A page between its source and the output. */
struct slot {
	enum {
		SLOT_FREE,
		SLOT_READY, /* to be given to a worker */
		SLOT_BUSY,  /* with a worker */
		SLOT_DONE,  /* to be written */
		SLOT_PAST   /* written, but not all before it is */
	} state;
	uint64_t seq;
	struct item item;
	enum exit_code code;
	bool wanted, lost; /* lost: a worker died of it */
	struct buf parts[RESULT_PARTS];
};

struct lane {
	pid_t pid;	   /* 0: none runs */
	int jobs, results; /* ends of the pipes; do not block */
	struct slot *slot; /* in work, or NULL */
	uint64_t deadline; /* in clock_ms, 0: none */
	struct job_head job;
	size_t sent, total; /* bytes of the job */
	struct result_head result;
	size_t got; /* bytes of the result */
};

enum lane_event {
	LANE_MORE, /* nothing is whole yet */
	LANE_DONE, /* the slot has its result */
	LANE_LOST, /* the worker died */
	LANE_LIES  /* it sent what no worker of ours would */
};

/* How many the options ask for. */
size_t lane_count(const struct options *options);

/* Start a worker; others are lanes whose pipes it must not hold. Returns 0, or
 * an errno. */
int lane_start(struct lane *l, const struct options *options,
	       struct lane *others, size_t count);

/* Give it a page; deadline as clock_ms counts, 0 for none. */
void lane_give(struct lane *l, struct slot *slot, uint64_t deadline);

/* Is there something left to send? */
static inline bool lane_sending(const struct lane *l)
{
	return l->slot != NULL && l->sent < l->total;
}

/* Send and receive what goes without waiting. */
enum lane_event lane_send(struct lane *l);
enum lane_event lane_receive(struct lane *l);

/* End the worker for good, by force where it does not end by itself, and say
 * in what (size bytes) how it had ended; "" for a good end. */
void lane_stop(struct lane *l, bool force, char *what, size_t size);

#endif
