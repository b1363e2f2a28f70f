/* SPDX-License-Identifier: MIT
 *
 * thin_stack.c: the stack of open elements and the list of active formatting
 * elements. */
#include "page/thin_stack.h"

void tree_begin(struct thin_tree *t, unsigned max_depth)
{
	t->depth = t->format_count = t->closed = 0;
	t->template_at = t->preformatted = 0;
	t->form_open = t->in_noscript = false;
	t->head = HEAD_OPEN;
	t->dropped_count = 0;
	t->rebuilt = 0;
	t->max_depth = max_depth < TREE_DEPTH_MAX ? max_depth : TREE_DEPTH_MAX;
	memset(t->open, 0, sizeof(t->open));
	memset(t->dropped, 0, sizeof(t->dropped));
}

/* Neither HTML nor a place where HTML may stand. */
bool stack_is_foreign_at(const struct tree_open *o)
{
	return o->kind == KIND_SVG || o->kind == KIND_SVG_ROOT ||
	       o->kind == KIND_MATH || o->kind == KIND_MATH_LOST;
}

static bool is_format(const struct tree_open *o)
{
	return o->kind == KIND_HTML &&
	       tree_rules[o->element].handling == AS_FORMAT;
}

static bool is_marker(const struct tree_open *o)
{
	return o->kind == KIND_HTML && (tree_rules[o->element].flags & SCOPE) &&
	       o->element != TAG_TABLE;
}

/* Remove entry i of the list of formatting elements. */
static void format_remove(struct thin_tree *t, unsigned i)
{
	if (!t->format[i].open && t->format[i].element != ELEMENT_COUNT)
		t->closed--;
	t->format_count--;
	memmove(&t->format[i], &t->format[i + 1],
		(t->format_count - i) * sizeof(t->format[0]));
}

enum { NO_FORMAT = -1, AT_MARKER = -2 };

/* The last entry of an element since the last marker. AT_MARKER: none is, and
 * there is a marker. */
static int format_find(const struct thin_tree *t, uint8_t element)
{
	for (int i = (int)t->format_count; --i >= 0;) {
		if (t->format[i].element == element)
			return i;
		if (t->format[i].element == ELEMENT_COUNT)
			return AT_MARKER;
	}
	return NO_FORMAT;
}

void format_clear(struct thin_tree *t)
{
	while (t->format_count > 0) {
		unsigned last = t->format_count - 1;
		bool marker = t->format[last].element == ELEMENT_COUNT;

		format_remove(t, last);
		if (marker)
			break;
	}
}

/* Note that an element left the stack. The marker of an object goes with its
 * own end tag only: that of a table leaves it behind. */
static void forget_open(struct thin_tree *t, const struct tree_open *o)
{
	if (o->kind != KIND_HTML)
		return;
	t->open[o->element]--;
	if (o->element == TAG_PRE || o->element == TAG_LISTING)
		t->preformatted--;
	if (is_format(o)) {
		for (unsigned i = t->format_count; i-- > 0;)
			if (t->format[i].element == o->element &&
			    t->format[i].open) {
				t->format[i].open = false;
				t->closed++;
				break;
			}
	} else if (is_marker(o) &&
		   tree_rules[o->element].handling != AS_OBJECT) {
		format_clear(t);
	}
}

/* Close all elements from place i up. */
void stack_pop_to(struct thin_tree *t, unsigned i)
{
	while (t->depth > i)
		forget_open(t, &t->stack[--t->depth]);
	if (t->template_at > t->depth)
		t->template_at = 0;
	if (t->dropped_count > 0) {
		memset(t->dropped, 0, sizeof(t->dropped));
		t->dropped_count = 0;
	}
}

/* Take one element off the stack and leave those above it. */
void stack_remove(struct thin_tree *t, unsigned i)
{
	struct tree_open o = t->stack[i];

	t->depth--;
	memmove(&t->stack[i], &t->stack[i + 1],
		(t->depth - i) * sizeof(t->stack[0]));
	forget_open(t, &o);
	if (t->template_at > i)
		t->template_at--;
}

bool stack_push(struct thin_tree *t, uint8_t element, uint8_t kind,
		uint32_t name)
{
	if (t->depth >= t->max_depth) {
		t->dropped[element]++;
		t->dropped_count++;
		return false;
	}
	t->stack[t->depth++] =
	    (struct tree_open){.name = name, .element = element, .kind = kind};
	if (kind == KIND_HTML) {
		t->open[element]++;
		if (element == TAG_PRE || element == TAG_LISTING)
			t->preformatted++;
	}
	return true;
}

bool stack_ends_scope(const struct tree_open *o)
{
	if (o->kind == KIND_HTML)
		return (tree_rules[o->element].flags & SCOPE) != 0;
	return !stack_is_foreign_at(o);
}

