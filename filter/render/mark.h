/* SPDX-License-Identifier: MIT
 *
 * mark.h: the text of a block as Markdown: escapes, emphasis, code, links,
 * images. Included by render/ only. */
#ifndef RENDER_MARK_H
#define RENDER_MARK_H

#include "render/render.h"
#include "render/pen.h"

/* Where the text stands. */
struct mark_place {
	const char *prefix; /* of further lines, ended by NUL */
	bool one_line;	    /* line breaks become spaces */
	bool heading;
	bool cell;   /* of a table */
	bool strong; /* all of it; needs a line of its own */
};

/* Write the text of a block. */
void mark_text(struct pen *s, const struct document *d,
	       const struct block *block, const struct mark_place *place);

/* Write a text without markup: a title. */
void mark_plain(struct pen *s, struct str text);

/* Write an image on its own, if it is to be shown; returns whether it was. */
bool mark_image(struct pen *s, const struct document *d, uint32_t img);

#endif
