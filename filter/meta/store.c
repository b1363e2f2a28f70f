/* SPDX-License-Identifier: MIT
 *
 * store.c: finds the article in a framework's data, whose keys it does not
 * know.
 *
 *   scripts ─ mend ─ parse ─> nodes, breadth first, each with its parent
 *   backwards: words of prose of each node ─> its array, if that is an article
 *   the best: a string, or an array
 *
 *   {"post": {"title": …, "content": [                      an array: its
 *       {"type": "p", "children": [{"text": "One "},        elements are
 * blocks,
 *                                  {"text": "two."}]},      texts of an array
 *       {"type": "h2", "text": "…"}]},                      in them are parts
 *    "more": [{"url": …, "text": …}, …]}                    other pages: not
 */
#include "meta/store.h"

#include <string.h>

#include "base/utf8.h"
#include "meta/clean.h"
#include "meta/date.h"
#include "meta/json_mend.h"
#include "meta/json_tree.h"
#include "meta/store_markup.h"

enum {
	NODES_MAX = 200000, /* values visited */
	WORDS_MIN = 80,	    /* of an article */
	CODE_WORDS = 8,	    /* a text with a sign of code for so many is code */
	OTHERS = 4,    /* an array of which so much is other pages is a list */
	ABOVE_MAX = 3, /* objects around a text that may name its page */
};

struct node {
	const struct json_node *json;
	uint32_t parent; /* itself for a root */
	uint32_t words;	 /* of prose in it */
	uint32_t others; /* of these, in elements that are other pages */
	uint32_t most;	 /* in one element of an array */
	bool is_text;	 /* a string that counts for its array */
};

struct walk {
	struct arena *arena;
	const struct json_node *roots[JSON_ROOTS_MAX];
	size_t root_count;
	struct node *nodes;
	size_t count, cap;
};

/* Does an element of an array have an address or an author of its own? Then it
 * is another page or a comment. */
