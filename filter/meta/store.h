/* SPDX-License-Identifier: MIT
 *
 * store.h: the article in the data that scripts would draw a page from.
 * Included by pith.c. */
#ifndef META_STORE_H
#define META_STORE_H

#include "meta/meta.h"

/* Look for an article in scripts of JSON, or of code that begins by setting a
 * name to JSON: the longest text in sentences that is not one of a list of
 * other pages or comments, as one string or as an array of paragraphs. Its
 * markup goes to out->body; title, author and date that stand beside it to
 * *out, the latter two where *out has none. Without such a text *out stays as
 * it is. now: as for meta_read. */
enum pith_status store_read(struct arena *arena, const struct str *scripts,
			    size_t count, int64_t now,
			    struct metadata *out) PITH_CHECKED;

#endif
