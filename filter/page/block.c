/* SPDX-License-Identifier: MIT
 *
 * block.c: walks Gumbo's tree once, without recursion, and cuts it into blocks
 * of text. With parse.c the only file that sees gumbo.h. */
#include "page/block.h"

#include <gumbo.h>
#include <string.h>

#include "base/utf8.h"
#include "page/builder.h"

struct walker {
	struct builder b;
	uint8_t tags[GUMBO_TAG_LAST + 1]; /* 1 + enum tag, 0: not yet asked */
};

static enum tag node_tag(struct walker *w, const GumboElement *e)
{
	GumboStringPiece name;

	if (e->tag != GUMBO_TAG_UNKNOWN) {
		if (w->tags[e->tag] == 0) {
			const char *s = gumbo_normalized_tagname(e->tag);
			w->tags[e->tag] =
			    (uint8_t)(1 + tag_find((struct str){s, strlen(s)}));
		}
		return (enum tag)(w->tags[e->tag] - 1);
	}
	name = e->original_tag;
	gumbo_tag_from_original_text(&name);
	return tag_find((struct str){name.data, name.length});
}

/* Elements nothing in which is text of the page. */
static bool is_dropped(const GumboElement *e, enum tag tag)
{
	GumboStringPiece name = e->original_tag;

	if (e->tag_namespace == GUMBO_NAMESPACE_SVG)
		return true;
	if (e->tag_namespace == GUMBO_NAMESPACE_HTML)
		return (tag_flags(tag) & TAG_IS_DROPPED) != 0;
	/* MathML's annotation holds the formula again as TeX */
	gumbo_tag_from_original_text(&name);
	return name.length >= 10 &&
	       str_equal_nocase((struct str){name.data, 10}, STR("annotation"));
}

static bool style_hides(struct str style)
{
	size_t at = str_find_nocase(style, STR("display"), 0);

	if (at == SIZE_MAX)
		return false;
	style = str_trim((struct str){style.data + at + 7, style.len - at - 7});
	if (style.len == 0 || style.data[0] != ':')
		return false;
	style = str_trim((struct str){style.data + 1, style.len - 1});
	return style.len >= 4 &&
	       str_equal_nocase((struct str){style.data, 4}, STR("none"));
}

static enum pith_status read_attrs(struct builder *b, struct elem *e,
				   const GumboVector *attributes)
{
	struct attr_value *values = NULL;
	uint16_t n = 0;

	for (unsigned i = 0; i < attributes->length && n < UINT16_MAX; i++) {
		const GumboAttribute *a = attributes->data[i];
		struct str name = {a->name, strlen(a->name)};
		struct str value = {a->value, strlen(a->value)};
		enum attr attr = attr_find(name);

		if (!attr_is_kept((enum tag)e->tag, attr))
			continue;
		if (b->thin != NULL)
			value = thin_value(b->thin, value);
		if (values == NULL)
			values =
			    arena_alloc(b->arena, (attributes->length - i) *
						      sizeof(*values));
		if (values == NULL)
			return arena_status(b->arena);
		values[n++] = (struct attr_value){attr, value};
		if (attr == ATTR_HIDDEN ||
		    (attr == ATTR_STYLE && style_hides(value)))
			e->flags |= ELEM_IS_HIDDEN;
		if (attr == ATTR_ARIA_HIDDEN &&
		    str_equal_nocase(value, STR("true")))
			e->flags |= ELEM_IS_ARIA_HIDDEN;
	}
	e->attrs = values;
	e->attr_count = n;
	return PITH_OK;
}

/* A block-level boundary: inside pre a new line, elsewhere a new block. */
static enum pith_status cut(struct builder *b, const struct context *outer)
{
	if (!outer->pre)
		return builder_flush(b);
	if (b->text.len > 0 && b->text.data[b->text.len - 1] != '\n')
		return text_newline(&b->text);
	return PITH_OK;
}

static enum pith_status push_elem(struct builder *b, const GumboElement *g,
				  enum tag tag, const struct frame *outer)
{
	struct page *p = b->page;
	struct elem *e;

