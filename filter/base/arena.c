/* SPDX-License-Identifier: MIT
 *
 * arena.c: chunked bump allocation for one page. */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	CHUNK_MIN = 256 * 1024,
	CHUNK_MAX = 8 * 1024 * 1024,
	/* Memory kept from page to page. Half of the pages of a news crawl
	 * need under 4 MiB; only the odd giant is given back. */
	KEEP = 32 * 1024 * 1024,
	/* Allocations between two looks at the clock: some 20 µs. */
	CLOCK_EVERY = 1024
};

struct arena_chunk {
	struct arena_chunk *next;
	size_t size; /* of data */
	alignas(max_align_t) char data[];
};

uint64_t clock_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000;
}

void arena_init(struct arena *a, struct err *err)
{
	*a = (struct arena){.limit = SIZE_MAX, .err = err};
}

static void free_chunks(struct arena_chunk *c)
{
	while (c != NULL) {
		struct arena_chunk *next = c->next;
		free(c);
		c = next;
	}
}

void arena_free(struct arena *a)
{
	free_chunks(a->first);
	arena_init(a, a->err);
}

void arena_reset(struct arena *a, size_t limit, uint64_t time)
{
	size_t kept = 0;
	struct arena_chunk **link = &a->first;

	while (*link != NULL && kept + (*link)->size <= KEEP) {
		kept += (*link)->size;
		link = &(*link)->next;
	}
	free_chunks(*link);
	*link = NULL;
	a->current = NULL;
	a->next = a->end = NULL;
	a->used = 0;
	a->limit = limit;
	a->timed = time != 0;
	a->left = time;
	a->deadline = 0;
	a->calls = 0;
}

void arena_resume(struct arena *a)
{
	if (a->timed)
		a->deadline = clock_ms() + a->left;
}

void arena_pause(struct arena *a)
{
	uint64_t now;

	if (a->deadline == 0)
		return;
	now = clock_ms();
	a->left = a->deadline > now ? a->deadline - now : 0;
	a->deadline = 0;
}

enum pith_status arena_check_time(struct arena *a)
{
	if (a->deadline != 0 && clock_ms() > a->deadline)
		return err_set(a->err, PITH_CAUSE_TIME,
			       "page took longer than its time limit");
	return PITH_OK;
}

enum pith_status arena_status(const struct arena *a)
{
	return a->err->cause == PITH_CAUSE_MEMORY ? PITH_FATAL : PITH_FAILED;
}

static void enter_chunk(struct arena *a, struct arena_chunk *c)
{
	a->current = c;
	a->next = c->data;
	a->end = c->data + c->size;
	a->used += c->size;
}

/* Step to a chunk with room for size bytes: a kept one, or a new one. */
static int next_chunk(struct arena *a, size_t size)
{
	struct arena_chunk **link = a->current ? &a->current->next : &a->first;
	struct arena_chunk *c = *link;
	size_t want;

	if (c != NULL && c->size >= size && c->size <= a->limit - a->used) {
		enter_chunk(a, c);
		return 1;
	}
	want = a->used / 2;
	if (want < CHUNK_MIN)
		want = CHUNK_MIN;
	if (want > CHUNK_MAX)
		want = CHUNK_MAX;
	if (want < size)
		want = size;
	if (want > a->limit - a->used)
		want = a->limit - a->used;
	if (want < size) {
		(void)err_set(a->err, PITH_CAUSE_LIMIT,
			      "page needs more than %zu bytes of memory",
			      a->limit);
		return 0;
	}
	c = malloc(sizeof(*c) + want);
	if (c == NULL) {
		(void)err_set(a->err, PITH_CAUSE_MEMORY,
			      "no memory for %zu bytes of page", want);
		return 0;
	}
	c->size = want;
	c->next = *link;
	*link = c;
	enter_chunk(a, c);
	return 1;
}

void *arena_alloc(struct arena *a, size_t size)
{
	void *p;

	if (++a->calls >= CLOCK_EVERY) {
		a->calls = 0;
		if (arena_check_time(a) != PITH_OK)
			return NULL;
	}
	if (size > SIZE_MAX - alignof(max_align_t)) {
		(void)err_set(a->err, PITH_CAUSE_LIMIT, "page too large");
		return NULL;
	}
	size += size == 0;
	size = (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
	if (size > (size_t)(a->end - a->next) && !next_chunk(a, size))
		return NULL;
	p = a->next;
	a->next += size;
	return p;
}

void *arena_calloc(struct arena *a, size_t count, size_t size)
{
	void *p;

	if (size != 0 && count > SIZE_MAX / size) {
		(void)err_set(a->err, PITH_CAUSE_LIMIT, "page too large");
		return NULL;
	}
	p = arena_alloc(a, count * size);
	if (p != NULL)
		memset(p, 0, count * size);
	return p;
}

void *arena_grow(struct arena *a, const void *old, size_t have, size_t need,
		 size_t size, size_t *cap)
{
	size_t want = have < 32 ? 64 : have * 2;
	void *p;

	if (want < need)
		want = need;
	if (want > SIZE_MAX / size) {
		(void)err_set(a->err, PITH_CAUSE_LIMIT, "page too large");
		return NULL;
	}
	p = arena_alloc(a, want * size);
	if (p == NULL)
		return NULL;
	if (have > 0)
		memcpy(p, old, have * size);
	*cap = want;
	return p;
}

struct str arena_copy(struct arena *a, struct str s)
{
	char *p = arena_alloc(a, s.len + 1);

	if (p == NULL)
		return (struct str){NULL, 0};
	if (s.len > 0)
		memcpy(p, s.data, s.len);
	p[s.len] = '\0';
	return (struct str){p, s.len};
}
