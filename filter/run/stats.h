/* SPDX-License-Identifier: MIT
 *
 * stats.h: what a run has done so far: --stats, and the line a terminal sees.
 * Included by run/. */
#ifndef RUN_STATS_H
#define RUN_STATS_H

#include <stdbool.h>
#include <stdint.h>

struct stats {
	uint64_t pages;	      /* read and wanted */
	uint64_t texts;	      /* with an article */
	uint64_t empty;	      /* without one */
	uint64_t failed;      /* with an error */
	uint64_t skipped;     /* records that --filter passes over */
	uint64_t lost;	      /* workers that died */
	uint64_t in, out;     /* bytes */
	uint64_t size;	      /* bytes of all inputs, 0: unknown */
	uint64_t start, told; /* in clock_ms */
	bool shown;	      /* a line of progress is on the terminal */
};

/* Begin at zero, now. */
void stats_begin(struct stats *s);

/* Show progress on stderr if the last time is half a second ago. */
void stats_show(struct stats *s);

/* Wipe the line, before anything else is printed. */
void stats_hide(struct stats *s);

/* Print all as one line of JSON to stderr. */
void stats_print(const struct stats *s);

#endif