	if (p->elem_count == b->elem_cap) {
		p->elems = arena_grow(b->arena, p->elems, p->elem_count,
				      p->elem_count + 1, sizeof(*p->elems),
				      &b->elem_cap);
		if (p->elems == NULL)
			return arena_status(b->arena);
	}
	e = &p->elems[p->elem_count++];
	*e = (struct elem){.parent = NO_ELEM,
			   .first_block = p->block_count,
			   .tag = (uint8_t)tag};
	if (outer != NULL) {
		const struct elem *parent = &p->elems[outer->elem];
		e->parent = outer->elem;
		e->depth =
		    (uint16_t)(parent->depth + (parent->depth < UINT16_MAX));
		e->flags =
		    parent->flags & (ELEM_IS_HIDDEN | ELEM_IS_ARIA_HIDDEN);
	}
	if (g->tag_namespace != GUMBO_NAMESPACE_HTML)
		e->flags |= ELEM_IS_FOREIGN;
	return read_attrs(b, e, &g->attributes);
}

static enum pith_status enter(struct builder *b, const GumboElement *g,
			      enum tag tag)
{
	struct page *p = b->page;
	struct frame *outer = b->depth > 0 ? &b->frames[b->depth - 1] : NULL;
	struct frame *f;
	bool foreign = g->tag_namespace != GUMBO_NAMESPACE_HTML;
	bool is_block = !foreign && (tag_flags(tag) & TAG_IS_BLOCK);
	enum pith_status status = PITH_OK;

	if (is_block && outer != NULL)
		status = cut(b, &outer->context);
	if (status == PITH_OK)
		status = push_elem(b, g, tag, outer);
	if (status != PITH_OK)
		return status;
	if (b->depth == b->frame_cap) {
		b->frames =
		    arena_grow(b->arena, b->frames, b->depth, b->depth + 1,
			       sizeof(*b->frames), &b->frame_cap);
		if (b->frames == NULL)
			return arena_status(b->arena);
		outer = b->depth > 0 ? &b->frames[b->depth - 1] : NULL;
	}
	f = &b->frames[b->depth++];
	*f = (struct frame){
	    .elem = p->elem_count - 1, .node = g, .span = NO_ELEM};
	f->context = outer ? outer->context : builder_outermost;
	builder_context(&f->context, tag, &p->elems[f->elem], f->elem);
	if (tag == TAG_TITLE && !foreign && b->title_elem == NO_ELEM)
		b->title_elem = f->elem;
	if (tag == TAG_BODY && p->body == NO_ELEM)
		p->body = f->elem;
	if (is_block)
		return PITH_OK;
	b->inlines++;
	seam_open(&b->seam, tag, b->text.len);
	return builder_open_span(b, f);
}

/* Signs that link to the place they stand at, or back to where a note was
 * called, in brackets or not. */
static bool is_sign(uint32_t c)
{
	return c == '#' || c == 0xa7 /* § */ || c == 0xb6 /* ¶ */ ||
	       c == 0x2191 /* up */ || c == 0x21a9 || c == 0x21b5 ||
	       c == 0x2934 /* back */ || c == 0x2693 /* anchor */ ||
	       c == 0x1f517 /* chain */;
}

static bool is_signs(struct str s)
{
	bool any = false;

	for (size_t i = 0; i < s.len;) {
		uint32_t c;

		i += utf8_decode(s.data + i, s.len - i, &c);
		if (is_sign(c))
			any = true;
		else if (c != ' ' && c != 0xa0 && c != '[' && c != ']' &&
			 c != 0xfe0e && c != 0xfe0f /* how it is shown */)
			return false;
	}
	return any;
}

/* Is the inline element code, or the first in it? */
static bool is_code(const struct page *p, uint32_t e)
{
	return p->elems[e].parent != NO_ELEM &&
	       (p->elems[p->elems[e].parent].tag == TAG_CODE ||
		(e + 1 < p->elem_count && p->elems[e + 1].tag == TAG_CODE));
}

/* The sign beside a heading or a term that links to it: ¶, #, § or a picture
 * of a chain; of a note, that which leads back to the text. In a heading any
 * sign is meant, in code none. */