bool stack_is_special(const struct tree_open *o)
{
	if (o->kind == KIND_SVG_POINT && o->element == TAG_TITLE)
		return false; /* so Gumbo has it */
	if (o->kind == KIND_HTML)
		return (tree_rules[o->element].flags & SPECIAL) != 0;
	return !stack_is_foreign_at(o);
}

/* Place of the innermost open element in a scope, or -1. stop: a property
 * that also ends the scope; button: so does an open button. */
int stack_in_scope(const struct thin_tree *t, uint8_t element, unsigned stop,
		   bool button)
{
	if (t->open[element] == 0)
		return -1;
	for (int i = (int)t->depth; --i >= 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind == KIND_HTML && o->element == element)
			return i;
		if (stack_ends_scope(o) ||
		    (o->kind == KIND_HTML &&
		     ((tree_rules[o->element].flags & stop) ||
		      (button && o->element == TAG_BUTTON))))
			return -1;
	}
	return -1;
}

/* The same for the scope of parts of tables. */
int stack_in_table_scope(const struct thin_tree *t, uint8_t element)
{
	if (t->open[element] == 0)
		return -1;
	for (int i = (int)t->depth; --i >= 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind != KIND_HTML)
			continue;
		if (o->element == element)
			return i;
		if (o->element == TAG_TABLE || o->element == TAG_TEMPLATE)
			return -1;
	}
	return -1;
}

bool stack_is_in_table(const struct thin_tree *t)
{
	for (unsigned i = t->depth; i-- > 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind != KIND_HTML)
			continue;
		if (tree_rules[o->element].flags & TABLE_PART)
			return true;
		if (o->element == TAG_TEMPLATE)
			break;
	}
	return false;
}

bool stack_top_is(const struct thin_tree *t, uint8_t element)
{
	return t->depth > 0 && t->stack[t->depth - 1].kind == KIND_HTML &&
	       t->stack[t->depth - 1].element == element;
}

/* Take what is neither special nor formatting off the stack, from `from` to
 * before `to`: the adoption agency leaves it behind. */
static unsigned leave_behind(struct thin_tree *t, unsigned from, unsigned to)
{
	unsigned left = 0;

	for (unsigned j = to; j-- > from;) {
		const struct tree_open *o = &t->stack[j];

		if (stack_is_special(o) || is_format(o))
			continue;
		stack_remove(t, j);
		left++;
	}
	return left;
}

/* Move the element at place i of the stack to place top, and its entry of the
 * list behind that of the innermost formatting element passed. */
static void move_in(struct thin_tree *t, unsigned i, unsigned top, int entry)
{
	struct tree_open moved = t->stack[i];
	struct tree_format listed = t->format[entry];
	int last = entry;

	memmove(&t->stack[i], &t->stack[i + 1], (top - i) * sizeof(moved));
	t->stack[top] = moved;
	for (unsigned j = top; j-- > i && last == entry;)
		if (is_format(&t->stack[j]))
			last = format_find(t, t->stack[j].element);
	if (last <= entry)
		return;
	memmove(&t->format[entry], &t->format[entry + 1],
		(unsigned)(last - entry) * sizeof(listed));
	t->format[last] = listed;
}

/* The end tag of a formatting element: HTML's adoption agency, as far as the
 * stack goes. Step by step it moves the element into the next special one; it
 * is closed, with what is left in it, unless ROUNDS such steps were too few. */
bool format_close(struct thin_tree *t, uint8_t element)
{
	enum { ROUNDS = 8 };
	int entry = format_find(t, element);
	int i, top, rounds = 0;

	if (entry == AT_MARKER)
		return true; /* Gumbo stops there; the tag is nothing */
	if (entry < 0)
		return false;
	i = stack_in_scope(t, element, 0, false);
	if (!t->format[entry].open) {
		format_remove(t, (unsigned)entry);
		return true;
	}
	if (i < 0)
		return true;
	top = i;
	for (int j = i + 1; j < (int)t->depth && rounds < ROUNDS; j++)
		if (stack_is_special(&t->stack[j])) {
			top = j;
			rounds++;
		}
	top -= (int)leave_behind(t, (unsigned)i + 1, (unsigned)top);
	if (rounds == ROUNDS) {
		move_in(t, (unsigned)i, (unsigned)top, entry);
		return true;
	}
	stack_pop_to(t, (unsigned)top + 1);
	stack_remove(t, (unsigned)i);
	entry = format_find(t, element);
	if (entry >= 0)
		format_remove(t, (unsigned)entry);
	return true;
}

/* The same before an element of that kind is opened that must not stand in
 * one: should its end tag have left one open, that is closed, too. */
