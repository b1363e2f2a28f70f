/* SPDX-License-Identifier: MIT
 *
 * arena.h: all memory of one page, given back at once, under a budget of bytes
 * and of time. Every stage may include it.
 *
 *   chunks ─> [ used | used | free… ] ─> [ free ] ─> NULL
 *                           ^ next
 *
 * Chunks stay with the arena from page to page (up to a limit), so that a
 * steady run allocates nothing. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

struct arena_chunk;

struct arena {
	struct arena_chunk *first, *current;
	char *next, *end;
	size_t used;	   /* bytes of the chunks in use */
	size_t limit;	   /* ceiling of used */
	bool timed;	   /* is there a limit of time? */
	uint64_t left;	   /* milliseconds of it, while the clock is off */
	uint64_t deadline; /* as clock_ms() counts; 0 while it is off */
	unsigned calls;	   /* since the clock was last read */
	struct err *err;   /* gets the reason of a NULL */
};

/* Start empty, without memory. err must outlive the arena. */
void arena_init(struct arena *a, struct err *err);

/* Free everything. */
void arena_free(struct arena *a);

/* Forget all allocations and set the budget of the next page: bytes, and
 * milliseconds of work (0: no limit), which count from arena_resume to
 * arena_pause. Keeps at most a fixed amount of memory for reuse. */
void arena_reset(struct arena *a, size_t limit, uint64_t time);

/* Work on the page begins, or goes on. */
void arena_resume(struct arena *a);

/* Work rests: waiting for the bytes of a slow sender costs a page nothing. */
void arena_pause(struct arena *a);

/* size bytes aligned for any type, content undefined. NULL when the budget or
 * the system's memory is spent or the time is up; the arena's err then
 * says which. Size 0 gives a valid pointer. */
void *arena_alloc(struct arena *a, size_t size);

/* count * size bytes, zeroed; NULL as above, and on overflow. */
void *arena_calloc(struct arena *a, size_t count, size_t size);

/* Grow an array of elements of `size` bytes: returns room for at least
 * need elements with the first `have` copied from old, and sets *cap. The old
 * room is not reused. NULL as above. */
void *arena_grow(struct arena *a, const void *old, size_t have, size_t need,
		 size_t size, size_t *cap);

/* A copy of s, followed by a NUL byte. data is NULL when out of budget. */
struct str arena_copy(struct arena *a, struct str s);

/* PITH_OK while there is time, PITH_FAILED after that. For long loops that
 * allocate nothing. */
enum pith_status arena_check_time(struct arena *a) PITH_CHECKED;

/* The status that goes with the NULL of an allocation. */
enum pith_status arena_status(const struct arena *a);

/* Milliseconds of a clock that never goes back. */
uint64_t clock_ms(void);

#endif
