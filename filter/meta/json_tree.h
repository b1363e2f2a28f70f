/* SPDX-License-Identifier: MIT
 *
 * json_tree.h: JSON that json_mend has mended, as a tree in the page's arena:
 * it counts against the page's budget and cannot half fail. Included by
 * jsonld.c and store*.c only. */
#ifndef META_JSON_TREE_H
#define META_JSON_TREE_H

#include "base/arena.h"
#include "base/str.h"

enum node_kind {
	NODE_OTHER, /* a number, true, false, null */
	NODE_STRING,
	NODE_ARRAY,
	NODE_OBJECT
};

/* A value. Texts are UTF-8. */
struct json_node {
	enum node_kind kind;
	uint32_t count; /* members or elements */
	struct str key; /* of a member */
	struct json_node *next, *parent;
	union {
		struct str text; /* of a string */
		struct {
			struct json_node *first, *last;
		}; /* of an array or object */
	};
	const struct json_node *id; /* an object's member @id, or NULL */
};

/* Values of one script; far above what is found on pages. */
enum { JSON_NODES_MAX = 1 << 18 };

/* The tree of one root of json_mend; it shows bytes of text, which must live
 * as long. *out is NULL where the text is no JSON, or has too many values. */
enum pith_status json_tree(struct arena *arena, struct str text,
			   const struct json_node **out) PITH_CHECKED;

/* The value of an object's member, the last of that name; NULL if there is
 * none, or node is no object or NULL. */
const struct json_node *json_member(const struct json_node *node,
				    const char *name);

/* Is a member's name one of these? */
bool json_key_is_of(struct str key, const char *const *names, size_t count);

/* The text of a string; empty for anything else, and for NULL. */
struct str json_text(const struct json_node *node);

#endif
