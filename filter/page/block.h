/* SPDX-License-Identifier: MIT
 *
 * block.h: Gumbo's tree in, an array of text blocks and of the elements around
 * them out; after this stage nobody sees Gumbo. Included by pith.c, score/,
 * meta/ and render/.
 *
 *   elems   0 html   1 head  2 title  3 body  4 div  5 p  6 a  7 p …
 *           (document order; [i, elems[i].end) is i's subtree)
 *   blocks  { elem 5, "Some text with a link", spans: [15,21) elem 6 } …
 *
 * A block is a stretch of text that no block-level boundary cuts: HTML's
 * block elements, custom elements, button, and two br in a row. */
#ifndef PAGE_BLOCK_H
#define PAGE_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "page/attr.h"
#include "page/parse.h"
#include "page/tag.h"
#include "page/thin.h"

#define NO_ELEM UINT32_MAX

enum {
	ELEM_IS_HIDDEN = 1,	 /* it or an ancestor: hidden, display:none */
	ELEM_IS_ARIA_HIDDEN = 2, /* it or an ancestor: aria-hidden=true */
	ELEM_IS_FOREIGN = 4	 /* MathML */
};

struct attr_value {
	enum attr attr;
	struct str value; /* decoded; ended by NUL */
};

/* An element, but for those whose content is dropped by contract. */
struct elem {
	uint32_t parent;		  /* NO_ELEM for html */
	uint32_t end;			  /* one past its last descendant */
	uint32_t first_block, last_block; /* its blocks: [first, last) */
	uint16_t depth;			  /* 0 for html */
	uint8_t tag;			  /* enum tag */
	uint8_t flags;
	uint16_t attr_count;
	const struct attr_value *attrs;
};

enum block_kind {
	BLOCK_PARAGRAPH = 0,
	BLOCK_HEADING,
	BLOCK_ITEM,
	BLOCK_TERM,
	BLOCK_DEFINITION,
	BLOCK_CELL,
	BLOCK_CAPTION,
	BLOCK_PREFORMATTED,
	BLOCK_CONTROL
};

/* An inline element's share of a block's text. */
struct span {
	uint32_t start, end; /* bytes of the block's text; start <= end */
	uint32_t elem;	     /* a, em, code, img (empty), br (empty) … */
};

struct block {
	struct str text; /* white space collapsed and trimmed, or verbatim in
			  * pre; no unprintable characters; not empty */
	uint32_t elem;	 /* innermost block-level element around it */
	uint32_t common; /* innermost element of any kind around all of it */
	uint32_t first_span, span_count; /* in page.spans, in order of start */
	float words;	  /* runs of word characters; a CJK one counts a half */
	float link_words; /* of those, inside a[href] */
	uint32_t chars;	  /* characters, white space left out */
	uint32_t link_chars; /* of those, inside a[href] */
	uint32_t cell;	     /* innermost td or th, else NO_ELEM */
	uint32_t list;	     /* innermost ul, ol or dl, else NO_ELEM */
	uint32_t item;	     /* innermost li, dt or dd, else NO_ELEM */
	uint8_t kind;	     /* enum block_kind */
	uint8_t level;	     /* heading 1–6; nesting of lists for an item */
	uint8_t quotes;	     /* nesting of blockquote */
	uint8_t breaks;	     /* 1: cut off from the block before by <br><br> */
	uint8_t first_in_item; /* 1: no block of its item comes before it */
};

/* A page as blocks; everything is in the arena. */
struct page {
	struct elem *elems;
	struct block *blocks;
	struct span *spans;
	uint32_t elem_count, block_count, span_count;
	uint32_t body;		/* elem of body, NO_ELEM for a frameset */
	struct str title;	/* text of the title element, collapsed */
	struct str language;	/* lang of html or body */
	const struct str *data; /* JSON-LD scripts */
	size_t data_count;
	const struct str *stores; /* see thin.h; until the next thin_begin */
	size_t store_count;
};

/* Cut a tree into blocks. thin is where the runs of text are; NULL if the
 * tree was parsed from markup that was not thinned. */
enum pith_status block_build(struct arena *arena,
			     const struct GumboInternalOutput *tree,
			     const struct thin_page *thin,
			     struct page *out) PITH_CHECKED;

/* Value of an attribute; data is NULL if the element has none. */
struct str elem_attr(const struct elem *e, enum attr attr);

/* Is `inner` the element `outer` or inside it? */
static inline bool elem_within(const struct page *p, uint32_t inner,
			       uint32_t outer)
{
	return inner >= outer && inner < p->elems[outer].end;
}

/* "html>body>div>p", NUL-ended, in the arena: the block-level elements around
 * a block; formatting and other inline elements are left out. */
struct str block_path(const struct page *p, const struct block *b,
		      struct arena *arena);

#endif
