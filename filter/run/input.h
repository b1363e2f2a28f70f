/* SPDX-License-Identifier: MIT
 *
 * input.h: all inputs of a run as one sequence of pages, without ever waiting.
 * Included by run/. */
#ifndef RUN_INPUT_H
#define RUN_INPUT_H

#include <sys/types.h>

#include "run/exit.h"
#include "run/options.h"
#include "run/resume.h"
#include "run/stats.h"
#include "source/list.h"
#include "source/reader.h"

enum input_event {
	INPUT_ITEM, /* the item is filled */
	INPUT_WAIT, /* call again when fd can be read */
	INPUT_END
};

struct input {
	const struct options *options;
	const struct resume *resume; /* NULL: from the start */
	struct stats *stats;
	struct list list;
	struct reader *reader;
	struct str first;
	struct err err;
	char *name; /* of the input that is open */
	int fd;	    /* -1: none is open */
	pid_t child;
	bool regular, ready; /* reading will not wait */
	bool fetched;	     /* URLs have been handed to pith-fetch */
	bool found;	     /* where to resume was found */
	enum exit_code code; /* of pith-fetch */
	char piece[256 * 1024];
};

/* Begin; returns false with in->err. first: what was read of standard input
 * already; it must live as long as the input. */
bool input_open(struct input *in, const struct options *options,
		const struct resume *resume, struct str first,
		struct stats *stats);

/* Fill item, the same from call to call until it is whole. An input that
 * cannot be read is a broken item of cause PITH_CAUSE_ARGUMENT. */
enum input_event input_next(struct input *in, struct item *item);

/* fd can be read. */
static inline void input_ready(struct input *in)
{
	in->ready = true;
}

/* Close all and wait for pith-fetch; its exit code. */
enum exit_code input_close(struct input *in);

/* What kind of reader the options ask for. */
enum reader_kind input_kind(const struct options *options);

#endif
