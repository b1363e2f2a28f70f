/* SPDX-License-Identifier: MIT
 *
 * json_tree.c: a parser that climbs up by the parent of a node, so that depth
 * costs no stack.
 *
 * jansson cannot do this: where memory is short it drops the byte for which
 * there is none and goes on, and what it takes counts against no budget. */
#include "meta/json_tree.h"

#include <string.h>

#include "base/utf8.h"

struct parser {
	struct arena *arena;
	const char *p, *end;
	struct json_node *open; /* the array or object in work */
	struct json_node *root;
	size_t nodes;
};

static void skip_space(struct parser *r)
{
	while (r->p < r->end && ascii_space(*r->p))
		r->p++;
}

/* The next byte that is no space, if it is c: passes it. */
static bool take(struct parser *r, char c)
{
	skip_space(r);
	if (r->p == r->end || *r->p != c)
		return false;
	r->p++;
	return true;
}

/* Four hexadecimal digits: json_mend has seen to it. */
static uint32_t hex4(const char *p)
{
	uint32_t n = 0;

	for (int i = 0; i < 4; i++) {
		char c = ascii_lower(p[i]);

		n = n * 16 +
		    (uint32_t)(ascii_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return n;
}

/* The character of the escape at p, which gets past it. */
static uint32_t unescape(const char **p)
{
	static const char names[] = "bfnrt", values[] = "\b\f\n\r\t";
	char c = (*p)[1];
	const char *name = strchr(names, c);
	uint32_t n;

	*p += 2;
	if (c != 'u')
		return name != NULL ? (unsigned char)values[name - names]
				    : (unsigned char)c;
	n = hex4(*p);
	*p += 4;
	if (n >= 0xd800 && n < 0xdc00) {
		n = 0x10000 + ((n & 0x3ff) << 10) + (hex4(*p + 2) & 0x3ff);
		*p += 6;
	}
	return n;
}

/* The string behind a quote. Only one with escapes is copied. */
static enum pith_status read_string(struct parser *r, struct str *out)
{
	const char *start = r->p, *p;
	bool escaped = false;
	char *to;

	while (r->p < r->end && *r->p != '"') {
		escaped |= *r->p == '\\';
		r->p += *r->p == '\\' ? 2 : 1;
	}
	if (r->p >= r->end)
		return PITH_EOF;
	*out = (struct str){start, (size_t)(r->p++ - start)};
	if (!escaped)
		return PITH_OK;
	to = arena_alloc(r->arena, out->len);
	if (to == NULL)
		return arena_status(r->arena);
	p = start;
	start = to;
	while (*p != '"') {
		if (*p == '\\')
			to += utf8_put(unescape(&p), to);
		else
			*to++ = *p++;
	}
	*out = (struct str){start, (size_t)(to - start)};
	return PITH_OK;
}

/* A number or a name; false if there is none. */
static bool skip_word(struct parser *r)
{
	const char *start = r->p;

	while (r->p < r->end && (ascii_alpha(*r->p) || ascii_digit(*r->p) ||
				 *r->p == '-' || *r->p == '+' || *r->p == '.'))
		r->p++;
	return r->p > start;
}

/* A new value below the open one. */
static struct json_node *add(struct parser *r, struct str key)
{
	struct json_node *n = arena_calloc(r->arena, 1, sizeof(*n));

	if (n == NULL)
		return NULL;
	n->key = key;
	n->parent = r->open;
	if (r->open == NULL) {
		r->root = n;
		return n;
	}
	if (r->open->last != NULL)
		r->open->last->next = n;
	else
		r->open->first = n;
	r->open->last = n;
	r->open->count++;
	if (str_equal(key, STR("@id")))
		r->open->id = n;
	return n;
}

/* One value, and what it holds if that is not more values. PITH_EOF, here and
 * above: it is no JSON. */
static enum pith_status read_value(struct parser *r)
{
	struct str key = {NULL, 0};
	enum pith_status status = PITH_OK;
	struct json_node *n;

	if (r->open != NULL && r->open->kind == NODE_OBJECT) {
		if (!take(r, '"'))
			return PITH_EOF;
		status = read_string(r, &key);
		if (status != PITH_OK || !take(r, ':'))
			return status != PITH_OK ? status : PITH_EOF;
	}
	if (r->nodes++ == JSON_NODES_MAX)
		return PITH_EOF;
	n = add(r, key);
	if (n == NULL)
		return arena_status(r->arena);
	if (take(r, '"')) {
		n->kind = NODE_STRING;
		return read_string(r, &n->text);
	}
	if (take(r, '{'))
		n->kind = NODE_OBJECT;
	else if (take(r, '['))
		n->kind = NODE_ARRAY;
	else
		return skip_word(r) ? PITH_OK : PITH_EOF;
	r->open = n;
	return PITH_OK;
}

/* Close what ends here. False: it is no JSON. */
static bool read_ends(struct parser *r)
{
	while (r->open != NULL &&
	       take(r, r->open->kind == NODE_OBJECT ? '}' : ']'))
		r->open = r->open->parent;
	if (r->open == NULL || r->open->first == NULL)
		return true;
	return take(r, ',');
}

enum pith_status json_tree(struct arena *arena, struct str text,
			   const struct json_node **out)
{
	struct parser r = {
	    .arena = arena, .p = text.data, .end = text.data + text.len};
	enum pith_status status;

	*out = NULL;
	do {
		status = read_value(&r);
		if (status == PITH_OK && !read_ends(&r))
			status = PITH_EOF;
	} while (status == PITH_OK && r.open != NULL);
	if (status == PITH_OK)
		*out = r.root;
	return status == PITH_EOF ? PITH_OK : status;
}

const struct json_node *json_member(const struct json_node *node,
				    const char *name)
{
	struct str wanted = {name, strlen(name)};
	const struct json_node *found = NULL;

	if (node == NULL || node->kind != NODE_OBJECT)
		return NULL;
	for (const struct json_node *m = node->first; m != NULL; m = m->next)
		if (str_equal(m->key, wanted))
			found = m;
	return found;
}

bool json_key_is_of(struct str key, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_equal(key, (struct str){names[i], strlen(names[i])}))
			return true;
	return false;
}

struct str json_text(const struct json_node *node)
{
	return node != NULL && node->kind == NODE_STRING
		   ? node->text
		   : (struct str){NULL, 0};
}
