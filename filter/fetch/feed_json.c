/* SPDX-License-Identifier: MIT
 *
 * feed_json.c: JSON Feed 1.0 and 1.1, by jansson. Part of filter/fetch/. */
#include <jansson.h>
#include <stdlib.h>

#include "fetch/feed.h"

/* Of the characters that a value begins or ends with in arrays and objects.
 * jansson takes over 200 bytes for "{}": 8 MB of them took 628 MB. */
enum { MARKS_MAX = 1 << 20 };

struct feed_json {
	json_t *root, *items;
	size_t next;
};

static bool has_too_many(struct str text)
{
	size_t marks = 0;

	for (size_t i = 0; i < text.len; i++)
		marks += text.data[i] == '{' || text.data[i] == '[' ||
			 text.data[i] == ',';
	return marks > MARKS_MAX;
}

enum pith_status feed_json_open(struct feed_json **out, struct str text,
				struct fault *f)
{
	struct feed_json *r;
	json_error_t error;

	*out = NULL;
	if (has_too_many(text))
		return fault_set(f, FETCH_REFUSED,
				 "a JSON Feed of over a million values");
	r = calloc(1, sizeof(*r));
	if (r == NULL)
		return fault_memory(f);
	r->root = json_loadb(text.data, text.len, 0, &error);
	r->items = json_object_get(r->root, "items");
	if (!json_is_array(r->items)) {
		(void)fault_set(f, FETCH_REFUSED, "no JSON Feed: %s",
				r->root ? "no array of items" : error.text);
		feed_json_close(r);
		return PITH_FAILED;
	}
	*out = r;
	return PITH_OK;
}

enum pith_status feed_json_next(struct feed_json *r, struct feed_item *item)
{
	while (r->next < json_array_size(r->items)) {
		const json_t *one = json_array_get(r->items, r->next++);
		const char *url =
		    json_string_value(json_object_get(one, "url"));
		const char *stamp =
		    json_string_value(json_object_get(one, "date_modified"));

		if (url == NULL) /* the id may be a URL, says the standard */
			url = json_string_value(json_object_get(one, "id"));
		if (url == NULL)
			continue;
		*item = (struct feed_item){url, stamp ? stamp : "", false};
		return PITH_OK;
	}
	return PITH_EOF;
}

void feed_json_close(struct feed_json *r)
{
	if (r == NULL)
		return;
	json_decref(r->root);
	free(r);
}
