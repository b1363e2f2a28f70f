/* SPDX-License-Identifier: MIT
 *
 * thin_tree.h: a light model of the parser's stack of open elements and list
 * of active formatting elements. It tells thin what kind of content it is in,
 * and keeps the tree from growing deep or out of proportion. Included by
 * thin*.c only. */
#ifndef PAGE_THIN_TREE_H
#define PAGE_THIN_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "page/tag.h"

enum {
	TREE_DEPTH_MAX = 4096,	/* whatever the limits say */
	TREE_FORMAT_MAX = 1024, /* entries of the list: elements and markers */
	TREE_ACTIVE_MAX = 48,	/* formatting elements open at one place */
	TREE_IMPLIED_MAX = 8
};

/* Elements that only the model tells apart, numbered on from enum tag. */
enum {
	ELEMENT_APPLET = TAG_COUNT, /* like object */
	ELEMENT_MARQUEE,	    /* likewise */
	ELEMENT_VOID,		    /* basefont, bgsound */
	ELEMENT_KEYGEN,
	ELEMENT_IMAGE, /* to a parser, img */
	ELEMENT_ISINDEX,
	ELEMENT_FOREIGN_OBJECT,
	ELEMENT_DESC,
	ELEMENT_MI, /* of MathML, from here to annotation-xml */
	ELEMENT_MN,
	ELEMENT_MO,
	ELEMENT_MS,
	ELEMENT_MTEXT,
	ELEMENT_MGLYPH,
	ELEMENT_MALIGNMARK,
	ELEMENT_ANNOTATION,
	/* without rules of their own, but end tags of other names do not
	 * close them */
	ELEMENT_ACRONYM,
	ELEMENT_BLINK,
	ELEMENT_DATA,
	ELEMENT_DATALIST,
	ELEMENT_MENUITEM,
	ELEMENT_MULTICOL,
	ELEMENT_NEXTID,
	ELEMENT_SPACER,
	ELEMENT_COUNT
};

/* A tag, as far as the model looks at it. */
struct tree_tag {
	uint8_t element;
	uint8_t variant; /* of the element, where formatting elements differ */
	bool self_closing;
	bool breaks_out; /* font with color, face or size */
	bool is_html;	 /* annotation-xml that holds HTML */
	bool ends_raw;	 /* what TREE_PASS_RAW was said of */
	struct str name;
};

/* What to do with a tag. */
enum tree_verdict {
	TREE_PASS,
	TREE_DROP,
	TREE_PASS_FOREIGN, /* and keep its self-closing slash */
	TREE_PASS_RAW	   /* and no tags follow before its end tag */
};

/* What text is where it stands. */
enum tree_text {
	TREE_TEXT_HTML,
	TREE_TEXT_MATH, /* NUL counts */
	TREE_TEXT_SVG,
	TREE_TEXT_SELECT
};

/* How far the page is. */
enum tree_head { HEAD_OPEN, HEAD_CLOSED, HEAD_IS_BODY };

struct tree_open {
	uint32_t name; /* of a foreign element: hash; of a template: mode */
	uint8_t element;
	uint8_t kind;
};

struct tree_format {
	uint8_t element; /* ELEMENT_COUNT: a marker */
	uint8_t variant;
	bool open; /* on the stack */
};

struct thin_tree {
	struct tree_open stack[TREE_DEPTH_MAX];
	struct tree_format format[TREE_FORMAT_MAX];
	unsigned depth, max_depth, format_count;
	unsigned closed;       /* entries of format that are not on the stack */
	unsigned template_at;  /* of the outermost open template, from 1 */
	unsigned preformatted; /* open pre and listing */
	uint8_t implied; /* ends, so many times, before the last end tag */
	unsigned implied_count;
	bool form_open;
	bool in_noscript;		 /* of the head */
	uint8_t head;			 /* enum tree_head */
	uint16_t open[ELEMENT_COUNT];	 /* HTML elements on the stack */
	uint32_t dropped[ELEMENT_COUNT]; /* start tags beyond the depth */
	unsigned dropped_count;
	uint64_t rebuilt; /* formatting elements opened again so far */
};

void tree_begin(struct thin_tree *t, unsigned max_depth);

/* The element of a name that tag_find takes for `tag`. To the parser all
 * elements it does not know are one. */
uint8_t tree_element(enum tag tag, struct str name);

/* Lower-case name of an element. */
const char *tree_name(uint8_t element);

enum tree_verdict tree_start(struct thin_tree *t, const struct tree_tag *tag);
enum tree_verdict tree_end(struct thin_tree *t, const struct tree_tag *tag);

/* Text comes: formatting elements open again. */
void tree_rebuild(struct thin_tree *t);

/* What is not white space comes: the head is over. */
void tree_leave_head(struct thin_tree *t);

/* Take the last formatting element that would be opened again off the list;
 * false if there is none. */
bool tree_forget(struct thin_tree *t, enum tag *tag);

enum tree_text tree_text(const struct thin_tree *t);

/* Is the current node an SVG or MathML element? */
bool tree_is_foreign(const struct thin_tree *t);

/* Does the current node stand in a select? */
bool tree_in_select(const struct thin_tree *t);

/* Does the start tag of an element always make the parser insert one, here? */
bool tree_always_opens(const struct thin_tree *t, uint8_t element);

#endif
