/* SPDX-License-Identifier: MIT
 *
 * parse.c: runs Gumbo inside the page's arena and leaves it by longjmp when
 * the budget is spent. With block.c the only file that sees gumbo.h. */
#include "page/parse.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

/* Gumbo frees most of what it allocates within the same token: buffers for
 * names, values and text. Freed pieces go to a list by size and are handed out
 * again, which keeps the arena small and the cache warm.
 *
 *   slab from the arena: | class | piece | class | piece | … free …       |
 *                                                          ^ next     end ^
 *
 * Classes below SMALL hold (class + 1) * 16 - 8 bytes, so that a piece and its
 * class fill a multiple of 16; those above, twice as much as the one before.
 * What is larger still comes from the arena and is not handed out again. */
enum {
	SMALL = 32,
	CLASSES = 48,
	SLAB = 32 * 1024,
	CLOCK_EVERY = 4096 /* allocations between two looks at the clock */
};

union piece {
	union piece *next; /* while it is free */
	uint64_t class;	   /* while it is in use */
};

struct heap {
	struct arena *arena;
	char *next, *end;
	unsigned calls;
	union piece *free[CLASSES];
	jmp_buf spent;
};

static unsigned class_of(size_t size)
{
	unsigned class;

	if (size <= SMALL * 16 - 8)
		return (unsigned)((size + 7) / 16);
	for (class = SMALL; class < CLASSES; class ++)
		if (size <= ((size_t)SMALL * 32 << (class - SMALL)) - 8)
			break;
	return class;
}

static void *from_arena(struct heap *heap, size_t size)
{
	void *p = arena_alloc(heap->arena, size);

	if (p == NULL)
		longjmp(heap->spent, 1);
	return p;
}

/* A piece that was never used. */
static union piece *carve(struct heap *heap, unsigned class, size_t size)
{
	char *p;

	if (class < CLASSES)
		size = class < SMALL ? (size_t)(class + 1) * 16
				     : (size_t)SMALL * 32 << (class - SMALL);
	else if (size > SIZE_MAX - sizeof(union piece))
		longjmp(heap->spent, 1);
	else
		size += sizeof(union piece);
	if (size > SLAB / 4)
		return from_arena(heap, size);
	if (size > (size_t)(heap->end - heap->next)) {
		heap->next = from_arena(heap, SLAB);
		heap->end = heap->next + SLAB;
	}
	p = heap->next;
	heap->next += size;
	return (union piece *)(void *)p;
}

static void *heap_alloc(void *user, size_t size)
{
	struct heap *heap = user;
	unsigned class = class_of(size);
	union piece *p;

	if (++heap->calls == CLOCK_EVERY) {
		heap->calls = 0;
		if (arena_check_time(heap->arena) != PITH_OK)
			longjmp(heap->spent, 1);
	}
	if (class < CLASSES && heap->free[class] != NULL) {
		p = heap->free[class];
		heap->free[class] = p->next;
	} else {
		p = carve(heap, class, size);
	}
	p->class = class;
	return p + 1;
}

static void heap_free(void *user, void *pointer)
{
	struct heap *heap = user;
	union piece *p = pointer;
	uint64_t class;

	if (p == NULL)
		return;
	p--;
	class = p->class;
	if (class >= CLASSES)
		return;
	p->next = heap->free[class];
	heap->free[class] = p;
}

enum pith_status parse_markup(struct arena *arena, struct str markup,
			      struct GumboInternalOutput **out)
{
	struct heap *heap = arena_calloc(arena, 1, sizeof(*heap));
	GumboOptions options = kGumboDefaultOptions;

	*out = NULL;
	if (heap == NULL)
		return arena_status(arena);
	heap->arena = arena;
	if (setjmp(heap->spent))
		return arena_status(arena);
	options.allocator = heap_alloc;
	options.deallocator = heap_free;
	options.userdata = heap;
	options.max_errors = 0;
	*out = gumbo_parse_with_options(
	    &options, markup.len > 0 ? markup.data : "", markup.len);
	return PITH_OK;
}
