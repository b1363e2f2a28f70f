/* SPDX-License-Identifier: MIT
 *
 * resume.h: where a run that ended, however it ended, goes on. Each line that
 * --resume writes names its place in the input: "input", "offset", "within".
 * A line is there whole or not at all, and so is its place. Included by
 * run/. */
#ifndef RUN_RESUME_H
#define RUN_RESUME_H

#include "base/buf.h"
#include "run/output.h"
#include "source/item.h"

struct resume {
	struct buf input;   /* JSON, as it stands in the line */
	struct place after; /* of the last line */
	uint64_t lines;	    /* there already */
};

/* Open the output of --resume, cut off a line that is not whole, and find the
 * place of the last one. PITH_EOF: there is no line. PITH_FAILED with err: the
 * file cannot be read, or was not written with --resume. */
enum pith_status resume_open(struct resume *r, struct output *out,
			     const char *name, struct err *err) PITH_CHECKED;

/* Is the input of that name the one of the last line? */
bool resume_is_here(const struct resume *r, const char *name);

void resume_free(struct resume *r);

#endif
