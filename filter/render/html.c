/* SPDX-License-Identifier: MIT
 *
 * html.c: kept blocks as a small, safe HTML page. No element or attribute is
 * copied from the page: what is written is in this file.
 *
 *   elements    article section h1–h6 p blockquote ul ol li dl dt dd pre code
 *               table tr th td a strong em del sub sup br img hr, and the head
 *   attributes  href, src: http, https, mailto or relative; alt; start; lang;
 *               class: "comments", "language-…"; align as style of a cell
 */
#include <stdio.h>

#include "meta/clean.h"
#include "meta/url.h"
#include "render/grid.h"
#include "render/inline.h"
#include "render/language.h"
#include "render/outline.h"
#include "render/picture.h"
#include "render/quote.h"

struct writer {
	const struct document *d;
	const struct part *part;
	struct pen *s;
	struct outline open;
};

static const struct {
	unsigned style;
	const char *name;
} styles[] = {
    {STYLE_STRONG, "strong"}, {STYLE_EM, "em"},	  {STYLE_DEL, "del"},
    {STYLE_SUB, "sub"},	      {STYLE_SUP, "sup"}, {STYLE_CODE, "code"},
};

enum { STYLES = sizeof(styles) / sizeof(styles[0]) };

static void put_tag(struct pen *s, const char *open, const char *name)
{
	pen_text(s, open);
	pen_text(s, name);
	pen_char(s, '>');
}

static struct str resolve(struct writer *w, struct str address)
{
	struct str url = {NULL, 0};

	if (w->s->status == PITH_OK)
		w->s->status =
		    url_resolve(w->d->arena, w->d->meta->base, address, &url);
	return url;
}

/* Text with br for its line breaks. */
static void put_text(struct pen *s, struct str text)
{
	while (text.len > 0 && s->status == PITH_OK) {
		const char *end = memchr(text.data, '\n', text.len);
		size_t n = end ? (size_t)(end - text.data) : text.len;

		quote_html(s, (struct str){text.data, n});
		if (end != NULL)
			pen_text(s, "<br>\n");
		n += end != NULL;
		text.data += n;
		text.len -= n;
	}
}

/* Whether an image was written. */
static bool put_image(struct writer *w, uint32_t img)
{
	const struct elem *e = &w->d->page->elems[img];
	struct str src, alt;

	if (!w->d->images || !inline_image_is_shown(e))
		return false;
	src = resolve(w, inline_image_source(e));
	if (src.len == 0)
		return false;
	alt = clean_line(w->d->arena, elem_attr(e, ATTR_ALT), CLEAN_LINE);
	if (alt.data == NULL) {
		w->s->status = arena_status(w->d->arena);
		return false;
	}
	pen_text(w->s, "<img src=\"");
	quote_html(w->s, src);
	pen_text(w->s, "\" alt=\"");
	quote_html(w->s, alt);
	pen_text(w->s, "\">");
	return true;
}

/* Open the link of a piece; returns whether there is one now. */
static bool open_link(struct writer *w, uint32_t link)
{
	struct str href;

	if (link == NO_ELEM || !w->d->links)
		return false;
	href = resolve(w, elem_attr(&w->d->page->elems[link], ATTR_HREF));
	if (href.len == 0)
		return false;
	pen_text(w->s, "<a href=\"");
	quote_html(w->s, href);
	pen_text(w->s, "\">");
	return true;
}

static bool is_blank(const char *text, uint32_t i, uint32_t end)
{
	while (i < end && ascii_space(text[i]))
		i++;
	return i == end;
}

static void put_inline(struct writer *w, const struct block *b)
{
	struct inline_walk walk;
	struct piece p;
	uint32_t link = NO_ELEM;
	bool linked = false;

	inline_begin(&walk, w->d->page, b);
	while (w->s->status == PITH_OK && inline_next(&walk, &p)) {
		if (p.link != link) {
			if (linked)
				pen_text(w->s, "</a>");
			linked = false;
			/* a link around an image that is not shown is none */
			if (p.image == NO_ELEM)
				linked = open_link(w, p.link);
			link = p.image == NO_ELEM ? p.link : NO_ELEM;
		}
		if (p.image != NO_ELEM) {
			(void)put_image(w, p.image);
			continue;
		}
		if (is_blank(b->text.data, p.start, p.end))
			p.style = 0;
		for (int i = 0; i < STYLES; i++)
			if (p.style & styles[i].style)
				put_tag(w->s, "<", styles[i].name);
		put_text(w->s,
			 (struct str){b->text.data + p.start, p.end - p.start});
		for (int i = STYLES - 1; i >= 0; i--)
			if (p.style & styles[i].style)
				put_tag(w->s, "</", styles[i].name);
	}
	if (linked)
		pen_text(w->s, "</a>");
}

