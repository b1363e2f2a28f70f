/* SPDX-License-Identifier: MIT
 *
 * thin_start.c: which elements a start tag closes and opens. */
#include "page/thin_stack.h"

static void close_p(struct thin_tree *t)
{
	int i = stack_in_scope(t, TAG_P, 0, true);

	if (i >= 0)
		stack_pop_to(t, (unsigned)i);
}

/* li closes an open li, dd and dt an open dd or dt. */
static void close_item(struct thin_tree *t, enum handling handling)
{
	for (int i = (int)t->depth; --i >= 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind == KIND_HTML &&
		    tree_rules[o->element].handling == handling) {
			stack_pop_to(t, (unsigned)i);
			return;
		}
		if (stack_is_special(o) && o->element != TAG_ADDRESS &&
		    o->element != TAG_DIV && o->element != TAG_P)
			return;
	}
}

/* Close what stands above the innermost of some parts of a table; false if no
 * table is open here. The rest of the parts are implied. */
static bool to_table(struct thin_tree *t, enum handling part)
{
	for (int i = (int)t->depth; --i >= 0;) {
		const struct tree_open *o = &t->stack[i];
		unsigned h = tree_rules[o->element].handling;

		if (o->kind != KIND_HTML)
			continue;
		if (o->element == TAG_TABLE || o->element == TAG_TEMPLATE ||
		    (part == AS_CELL && h == AS_ROW) ||
		    ((part == AS_CELL || part == AS_ROW) && h == AS_ROWS)) {
			if (t->depth > (unsigned)i + 1)
				stack_pop_to(t, (unsigned)i + 1);
			return true;
		}
	}
	return false;
}

/* Is a table open with no cell or caption open in it? */
static bool in_bare_table(const struct thin_tree *t)
{
	for (int i = (int)t->depth; --i >= 0;) {
		const struct tree_open *o = &t->stack[i];

		if (o->kind != KIND_HTML)
			continue;
		if (o->element == TAG_TABLE)
			return true;
		if (o->element == TAG_TD || o->element == TAG_TH ||
		    o->element == TAG_CAPTION || o->element == TAG_TEMPLATE)
			return false;
	}
	return false;
}

static bool start_table_part(struct thin_tree *t, uint8_t element)
{
	enum handling handling = tree_handling(element);

	if (t->open[TAG_TABLE] + t->open[TAG_TEMPLATE] == 0 ||
	    !to_table(t, handling))
		return true; /* ignored by the parser as well */
	if ((handling == AS_CELL || handling == AS_ROW) &&
	    stack_top_is(t, TAG_TABLE))
		(void)stack_push(t, TAG_TBODY, KIND_HTML, 0);
	if (handling == AS_CELL &&
	    (stack_top_is(t, TAG_TBODY) || stack_top_is(t, TAG_THEAD) ||
	     stack_top_is(t, TAG_TFOOT)))
		(void)stack_push(t, TAG_TR, KIND_HTML, 0);
	if (!stack_push(t, element, KIND_HTML, 0))
		return false;
	if (handling == AS_CELL || handling == AS_CAPTION)
		format_add(t, ELEMENT_COUNT, 0);
	return true;
}

static bool is_math_text(uint8_t element)
{
	return element >= ELEMENT_MI && element <= ELEMENT_MTEXT;
}

/* Gumbo 0.10 takes these for HTML's where a table ends inside, whatever they
 * stand in, and may abort then. */
static bool misleads(uint8_t element)
{
	return (tree_rules[element].flags & TABLE_PART) != 0 ||
	       element == TAG_SELECT || element == TAG_COLGROUP ||
	       element == TAG_TEMPLATE || element == TAG_FRAMESET ||
	       element == TAG_HTML;
}

