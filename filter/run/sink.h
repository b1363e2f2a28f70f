/* SPDX-License-Identifier: MIT
 *
 * sink.h: where the pages of a run are written: one after the other to a file
 * or pipe, or each to a file of its own. Included by main.c and run/. */
#ifndef RUN_SINK_H
#define RUN_SINK_H

#include <stdbool.h>

#include "base/str.h"
#include "run/options.h"
#include "run/output.h"
#include "run/resume.h"

struct sink {
	const struct options *options;
	struct output out;
	bool folder;
	bool resumed;	/* out is a file that grows in place */
	uint64_t pages; /* so far, those without text too */
	uint64_t bytes;
	struct err err;	 /* the first failure */
	char where[200]; /* the file it befell, or "stdout" */
};

/* Open it; for --resume, *resume gets where to go on, else NULL is fine.
 * PITH_FAILED with s->err; PITH_EOF: opened, with nothing to go on from. */
enum pith_status sink_open(struct sink *s, const struct options *options,
			   struct resume *resume) PITH_CHECKED;

/* Write what one page gave; url or input name it where it gets a file. */
enum pith_status sink_put(struct sink *s, struct str url, struct str input,
			  struct str output) PITH_CHECKED;

/* Finish; whole: the run came to its end. A file of a run that did not is
 * removed, but one that grows in place. */
enum pith_status sink_close(struct sink *s, bool whole) PITH_CHECKED;

#endif
