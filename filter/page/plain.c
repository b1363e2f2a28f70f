/* SPDX-License-Identifier: MIT
 *
 * plain.c: cuts plain text into lines, and finds out whether they were
 * wrapped. */
#include "page/plain.h"

#include <string.h>

#include "base/utf8.h"
#include "page/text.h"

enum {
	WIDTH_LEAST = 40,   /* texts wrapped narrower than this are verse */
	WIDTH_MOST = 120,   /* nobody wraps wider; such lines are paragraphs */
	WIDE_PER_MILLE = 30 /* lines that may stick out: addresses, tables */
};

/* A line with something to see in it. */
struct line {
	struct str text;  /* without its line end and white space before it */
	uint32_t indent;  /* columns */
	uint32_t columns; /* with the indent */
	uint32_t first;	  /* columns of its first word */
	bool follows;	  /* the line before is not blank */
	bool bullet;	  /* begins with the mark of a list item */
};

struct lines {
	struct line *all;
	size_t count, cap;
};

/* Drop what may not be printed; every kind of line end becomes \n. */
static enum pith_status clean(struct arena *arena, struct str s,
			      struct str *out)
{
	char *data = arena_alloc(arena, s.len + 1);
	size_t n = 0;

	if (data == NULL)
		return arena_status(arena);
	for (size_t i = 0; i < s.len;) {
		uint32_t c;
		size_t size = utf8_decode(s.data + i, s.len - i, &c);

		if (c == '\r' || c == '\f') {
			bool one =
			    c == '\r' && i + 1 < s.len && s.data[i + 1] == '\n';
			/* a form feed between two lines ends neither */
			if (!one &&
			    (c != '\f' || (n > 0 && data[n - 1] != '\n')))
				data[n++] = '\n';
		} else if (!utf8_is_unprintable(c)) {
			memcpy(data + n, s.data + i, size);
			n += size;
		}
		i += size;
	}
	data[n] = '\0';
	*out = (struct str){data, n};
	return PITH_OK;
}

static bool is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0 || c == 0x3000 ||
	       (c >= 0x2000 && c <= 0x200b) || c == 0x202f || c == 0x205f;
}

static uint32_t columns_of(uint32_t c)
{
	if (c >= 0x300 && c < 0x370)
		return 0; /* combining marks */
	return utf8_is_cjk(c) || (c >= 0x3000 && c < 0x3040) ||
		       (c >= 0xff01 && c < 0xff61)
		   ? 2
		   : 1;
}

/* "* ", "- ", "1. ", "(2) " and their like. */
static bool is_bullet(struct str s)
{
	size_t i = 0;
	uint32_t c = 0;

	if (s.len == 0)
		return false;
	if (s.data[0] == '(')
		i++;
	while (i < s.len && i < 5 && ascii_digit(s.data[i]))
		i++;
	if (i > 0 && i < s.len && ascii_digit(s.data[i - 1])) {
		c = (unsigned char)s.data[i++];
		return (c == '.' || c == ')') && i < s.len && s.data[i] == ' ';
	}
	i = utf8_decode(s.data, s.len, &c);
	if (c != '*' && c != '-' && c != '+' && c != 'o' && c != 0x2022 &&
	    c != 0xb7 && c != 0x2013 && c != 0x25cf && c != 0x25aa &&
	    c != 0x25cb && c != 0x25e6)
		return false;
	return i < s.len && (s.data[i] == ' ' || s.data[i] == '\t');
}

/* Measure a line; text.len is 0 if there is nothing to see in it. */
static struct line measure(struct str s)
{
	struct line l = {.text = {s.data, 0}};
	size_t begin = 0;
	bool first = true;

	for (size_t i = 0; i < s.len;) {
		uint32_t c;
		size_t n = utf8_decode(s.data + i, s.len - i, &c);
		uint32_t at = l.columns;

		l.columns = c == '\t' ? (at / 8 + 1) * 8 : at + columns_of(c);
		i += n;
		if (is_blank(c)) {
			first = first && l.text.len == 0;
			continue;
		}
		if (l.text.len == 0) {
			l.indent = at;
			begin = i - n;
		}
		/* where no spaces are, a line may break after any character */
		if (first)
			l.first = l.columns - l.indent;
		first = first && !utf8_is_cjk(c);
		l.text.len = i;
	}
	if (l.text.len > 0)
		l.bullet =
		    is_bullet((struct str){s.data + begin, l.text.len - begin});
	return l;
}

static enum pith_status read_lines(struct arena *arena, struct str s,
				   struct lines *out)
{
	bool follows = false;