static bool is_permalink(const struct builder *b, const struct frame *f)
{
	const struct elem *e = &b->page->elems[f->elem];
	struct str href, text;

	if (e->tag != TAG_A)
		return false;
	href = elem_attr(e, ATTR_HREF);
	if (href.len < 2 || href.data[0] != '#')
		return false;
	text.data = b->text.data + f->mark.len;
	text.len = b->text.len - f->mark.len;
	if (f->context.kind == BLOCK_HEADING)
		return text.len > 0 && !utf8_has_word(text.data, text.len);
	return is_signs(text) && !f->context.pre &&
	       !is_code(b->page, f->elem) &&
	       (f->mark.chars > 0 || memchr(text.data, '#', text.len) == NULL);
}

/* What wikis have after a heading, in any language: "[edit | edit source]".
 * An inline element that is square brackets around links and no other words. */
static bool is_section_tool(const struct builder *b, const struct frame *f)
{
	const struct page *p = b->page;
	uint32_t at = (uint32_t)f->mark.len, end = (uint32_t)b->text.len;
	const char *text = b->text.data;
	bool links = false;

	while (at < end && text[at] == ' ')
		at++;
	if (f->context.kind != BLOCK_HEADING || f->mark.len == 0 ||
	    end - at < 3 || text[at] != '[' || text[end - 1] != ']')
		return false;
	for (uint32_t i = f->span + 1; i < p->span_count; i++) {
		const struct span *s = &p->spans[i];

		if (p->elems[s->elem].tag != TAG_A || s->end <= at)
			continue;
		if (s->start < at || utf8_has_word(text + at, s->start - at))
			return false;
		at = s->end;
		links = true;
	}
	return links && !utf8_has_word(text + at, end - at);
}

/* Cut the text off where the inline element f begins. If nothing is left, what
 * ended in f has no block after all. */
static void cut_off(struct builder *b, const struct frame *f)
{
	struct page *p = b->page;

	text_return(&b->text, &f->mark);
	if (f->mark.chars > 0)
		return;
	for (uint32_t i = f->elem + 1; i < p->elem_count; i++)
		if (p->elems[i].last_block > p->block_count)
			p->elems[i].last_block = p->block_count;
}

static enum pith_status leave(struct builder *b)
{
	struct page *p = b->page;
	struct frame *f = &b->frames[b->depth - 1];
	uint32_t parent = p->elems[f->elem].parent;
	enum pith_status status = PITH_OK;

	if (f->span != NO_ELEM) {
		if (b->text.len > 0 &&
		    (is_permalink(b, f) || is_section_tool(b, f)))
			cut_off(b, f);
		seam_close(&b->seam, (enum tag)p->elems[f->elem].tag,
			   b->text.len);
		b->inlines--;
		/* without text, its span is of a block that ended */
		if (b->text.len > 0)
			p->spans[f->span].end = (uint32_t)b->text.len;
	} else {
		status = b->depth > 1 ? cut(b, &b->frames[b->depth - 2].context)
				      : builder_flush(b);
	}
	p->elems[f->elem].end = p->elem_count;
	/* white space alone, which pre keeps for now, makes no block */
	p->elems[f->elem].last_block =
	    p->block_count + (b->text.len > 0 && b->text.chars > 0 ? 1 : 0);
	if (b->reach == f->elem)
		b->reach = parent;
	b->depth--;
	return status;
}

/* Void elements that part the words on their sides. */
static enum pith_status note_void(struct builder *b, enum tag tag)
{
	struct frame *f = &b->frames[b->depth - 1];

	if (f->context.muted)
		return PITH_OK;
	if (tag == TAG_BR && f->context.pre)
		return text_newline(&b->text);
	if (tag == TAG_BR)
		b->breaks += b->breaks < 2;
	else if (tag == TAG_IMG || tag == TAG_INPUT || tag == TAG_EMBED)
		text_space(&b->text);
	return PITH_OK;
}

static enum pith_status visit(struct walker *w, const GumboNode *node)
{
	struct builder *b = &w->b;
	const GumboElement *g;
	enum pith_status status;
	enum tag tag;

