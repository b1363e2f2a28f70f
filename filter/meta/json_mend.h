/* SPDX-License-Identifier: MIT
 *
 * json_mend.h: JSON as pages have it made into JSON as RFC 8259 has it.
 * Included by jsonld.c, json_tree.c and store.c only. */
#ifndef META_JSON_MEND_H
#define META_JSON_MEND_H

#include "base/arena.h"
#include "base/str.h"

enum {
	JSON_DEPTH_MAX = 64,	  /* objects and arrays in each other */
	JSON_BYTES_MAX = 4 << 20, /* of one script */
	JSON_ROOTS_MAX = 64	  /* objects one after the other */
};

/* The objects and arrays at the top level of a script, each mended: comments
 * of HTML and JavaScript dropped, control characters in strings escaped,
 * useless commas and semicolons dropped, undefined made null, wrong escapes
 * made characters, what is open at the end closed. A script over a limit has
 * none. */
struct json_roots {
	struct str roots[JSON_ROOTS_MAX];
	size_t count;
};

enum pith_status json_mend(struct arena *arena, struct str script,
			   struct json_roots *out) PITH_CHECKED;

#endif
