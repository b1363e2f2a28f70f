/* SPDX-License-Identifier: MIT
 *
 * builder.c: gathers text, spans and context into blocks. */
#include "page/builder.h"

#include "base/utf8.h"

const struct context builder_outermost = {
    .block_elem = 0, .cell = NO_ELEM, .list = NO_ELEM, .item = NO_ELEM};

void builder_context(struct context *c, enum tag tag, const struct elem *e,
		     uint32_t index)
{
	if (e->flags & ELEM_IS_FOREIGN)
		return;
	if (tag_flags(tag) & TAG_IS_BLOCK)
		c->block_elem = index;
	if (tag_flags(tag) & TAG_IS_HEADING) {
		c->kind = BLOCK_HEADING;
		c->level = (uint8_t)(tag - TAG_H1 + 1);
		return;
	}
	switch (tag) {
	case TAG_A:
		c->link = c->link || elem_attr(e, ATTR_HREF).data != NULL;
		break;
	case TAG_CODE:
	case TAG_KBD:
	case TAG_SAMP:
	case TAG_TT:
		c->code = true;
		break;
	case TAG_HEAD:
	case TAG_TITLE:
		c->muted = true;
		break;
	case TAG_UL:
	case TAG_OL:
	case TAG_DL:
	case TAG_MENU:
	case TAG_DIR:
		c->list = index;
		c->lists += c->lists < UINT8_MAX;
		c->kind = BLOCK_PARAGRAPH;
		c->level = 0;
		break;
	case TAG_LI:
	case TAG_DT:
	case TAG_DD:
		c->item = index;
		c->kind = tag == TAG_LI	  ? BLOCK_ITEM
			  : tag == TAG_DT ? BLOCK_TERM
					  : BLOCK_DEFINITION;
		c->level = tag == TAG_LI ? c->lists : 0;
		break;
	case TAG_TD:
	case TAG_TH:
		c->cell = index;
		c->list = c->item = NO_ELEM;
		c->kind = BLOCK_CELL;
		c->level = c->lists = 0;
		break;
	case TAG_CAPTION:
	case TAG_FIGCAPTION:
		c->kind = BLOCK_CAPTION;
		c->level = 0;
		break;
	case TAG_BUTTON:
	case TAG_LEGEND:
	case TAG_SUMMARY:
		c->kind = BLOCK_CONTROL;
		c->level = 0;
		break;
	case TAG_BLOCKQUOTE:
		c->quotes += c->quotes < UINT8_MAX;
		c->kind = BLOCK_PARAGRAPH;
		c->level = 0;
		break;
	case TAG_PRE:
	case TAG_LISTING:
	case TAG_XMP:
	case TAG_PLAINTEXT:
		c->kind = BLOCK_PREFORMATTED;
		c->level = 0;
		c->pre = true;
		break;
	default:
		break;
	}
}

/* Spans are made when their element begins, so that they come in order of
 * start, the outer before the inner; their end is set when it ends. */
enum pith_status builder_open_span(struct builder *b, struct frame *f)
{
	struct page *p = b->page;

	if (p->span_count == b->span_cap) {
		p->spans = arena_grow(b->arena, p->spans, p->span_count,
				      p->span_count + 1, sizeof(*p->spans),
				      &b->span_cap);
		if (p->spans == NULL)
			return arena_status(b->arena);
	}
	f->span = p->span_count++;
	f->mark = text_mark(&b->text);
	p->spans[f->span] = (struct span){(uint32_t)b->text.len,
					  (uint32_t)b->text.len, f->elem};
	return PITH_OK;
}

/* End the spans of the block in work; leave out those around no text, but for
 * images. */
static void settle_spans(struct builder *b, struct str text)
{
	struct page *p = b->page;
	uint32_t kept = b->first_span;

	for (uint32_t i = b->first_span; i < p->span_count; i++) {
		struct span s = p->spans[i];

		if (s.end > text.len)
			s.end = (uint32_t)text.len;
		while (s.start < s.end && ascii_space(text.data[s.start]))
			s.start++;
		if (s.start > s.end)
			s.start = s.end;
		if (s.start < s.end || p->elems[s.elem].tag == TAG_IMG)
			p->spans[kept++] = s;
	}
	p->span_count = kept;
}

/* End the block in work, if it has text, and go on in the elements open. */
enum pith_status builder_flush(struct builder *b)
{
	struct page *p = b->page;
	struct context *c = &b->begun;
	struct block *block;
	struct str text;
	enum pith_status status;
	bool began = b->text.len > 0;