	if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA ||
	    node->type == GUMBO_NODE_WHITESPACE)
		return builder_add(b, (struct str){node->v.text.text,
						   strlen(node->v.text.text)});
	if (node->type != GUMBO_NODE_ELEMENT)
		return PITH_OK;
	g = &node->v.element;
	tag = node_tag(w, g);
	if (is_dropped(g, tag))
		return PITH_OK;
	if (b->depth > 0 && g->tag_namespace == GUMBO_NAMESPACE_HTML) {
		status = note_void(b, tag);
		if (status != PITH_OK)
			return status;
	}
	return enter(b, g, tag);
}

static struct str language_of(const struct page *p)
{
	for (uint32_t i = 0; i < p->elem_count && i < 2; i++) {
		uint32_t e = i == 0 ? 0 : p->body;
		struct str lang;

		if (e == NO_ELEM)
			break;
		lang = str_trim(elem_attr(&p->elems[e], ATTR_LANG));
		if (lang.len > 0)
			return lang;
	}
	return (struct str){NULL, 0};
}

/* The tree is large and was last seen when it was made: ask for the sibling
 * that comes after it, too. */
static const GumboNode *next_child(struct frame *f, const GumboVector *children)
{
	const GumboNode *child = children->data[f->next_child++];

	if (f->next_child < children->length) {
		const char *next = children->data[f->next_child];

		__builtin_prefetch(next);
		__builtin_prefetch(next + 64);
	}
	return child;
}

enum pith_status block_build(struct arena *arena,
			     const struct GumboInternalOutput *tree,
			     const struct thin_page *thin, struct page *out)
{
	struct walker *w = arena_calloc(arena, 1, sizeof(*w));
	struct builder *b;
	enum pith_status status;

	*out = (struct page){.body = NO_ELEM};
	if (w == NULL)
		return arena_status(arena);
	b = &w->b;
	b->arena = arena;
	b->thin = thin;
	b->page = out;
	b->last_item = b->title_elem = b->reach = NO_ELEM;
	text_init(&b->text, arena);
	text_init(&b->title, arena);
	status = visit(w, tree->root);
	while (status == PITH_OK && b->depth > 0) {
		struct frame *f = &b->frames[b->depth - 1];
		const GumboVector *children =
		    &((const GumboElement *)f->node)->children;

		if (f->next_child < children->length)
			status = visit(w, next_child(f, children));
		else
			status = leave(b);
	}
	if (status == PITH_OK)
		status = text_take(&b->title, &out->title);
	if (status != PITH_OK)
		return status;
	out->language = language_of(out);
	if (thin != NULL) {
		out->data = thin->data;
		out->data_count = thin->data_count;
		out->stores = thin->stores;
		out->store_count = thin->store_count;
	}
	return PITH_OK;
}

struct str elem_attr(const struct elem *e, enum attr attr)
{
	for (unsigned i = 0; i < e->attr_count; i++)
		if (e->attrs[i].attr == attr)
			return e->attrs[i].value;
	return (struct str){NULL, 0};
}

struct str block_path(const struct page *p, const struct block *b,
		      struct arena *arena)
{
	size_t len = 0;
	char *data, *end;

	for (uint32_t e = b->elem; e != NO_ELEM; e = p->elems[e].parent) {
		const struct tag_row *row = &tag_rows[p->elems[e].tag];

		if (row->flags & TAG_IS_BLOCK)
			len += row->len + 1u;
	}
	data = arena_alloc(arena, len + 1);
	if (data == NULL)
		return (struct str){NULL, 0};
	end = data + len;
	*end = '\0';
	for (uint32_t e = b->elem; e != NO_ELEM; e = p->elems[e].parent) {
		const struct tag_row *row = &tag_rows[p->elems[e].tag];

		if (!(row->flags & TAG_IS_BLOCK))
			continue;
		end -= row->len;
		memcpy(end, row->name, row->len);
		*--end = '>';
	}
	return (struct str){data + (len > 0), len > 0 ? len - 1 : 0};
}
