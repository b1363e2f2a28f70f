/* SPDX-License-Identifier: MIT
 *
 * table.c: open addressing with a bounded search. */
#include "score/table.h"

enum { PROBES = 32, FREE = UINT32_MAX };

enum pith_status table_init(struct table *t, struct arena *arena, uint32_t max)
{
	uint32_t slots = 64;

	while (slots < UINT32_MAX / 2 && slots / 2 < max)
		slots *= 2;
	t->keys = arena_alloc(arena, (size_t)slots * sizeof(*t->keys));
	t->numbers = arena_alloc(arena, (size_t)slots * sizeof(*t->numbers));
	if (t->keys == NULL || t->numbers == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < slots; i++)
		t->numbers[i] = FREE;
	t->mask = slots - 1;
	t->count = 0;
	return PITH_OK;
}

/* Fibonacci hashing: the high bits of the product are well mixed. */
static uint32_t place_of(uint64_t hash)
{
	return (uint32_t)((hash ^ hash >> 32) * 0x9e3779b97f4a7c15u >> 32);
}

uint32_t table_number(struct table *t, uint64_t hash)
{
	uint32_t at = place_of(hash);

	for (unsigned i = 0; i < PROBES; i++) {
		uint32_t slot = (at + i) & t->mask;
		if (t->numbers[slot] == FREE) {
			t->keys[slot] = hash;
			t->numbers[slot] = t->count;
			return t->count++;
		}
		if (t->keys[slot] == hash)
			return t->numbers[slot];
	}
	return t->count++;
}

uint32_t table_find(const struct table *t, uint64_t hash)
{
	uint32_t at = place_of(hash);

	for (unsigned i = 0; i < PROBES; i++) {
		uint32_t slot = (at + i) & t->mask;
		if (t->numbers[slot] == FREE)
			break;
		if (t->keys[slot] == hash)
			return t->numbers[slot];
	}
	return UINT32_MAX;
}
