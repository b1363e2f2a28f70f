/* SPDX-License-Identifier: MIT
 *
 * thin_end.c: which elements an end tag closes. */
#include "page/thin_stack.h"

/* Close the innermost element of a name in its scope, if there is one. */
static void close_in_scope(struct thin_tree *t, int i)
{
	if (i >= 0)
		stack_pop_to(t, (unsigned)i);
}

/* The end tag of an element without rules of its own. */
static void close_other(struct thin_tree *t, uint8_t element)
{
	for (int i = (int)t->depth; --i >= 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind == KIND_HTML && o->element == element) {
			stack_pop_to(t, (unsigned)i);
			return;
		}
		if (stack_is_special(o))
			return;
	}
}

static void close_heading(struct thin_tree *t)
{
	for (int i = (int)t->depth; --i >= 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind == KIND_HTML &&
		    tree_rules[o->element].handling == AS_HEADING) {
			stack_pop_to(t, (unsigned)i);
			return;
		}
		if (stack_ends_scope(o))
			return;
	}
}

/* </form> takes the form off the stack and leaves what is open in it. */
static void close_form(struct thin_tree *t)
{
	int i = stack_in_scope(t, TAG_FORM, 0, false);

	if (t->template_at == 0)
		t->form_open = false;
	if (i < 0)
		return;
	while (t->depth > (unsigned)i + 1 &&
	       (stack_top_is(t, TAG_P) || stack_top_is(t, TAG_LI) ||
		stack_top_is(t, TAG_DD) || stack_top_is(t, TAG_DT) ||
		stack_top_is(t, TAG_OPTION) || stack_top_is(t, TAG_OPTGROUP)))
		stack_pop_to(t, t->depth - 1);
	stack_remove(t, (unsigned)i);
}

static void end_in_select(struct thin_tree *t, uint8_t element)
{
	switch ((enum handling)tree_rules[element].handling) {
	case AS_OPTGROUP:
		if (stack_top_is(t, TAG_OPTION) && t->depth >= 2 &&
		    t->stack[t->depth - 2].element == TAG_OPTGROUP)
			stack_pop_to(t, t->depth - 1);
		if (stack_top_is(t, TAG_OPTGROUP))
			stack_pop_to(t, t->depth - 1);
		break;
	case AS_OPTION:
		if (stack_top_is(t, TAG_OPTION))
			stack_pop_to(t, t->depth - 1);
		break;
	case AS_SELECT:
		stack_pop_to(t, (unsigned)stack_select(t));
		break;
	default:
		break;
	}
}

/* In the scope of a table, which no object, cell or SVG ends: not HTML's rule,
 * but Gumbo's. */
static void close_object(struct thin_tree *t, uint8_t element)
{
	int i = stack_in_table_scope(t, element);

	if (i < 0)
		return;
	stack_pop_to(t, (unsigned)i);
	format_clear(t);
}

static void close_template(struct thin_tree *t)
{
	for (int i = (int)t->depth; --i >= 0;)
		if (t->stack[i].kind == KIND_HTML &&
		    t->stack[i].element == TAG_TEMPLATE) {
			stack_pop_to(t, (unsigned)i);
			return;
		}
}

static void end_html(struct thin_tree *t, uint8_t e)
{
	if (tree_rules[e].handling == AS_TEMPLATE) {
		close_template(t);
		return;
	}
	if (tree_in_select(t)) {
		if (!(tree_rules[e].flags & TABLE_PART) ||
		    stack_in_table_scope(t, e) < 0) {
			end_in_select(t, e);
			return;
		}
		stack_pop_to(t, (unsigned)stack_select(t));
	}
	if (stack_top_is(t, TAG_COLGROUP) && e != TAG_COL)
		stack_pop_to(t, t->depth - 1);
	switch ((enum handling)tree_rules[e].handling) {
	case AS_BLOCK:
	case AS_BUTTON:
	case AS_DD:
		close_in_scope(t, stack_in_scope(t, e, 0, false));
		break;
	case AS_P:
		close_in_scope(t, stack_in_scope(t, e, 0, true));
		break;
	case AS_LI:
		close_in_scope(t, stack_in_scope(t, e, LIST_SCOPE, false));
		break;
	case AS_HEADING:
		close_heading(t);
		break;
	case AS_FORM:
		close_form(t);
		break;
	case AS_FORMAT:
		if (!format_close(t, e))
			close_other(t, e);
		break;
	case AS_OBJECT:
		close_object(t, e);
		break;
	case AS_TABLE:
	case AS_CELL:
	case AS_ROW:
	case AS_ROWS:
	case AS_CAPTION:
	case AS_COLUMNS:
		close_in_scope(t, stack_in_table_scope(t, e));
		break;
	case AS_COLUMN:
	case AS_VOID:
	case AS_INPUT:
	case AS_RAW:
	case AS_NOTHING:
		break;
	default:
		close_other(t, e);
		break;
	}
}

/* What passed must not stay open inside an element that did not. The end of
 * the outermost, from place i up, ends all in it; but an end tag closes the
 * innermost of its name, so that takes one for each of them. */
static void imply_ends(struct thin_tree *t, unsigned i)
{
	while (i < t->depth && kind_is_dropped(t->stack[i].kind))
		i++;
	for (unsigned j = i; j < t->depth; j++)
		if (t->stack[j].name == t->stack[i].name &&
		    t->implied_count < TREE_IMPLIED_MAX) {
			t->implied = t->stack[i].element;
			t->implied_count++;
		}
}

/* An end tag that meets an SVG or MathML element: does it close one? */
static bool end_foreign(struct thin_tree *t, const struct tree_tag *tag,
			enum tree_verdict *verdict)
{
	uint32_t name = tree_hash(tag->name);

	for (unsigned i = t->depth; i-- > 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind == KIND_HTML)
			return false;
		if (o->name == name) {
			*verdict = TREE_PASS;
			if (kind_is_dropped(o->kind)) {
				imply_ends(t, i + 1);
				*verdict = TREE_DROP;
			}
			stack_pop_to(t, i);
			return true;
		}
	}
	return false;
}

/* End tags before the body. */
static void end_in_head(struct thin_tree *t, uint8_t element)
{
	switch (element) {
	case TAG_HEAD:
		if (t->head == HEAD_OPEN && !t->in_noscript)
			t->head = HEAD_CLOSED;
		break;
	case TAG_NOSCRIPT:
		t->in_noscript = false;
		break;
	case TAG_BODY:
	case TAG_HTML:
		if (!t->in_noscript)
			tree_leave_head(t);
		break;
	case TAG_BR:
		tree_leave_head(t);
		break;
	default:
		break;
	}
}

enum tree_verdict tree_end(struct thin_tree *t, const struct tree_tag *tag)
{
	enum tree_verdict verdict;

	t->implied_count = 0;
	if (tag->ends_raw)
		return TREE_PASS; /* and no title of SVG around it */
	if (t->dropped_count > 0 && t->dropped[tag->element] > 0) {
		t->dropped[tag->element]--;
		t->dropped_count--;
		return TREE_DROP;
	}
	if (tree_is_foreign(t) && end_foreign(t, tag, &verdict))
		return verdict;
	if (t->head != HEAD_IS_BODY && t->template_at == 0)
		end_in_head(t, tag->element);
	else
		end_html(t, tag->element);
	return TREE_PASS;
}
