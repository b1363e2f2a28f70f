/* SPDX-License-Identifier: MIT
 *
 * candidate.c: a growing list of candidates. */
#include "meta/candidate.h"

enum pith_status candidate_add(struct candidates *c, enum field field,
			       enum source source, uint32_t elem,
			       struct str text)
{
	if (text.len == 0 || c->count >= CANDIDATES_MAX)
		return PITH_OK;
	if (c->count == c->cap) {
		c->list = arena_grow(c->arena, c->list, c->count, c->count + 1,
				     sizeof(*c->list), &c->cap);
		if (c->list == NULL)
			return arena_status(c->arena);
	}
	c->list[c->count++] = (struct candidate){.text = text,
						 .elem = elem,
						 .field = (uint8_t)field,
						 .source = (uint8_t)source};
	return PITH_OK;
}

const struct candidate *candidate_first(const struct candidates *c,
					enum field field, enum source source)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->list[i].field == field && c->list[i].source == source)
			return &c->list[i];
	return NULL;
}
