/* SPDX-License-Identifier: MIT
 *
 * journal.h: what a run says: errors, a line per URL where asked for, and a
 * progress line on a terminal. Only filter/fetch/ includes it. */
#ifndef FETCH_JOURNAL_H
#define FETCH_JOURNAL_H

#include <stdint.h>
#include <stdio.h>

#include "fetch/fault.h"
#include "fetch/options.h"

struct journal {
	FILE *log; /* of --log, or NULL */
	bool verbose;
	bool terminal;		/* show progress on stderr */
	bool shown;		/* a progress line stands there */
	uint64_t started, last; /* ms */
	uint64_t done, failed, bytes;
};

enum pith_status journal_open(struct journal *j, const struct options *o,
			      uint64_t now, struct fault *f) PITH_CHECKED;

/* An error that names its place, a URL or a file. */
void journal_error(struct journal *j, const char *where, const char *message);

/* One URL came to its end. note says what came of it in a word or two. */
void journal_url(struct journal *j, const char *url, int status, uint64_t bytes,
		 uint64_t ms, const char *note);

/* Show how far the run is, now and then. */
void journal_progress(struct journal *j, uint64_t now, size_t waiting,
		      size_t hosts, bool all_known);

/* Take the progress line away and close the log. */
enum pith_status journal_close(struct journal *j, struct fault *f) PITH_CHECKED;

#endif
