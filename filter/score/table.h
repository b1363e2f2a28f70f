/* SPDX-License-Identifier: MIT
 *
 * table.h: numbers things that have a 64-bit hash: the first thing is 0, the
 * next new one 1, and so on. Included by score/ only. */
#ifndef SCORE_TABLE_H
#define SCORE_TABLE_H

#include "base/arena.h"

struct table {
	uint64_t *keys;
	uint32_t *numbers;
	uint32_t mask;	/* slots - 1 */
	uint32_t count; /* numbers given out */
};

/* Make a table for up to max things. */
enum pith_status table_init(struct table *t, struct arena *arena,
			    uint32_t max) PITH_CHECKED;

/* The number of the thing with that hash. Where hostile pages crowd a part of
 * the table a thing gets a new number each time, so that time stays linear. */
uint32_t table_number(struct table *t, uint64_t hash);

/* The same for a thing that may have no number: then UINT32_MAX. */
uint32_t table_find(const struct table *t, uint64_t hash);

#endif