static const char *box_name(const struct writer *w, const struct box *box)
{
	switch (w->d->page->elems[box->elem].tag) {
	case TAG_BLOCKQUOTE:
		return "blockquote";
	case TAG_OL:
		return "ol";
	case TAG_DL:
		return "dl";
	case TAG_LI:
		return "li";
	case TAG_DT:
		return "dt";
	case TAG_DD:
		return "dd";
	default:
		return "ul";
	}
}

static void open_box(struct writer *w, const struct box *box,
		     const struct box *inner)
{
	const struct page *p = w->d->page;
	char start[24];
	unsigned n;

	pen_char(w->s, '<');
	pen_text(w->s, box_name(w, box));
	if (p->elems[box->elem].tag == TAG_OL && inner != NULL) {
		n = w->part->shape.number[inner->elem];
		snprintf(start, sizeof(start), " start=\"%u\"", n);
		if (n != 1)
			pen_text(w->s, start);
	}
	pen_char(w->s, '>');
	if (box->kind != BOX_ITEM)
		pen_char(w->s, '\n');
}

static void close_boxes(struct writer *w, unsigned depth)
{
	while (w->open.depth > depth) {
		put_tag(w->s, "</",
			box_name(w, &w->open.boxes[--w->open.depth]));
		pen_char(w->s, '\n');
	}
}

static void open_boxes(struct writer *w, uint32_t anchor)
{
	struct outline o;
	unsigned common;

	outline_of(&w->part->shape, anchor, true, &o);
	common = outline_common(&w->open, &o);
	close_boxes(w, common);
	for (unsigned i = common; i < o.depth; i++)
		open_box(w, &o.boxes[i],
			 i + 1 < o.depth ? &o.boxes[i + 1] : NULL);
	w->open = o;
}

static void put_code(struct writer *w, const struct block *b)
{
	struct str language = language_of_code(w->d->page, b);

	pen_text(w->s, "<pre><code");
	if (language.len > 0) {
		pen_text(w->s, " class=\"language-");
		quote_html(w->s, language);
		pen_char(w->s, '"');
	}
	pen_char(w->s, '>');
	quote_html(w->s, b->text);
	pen_text(w->s, "</code></pre>\n");
}

static void put_table(struct writer *w, uint32_t table)
{
	static const char *const aligns[] = {"", " style=\"text-align:left\"",
					     " style=\"text-align:center\"",
					     " style=\"text-align:right\""};
	const struct page *p = w->d->page;
	struct grid g;

	grid_begin(&g, p, &w->part->selection, table);
	pen_text(w->s, "<table>\n");
	while (w->s->status == PITH_OK && grid_next(&g)) {
		pen_text(w->s, "<tr>");
		for (unsigned i = 0; i < g.columns; i++) {
			uint32_t cell = g.cells[i];
			bool head =
			    cell != NO_ELEM && p->elems[cell].tag == TAG_TH;
			bool first = true;

			pen_text(w->s, head ? "<th" : "<td");
			pen_text(w->s, aligns[g.align[i]]);
			pen_char(w->s, '>');
			for (uint32_t b = cell == NO_ELEM
					      ? 0
					      : p->elems[cell].first_block;
			     cell != NO_ELEM && b < p->elems[cell].last_block;
			     b++) {
				if (!w->part->selection.verdicts[b].kept)
					continue;
				if (!first)
					pen_text(w->s, "<br>");
				put_inline(w, &p->blocks[b]);
				first = false;
			}
			pen_text(w->s, head ? "</th>" : "</td>");
		}
		pen_text(w->s, "</tr>\n");
	}
	pen_text(w->s, "</table>\n");
}

/* In an item of a tight list the text stands bare. */
static bool stands_bare(const struct writer *w, const struct block *b)
{
	const struct outline *o = &w->open;

	return o->depth > 1 && o->boxes[o->depth - 1].kind == BOX_ITEM &&
	       (b->kind == BLOCK_TERM ||
		!(w->part->shape.flags[o->boxes[o->depth - 2].elem] &
		  SHAPE_LOOSE));
}

