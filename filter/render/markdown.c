/* SPDX-License-Identifier: MIT
 *
 * markdown.c: kept blocks as CommonMark. Every block is put into its boxes:
 * those it shares with the block before stay open, the others are closed and
 * opened.
 *
 *   boxes      quote > list > item        line begins  "> 1. "
 *   further lines of the block                         ">    "
 */
#include <stdio.h>

#include "render/grid.h"
#include "render/inline.h"
#include "render/language.h"
#include "render/mark.h"
#include "render/outline.h"
#include "render/picture.h"

enum { PREFIX_MAX = OUTLINE_DEPTH * 12 + 1 };

struct writer {
	const struct document *d;
	const struct part *part;
	struct pen *s;
	struct outline open;
	struct {
		bool other;	/* of a list: the second of its two marks */
		unsigned width; /* of an item's mark */
	} state[OUTLINE_DEPTH];
	bool any;		 /* something stands before */
	char prefix[PREFIX_MAX]; /* of further lines in the open boxes */
};

static bool is_ordered(const struct writer *w, uint32_t list)
{
	return w->d->page->elems[list].tag == TAG_OL;
}

/* Two lists in a row need different marks, or they are one. */
static void open_list(struct writer *w, const struct outline *o, unsigned i)
{
	bool after_list = i < w->open.depth &&
			  w->open.boxes[i].kind == BOX_LIST &&
			  is_ordered(w, w->open.boxes[i].elem) ==
			      is_ordered(w, o->boxes[i].elem);

	w->state[i].other = after_list && !w->state[i].other;
}

/* The mark of an item, ended by NUL. */
static void item_mark(struct writer *w, const struct outline *o, unsigned i,
		      char mark[16])
{
	bool other = i > 0 && w->state[i - 1].other;
	unsigned n = w->part->shape.number[o->boxes[i].elem];

	if (i > 0 && is_ordered(w, o->boxes[i - 1].elem))
		snprintf(mark, 16, "%u%c ", n <= 999999999 ? n : 1,
			 other ? ')' : '.');
	else
		snprintf(mark, 16, "%c ", other ? '*' : '-');
	w->state[i].width = (unsigned)strlen(mark);
}

/* The prefix of further lines in the first n boxes. */
static void set_prefix(struct writer *w, const struct outline *o, unsigned n)
{
	size_t at = 0;

	for (unsigned i = 0; i < n; i++) {
		if (o->boxes[i].kind == BOX_QUOTE) {
			memcpy(w->prefix + at, "> ", 2);
			at += 2;
		} else if (o->boxes[i].kind == BOX_ITEM) {
			memset(w->prefix + at, ' ', w->state[i].width);
			at += w->state[i].width;
		}
	}
	w->prefix[at] = '\0';
}

/* A line with nothing but what keeps its boxes open. */
static void put_blank(struct writer *w)
{
	size_t n = strlen(w->prefix);

	while (n > 0 && w->prefix[n - 1] == ' ')
		n--;
	pen_put(w->s, w->prefix, n);
	pen_char(w->s, '\n');
}

/* May the block follow without a blank line: the next item of a tight list, or
 * a list that begins in one? */
static bool is_tight(const struct writer *w, const struct outline *o,
		     unsigned common)
{
	const struct shape *shape = &w->part->shape;

	if (common >= o->depth || common == 0)
		return false;
	if (o->boxes[common].kind == BOX_ITEM)
		return !(shape->flags[o->boxes[common - 1].elem] & SHAPE_LOOSE);
	/* only a list that begins with 1 may interrupt a paragraph */
	return o->boxes[common].kind == BOX_LIST && w->open.depth == common &&
	       o->boxes[common - 1].kind == BOX_ITEM &&
	       !(shape->flags[o->boxes[common - 2].elem] & SHAPE_LOOSE) &&
	       (!is_ordered(w, o->boxes[common].elem) ||
		shape->number[o->boxes[common + 1].elem] == 1);
}

/* Close and open boxes, up to where the block's text begins. */
static void begin_block(struct writer *w, uint32_t anchor)
{
	struct outline o;
	unsigned common;

	outline_of(&w->part->shape, anchor, false, &o);
	common = outline_common(&w->open, &o);
	set_prefix(w, &o, common);
	if (w->any && !is_tight(w, &o, common))
		put_blank(w);
	pen_text(w->s, w->prefix);
	for (unsigned i = common; i < o.depth; i++) {
		char mark[16] = "> ";

		if (o.boxes[i].kind == BOX_LIST) {
			open_list(w, &o, i);
			continue;
		}
		if (o.boxes[i].kind == BOX_ITEM)
			item_mark(w, &o, i, mark);
		pen_text(w->s, mark);
	}
	set_prefix(w, &o, o.depth);
	w->open = o;
	w->any = true;
}

