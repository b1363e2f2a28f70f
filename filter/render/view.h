/* SPDX-License-Identifier: MIT
 *
 * view.h: which blocks are shown, by the switches of pith.h. Included by
 * pith.c and render/. */
#ifndef RENDER_VIEW_H
#define RENDER_VIEW_H

#include "render/render.h"

struct view_options {
	bool title;    /* the title comes first: not again as a heading */
	bool comments; /* find the readers' comments */
	bool tables;
	int captions; /* 0 none, 1 as selected, 2 all of the article */
};

/* Fill d->article, d->comments and d->has_comments. d->page, meta and arena
 * are set. */
enum pith_status view_build(struct document *d,
			    const struct selection *selection,
			    const struct view_options *options) PITH_CHECKED;

/* Is anything of the article shown? */
bool view_is_empty(const struct document *d);

#endif