static bool is_other_page(const struct json_node *element)
{
	static const char *const keys[] = {
	    "url",  "href", "link",   "slug",	 "permalink", "path",
	    "user", "uri",  "author", "authors", "username"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (json_member(element, keys[i]) != NULL)
			return true;
	return false;
}

/* Words of a text outside of tags, CJK characters as halves. *prose: it has
 * sentences, and is no code. */
static uint32_t count_words(struct str s, bool *prose)
{
	uint32_t words = 0, wide = 0, ends = 0, code = 0, c = ' ', before;
	bool in_tag = false;

	for (size_t i = 0; i < s.len;) {
		before = c;
		i += utf8_decode(s.data + i, s.len - i, &c);
		if (in_tag || c == '<') {
			in_tag = c != '>';
			c = ' ';
			continue;
		}
		if (utf8_is_cjk(c))
			wide++;
		else if (c > ' ' && before <= ' ')
			words++;
		ends += ((c == ' ' || c == '\n') &&
			 (before == '.' || before == '!' || before == '?')) ||
			c == 0x3002;
		code += c < 0x80 && c > 0 && strchr("{}[]=\\", (int)c);
	}
	ends += c == '.' || c == '!' || c == '?' || c == ' ';
	words += wide / 2;
	*prose = ends > 0 && code * CODE_WORDS <= words && s.data[0] != '{' &&
		 s.data[0] != '[';
	return words;
}

static enum pith_status push(struct walk *w, const struct json_node *json,
			     uint32_t parent)
{
	struct node n = {.json = json, .parent = parent, .is_text = true};
	bool prose = false;

	if (w->count >= NODES_MAX || json->kind == NODE_OTHER)
		return PITH_OK;
	if (json->kind == NODE_STRING) {
		n.is_text = store_is_text(json->key);
		if (json->text.len > 0)
			n.words = count_words(json->text, &prose);
		if (n.words == 0 || !prose)
			return PITH_OK;
	}
	if (w->count == w->cap) {
		w->nodes = arena_grow(w->arena, w->nodes, w->count,
				      w->count + 1, sizeof(*w->nodes), &w->cap);
		if (w->nodes == NULL)
			return arena_status(w->arena);
	}
	w->nodes[w->count++] = n;
	return PITH_OK;
}

/* Keys of what is about other things than the page. */
static bool is_aside(struct str key)
{
	static const char *const keys[] = {
	    "author",  "authors",  "bio",      "comments", "reviews",
	    "related", "messages", "footer",   "header",   "navigation",
	    "menu",    "i18n",	   "locale",   "locales",  "translations",
	    "strings", "legal",	   "settings", "config"};

	return json_key_is_of(key, keys, sizeof(keys) / sizeof(keys[0]));
}

static enum pith_status walk_all(struct walk *w)
{
	enum pith_status status = PITH_OK;

	for (size_t i = 0; i < w->root_count && !status; i++)
		status = push(w, w->roots[i], (uint32_t)w->count);
	for (uint32_t i = 0; i < w->count && !status; i++) {
		const struct json_node *k = w->nodes[i].json;

		if (k->kind == NODE_STRING)
			continue;
		for (k = k->first; k != NULL && !status; k = k->next)
			if (!is_aside(k->key))
				status = push(w, k, i);
	}
	return status;
}

/* Add up what is in each node, from the leaves on. */
static void add_up(struct walk *w)
{
	for (uint32_t i = (uint32_t)w->count; i-- > 0;) {
		const struct node *n = &w->nodes[i];
		struct node *parent = &w->nodes[n->parent];

		if (n->parent == i || !n->is_text)
			continue;
		parent->words += n->words;
		if (parent->json->kind != NODE_ARRAY) {
			parent->others += n->others;
			continue;
		}
		parent->others += is_other_page(n->json) ? n->words : n->others;
		if (n->words > parent->most)
			parent->most = n->words;
	}
}

/* Is a node in one of many alike: a post of a list, a paragraph of an
 * article? */
static bool is_one_of_many(const struct walk *w, uint32_t i)
{
	for (; w->nodes[i].parent != i; i = w->nodes[i].parent) {
		const struct node *parent = &w->nodes[w->nodes[i].parent];

		if (parent->json->kind == NODE_ARRAY &&
		    2 * parent->words > 5 * w->nodes[i].words)
			return true;
	}
	return false;
}

/* The string or array that is the article; count if there is none. Inner
 * arrays come first, and one around them must have a quarter more. */
static uint32_t find_article(const struct walk *w)
{
	uint32_t best = (uint32_t)w->count;
	uint64_t most = 0;

	for (uint32_t i = (uint32_t)w->count; i-- > 0;) {
		const struct node *n = &w->nodes[i];
		bool array = n->json->kind == NODE_ARRAY;

		if (n->json->kind == NODE_OBJECT || n->words < WORDS_MIN ||
		    (array && (2 * n->most > n->words ||
			       (uint64_t)OTHERS * n->others > n->words)))
			continue;
		if (4 * (uint64_t)n->words > (array ? 5 : 4) * most &&
		    !is_one_of_many(w, i)) {
			best = i;
			most = n->words;
		}
	}
	return best;
}

/* The first string under one of some keys, of itself or of the name of an
 * object or of the first of an array. */
static struct str first_string(const struct json_node *object,
			       const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct json_node *v = json_member(object, keys[i]);

		if (v != NULL && v->kind == NODE_ARRAY)
			v = v->first;
		if (v != NULL && v->kind == NODE_OBJECT)
			v = json_member(v, "name");
		if (json_text(v).len > 0)
			return json_text(v);
	}
	return (struct str){NULL, 0};
}

#define FIRST_STRING(object, keys)                                             \
	first_string(object, keys, sizeof(keys) / sizeof((keys)[0]))

static enum pith_status add_date(struct arena *arena, struct str s, int64_t now,
				 struct metadata *out)
{
	struct date d;
	char *data;

	if (out->published.len > 0 ||
	    !date_read(s, DATE_MONTH_FIRST, &d, NULL) ||
	    !date_is_likely(&d, now))
		return PITH_OK;
	data = arena_alloc(arena, DATE_TEXT);
	if (data == NULL)
		return arena_status(arena);
	out->published = (struct str){data, date_write(&d, data)};
	return PITH_OK;
}

static enum pith_status add_author(struct arena *arena, struct str s,
				   struct metadata *out)
{
	struct str name = clean_line(arena, s, CLEAN_LINE);

	if (name.data == NULL)
		return arena_status(arena);
	if (out->author_count > 0 || name.len == 0)
		return PITH_OK;
	out->authors = arena_alloc(arena, sizeof(*out->authors));
	if (out->authors == NULL)
		return arena_status(arena);
	out->authors[0] = name;
	out->author_count = 1;
	return PITH_OK;
}