static enum tree_verdict start_foreign(struct thin_tree *t,
				       const struct tree_tag *tag)
{
	const struct tree_open *top = &t->stack[t->depth - 1];
	uint8_t kind = top->kind;
	uint32_t name = tree_hash(tag->name);

	if (kind == KIND_SVG || kind == KIND_SVG_ROOT || kind == KIND_SVG_POINT)
		kind = tag->element == ELEMENT_FOREIGN_OBJECT ||
			       tag->element == ELEMENT_DESC ||
			       tag->element == TAG_TITLE
			   ? KIND_SVG_POINT
			   : KIND_SVG;
	else if (kind == KIND_MATH_LOST || misleads(tag->element))
		kind = KIND_MATH_LOST;
	else
		kind = is_math_text(tag->element)	    ? KIND_MATH_POINT
		       : tag->element != ELEMENT_ANNOTATION ? KIND_MATH
		       : tag->is_html			    ? KIND_MATH_HTML
							    : KIND_ANNOTATION;
	if (!tag->self_closing && !stack_push(t, tag->element, kind, name))
		return TREE_DROP;
	return kind_is_dropped(kind) ? TREE_DROP : TREE_PASS_FOREIGN;
}

static bool breaks_out(const struct tree_tag *tag)
{
	return (tree_rules[tag->element].flags & BREAKS_OUT) ||
	       (tag->element == TAG_FONT && tag->breaks_out);
}

/* Does the current node take this start tag as HTML? */
static bool start_is_html(const struct thin_tree *t, const struct tree_tag *tag)
{
	if (t->depth == 0)
		return true;
	switch (t->stack[t->depth - 1].kind) {
	case KIND_HTML:
	case KIND_SVG_POINT:
	case KIND_MATH_HTML:
		return true;
	case KIND_MATH_POINT:
		return tag->element != ELEMENT_MGLYPH &&
		       tag->element != ELEMENT_MALIGNMARK;
	case KIND_ANNOTATION:
		return tag->element == TAG_SVG;
	default:
		return false;
	}
}

static bool start_in_select(struct thin_tree *t, const struct tree_tag *tag)
{
	const struct tree_rule *r = &tree_rules[tag->element];

	switch (r->handling) {
	case AS_OPTGROUP:
		if (stack_top_is(t, TAG_OPTION))
			stack_pop_to(t, t->depth - 1);
		if (stack_top_is(t, TAG_OPTGROUP))
			stack_pop_to(t, t->depth - 1);
		return stack_push(t, tag->element, KIND_HTML, 0);
	case AS_OPTION:
		if (stack_top_is(t, TAG_OPTION))
			stack_pop_to(t, t->depth - 1);
		return stack_push(t, tag->element, KIND_HTML, 0);
	case AS_SELECT:
		stack_pop_to(t, (unsigned)stack_select(t));
		return true;
	default: /* ignored */
		return true;
	}
}

/* form: ignored inside another one; in a table it has no content. */
static bool start_form(struct thin_tree *t)
{
	if (t->form_open)
		return true;
	if (in_bare_table(t)) {
		t->form_open = true;
		return true;
	}
	close_p(t);
	if (!stack_push(t, TAG_FORM, KIND_HTML, 0))
		return false;
	t->form_open = t->template_at == 0;
	return true;
}

/* A table between the rows of another one ends that; elsewhere it ends a
 * paragraph. */
static bool start_table(struct thin_tree *t)
{
	if (in_bare_table(t)) {
		int i = stack_in_table_scope(t, TAG_TABLE);

		if (i >= 0)
			stack_pop_to(t, (unsigned)i);
	} else {
		close_p(t);
	}
	return stack_push(t, TAG_TABLE, KIND_HTML, 0);
}

/* Elements that formatting reaches into: it opens again around them. */
static bool start_inline(struct thin_tree *t, uint8_t element)
{
	int i;

	switch (tree_handling(element)) {
	case AS_BUTTON:
		i = stack_in_scope(t, TAG_BUTTON, 0, false);
		if (i >= 0)
			stack_pop_to(t, (unsigned)i);
		break;
	case AS_OPTION:
	case AS_OPTGROUP:
		if (stack_top_is(t, TAG_OPTION))
			stack_pop_to(t, t->depth - 1);
		break;
	default:
		break;
	}
	tree_rebuild(t);
	if (!stack_push(t, element, KIND_HTML, 0))
		return false;
	if (tree_handling(element) == AS_OBJECT)
		format_add(t, ELEMENT_COUNT, 0);
	return true;
}

