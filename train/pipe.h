/* SPDX-License-Identifier: MIT
 *
 * pipe.h: how tools read and write what they and the Python files beside them
 * exchange; what goes wrong ends them. Included by inspect.c and lines.c. */
#ifndef TRAIN_PIPE_H
#define TRAIN_PIPE_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "score/lexicon.h"

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", program_invocation_short_name, what);
	exit(1);
}

static void *must(void *p)
{
	if (p == NULL)
		die("out of memory");
	return p;
}

static void put(const void *data, size_t size, size_t count)
{
	if (fwrite(data, size, count, stdout) != count)
		die(strerror(errno));
}

static void get(FILE *f, void *data, size_t size, size_t count)
{
	if (fread(data, size, count, f) != count)
		die("input ends early");
}

/* One of a file of LEXICONS: int32 n, uint32 keys [n], int8 odds [n]. */
static struct lexicon read_lexicon(FILE *f)
{
	uint32_t n, *whole;
	uint16_t *keys, *starts;
	int8_t *odds;

	get(f, &n, sizeof(n), 1);
	if (n > LEXICON_MAX)
		die("a lexicon is too large");
	whole = must(malloc((n + 1) * sizeof(*whole)));
	keys = must(malloc((n + 1) * sizeof(*keys)));
	odds = must(malloc(n + 1));
	starts = must(malloc(LEXICON_STARTS * sizeof(*starts)));
	get(f, whole, sizeof(*whole), n);
	get(f, odds, 1, n);
	n = lexicon_pack(whole, odds, n, keys, odds, starts);
	free(whole);
	return (struct lexicon){keys, odds, n, starts};
}

#endif