	*out = (struct lines){NULL, 0, 0};
	for (size_t from = 0; from < s.len;) {
		const char *end = memchr(s.data + from, '\n', s.len - from);
		size_t to = end ? (size_t)(end - s.data) : s.len;
		struct line l = measure((struct str){s.data + from, to - from});

		from = to + 1;
		l.follows = follows;
		follows = l.text.len > 0;
		if (!follows)
			continue;
		if (out->count == out->cap) {
			out->all = arena_grow(arena, out->all, out->count,
					      out->count + 1, sizeof(*out->all),
					      &out->cap);
			if (out->all == NULL)
				return arena_status(arena);
		}
		out->all[out->count++] = l;
	}
	return PITH_OK;
}

/* Was there no room left on line a for the first word of line b? Some
 * programs even lines out: they leave up to a tenth of the width free. */
static bool is_full(const struct line *a, const struct line *b, uint32_t width)
{
	return a->columns + 1 + b->first + width / 10 > width &&
	       a->columns <= width + WIDTH_LEAST;
}

/* May b go on with the paragraph of a? first: a begins it. */
static bool goes_on(const struct line *a, const struct line *b, bool first)
{
	if (!b->follows || b->bullet)
		return false;
	return first ? true : b->indent == a->indent;
}

/* The width at which a text was wrapped: nearly no line is longer, and most
 * lines that another one follows are as long as they could be. 0: none. */
static unsigned find_width(const struct lines *lines)
{
	uint32_t counts[WIDTH_MOST + 2] = {0};
	size_t wide = 0, pairs = 0, full = 0;
	uint32_t width = WIDTH_MOST + 1;

	for (size_t i = 0; i < lines->count; i++) {
		uint32_t n = lines->all[i].columns;
		counts[n > WIDTH_MOST ? WIDTH_MOST + 1 : n]++;
	}
	while (width > 0) {
		wide += counts[width];
		if (wide * 1000 > lines->count * WIDE_PER_MILLE)
			break;
		width--;
	}
	if (width < WIDTH_LEAST || width > WIDTH_MOST)
		return 0;
	for (size_t i = 1; i < lines->count; i++) {
		const struct line *a = &lines->all[i - 1], *b = a + 1;

		if (!b->follows || b->bullet || a->columns * 2 < width)
			continue;
		pairs++;
		full += is_full(a, b, width);
	}
	return full >= 3 && full * 4 >= pairs * 3 ? width : 0;
}

static enum pith_status add_block(struct arena *arena, struct plain *p,
				  struct text *text, struct str lines)
{
	struct block *b = &p->page.blocks[p->page.block_count];
	enum pith_status status;

	text_begin(text);
	status = text_append(text, lines, (struct text_mode){false, false});
	if (status == PITH_OK)
		status = text_take(text, &b->text);
	if (status != PITH_OK)
		return status;
	if (b->text.len == 0) /* blanks of a kind that text does not know */
		return PITH_OK;
	b->words = text->words;
	b->chars = text->chars;
	b->cell = b->list = b->item = NO_ELEM;
	p->lines[p->page.block_count++] = lines;
	return arena_check_time(arena);
}

static enum pith_status make_page(struct arena *arena, struct page *page,
				  size_t blocks)
{
	*page = (struct page){.elem_count = 1};
	page->elems = arena_calloc(arena, 1, sizeof(*page->elems));
	page->blocks = arena_calloc(arena, blocks, sizeof(*page->blocks));
	if (page->elems == NULL || page->blocks == NULL)
		return arena_status(arena);
	page->elems[0] =
	    (struct elem){.parent = NO_ELEM, .end = 1, .tag = TAG_BODY};
	return PITH_OK;
}

enum pith_status plain_build(struct arena *arena, struct str text,
			     struct plain *out)
{
	struct lines lines = {NULL, 0, 0};
	struct text t;
	enum pith_status status;

	*out = (struct plain){.width = 0};
	text_init(&t, arena);
	status = clean(arena, text, &out->text);
	if (status == PITH_OK)
		status = read_lines(arena, out->text, &lines);
	if (status == PITH_OK)
		status = make_page(arena, &out->page, lines.count);
	if (status != PITH_OK)
		return status;
	out->width = find_width(&lines);
	out->lines = arena_calloc(arena, lines.count, sizeof(*out->lines));
	if (out->lines == NULL)
		return arena_status(arena);
	for (size_t i = 0; i < lines.count && status == PITH_OK;) {
		size_t from = i++;
		const char *start = lines.all[from].text.data, *end;

		while (
		    out->width > 0 && i < lines.count &&
		    goes_on(&lines.all[i - 1], &lines.all[i], i - 1 == from) &&
		    is_full(&lines.all[i - 1], &lines.all[i], out->width))
			i++;
		end = lines.all[i - 1].text.data + lines.all[i - 1].text.len;
		status = add_block(arena, out, &t,
				   (struct str){start, (size_t)(end - start)});
	}
	out->page.elems[0].last_block = out->page.block_count;
	return status;
}
