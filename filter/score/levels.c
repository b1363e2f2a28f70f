/* SPDX-License-Identifier: MIT
 *
 * levels.c: levels between blocks, in a few passes over them.
 *
 *   blocks   0   1   2   3      Blocks come in the order of a walk through the
 *   depth    5   5   4   6      tree. What two of them share is as deep as the
 *   meet       4   2   3        highest place where the walk was between them:
 *                               0 and 3 share an element of depth 2.
 *
 * The walk is among elements of any kind, the innermost around each block; the
 * element of a block is of block level, and may stand above where they meet. */
#include "score/levels.h"

struct walk {
	const struct survey *s;
	uint16_t *meet; /* depth of what a block shares with the next */
};

static uint16_t depth_of(const struct survey *s, uint32_t block)
{
	return s->page->elems[s->page->blocks[block].elem].depth;
}

static uint16_t least(uint16_t a, uint16_t b)
{
	return a < b ? a : b;
}

/* Whatever is left on the way up ends before the next block: no element is
 * passed twice. */
static void find_meets(struct walk *w)
{
	const struct page *p = w->s->page;

	for (uint32_t i = 0; i + 1 < w->s->count; i++) {
		uint32_t e = p->blocks[i].common;
		uint32_t next = p->blocks[i + 1].common;

		while (p->elems[e].parent != NO_ELEM &&
		       !elem_within(p, next, e))
			e = p->elems[e].parent;
		w->meet[i] = p->elems[e].depth;
	}
}

/* Levels from a block up to what it shares with another, where the walk between
 * them went up to a depth. */
static void set_level(struct walk *w, uint32_t block, enum level to,
		      uint32_t other, uint16_t depth)
{
	uint16_t own = depth_of(w->s, block);
	unsigned up = own - least(own, least(depth, depth_of(w->s, other)));

	w->s->levels[block].to[to] =
	    (uint8_t)(up < LEVELS_MAX ? up : LEVELS_MAX);
}

/* To the blocks beside each. */
static void set_beside(struct walk *w)
{
	uint32_t count = w->s->count;

	for (uint32_t i = 0; i < count; i++) {
		const uint16_t *m = &w->meet[i];

		if (i > 0)
			set_level(w, i, LEVEL_BEFORE, i - 1, m[-1]);
		if (i > 1)
			set_level(w, i, LEVEL_BEFORE2, i - 2,
				  least(m[-2], m[-1]));
		if (i + 1 < count)
			set_level(w, i, LEVEL_AFTER, i + 1, m[0]);
		if (i + 2 < count)
			set_level(w, i, LEVEL_AFTER2, i + 2, least(m[0], m[1]));
	}
}

/* To the last of some blocks, which may be the block itself. */
static void set_last(struct walk *w, enum level to, const uint32_t *targets)
{
	uint16_t depth = UINT16_MAX;

	for (uint32_t i = 0; i < w->s->count; i++) {
		if (targets[i] == NO_ELEM)
			continue;
		if (targets[i] == i)
			depth = UINT16_MAX;
		else if (targets[i] == i - 1)
			depth = w->meet[i - 1];
		else
			depth = least(depth, w->meet[i - 1]);
		set_level(w, i, to, targets[i], depth);
	}
}

/* To the next of some blocks after each. */
static void set_next(struct walk *w, enum level to, const uint32_t *targets)
{
	uint16_t depth = UINT16_MAX;

	for (uint32_t i = w->s->count; i-- > 0;) {
		if (targets[i] == NO_ELEM)
			continue;
		if (targets[i] == i + 1)
			depth = w->meet[i];
		else
			depth = least(depth, w->meet[i]);
		set_level(w, i, to, targets[i], depth);
	}
}

/* To one block from all. */
static void set_one(struct walk *w, enum level to, uint32_t target)
{
	uint16_t depth = UINT16_MAX;

	if (target == NO_ELEM)
		return;
	for (uint32_t i = target + 1; i < w->s->count; i++) {
		depth = least(depth, w->meet[i - 1]);
		set_level(w, i, to, target, depth);
	}
	depth = UINT16_MAX;
	for (uint32_t i = target; i-- > 0;) {
		depth = least(depth, w->meet[i]);
		set_level(w, i, to, target, depth);
	}
}

enum pith_status levels_make(struct arena *arena, struct survey *s)
{
	struct walk w = {.s = s};

	w.meet = arena_alloc(arena, s->count * sizeof(*w.meet));
	s->levels = arena_calloc(arena, s->count, sizeof(*s->levels));
	if (w.meet == NULL || s->levels == NULL)
		return arena_status(arena);
	find_meets(&w);
	set_beside(&w);
	set_last(&w, LEVEL_HEAD, s->head);
	set_last(&w, LEVEL_LONG_BEFORE, s->long_before);
	set_next(&w, LEVEL_LONG_AFTER, s->long_after);
	set_one(&w, LEVEL_H1, s->h1);
	set_one(&w, LEVEL_HEADLINE, s->headline);
	return PITH_OK;
}
