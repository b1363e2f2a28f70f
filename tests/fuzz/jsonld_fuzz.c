/* SPDX-License-Identifier: MIT
 *
 * jsonld_fuzz.c: any bytes as JSON-LD of a page: what is read of them is clean
 * and bounded, and what was mended is mended for good. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "meta/clean.h"
#include "meta/json_mend.h"
#include "meta/meta.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct str s, size_t most)
{
	if (s.len > most)
		abort();
	for (size_t i = 0; i < s.len;) {
		uint32_t c;

		i += utf8_decode(s.data + i, s.len - i, &c);
		if (utf8_is_unprintable(c) || c == '\n' || c == '\t')
			abort();
	}
}

static void check_mended(struct arena *arena, struct str script)
{
	struct json_roots roots, again;

	if (json_mend(arena, script, &roots) != PITH_OK)
		return;
	for (size_t i = 0; i < roots.count; i++) {
		json_t *json = json_loadb(roots.roots[i].data,
					  roots.roots[i].len, 0, NULL);

		if (json == NULL)
			continue; /* past mending */
		json_decref(json);
		if (json_mend(arena, roots.roots[i], &again) != PITH_OK ||
		    again.count != 1 ||
		    !str_equal(again.roots[0], roots.roots[i]))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str script = {(const char *)data, size};
	struct page page = {.body = NO_ELEM, .data = &script, .data_count = 1};
	struct err err = {.cause = PITH_CAUSE_NONE};
	struct metadata meta;
	struct arena arena;

	arena_init(&arena, &err);
	arena_reset(&arena, 256 << 20, 0);
	if (meta_read(&arena, &page, STR("http://example.org/"), 1700000000,
		      &meta) == PITH_OK) {
		check(meta.title, CLEAN_LINE);
		check(meta.description, CLEAN_TEXT);
		check(meta.sitename, CLEAN_LINE);
		check(meta.image, 4 * CLEAN_LINE);
		for (size_t i = 0; i < meta.author_count; i++)
			check(meta.authors[i], CLEAN_LINE);
		for (size_t i = 0; i < meta.tag_count; i++)
			check(meta.tags[i], CLEAN_LINE);
	}
	check_mended(&arena, script);
	arena_free(&arena);
	return 0;
}