/* pre as it stands, in a fence longer than any in it. */
static void put_fenced(struct writer *w, const struct block *b)
{
	struct str s = b->text, language = language_of_code(w->d->page, b);
	size_t run = 0, longest = 2;

	for (size_t i = 0; i < s.len; i++) {
		run = s.data[i] == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	pen_repeat(w->s, '`', longest + 1);
	pen_put(w->s, language.data, language.len);
	pen_char(w->s, '\n');
	while (s.len > 0 && w->s->status == PITH_OK) {
		const char *end = memchr(s.data, '\n', s.len);
		size_t n = end ? (size_t)(end - s.data) : s.len;

		if (n > 0) {
			pen_text(w->s, w->prefix);
			pen_put(w->s, s.data, n);
			pen_char(w->s, '\n');
		} else {
			put_blank(w);
		}
		n += end != NULL;
		s.data += n;
		s.len -= n;
	}
	pen_text(w->s, w->prefix);
	pen_repeat(w->s, '`', longest + 1);
}

static void put_cell(struct writer *w, uint32_t cell)
{
	const struct page *p = w->d->page;
	struct mark_place place = {
	    .prefix = "", .one_line = true, .cell = true};
	bool first = true;

	pen_char(w->s, ' ');
	if (cell == NO_ELEM)
		return;
	for (uint32_t b = p->elems[cell].first_block;
	     b < p->elems[cell].last_block; b++) {
		if (!w->part->selection.verdicts[b].kept)
			continue;
		if (!first)
			pen_char(w->s, ' ');
		mark_text(w->s, w->d, &p->blocks[b], &place);
		first = false;
	}
	if (!first)
		pen_char(w->s, ' ');
}

static void put_table(struct writer *w, uint32_t table)
{
	static const char *const rules[] = {" --- |", " :--- |", " :---: |",
					    " ---: |"};
	struct grid g;

	grid_begin(&g, w->d->page, &w->part->selection, table);
	for (unsigned row = 0; w->s->status == PITH_OK && grid_next(&g);
	     row++) {
		if (row > 0) {
			pen_char(w->s, '\n');
			pen_text(w->s, w->prefix);
		}
		pen_char(w->s, '|');
		for (unsigned i = 0; i < g.columns; i++) {
			put_cell(w, g.cells[i]);
			pen_char(w->s, '|');
		}
		if (row > 0)
			continue;
		pen_char(w->s, '\n');
		pen_text(w->s, w->prefix);
		pen_char(w->s, '|');
		for (unsigned i = 0; i < g.columns; i++)
			pen_text(w->s, rules[g.align[i]]);
	}
}

static void put_block(struct writer *w, const struct block *b)
{
	struct mark_place place = {.prefix = w->prefix};

	begin_block(w, b->elem);
	switch (b->kind) {
	case BLOCK_PREFORMATTED:
		put_fenced(w, b);
		break;
	case BLOCK_HEADING:
		place.one_line = place.heading = true;
		pen_repeat(w->s, '#', b->level);
		pen_char(w->s, ' ');
		mark_text(w->s, w->d, b, &place);
		break;
	case BLOCK_TERM:
		place.strong = true;
		mark_text(w->s, w->d, b, &place);
		break;
	default:
		mark_text(w->s, w->d, b, &place);
	}
	pen_char(w->s, '\n');
}

/* The images that stand before a block. */
static void put_pictures(struct writer *w, struct picture_walk *pictures,
			 uint32_t before)
{
	uint32_t img;

	while (w->s->status == PITH_OK &&
	       (img = picture_next(pictures, before)) != NO_ELEM) {
		begin_block(w, w->d->page->elems[img].parent);
		(void)mark_image(w->s, w->d, img);
		pen_char(w->s, '\n');
	}
}

static void put_part(struct writer *w, const struct part *part)
{
	const struct page *p = w->d->page;
	struct picture_walk pictures;
	uint32_t done = NO_ELEM; /* the table written last */

	w->part = part;
	picture_begin(&pictures, w->d, part);
	for (uint32_t i = 0; i < p->block_count && w->s->status == PITH_OK;
	     i++) {
		const struct block *b = &p->blocks[i];
		uint32_t table;

		if (!part->selection.verdicts[i].kept)
			continue;
		table = outline_table(&part->shape, b);
		if (table != NO_ELEM && table == done)
			continue;
		put_pictures(w, &pictures, i);
		if (table == NO_ELEM) {
			put_block(w, b);
			continue;
		}
		begin_block(w, table);
		put_table(w, table);
		pen_char(w->s, '\n');
		done = table;
	}
	put_pictures(w, &pictures, p->block_count);
}

enum pith_status render_markdown(const struct document *d, struct buf *out,
				 struct err *err)
{
	struct pen s = {out, err, PITH_OK};
	struct writer w = {.d = d, .s = &s};

	if (d->front_matter) {
		s.status = render_front_matter(d, out, err);
		w.any = true;
	}
	if (d->title && d->meta->title.len > 0) {
		if (w.any)
			pen_char(&s, '\n');
		pen_text(&s, "# ");
		mark_plain(&s, d->meta->title);
		pen_char(&s, '\n');
		w.any = true;
	}
	put_part(&w, &d->article);
	if (d->has_comments) {
		w.open.depth = 0;
		pen_text(&s,
			 w.any ? "\n---\n\n## Comments\n" : "## Comments\n");
		w.any = true;
		put_part(&w, &d->comments);
	}
	return s.status;
}
