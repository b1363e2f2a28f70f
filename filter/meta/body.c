/* SPDX-License-Identifier: MIT
 *
 * body.c: wraps text into a page. */
#include "meta/body.h"

#include <string.h>

static bool is_html(struct str s)
{
	static const struct str tags[] = {
	    {"<p", 2}, {"<br", 3}, {"<div", 4}, {"</", 2}};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (str_find_nocase(s, tags[i], 0) != SIZE_MAX)
			return true;
	return false;
}

enum pith_status body_markup(struct arena *arena, struct str text,
			     struct str *out)
{
	static const char head[] = "<!DOCTYPE html><body><article><p>";
	bool html = is_html(text);
	size_t lines = 0, n = sizeof(head) - 1;
	char *data;

	for (size_t i = 0; i < text.len; i++)
		lines += text.data[i] == '\n';
	data = arena_alloc(arena, n + text.len + 3 * lines + 1);
	*out = (struct str){NULL, 0};
	if (data == NULL)
		return arena_status(arena);
	memcpy(data, head, n);
	for (size_t i = 0; i < text.len; i++) {
		if (text.data[i] == '\n' && !html) {
			memcpy(data + n, "<p>", 3);
			n += 3;
		} else {
			data[n++] = text.data[i];
		}
	}
	*out = (struct str){data, n};
	return PITH_OK;
}
