/* SPDX-License-Identifier: MIT
 *
 * exit.h: the exit codes of both programs, and how several become one.
 * Included by main.c, run/ and fetch/. */
#ifndef RUN_EXIT_H
#define RUN_EXIT_H

enum exit_code {
	EXIT_TEXT = 0,	  /* all went well, text was written */
	EXIT_EMPTY = 1,	  /* a page without an article, all else well */
	EXIT_USAGE = 2,	  /* wrong options or arguments */
	EXIT_IO = 3,	  /* a file or the output */
	EXIT_NETWORK = 4, /* no answer from a host */
	EXIT_TLS = 5,	  /* no trust in a host */
	EXIT_REFUSED = 6, /* a page over a limit, corrupt, not text */
	EXIT_HTTP = 8	  /* a status of 400 or more */
};

/* How a worker ends that has no memory: it may be short of it for what it would
 * say, too. */
enum { EXIT_MEMORY = 9 };

/* The code of a run that has seen a and b: the lowest of 2 to 8; 1 only where
 * nothing else happened. */
static inline enum exit_code exit_join(enum exit_code a, enum exit_code b)
{
	if (a < EXIT_USAGE || b < EXIT_USAGE)
		return a > b ? a : b;
	return a < b ? a : b;
}

#endif
