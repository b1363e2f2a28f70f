/* SPDX-License-Identifier: MIT
 *
 * options.h: the command line of pith(1), read by one table. Included by
 * main.c and run/. */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pith.h"

struct options {
	char **inputs; /* file names, "-" for stdin; points into argv */
	size_t input_count;
	const char *charset; /* NULL: found by content */
	const char *output;  /* NULL or "-": stdout */
	int64_t numbers[PITH_OPTION_COUNT];
	bool given[PITH_OPTION_COUNT]; /* numbers that were set */
	bool help, version;
};

/* Read argv; inputs may be mixed with options, "--" ends options. On an error
 * writes one line to message (at most size bytes) and returns false. */
bool options_read(struct options *o, int argc, char **argv, char *message,
		  size_t size);

/* The text of --help, to stdout. Returns 0, or -1 if the write failed. */
int options_help(void);

#endif
