/* SPDX-License-Identifier: MIT
 *
 * jsonld_fuzz.c: any bytes as JSON-LD of a page: what is read of them is clean
 * and bounded, what was mended is mended for good and read as jansson reads
 * it. */
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "check_clean.h"
#include "meta/clean.h"
#include "meta/json_mend.h"
#include "meta/json_tree.h"
#include "meta/meta.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The tree says what jansson says, of what both take for JSON. */
static bool same(const json_t *json, const struct json_node *node)
{
	const struct json_node *at;
	const char *key;
	json_t *value;
	size_t i;

	if (node == NULL)
		return false;
	if (json_is_string(json))
		return str_equal(json_text(node),
				 (struct str){json_string_value(json),
					      json_string_length(json)});
	if (json_is_object(json)) {
		if (json_object_get(json, "@id") != NULL &&
		    node->id != json_member(node, "@id"))
			return false;
		json_object_foreach(
		    (json_t *)(uintptr_t)json, key,
		    value) if (!same(value,
				     json_member(node, key))) return false;
		return node->kind == NODE_OBJECT &&
		       node->count >= json_object_size(json);
	}
	if (!json_is_array(json))
		return node->kind == NODE_OTHER;
	if (node->kind != NODE_ARRAY || node->count != json_array_size(json))
		return false;
	at = node->first;
	json_array_foreach(json, i, value)
	{
		if (!same(value, at))
			return false;
		at = at->next;
	}
	return true;
}

static void check_mended(struct arena *arena, struct str script)
{
	struct json_roots roots, again;
	const struct json_node *tree;

	if (json_mend(arena, script, &roots) != PITH_OK)
		return;
	for (size_t i = 0; i < roots.count; i++) {
		json_t *json = json_loadb(roots.roots[i].data,
					  roots.roots[i].len, 0, NULL);

		if (json_tree(arena, roots.roots[i], &tree) != PITH_OK)
			abort();
		if (json == NULL)
			continue; /* past mending */
		if (!same(json, tree))
			abort();
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
		check_clean(meta.title, CLEAN_LINE);
		check_clean(meta.description, CLEAN_TEXT);
		check_clean(meta.sitename, CLEAN_LINE);
		check_clean(meta.image, 4 * CLEAN_LINE);
		for (size_t i = 0; i < meta.author_count; i++)
			check_clean(meta.authors[i], CLEAN_LINE);
		for (size_t i = 0; i < meta.tag_count; i++)
			check_clean(meta.tags[i], CLEAN_LINE);
	}
	check_mended(&arena, script);
	arena_free(&arena);
	return 0;
}
