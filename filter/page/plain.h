/* SPDX-License-Identifier: MIT
 *
 * plain.h: text that lost its markup in, an array of blocks out: what parse
 * and block are for pages. Included by pith.c, score/ and render/.
 *
 *   |Share\n|                     block 0
 *   |\n|                          gap
 *   |The first line of a\n|       block 1: one paragraph that was
 *   |paragraph goes on here.\n|            wrapped at a width
 *
 * A block is a line, or the lines of a paragraph that a text browser or an
 * author wrapped. Its text in the page is that of one paragraph; the bytes as
 * they stood are kept beside it, so that what is left can be printed as it
 * stood. */
#ifndef PAGE_PLAIN_H
#define PAGE_PLAIN_H

#include "page/block.h"

struct plain {
	struct page page;  /* one element, body; no spans */
	struct str text;   /* the whole: line ends are \n, no unprintable
			    * characters; in the arena */
	struct str *lines; /* of each block, as it stands in text, from the
			    * indent to before the last line end; what lies
			    * between two is white space */
	unsigned width;	   /* columns the text was wrapped at; 0: it was not */
};

/* Cut valid UTF-8 into blocks. */
enum pith_status plain_build(struct arena *arena, struct str text,
			     struct plain *out) PITH_CHECKED;

#endif