static void format_close_all(struct thin_tree *t, uint8_t element)
{
	int entry, i = (int)t->depth;

	(void)format_close(t, element);
	entry = format_find(t, element);
	if (entry < 0)
		return;
	while (t->format[entry].open && --i >= 0)
		if (is_format(&t->stack[i]) && t->stack[i].element == element)
			stack_remove(t, (unsigned)i);
	format_remove(t, (unsigned)entry);
}

void tree_rebuild(struct thin_tree *t)
{
	unsigned i = t->format_count;

	if (t->closed == 0)
		return;
	while (i > 0 && !t->format[i - 1].open &&
	       t->format[i - 1].element != ELEMENT_COUNT)
		i--;
	for (; i < t->format_count; i++) {
		if (t->depth < TREE_DEPTH_MAX) {
			unsigned limit = t->max_depth;

			t->max_depth = TREE_DEPTH_MAX;
			(void)stack_push(t, t->format[i].element, KIND_HTML, 0);
			t->max_depth = limit;
		}
		t->format[i].open = true;
		t->closed--;
		t->rebuilt++;
	}
}

void tree_leave_head(struct thin_tree *t)
{
	if (t->template_at == 0) {
		t->head = HEAD_IS_BODY;
		t->in_noscript = false;
	}
}

bool tree_forget(struct thin_tree *t, enum tag *tag)
{
	unsigned last = t->format_count;

	if (last == 0 || t->format[last - 1].open ||
	    t->format[last - 1].element == ELEMENT_COUNT)
		return false;
	*tag = (enum tag)t->format[last - 1].element;
	format_remove(t, last - 1);
	return true;
}

void format_add(struct thin_tree *t, uint8_t element, uint8_t variant)
{
	unsigned alike = 0, first = 0;

	for (unsigned i = t->format_count; i-- > 0;) {
		if (t->format[i].element == ELEMENT_COUNT)
			break;
		if (t->format[i].element == element &&
		    t->format[i].variant == variant) {
			alike++;
			first = i;
		}
	}
	if (alike >= 3 && element != ELEMENT_COUNT)
		format_remove(t, first);
	if (t->format_count == TREE_FORMAT_MAX)
		format_remove(t, 0);
	t->format[t->format_count++] =
	    (struct tree_format){element, variant, true};
}

bool format_open(struct thin_tree *t, uint8_t element, uint8_t variant)
{
	unsigned active = 0;

	if (element == TAG_A)
		format_close_all(t, element);
	if (element == TAG_NOBR) {
		tree_rebuild(t);
		if (stack_in_scope(t, TAG_NOBR, 0, false) >= 0)
			(void)format_close(t, element);
	}
	tree_rebuild(t);
	while (active < t->format_count &&
	       t->format[t->format_count - active - 1].element != ELEMENT_COUNT)
		active++;
	if (active >= TREE_ACTIVE_MAX) {
		t->dropped[element]++;
		t->dropped_count++;
		return false;
	}
	if (!stack_push(t, element, KIND_HTML, 0))
		return false;
	format_add(t, element, variant);
	return true;
}

/* Nothing but options and their groups is opened in a select. */
int stack_select(const struct thin_tree *t)
{
	int i = (int)t->depth - 1;

	if (t->open[TAG_SELECT] == 0)
		return -1;
	while (i >= 0 && t->stack[i].kind == KIND_HTML &&
	       (t->stack[i].element == TAG_OPTION ||
		t->stack[i].element == TAG_OPTGROUP))
		i--;
	if (i >= 0 && t->stack[i].kind == KIND_HTML &&
	    t->stack[i].element == TAG_SELECT)
		return i;
	return -1;
}

bool tree_in_select(const struct thin_tree *t)
{
	return stack_select(t) >= 0;
}

bool tree_always_opens(const struct thin_tree *t, uint8_t element)
{
	switch (tree_handling(element)) {
	case AS_BLOCK:
	case AS_HEADING:
	case AS_P:
	case AS_LI:
	case AS_FORMAT:
	case AS_OTHER:
		return !tree_in_select(t);
	default:
		return false;
	}
}

bool tree_is_foreign(const struct thin_tree *t)
{
	return t->depth > 0 && t->stack[t->depth - 1].kind != KIND_HTML;
}

enum tree_text tree_text(const struct thin_tree *t)
{
	if (tree_in_select(t))
		return TREE_TEXT_SELECT;
	if (t->depth == 0)
		return TREE_TEXT_HTML;
	switch (t->stack[t->depth - 1].kind) {
	case KIND_HTML:
		return TREE_TEXT_HTML;
	case KIND_SVG:
	case KIND_SVG_ROOT:
	case KIND_SVG_POINT:
		return TREE_TEXT_SVG;
	default:
		return TREE_TEXT_MATH;
	}
}
