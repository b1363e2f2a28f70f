/* SPDX-License-Identifier: MIT
 *
 * text.c: kept blocks as plain text, the way a person would type it. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "render/render.h"
#include "render/pen.h"

struct writer {
	const struct page *page;
	const struct selection *selection;
	const struct shape *shape;
	unsigned width;
	struct buf *out;
	struct err *err;
};

/* Columns a character takes on a terminal. */
static unsigned columns(uint32_t c)
{
	if (c >= 0x300 && c < 0x370)
		return 0; /* combining marks */
	return utf8_is_cjk(c) || (c >= 0x3000 && c < 0x3040) ||
		       (c >= 0xff01 && c < 0xff61) ||
		       (c >= 0x1f300 && c < 0x1fb00)
		   ? 2
		   : 1;
}

static enum pith_status put(struct writer *w, const char *s, size_t n)
{
	return buf_append(w->out, s, n, w->err);
}

static enum pith_status put_indent(struct writer *w, unsigned n)
{
	enum pith_status status = PITH_OK;

	while (n-- > 0 && status == PITH_OK)
		status = put(w, " ", 1);
	return status;
}

/* One line of a paragraph, broken at spaces (and between CJK characters) so
 * that it stays within the width where it can. */
static enum pith_status put_wrapped(struct writer *w, struct str s,
				    unsigned indent, unsigned column)
{
	size_t from = 0, last = 0, i = 0;
	unsigned at = column, at_last = 0;
	enum pith_status status = PITH_OK;

	while (i < s.len && status == PITH_OK) {
		uint32_t c;
		size_t n = utf8_decode(s.data + i, s.len - i, &c);
		unsigned wide = columns(c);

		if (c == ' ') {
			last = i;
			at_last = at + 1;
		} else if (wide == 2 && i > from) {
			last = i;
			at_last = at;
		}
		if (at + wide > w->width && last > from) {
			status = put(w, s.data + from, last - from);
			if (status == PITH_OK)
				status = put(w, "\n", 1);
			if (status == PITH_OK)
				status = put_indent(w, indent);
			from = last + (s.data[last] == ' ');
			at = indent + (at > at_last ? at - at_last : 0);
			if (i < from) {
				i = from;
				at = indent;
				last = from;
				continue;
			}
			last = from;
		}
		at += wide;
		i += n;
	}
	if (status == PITH_OK)
		status = put(w, s.data + from, s.len - from);
	return status;
}

/* Lines of a text, each indented but the first. */
static enum pith_status put_lines(struct writer *w, struct str s,
				  unsigned indent, bool wrap)
{
	enum pith_status status = PITH_OK;
	bool first = true;

	while (s.len > 0 && status == PITH_OK) {
		const char *end = memchr(s.data, '\n', s.len);
		size_t n = end ? (size_t)(end - s.data) : s.len;
		struct str line = {s.data, n};

		if (!first && n > 0)
			status = put_indent(w, indent);
		if (status != PITH_OK)
			return status;
		status = wrap && w->width > 0
			     ? put_wrapped(w, line, indent, indent)
			     : put(w, line.data, line.len);
		if (status == PITH_OK && end != NULL)
			status = put(w, "\n", 1);
		n += end != NULL;
		s.data += n;
		s.len -= n;
		first = false;
	}
	return status;
}

/* The cells of a row, a tab between them; kept blocks of one cell are joined
 * by a space. */
static enum pith_status put_row(struct writer *w, uint32_t row)
{
	const struct page *p = w->page;
	enum pith_status status = PITH_OK;
	unsigned tabs = 0;

	for (uint32_t e = row + 1; e < p->elems[row].end && !status;
	     e = p->elems[e].end) {
		const struct elem *cell = &p->elems[e];
		bool first = true;

		if (cell->tag != TAG_TD && cell->tag != TAG_TH)
			continue;
		for (uint32_t b = cell->first_block; b < cell->last_block;
		     b++) {
			struct str s = p->blocks[b].text;

			if (!w->selection->verdicts[b].kept)
				continue;
			for (; tabs > 0 && !status; tabs--)
				status = put(w, "\t", 1);
			if (!first && !status)
				status = put(w, " ", 1);
			for (size_t i = 0; i < s.len && !status; i++)
				status = buf_push(w->out,
						  s.data[i] == '\n' ||
							  s.data[i] == '\t'
						      ? ' '
						      : s.data[i],
						  w->err);
			first = false;
		}
		tabs++;
	}
	return status;
}

