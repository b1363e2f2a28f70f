/* SPDX-License-Identifier: MIT
 *
 * store_fuzz.c: any bytes as the data a page is drawn from: what is read of
 * them is bounded, its names are clean, and it is there once and for all. */
#include <stdlib.h>
#include <string.h>

#include "check_clean.h"
#include "meta/clean.h"
#include "meta/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str script = {(const char *)data, size};
	struct metadata meta = {.author_count = 0};
	struct err err = {.cause = PITH_CAUSE_NONE};
	struct arena arena;

	arena_init(&arena, &err);
	arena_reset(&arena, 256 << 20, 0);
	if (store_read(&arena, &script, 1, 1700000000, &meta) == PITH_OK) {
		/* every byte has room for a reference, every text for tags */
		if (meta.body.len > 16 * size)
			abort();
		if (meta.body.len == 0 && meta.title.len > 0)
			abort();
		check_clean(meta.title, CLEAN_LINE);
		check_clean(meta.published, CLEAN_LINE);
		for (size_t i = 0; i < meta.author_count; i++)
			check_clean(meta.authors[i], CLEAN_LINE);
	}
	arena_free(&arena);
	return 0;
}
