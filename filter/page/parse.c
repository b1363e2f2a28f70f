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
 * names, values and text. Freed pieces of up to 16 << (CLASSES - 1) bytes go
 * to a list per power of two and are handed out again, which keeps the arena
 * small and the cache warm. Each piece begins with its class. */
enum { CLASSES = 9, UNLISTED = CLASSES };

union piece {
	union piece *next; /* while it is free */
	uint64_t class;	   /* while it is in use */
};

struct heap {
	struct arena *arena;
	union piece *free[CLASSES];
	jmp_buf spent;
};

static void *heap_alloc(void *user, size_t size)
{
	struct heap *heap = user;
	unsigned class = 0;
	union piece *p;

	while (class < CLASSES && (size_t)16 << class < size)
		class ++;
	if (class < CLASSES && heap->free[class] != NULL) {
		p = heap->free[class];
		heap->free[class] = p->next;
	} else {
		if (class < CLASSES)
			size = (size_t)16 << class;
		if (size > SIZE_MAX - sizeof(*p))
			longjmp(heap->spent, 1);
		p = arena_alloc(heap->arena, sizeof(*p) + size);
		if (p == NULL)
			longjmp(heap->spent, 1);
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
