/* SPDX-License-Identifier: MIT
 *
 * thin_stack.h: the inside of the model: the stack of open elements, the list
 * of active formatting elements, and the rules for each element. Included by
 * thin_rules.c, thin_stack.c, thin_start.c and thin_end.c only. */
#ifndef PAGE_THIN_STACK_H
#define PAGE_THIN_STACK_H

#include <string.h>

#include "page/thin_tree.h"

/* Kinds of open elements. */
enum {
	KIND_HTML,
	KIND_SVG,	/* an element inside svg: dropped */
	KIND_SVG_ROOT,	/* svg itself: passes */
	KIND_SVG_POINT, /* title, desc, foreignObject: HTML may stand in it */
	KIND_MATH,
	KIND_MATH_LOST,	 /* what misleads Gumbo, and what it holds: dropped */
	KIND_MATH_POINT, /* mi and the like: HTML may stand in it */
	KIND_MATH_HTML,	 /* annotation-xml that holds HTML */
	KIND_ANNOTATION	 /* annotation-xml that does not */
};

/* Properties of elements. */
enum {
	SPECIAL = 1,	 /* HTML's "special" category */
	SCOPE = 2,	 /* ends every scope */
	LIST_SCOPE = 4,	 /* ends the scope of li */
	TABLE_PART = 8,	 /* closes a select that stands in a table */
	BREAKS_OUT = 16, /* never inside SVG or MathML */
	CLOSES_P = 32
};

/* How a start tag and an end tag are handled. */
enum handling {
	AS_OTHER,
	AS_VOID,
	AS_INPUT, /* void, and closes a select */
	AS_BLOCK,
	AS_HEADING,
	AS_P,
	AS_LI,
	AS_DD,
	AS_BUTTON,
	AS_OPTION,
	AS_OPTGROUP,
	AS_FORM,
	AS_TABLE,
	AS_CELL,
	AS_ROW,
	AS_ROWS,
	AS_CAPTION,
	AS_COLUMNS,
	AS_COLUMN,
	AS_FORMAT,
	AS_OBJECT,
	AS_SELECT,
	AS_TEMPLATE,
	AS_RUBY,
	AS_FOREIGN,
	AS_RAW,	   /* script, style: closed by the tokenizer */
	AS_NOTHING /* html, head, body, frameset: never nested */
};

struct tree_rule {
	uint8_t handling;
	uint8_t flags;
};

extern const struct tree_rule tree_rules[ELEMENT_COUNT];

static inline enum handling tree_handling(uint8_t element)
{
	return (enum handling)tree_rules[element].handling;
}

/* Hash of a name, whatever the case of its letters. */
uint32_t tree_hash(struct str name);

/* Open an element; false if that would be too deep, which is noted. */
bool stack_push(struct thin_tree *t, uint8_t element, uint8_t kind,
		uint32_t name);

/* Close all elements from place i up. */
void stack_pop_to(struct thin_tree *t, unsigned i);

/* Take one element off the stack and leave those above it. */
void stack_remove(struct thin_tree *t, unsigned i);

/* Is the current node this HTML element? */
bool stack_top_is(const struct thin_tree *t, uint8_t element);

/* Place of the select that the current node is or stands in, or -1. */
int stack_select(const struct thin_tree *t);

/* Is an element of this kind kept from the parser? */
static inline bool kind_is_dropped(uint8_t kind)
{
	return kind == KIND_SVG || kind == KIND_MATH_LOST;
}

/* Neither HTML nor a place where HTML may stand. */
bool stack_is_foreign_at(const struct tree_open *o);
bool stack_ends_scope(const struct tree_open *o);
bool stack_is_special(const struct tree_open *o);

/* Place of the innermost open element in a scope, or -1. stop: a property
 * that also ends the scope; button: so does an open button. */
int stack_in_scope(const struct thin_tree *t, uint8_t element, unsigned stop,
		   bool button);

/* The same for the scope of parts of tables. */
int stack_in_table_scope(const struct thin_tree *t, uint8_t element);

/* Is a part of a table open, in the innermost template if there is one? */
bool stack_is_in_table(const struct thin_tree *t);

/* Add to the list of formatting elements; ELEMENT_COUNT is a marker. */
void format_add(struct thin_tree *t, uint8_t element, uint8_t variant);

/* Clear the list of formatting elements up to the last marker, and that. */
void format_clear(struct thin_tree *t);

/* The end tag of a formatting element: HTML's adoption agency, as far as the
 * stack goes. False if the list has no such element. */
bool format_close(struct thin_tree *t, uint8_t element);

/* Open a formatting element, after those that are to be opened again. False if
 * too many are open, or too deep, which is noted. */
bool format_open(struct thin_tree *t, uint8_t element, uint8_t variant);

#endif
