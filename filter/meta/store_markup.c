/* SPDX-License-Identifier: MIT
 *
 * store_markup.c: walks an array of blocks and writes their texts. */
#include "meta/store_markup.h"

#include <string.h>

enum { LEVEL_OF_HEADING = 2 };

/* Markup in work. */
struct markup {
	struct arena *arena;
	char *data;
	size_t len, cap;
	unsigned level; /* of the heading that is open, else 0 */
};

static enum pith_status put(struct markup *m, const char *s, size_t n)
{
	if (n == 0)
		return PITH_OK;
	if (m->cap - m->len < n) {
		m->data = arena_grow(m->arena, m->data, m->len, m->len + n, 1,
				     &m->cap);
		if (m->data == NULL)
			return arena_status(m->arena);
	}
	memcpy(m->data + m->len, s, n);
	m->len += n;
	return PITH_OK;
}

/* A text; what has tags is markup already. */
static enum pith_status put_text(struct markup *m, struct str s)
{
	bool tags = str_find_nocase(s, STR("</"), 0) != SIZE_MAX ||
		    str_find_nocase(s, STR("<br"), 0) != SIZE_MAX;
	enum pith_status status = PITH_OK;

	if (tags)
		return put(m, s.data, s.len);
	for (size_t i = 0; i < s.len && !status; i++) {
		char c = s.data[i];

		if (c == '&')
			status = put(m, "&amp;", 5);
		else if (c == '<')
			status = put(m, "&lt;", 4);
		else if (c == '\n')
			status = put(m, "<p>", 3);
		else
			status = put(m, &c, 1);
	}
	return status;
}

/* Begin a heading of that level, or with 0 a paragraph. */
static enum pith_status begin_block(struct markup *m, unsigned level)
{
	char start[] = "<h0>", end[] = "</h0>";
	enum pith_status status = PITH_OK;

	if (m->level > 0) {
		end[3] = (char)('0' + m->level);
		status = put(m, end, strlen(end));
	}
	m->level = level;
	if (level == 0 || status != PITH_OK)
		return status == PITH_OK ? put(m, "<p>", 3) : status;
	start[2] = (char)('0' + level);
	return put(m, start, strlen(start));
}

bool store_is_text(struct str key)
{
	static const char *const keys[] = {"text",	"value",   "content",
					   "html",	"body",	   "markup",
					   "paragraph", "rendered"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (str_equal(key, (struct str){keys[i], strlen(keys[i])}))
			return true;
	return key.len == 0;
}

/* The level that a block's type names: "h3", "heading", "header-two"; else
 * 0. */
static unsigned heading_level(const struct json_node *block)
{
	static const char *const keys[] = {"type", "style", "nodeType", "tag",
					   "name"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
		struct str s = json_text(json_member(block, keys[i]));
		char last;

		if (s.len < 2 || ascii_lower(s.data[0]) != 'h')
			continue;
		last = s.data[s.len - 1];
		if (last >= '1' && last <= '6')
			return (unsigned)(last - '0');
		if (str_find_nocase(s, STR("head"), 0) == 0)
			return LEVEL_OF_HEADING;
	}
	return 0;
}

static const struct json_node *list_of(const struct json_node *n)
{
	while (n->kind != NODE_ARRAY)
		n = n->parent;
	return n;
}

/* What comes after n in the array, not what is in it; NULL at the end. */
static const struct json_node *next_of(const struct json_node *n,
				       const struct json_node *array)
{
	while (n != array && n->next == NULL)
		n = n->parent;
	return n == array ? NULL : n->next;
}

static enum pith_status put_blocks(struct markup *m,
				   const struct json_node *array)
{
	const struct json_node *n = array->first, *list = NULL;
	enum pith_status status = PITH_OK;
	unsigned level = 0;

	while (n != NULL && status == PITH_OK) {
		if (n->parent == array) {
			level = heading_level(n);
			list = NULL;
		}
		if ((n->kind == NODE_ARRAY || n->kind == NODE_OBJECT) &&
		    n->first != NULL) {
			n = n->first;
			continue;
		}
		if (n->kind == NODE_STRING && store_is_text(n->key)) {
			const struct json_node *own = list_of(n->parent);

			if (own != list || own == array)
				status = begin_block(m, level);
			list = own;
			if (status == PITH_OK)
				status = put_text(m, n->text);
		}
		n = next_of(n, array);
	}
	return status;
}

enum pith_status store_markup(struct arena *arena, const struct json_node *json,
			      struct str *out)
{
	struct markup m = {.arena = arena};
	enum pith_status status = json->kind == NODE_ARRAY
				      ? put_blocks(&m, json)
				      : put_text(&m, json->text);

	*out = (struct str){m.data, m.len};
	return status;
}