static bool start_template(struct thin_tree *t)
{
	if (!stack_push(t, TAG_TEMPLATE, KIND_HTML, 0))
		return false;
	format_add(t, ELEMENT_COUNT, 0);
	if (t->template_at == 0)
		t->template_at = t->depth;
	return true;
}

/* svg and math. */
static enum tree_verdict start_root(struct thin_tree *t,
				    const struct tree_tag *tag)
{
	tree_rebuild(t);
	if (tag->self_closing ||
	    stack_push(t, tag->element,
		       tag->element == TAG_SVG ? KIND_SVG_ROOT : KIND_MATH,
		       tree_hash(tag->name)))
		return TREE_PASS_FOREIGN;
	return TREE_DROP;
}

/* rb, rt and the like close each other, and what else is implied to end. */
static void close_ruby(struct thin_tree *t, uint8_t element)
{
	bool keeps_rtc = element == TAG_RT || element == TAG_RP;

	if (stack_in_scope(t, TAG_RUBY, 0, false) < 0)
		return;
	while (t->depth > 0 && t->stack[t->depth - 1].kind == KIND_HTML) {
		uint8_t top = t->stack[t->depth - 1].element;

		if (top == TAG_RTC && keeps_rtc)
			return;
		switch (tree_handling(top)) {
		case AS_DD:
		case AS_LI:
		case AS_OPTION:
		case AS_OPTGROUP:
		case AS_P:
		case AS_RUBY:
			stack_pop_to(t, t->depth - 1);
			break;
		default:
			return;
		}
	}
}

/* Block-level elements, and all else that no formatting opens again for. */
static bool start_block(struct thin_tree *t, uint8_t element)
{
	enum handling handling = tree_handling(element);

	if (handling == AS_LI || handling == AS_DD)
		close_item(t, handling);
	if (handling == AS_RUBY)
		close_ruby(t, element);
	if (tree_rules[element].flags & CLOSES_P)
		close_p(t);
	if (handling == AS_HEADING && t->depth > 0 &&
	    t->stack[t->depth - 1].kind == KIND_HTML &&
	    tree_handling(t->stack[t->depth - 1].element) == AS_HEADING)
		stack_pop_to(t, t->depth - 1);
	return stack_push(t, element, KIND_HTML, 0);
}

static enum tree_verdict start_html(struct thin_tree *t,
				    const struct tree_tag *tag)
{
	uint8_t e = tag->element;
	bool ok = true;

	if (stack_top_is(t, TAG_COLGROUP) && e != TAG_COL && e != TAG_TEMPLATE)
		stack_pop_to(t, t->depth - 1);
	switch (tree_handling(e)) {
	case AS_NOTHING:
		break;
	case AS_VOID:
	case AS_INPUT:
		if (tree_rules[e].flags & CLOSES_P)
			close_p(t);
		else
			tree_rebuild(t);
		break;
	case AS_RAW:
		if (e == TAG_XMP) {
			close_p(t);
			tree_rebuild(t);
		}
		return TREE_PASS_RAW;
	case AS_FORM:
		ok = start_form(t);
		break;
	case AS_TABLE:
		ok = start_table(t);
		break;
	case AS_CELL:
	case AS_ROW:
	case AS_ROWS:
	case AS_CAPTION:
	case AS_COLUMNS:
		ok = start_table_part(t, e);
		break;
	case AS_COLUMN: /* implies a colgroup */
		if (!stack_top_is(t, TAG_COLGROUP))
			(void)start_table_part(t, TAG_COLGROUP);
		break;
	case AS_FORMAT:
		ok = format_open(t, e, tag->variant);
		break;
	case AS_TEMPLATE:
		ok = start_template(t);
		break;
	case AS_FOREIGN:
		return start_root(t, tag);
	case AS_BLOCK:
		ok = start_block(t, e);
		if (e == TAG_PLAINTEXT)
			return TREE_PASS_RAW;
		break;
	case AS_HEADING:
	case AS_P:
	case AS_LI:
	case AS_DD:
	case AS_RUBY:
		ok = start_block(t, e);
		break;
	case AS_OTHER:
	case AS_BUTTON:
	case AS_OPTION:
	case AS_OPTGROUP:
	case AS_OBJECT:
	case AS_SELECT:
		if (e == ELEMENT_ISINDEX)
			return TREE_DROP;
		ok = start_inline(t, e);
		break;
	}
	return ok ? TREE_PASS : TREE_DROP;
}