static void put_block(struct writer *w, const struct block *b)
{
	char name[8] = "p";

	open_boxes(w, b->elem);
	if (b->kind == BLOCK_PREFORMATTED) {
		put_code(w, b);
		return;
	}
	if (b->kind == BLOCK_HEADING)
		snprintf(name, sizeof(name), "h%u", b->level);
	else if (stands_bare(w, b))
		name[0] = '\0';
	if (name[0] != '\0')
		put_tag(w->s, "<", name);
	put_inline(w, b);
	if (name[0] != '\0')
		put_tag(w->s, "</", name);
	pen_char(w->s, '\n');
}

static void put_pictures(struct writer *w, struct picture_walk *pictures,
			 uint32_t before)
{
	uint32_t img;

	while (w->s->status == PITH_OK &&
	       (img = picture_next(pictures, before)) != NO_ELEM) {
		if (resolve(w, inline_image_source(&w->d->page->elems[img]))
			.len == 0)
			continue;
		open_boxes(w, w->d->page->elems[img].parent);
		pen_text(w->s, "<p>");
		(void)put_image(w, img);
		pen_text(w->s, "</p>\n");
	}
}

static void put_part(struct writer *w, const struct part *part)
{
	const struct page *p = w->d->page;
	struct picture_walk pictures;
	uint32_t done = NO_ELEM;

	w->part = part;
	picture_begin(&pictures, w->d, part);
	for (uint32_t i = 0; i < p->block_count && w->s->status == PITH_OK;
	     i++) {
		uint32_t table;

		if (!part->selection.verdicts[i].kept)
			continue;
		table = outline_table(&part->shape, &p->blocks[i]);
		if (table != NO_ELEM && table == done)
			continue;
		put_pictures(w, &pictures, i);
		if (table == NO_ELEM) {
			put_block(w, &p->blocks[i]);
			continue;
		}
		open_boxes(w, table);
		put_table(w, table);
		done = table;
	}
	put_pictures(w, &pictures, p->block_count);
	close_boxes(w, 0);
}

static void put_meta(struct pen *s, const char *key, const char *name,
		     struct str value)
{
	if (value.len == 0)
		return;
	pen_text(s, "<meta ");
	pen_text(s, key);
	pen_text(s, "=\"");
	pen_text(s, name);
	pen_text(s, "\" content=\"");
	quote_html(s, value);
	pen_text(s, "\">\n");
}

static void put_head(struct pen *s, const struct document *d)
{
	const struct metadata *meta = d->meta;

	pen_text(s, "<!DOCTYPE html>\n<html");
	if (meta->language.len > 0) {
		pen_text(s, " lang=\"");
		quote_html(s, meta->language);
		pen_char(s, '"');
	}
	pen_text(s, ">\n<head>\n<meta charset=\"utf-8\">\n<title>");
	if (meta->title.len > 0)
		quote_html(s, meta->title);
	else
		pen_text(s, "Untitled");
	pen_text(s, "</title>\n");
	if (d->metadata) {
		for (size_t i = 0; i < meta->author_count; i++)
			put_meta(s, "name", "author", meta->authors[i]);
		put_meta(s, "name", "date", meta->published);
		put_meta(s, "name", "description", meta->description);
		put_meta(s, "property", "og:site_name", meta->sitename);
		put_meta(s, "property", "og:image", meta->image);
		if (meta->canonical.len > 0) {
			pen_text(s, "<link rel=\"canonical\" href=\"");
			quote_html(s, meta->canonical);
			pen_text(s, "\">\n");
		}
	}
	pen_text(s, "</head>\n<body>\n<article>\n");
}

enum pith_status render_html(const struct document *d, bool whole,
			     struct buf *out, struct err *err)
{
	struct pen s = {out, err, PITH_OK};
	struct writer w = {.d = d, .s = &s};

	if (whole)
		put_head(&s, d);
	if (d->title && d->meta->title.len > 0) {
		pen_text(&s, "<h1>");
		quote_html(&s, d->meta->title);
		pen_text(&s, "</h1>\n");
	}
	put_part(&w, &d->article);
	if (d->has_comments) {
		pen_text(&s, "<section class=\"comments\">\n"
			     "<h2>Comments</h2>\n");
		put_part(&w, &d->comments);
		pen_text(&s, "</section>\n");
	}
	if (whole)
		pen_text(&s, "</article>\n</body>\n</html>\n");
	return s.status;
}
