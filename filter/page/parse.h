/* SPDX-License-Identifier: MIT
 *
 * parse.h: thinned markup in, Gumbo's tree out, in the page's arena. Included
 * by pith.c and block.c; parse.c and block.c alone see gumbo.h. */
#ifndef PAGE_PARSE_H
#define PAGE_PARSE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

struct GumboInternalOutput;

/* Parse markup, which must outlive the tree. PITH_FAILED when the arena's
 * budget of bytes or time is spent: nothing is leaked, the arena is to be
 * reset. The tree is never destroyed node by node. */
enum pith_status parse_markup(struct arena *arena, struct str markup,
			      struct GumboInternalOutput **out) PITH_CHECKED;

#endif