	b->breaks = 0;
	for (size_t i = 0; began && b->inlines > 0 && i < b->depth; i++)
		if (b->frames[i].span != NO_ELEM)
			p->spans[b->frames[i].span].end = (uint32_t)b->text.len;
	status = text_take(&b->text, &text);
	if (status != PITH_OK)
		return status;
	settle_spans(b, text);
	if (text.len > 0) {
		if (p->block_count == b->block_cap) {
			p->blocks =
			    arena_grow(b->arena, p->blocks, p->block_count,
				       p->block_count + 1, sizeof(*p->blocks),
				       &b->block_cap);
			if (p->blocks == NULL)
				return arena_status(b->arena);
		}
		block = &p->blocks[p->block_count++];
		*block = (struct block){
		    .text = text,
		    .elem = c->block_elem,
		    .common = b->common,
		    .first_span = b->first_span,
		    .span_count = p->span_count - b->first_span,
		    .words = b->text.words,
		    .link_words = b->text.link_words,
		    .chars = b->text.chars,
		    .link_chars = b->text.link_chars,
		    .cell = c->cell,
		    .list = c->list,
		    .item = c->item,
		    .kind = c->kind,
		    .level = c->level,
		    .quotes = c->quotes,
		    .breaks = b->cut,
		    .first_in_item =
			c->item != NO_ELEM && c->item != b->last_item,
		};
		b->last_item = c->item;
	} else {
		p->span_count = b->first_span;
	}
	b->cut = false;
	text_begin(&b->text);
	b->seam = (struct seam){0};
	b->first_span = p->span_count;
	return PITH_OK;
}

/* Inline elements that are open when a block begins reach into it. Of a great
 * many the outermost and the innermost do; the others share the outermost's
 * span. Otherwise each of a million blocks could have hundreds. */
static enum pith_status reopen_spans(struct builder *b)
{
	enum { INNERMOST = 8 };
	size_t shared = b->inlines > INNERMOST ? b->inlines - INNERMOST : 0;
	const struct frame *outermost = NULL;

	b->page->span_count = b->first_span;
	for (size_t i = 0; b->inlines > 0 && i < b->depth; i++) {
		struct frame *f = &b->frames[i];
		enum pith_status status;

		if (f->span == NO_ELEM)
			continue;
		if (outermost != NULL && shared > 1) {
			f->span = outermost->span;
			f->mark = outermost->mark;
			shared--;
			continue;
		}
		status = builder_open_span(b, f);
		if (status != PITH_OK)
			return status;
		if (outermost == NULL)
			outermost = f;
	}
	return PITH_OK;
}

/* A piece of text with something to see in it. */
static enum pith_status add_text(struct builder *b, struct str s)
{
	struct frame *f = &b->frames[b->depth - 1];
	struct text_mode mode = {f->context.pre, f->context.link};
	enum pith_status status;

	if (f->context.muted) {
		if (f->elem == b->title_elem)
			return text_append(&b->title, s,
					   (struct text_mode){false, false});
		return PITH_OK;
	}
	if (text_is_blank(s) && !mode.pre) {
		if (s.len > 0)
			text_space(&b->text);
		return PITH_OK;
	}
	if (b->breaks >= 2 && b->text.len > 0) {
		status = builder_flush(b);
		if (status != PITH_OK)
			return status;
		b->cut = true;
	} else if (b->breaks > 0) {
		status = text_newline(&b->text);
		if (status != PITH_OK)
			return status;
	}
	b->breaks = 0;
	if (b->text.len == 0) {
		b->begun = f->context;
		b->common = b->reach = f->elem;
		status = reopen_spans(b);
		if (status != PITH_OK)
			return status;
	} else if (b->text.chars == 0 &&
		   b->begun.block_elem != f->context.block_elem) {
		/* white space of an element before, which pre kept */
		b->begun = f->context;
		b->common = b->reach = f->elem;
	} else {
		b->common = b->reach;
		if (!b->text.space && !mode.pre && !f->context.code &&
		    seam_parts(&b->seam,
			       (struct str){b->text.data, b->text.len}, s))
			text_space(&b->text);
	}
	return text_append(&b->text, s, mode);
}

/* Index of the run that a character stands for, or SIZE_MAX. */
static size_t run_of(uint32_t c)
{
	if (c >= THIN_PLANE_16 && c < THIN_PLANE_16 + THIN_PLANE_SIZE)
		return c - THIN_PLANE_16 + THIN_PLANE_SIZE;
	if (c >= THIN_PLANE_15 && c < THIN_PLANE_15 + THIN_PLANE_SIZE)
		return c - THIN_PLANE_15;
	return SIZE_MAX;
}

enum pith_status builder_add(struct builder *b, struct str s)
{
	size_t from = 0, i = 0;
	enum pith_status status = PITH_OK;

	while (b->thin != NULL && i < s.len) {
		uint32_t c;
		size_t run, n;

		if ((unsigned char)s.data[i] < 0xf3) {
			i++;
			continue;
		}
		n = utf8_decode(s.data + i, s.len - i, &c);
		run = run_of(c);
		if (run < b->thin->run_count) {
			if (i > from)
				status = add_text(
				    b, (struct str){s.data + from, i - from});
			if (status == PITH_OK)
				status = add_text(b, b->thin->runs[run]);
			if (status != PITH_OK)
				return status;
			from = i + n;
		}
		i += n;
	}
	if (s.len > from)
		status = add_text(b, (struct str){s.data + from, s.len - from});
	return status;
}