/* What the nearest object with a title says of node i. */
static enum pith_status add_names(const struct walk *w, uint32_t i, int64_t now,
				  struct metadata *out)
{
	static const char *const titles[] = {"title", "headline"};
	static const char *const authors[] = {"author", "authors", "byline",
					      "creator"};
	static const char *const dates[] = {
	    "datePublished", "publishedAt", "published_at", "publishedDate",
	    "publishDate",   "published",   "pubDate",	    "date",
	    "createdAt",     "created_at"};
	enum pith_status status = PITH_OK;
	struct str title = {NULL, 0};

	for (int above = 0; above < ABOVE_MAX && title.len == 0;) {
		if (w->nodes[i].parent == i)
			return PITH_OK;
		i = w->nodes[i].parent;
		if (w->nodes[i].json->kind != NODE_OBJECT)
			continue;
		title = FIRST_STRING(w->nodes[i].json, titles);
		above++;
	}
	title = clean_line(w->arena, title, CLEAN_LINE);
	if (title.data == NULL)
		return arena_status(w->arena);
	if (title.len == 0)
		return PITH_OK;
	out->title = title;
	status =
	    add_author(w->arena, FIRST_STRING(w->nodes[i].json, authors), out);
	if (status == PITH_OK)
		status = add_date(
		    w->arena, FIRST_STRING(w->nodes[i].json, dates), now, out);
	return status;
}

static enum pith_status take(const struct walk *w, uint32_t i, int64_t now,
			     struct metadata *out)
{
	const struct json_node *json = w->nodes[i].json;
	struct str markup;
	enum pith_status status = store_markup(w->arena, json, &markup);
	bool prose;

	if (status != PITH_OK || markup.len == 0 ||
	    2 * count_words(markup, &prose) > 3 * w->nodes[i].words)
		return status; /* it is mostly labels */
	out->body = markup;
	return add_names(w, i, now, out);
}

/* The string that code gives to JSON.parse("…"), decoded; else the code. */
static enum pith_status find_json(struct arena *arena, struct str *script)
{
	size_t at = str_find_nocase(*script, STR("JSON.parse(\""), 0), end;
	const struct json_node *list;
	struct json_roots roots;
	enum pith_status status;
	char *data;

	if (at == SIZE_MAX)
		return PITH_OK;
	at += STR("JSON.parse(").len;
	for (end = at + 1; end < script->len && script->data[end] != '"';)
		end += script->data[end] == '\\' ? 2 : 1;
	if (end >= script->len)
		return PITH_OK;
	data = arena_alloc(arena, end - at + 2);
	if (data == NULL)
		return arena_status(arena);
	data[0] = '[';
	memcpy(data + 1, script->data + at, end + 1 - at);
	status = json_mend(arena, (struct str){data, end + 2 - at}, &roots);
	if (status != PITH_OK || roots.count == 0)
		return status;
	status = json_tree(arena, roots.roots[0], &list);
	if (status == PITH_OK && list != NULL && list->first != NULL)
		*script = json_text(list->first);
	return status;
}

static enum pith_status load(struct walk *w, struct str script)
{
	struct json_roots roots;
	enum pith_status status = find_json(w->arena, &script);

	if (status == PITH_OK)
		status = json_mend(w->arena, script, &roots);
	if (status != PITH_OK)
		return status;
	for (size_t i = 0; i < roots.count && status == PITH_OK &&
			   w->root_count < JSON_ROOTS_MAX;
	     i++) {
		const struct json_node *root;

		status = json_tree(w->arena, roots.roots[i], &root);
		if (status == PITH_OK && root != NULL)
			w->roots[w->root_count++] = root;
	}
	return status;
}

enum pith_status store_read(struct arena *arena, const struct str *scripts,
			    size_t count, int64_t now, struct metadata *out)
{
	struct walk w = {.arena = arena};
	enum pith_status status = PITH_OK;
	uint32_t best;

	for (size_t i = 0; i < count && status == PITH_OK; i++)
		status = load(&w, scripts[i]);
	if (status == PITH_OK)
		status = walk_all(&w);
	if (status != PITH_OK)
		return status;
	add_up(&w);
	best = find_article(&w);
	return best < w.count ? take(&w, best, now, out) : PITH_OK;
}
