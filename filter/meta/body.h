/* SPDX-License-Identifier: MIT
 *
 * body.h: an article's text that came without a page, as markup. Included by
 * pith.c. */
#ifndef META_BODY_H
#define META_BODY_H

#include "base/arena.h"
#include "base/str.h"

/* A page with that text and nothing else, in the arena. Text with tags for
 * paragraphs in it is taken for HTML; in other text a line is a paragraph. */
enum pith_status body_markup(struct arena *arena, struct str text,
			     struct str *out) PITH_CHECKED;

#endif
