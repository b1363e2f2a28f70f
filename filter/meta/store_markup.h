/* SPDX-License-Identifier: MIT
 *
 * store_markup.h: a text of a page's data as markup. Included by store*.c
 * only. */
#ifndef META_STORE_MARKUP_H
#define META_STORE_MARKUP_H

#include <stdbool.h>

#include "meta/json_tree.h"

/* Is a string under that key text, in a block? Empty: it stands in an array. */
bool store_is_text(struct str key);

/* A string, which may be markup already; or an array of blocks, of which each
 * text that stands in the array itself, or in another list than the one before,
 * begins a paragraph, or a heading where the block's type says so. In the
 * arena. */
enum pith_status store_markup(struct arena *arena, const struct json_node *json,
			      struct str *out) PITH_CHECKED;

#endif
