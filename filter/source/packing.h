/* SPDX-License-Identifier: MIT
 *
 * packing.h: how a member of a compressed stream is undone: a gzip member, a
 * zstd frame. member.c finds the members, and a way on behind damage. Included
 * by source/ only. */
#ifndef SOURCE_PACKING_H
#define SOURCE_PACKING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

enum packing { PACKING_NONE, PACKING_GZIP, PACKING_ZSTD, PACKINGS };

enum packing_result {
	PACKING_MORE,  /* it wants bytes, or more room */
	PACKING_ENDED, /* the member ended, whole */
	PACKING_BAD    /* *what says how */
};

struct packing_kind {
	const char *memory, *none, *cut; /* what errors say */
	unsigned char first;		 /* byte of a member */
	/* The state of a stream; NULL: no memory. */
	void *(*make)(void);
	void (*drop)(void *state);
	/* A stream begins. */
	void (*begin)(void *state);
	/* A member begins with that byte, at the start of its file or later.
	 * False: no member does. */
	bool (*open)(void *state, unsigned char first, bool at_start);
	/* Unpack bytes of *in, which moves on, to room; *made gets their
	 * number. It may leave bytes for a time when there are more, up to
	 * 192 KiB of them. */
	enum packing_result (*next)(void *state, struct str *in, char *room,
				    size_t size, size_t *made,
				    const char **what);
	/* Does a member begin with these bytes, and its plain ones as expected,
	 * as far as that is to be told? 1, 0, or -1: not from so few. */
	int (*try)(void *state, struct str bytes, struct str expect);
};

extern const struct packing_kind packing_gzip, packing_zstd;

#endif
