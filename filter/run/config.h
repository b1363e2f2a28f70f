/* SPDX-License-Identifier: MIT
 *
 * config.h: what sets options before the command line does: pith.conf(5) and
 * the environment. Included by run/ and fetch/. */
#ifndef RUN_CONFIG_H
#define RUN_CONFIG_H

#include "run/option_table.h"

/* Bytes of a file of settings at most. */
enum { CONFIG_MAX = 64 * 1024 };

/* A part of each program's struct. Starts zeroed. */
struct config {
	const char *file; /* --config, or NULL */
	bool none;	  /* --no-config */
	char *text;	  /* what was read, where values point to; owned */
};

/* Set all that is said, the weakest first: file, environment, command line.
 * Where the command line asks for --help or the like, it alone is read.
 * argv and *operands as in option_argv. */
enum pith_status config_load(const struct option_table *t, void *options,
			     int argc, char **argv, size_t *operands,
			     struct complaint *c) PITH_CHECKED;

/* Set what the len bytes of text, with room for one more, say to t's program;
 * values then point into it, and it is no longer as it was. name: of the
 * file. */
enum pith_status config_parse(const struct option_table *t, void *options,
			      const char *name, char *text, size_t len,
			      struct complaint *c) PITH_CHECKED;

void config_free(struct config *config);

#endif