/* The row a block is a part of, if its table holds data. */
static uint32_t data_row(const struct writer *w, const struct block *b)
{
	uint32_t row, table;

	if (b->cell == NO_ELEM)
		return NO_ELEM;
	row = shape_nearest(w->page, b->cell, TAG_TR);
	table = shape_nearest(w->page, b->cell, TAG_TABLE);
	if (row == NO_ELEM || table == NO_ELEM ||
	    !(w->shape->flags[table] & SHAPE_DATA))
		return NO_ELEM;
	return row;
}

/* What stands between two blocks: a line end, or a blank line too. */
static enum pith_status put_gap(struct writer *w, const struct block *before,
				const struct block *b)
{
	uint32_t r0 = data_row(w, before), r1 = data_row(w, b);
	uint32_t l0 = shape_list_root(w->shape, before);
	uint32_t l1 = shape_list_root(w->shape, b);
	bool tight = false;

	if (r0 != NO_ELEM && r1 != NO_ELEM)
		tight = shape_nearest(w->page, r0, TAG_TABLE) ==
			shape_nearest(w->page, r1, TAG_TABLE);
	else if (l0 != NO_ELEM && l0 == l1 && b->kind != BLOCK_HEADING &&
		 b->kind != BLOCK_PREFORMATTED &&
		 before->kind != BLOCK_PREFORMATTED)
		tight = !(w->shape->flags[b->list] & SHAPE_LOOSE) ||
			b->list != before->list;
	return put(w, "\n\n", tight ? 1 : 2);
}

static enum pith_status put_block(struct writer *w, uint32_t index)
{
	const struct block *b = &w->page->blocks[index];
	enum pith_status status = PITH_OK;
	unsigned indent = 0;
	char marker[24] = "";

	if (b->item != NO_ELEM && b->list != NO_ELEM &&
	    (w->shape->flags[b->list] & SHAPE_LIST) &&
	    w->page->elems[b->item].tag == TAG_LI) {
		unsigned number = w->shape->number[b->item];
		bool marked = w->shape->first[b->item] == index;

		indent = b->level > 0 ? 2 * (b->level - 1u) : 0;
		if (indent > 20)
			indent = 20;
		if (marked && number > 0)
			snprintf(marker, sizeof(marker), "%u. ", number);
		else if (marked)
			snprintf(marker, sizeof(marker), "- ");
	}
	status = put_indent(w, indent);
	if (status == PITH_OK)
		status = put(w, marker, strlen(marker));
	if (status != PITH_OK)
		return status;
	indent += (unsigned)strlen(marker);
	return put_lines(w, b->text, b->kind == BLOCK_PREFORMATTED ? 0 : indent,
			 b->kind != BLOCK_PREFORMATTED);
}

enum pith_status render_text_part(const struct document *d,
				  const struct part *part, struct buf *out,
				  struct err *err)
{
	const struct page *page = d->page;
	struct writer w = {page, &part->selection, &part->shape, d->width, out,
			   err};
	const struct block *before = NULL;

	if (d->plain != NULL && d->width == 0)
		return render_plain(d->plain, &part->selection, out, err);
	for (uint32_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];
		enum pith_status status = PITH_OK;
		uint32_t row;

		if (!part->selection.verdicts[i].kept)
			continue;
		row = data_row(&w, b);
		if (row != NO_ELEM && before != NULL &&
		    data_row(&w, before) == row)
			continue; /* was written with its row */
		if (before != NULL)
			status = put_gap(&w, before, b);
		if (status == PITH_OK)
			status = row != NO_ELEM ? put_row(&w, row)
						: put_block(&w, i);
		if (status != PITH_OK)
			return status;
		before = b;
	}
	return before != NULL ? put(&w, "\n", 1) : PITH_OK;
}

enum pith_status render_text(const struct document *d, struct buf *out,
			     struct err *err)
{
	struct pen s = {out, err, PITH_OK};
	size_t begun = out->len;

	if (d->front_matter)
		s.status = render_front_matter(d, out, err);
	if (d->title && d->meta->title.len > 0) {
		if (out->len > begun)
			pen_char(&s, '\n');
		pen_put(&s, d->meta->title.data, d->meta->title.len);
		pen_char(&s, '\n');
	}
	if (out->len > begun)
		pen_char(&s, '\n');
	if (s.status == PITH_OK)
		s.status = render_text_part(d, &d->article, out, err);
	if (d->has_comments) {
		pen_text(&s, out->len > begun ? "\n-- Comments --\n\n"
					      : "-- Comments --\n\n");
		if (s.status == PITH_OK)
			s.status = render_text_part(d, &d->comments, out, err);
	}
	return s.status;
}