/* Elements of the head, and what ends it. True if the tag is done with. */
static bool start_in_head(struct thin_tree *t, uint8_t element)
{
	switch (element) {
	case TAG_HTML:
	case TAG_HEAD:
	case TAG_FRAMESET:
	case TAG_LINK:
	case TAG_META:
	case TAG_NOFRAMES:
	case TAG_STYLE:
	case ELEMENT_VOID:
		return false;
	case TAG_BASE:
	case TAG_SCRIPT:
	case TAG_TEMPLATE:
	case TAG_TITLE:
		t->in_noscript = false;
		return false;
	case TAG_NOSCRIPT:
		if (t->head == HEAD_OPEN)
			return t->in_noscript = true;
		break;
	default:
		break;
	}
	tree_leave_head(t);
	return false;
}

/* What a template holds is found out by the first tag in it. In one of
 * columns, all else is ignored: true. */
static bool start_in_template(struct thin_tree *t, uint8_t element)
{
	enum { FRESH, ANY, COLUMNS };
	struct tree_open *top = &t->stack[t->depth - 1];

	if (top->name == FRESH)
		switch (element) {
		case TAG_BASE:
		case TAG_LINK:
		case TAG_META:
		case TAG_NOFRAMES:
		case TAG_SCRIPT:
		case TAG_STYLE:
		case TAG_TEMPLATE:
		case TAG_TITLE:
		case ELEMENT_VOID:
			break;
		default:
			top->name = element == TAG_COL ? COLUMNS : ANY;
		}
	return top->name == COLUMNS && element != TAG_TEMPLATE;
}

/* Leave SVG or MathML. */
static void break_out(struct thin_tree *t)
{
	unsigned i = t->depth;

	while (i > 0 && (stack_is_foreign_at(&t->stack[i - 1]) ||
			 t->stack[i - 1].kind == KIND_ANNOTATION))
		i--;
	stack_pop_to(t, i);
}

enum tree_verdict tree_start(struct thin_tree *t, const struct tree_tag *tag)
{
	const struct tree_rule *r = &tree_rules[tag->element];

	if (!start_is_html(t, tag)) {
		if (!breaks_out(tag))
			return start_foreign(t, tag);
		break_out(t);
	}
	if (t->head != HEAD_IS_BODY && t->template_at == 0 &&
	    start_in_head(t, tag->element))
		return TREE_PASS;
	if (stack_top_is(t, TAG_TEMPLATE) && start_in_template(t, tag->element))
		return TREE_PASS;
	if (tree_in_select(t)) {
		if (r->handling == AS_INPUT || tag->element == TAG_TEXTAREA ||
		    ((r->flags & TABLE_PART) && stack_is_in_table(t)))
			stack_pop_to(t, (unsigned)stack_select(t));
		else if (tag->element == TAG_SCRIPT)
			return TREE_PASS_RAW;
		else if (r->handling != AS_TEMPLATE)
			return start_in_select(t, tag) ? TREE_PASS : TREE_DROP;
	}
	return start_html(t, tag);
}
