/* SPDX-License-Identifier: MIT
 *
 * inline.c: walks the spans of a block. They nest, so the open ones are a
 * stack. */
#include "render/inline.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
	TRACKER = 16, /* pixels; a smaller side is no picture's */
	ICON = 48     /* no side of an icon, flag or portrait is larger */
};

static unsigned style_of(enum tag tag)
{
	switch (tag) {
	case TAG_B:
	case TAG_STRONG:
		return STYLE_STRONG;
	case TAG_EM:
	case TAG_I:
	case TAG_CITE:
	case TAG_DFN:
	case TAG_VAR:
		return STYLE_EM;
	case TAG_CODE:
	case TAG_KBD:
	case TAG_SAMP:
	case TAG_TT:
		return STYLE_CODE;
	case TAG_DEL:
	case TAG_S:
	case TAG_STRIKE:
		return STYLE_DEL;
	case TAG_SUB:
		return STYLE_SUB;
	case TAG_SUP:
		return STYLE_SUP;
	default:
		return 0;
	}
}

void inline_begin(struct inline_walk *w, const struct page *page,
		  const struct block *block)
{
	w->page = page;
	w->block = block;
	w->next = block->first_span;
	w->at = 0;
	w->depth = 0;
}

/* "#" is a button's, and what all of a heading links to is that heading. */
static bool leads_somewhere(const struct elem *a, const struct block *b,
			    const struct span *s)
{
	struct str href = str_trim(elem_attr(a, ATTR_HREF));
	bool whole = s->start == 0 && s->end == b->text.len;

	return href.len > 0 && !str_equal(href, STR("#")) &&
	       !(b->kind == BLOCK_HEADING && whole && href.data[0] == '#');
}

/* Open the spans that begin here, drop those that end here. */
static void settle(struct inline_walk *w)
{
	const struct block *b = w->block;

	while (w->depth > 0 && w->stack[w->depth - 1].end <= w->at)
		w->depth--;
	while (w->next < b->first_span + b->span_count) {
		const struct span *s = &w->page->spans[w->next];
		const struct elem *e = &w->page->elems[s->elem];
		unsigned d = w->depth;

		if (s->start > w->at || e->tag == TAG_IMG)
			break;
		w->next++;
		if (s->end <= w->at || d == INLINE_DEPTH)
			continue;
		w->stack[d].end = s->end;
		w->stack[d].link = d > 0 ? w->stack[d - 1].link : NO_ELEM;
		w->stack[d].style = d > 0 ? w->stack[d - 1].style : 0;
		w->stack[d].style |= style_of((enum tag)e->tag);
		if (e->tag == TAG_A && leads_somewhere(e, b, s))
			w->stack[d].link = s->elem;
		if (d > 0 && w->stack[d].end > w->stack[d - 1].end)
			w->stack[d].end = w->stack[d - 1].end;
		w->depth++;
	}
}

/* One piece up to the next change. */
static bool step(struct inline_walk *w, struct piece *out)
{
	const struct block *b = w->block;
	const struct span *next;
	bool more;
	uint32_t len = (uint32_t)b->text.len;

	settle(w);
	more = w->next < b->first_span + b->span_count;
	next = more ? &w->page->spans[w->next] : NULL;
	*out = (struct piece){
	    .start = w->at, .end = len, .link = NO_ELEM, .image = NO_ELEM};
	if (w->depth > 0) {
		out->link = w->stack[w->depth - 1].link;
		out->style = w->stack[w->depth - 1].style;
		out->end = w->stack[w->depth - 1].end;
	}
	if (more && next->start <= w->at) { /* settle leaves images only */
		w->next++;
		out->image = next->elem;
		out->end = w->at;
		return true;
	}
	if (more && next->start < out->end)
		out->end = next->start;
	w->at = out->end;
	return out->start < out->end;
}

bool inline_next(struct inline_walk *w, struct piece *out)
{
	struct inline_walk ahead;
	struct piece p;

	if (!step(w, out))
		return false;
	/* an element that changes nothing parts nothing */
	while (out->image == NO_ELEM) {
		ahead = *w;
		if (!step(&ahead, &p) || p.image != NO_ELEM ||
		    p.link != out->link || p.style != out->style)
			break;
		out->end = p.end;
		*w = ahead;
	}
	return true;
}

/* The last candidate of a srcset: as a rule the largest. */
static struct str last_of_set(struct str s)
{
	size_t from, end;

	s = str_trim(s);
	if (s.len == 0)
		return s;
	for (from = s.len;
	     from > 0 && !(s.data[from - 1] == ',' &&
			   (from == s.len || ascii_space(s.data[from])));)
		from--;
	s = str_trim((struct str){s.data + from, s.len - from});
	for (end = 0; end < s.len && !ascii_space(s.data[end]);)
		end++;
	return (struct str){s.data, end};
}

static bool is_data(struct str s)
{
	return s.len == 0 ||
	       (s.len > 5 &&
		str_equal_nocase((struct str){s.data, 5}, STR("data:")));
}

struct str inline_image_source(const struct elem *img)
{
	static const enum attr order[] = {ATTR_DATA_SRC, ATTR_DATA_LAZY_SRC,
					  ATTR_DATA_ORIGINAL, ATTR_SRC};
	struct str s;

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		s = str_trim(elem_attr(img, order[i]));
		if (!is_data(s))
			return s;
	}
	s = last_of_set(elem_attr(img, ATTR_DATA_SRCSET));
	if (is_data(s))
		s = last_of_set(elem_attr(img, ATTR_SRCSET));
	return is_data(s) ? (struct str){NULL, 0} : s;
}

/* The width or height that an image says it has; LONG_MAX: it does not. */
static long pixels(const struct elem *img, enum attr side)
{
	struct str s = str_trim(elem_attr(img, side));

	return s.len > 0 && s.len < 9 && ascii_digit(s.data[0]) &&
		       s.data[s.len - 1] != '%'
		   ? strtol(s.data, NULL, 10)
		   : LONG_MAX;
}

bool inline_image_is_shown(const struct elem *img)
{
	return pixels(img, ATTR_WIDTH) > TRACKER &&
	       pixels(img, ATTR_HEIGHT) > TRACKER &&
	       !(img->flags & (ELEM_IS_HIDDEN | ELEM_IS_ARIA_HIDDEN));
}

bool inline_image_is_icon(const struct elem *img)
{
	return pixels(img, ATTR_WIDTH) <= ICON &&
	       pixels(img, ATTR_HEIGHT) <= ICON;
}
