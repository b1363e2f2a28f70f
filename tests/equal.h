/* SPDX-License-Identifier: MIT
 *
 * equal.h: are the blocks of a page the same with and without thin? Included
 * by tests and by tests/bench/equal.c. */
#ifndef TESTS_EQUAL_H
#define TESTS_EQUAL_H

#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "page/block.h"
#include "page/parse.h"
#include "page/thin.h"

/* Both ways of one page. */
struct equal {
	struct err err;
	struct arena thinned_arena, raw_arena;
	struct thin *thin;
	struct page thinned, raw;
	struct thin_page thin_page;
	char why[400]; /* the first difference */
};

static const struct thin_limits equal_limits = {.max_page = 64 << 20,
						.max_depth = 512,
						.max_attrs = 1024,
						.max_token = 256 << 10};

/* Bytes as charset hands them on: valid UTF-8, no controls. to has room for
 * 3 * len bytes. */
static inline size_t equal_clean(const char *s, size_t len, char *to)
{
	size_t n = 0, i = 0;

	if (len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		i = 3;
	while (i < len) {
		uint32_t c;

		i += utf8_decode(s + i, len - i, &c);
		if ((c < 0x20 && c != 0 && c != '\t' && c != '\n' &&
		     c != '\f' && c != '\r') ||
		    (c >= 0x7f && c < 0xa0))
			continue;
		if ((c >= 0xfdd0 && c <= 0xfdef) || (c & 0xfffe) == 0xfffe)
			c = 0xfffd;
		n += utf8_put(c, to + n);
	}
	return n;
}

static inline void equal_init(struct equal *e)
{
	memset(e, 0, sizeof(*e));
	arena_init(&e->thinned_arena, &e->err);
	arena_init(&e->raw_arena, &e->err);
	if (thin_new(&e->thin, &e->err) != PITH_OK)
		abort();
}

static inline void equal_free(struct equal *e)
{
	arena_free(&e->thinned_arena);
	arena_free(&e->raw_arena);
	thin_free(e->thin);
}

static inline void *equal_alloc(void *arena, size_t size)
{
	void *p = arena_alloc(arena, size);

	if (p == NULL)
		abort();
	return p;
}

static inline void equal_keep(void *arena, void *p)
{
	(void)arena;
	(void)p;
}

/* Not parse_markup: told to keep no errors, Gumbo 0.10 confuses the attributes
 * that follow a duplicate one. In the arena, since Gumbo leaks some names. */
static inline GumboOutput *equal_parse(struct arena *arena, struct str html)
{
	GumboOptions options = kGumboDefaultOptions;

	options.allocator = equal_alloc;
	options.deallocator = equal_keep;
	options.userdata = arena;
	return gumbo_parse_with_options(&options, html.data, html.len);
}

/* Cut html into blocks both ways. piece: bytes fed to thin at a time. */
static inline enum pith_status equal_build(struct equal *e, struct str html,
					   size_t piece)
{
	struct GumboInternalOutput *tree;
	enum pith_status status = PITH_OK;

	err_clear(&e->err);
	arena_reset(&e->thinned_arena, SIZE_MAX, 0);
	arena_reset(&e->raw_arena, SIZE_MAX, 0);
	thin_begin(e->thin, &equal_limits);
	for (size_t i = 0; i < html.len && status == PITH_OK; i += piece)
		status = thin_feed(e->thin, html.data + i,
				   html.len - i < piece ? html.len - i : piece);
	if (status == PITH_OK)
		status = thin_finish(e->thin, &e->thin_page);
	if (status == PITH_OK)
		status =
		    parse_markup(&e->thinned_arena, e->thin_page.markup, &tree);
	if (status == PITH_OK)
		status = block_build(&e->thinned_arena, tree, &e->thin_page,
				     &e->thinned);
	if (status == PITH_OK)
		status =
		    block_build(&e->raw_arena, equal_parse(&e->raw_arena, html),
				NULL, &e->raw);
	return status;
}

static inline bool equal_contains(struct str s, const char *word)
{
	return str_find_nocase(s, (struct str){word, strlen(word)}, 0) !=
	       SIZE_MAX;
}

/* May thin drop this attribute, or the end of its value, by contract? */
static inline bool equal_may_drop(enum tag tag, const struct attr_value *raw)
{
	switch (raw->attr) {
	case ATTR_STYLE:
		return !equal_contains(raw->value, "none") ||
		       raw->value.len > 4000;
	case ATTR_HREF:
	case ATTR_SRC:
	case ATTR_DATA_SRC:
	case ATTR_SRCSET:
	case ATTR_DATA_SRCSET:
		return equal_contains(raw->value, "data:") ||
		       raw->value.len > 4000;
	case ATTR_CLASS:
		return tag == TAG_CODE || raw->value.len > 500;
	case ATTR_ID:
		return raw->value.len > 500;
	default:
		return raw->value.len > 4000;
	}
}

static inline bool equal_attrs(const struct elem *a, const struct elem *b)
{
	unsigned i = 0;

	if (a->tag != b->tag || a->flags != b->flags)
		return false;
	for (unsigned j = 0; j < b->attr_count; j++) {
		const struct attr_value *raw = &b->attrs[j];

		if (i < a->attr_count && a->attrs[i].attr == raw->attr) {
			if (!str_equal(a->attrs[i].value, raw->value) &&
			    !equal_may_drop((enum tag)b->tag, raw))
				return false;
			i++;
		} else if (!equal_may_drop((enum tag)b->tag, raw)) {
			return false;
		}
	}
	return i == a->attr_count;
}

#define EQUAL_FAIL(e, ...)                                                     \
	(snprintf((e)->why, sizeof((e)->why), __VA_ARGS__), false)

static inline bool equal_elems(struct equal *e)
{
	const struct page *a = &e->thinned, *b = &e->raw;

	for (uint32_t i = 0; i < a->elem_count && i < b->elem_count; i++) {
		const struct elem *x = &a->elems[i], *y = &b->elems[i];

		if (x->tag != y->tag)
			return EQUAL_FAIL(e, "elem %u: %s, raw %s", i,
					  tag_name((enum tag)x->tag),
					  tag_name((enum tag)y->tag));
		if (!equal_attrs(x, y))
			return EQUAL_FAIL(e, "elem %u: attributes of %s", i,
					  tag_name((enum tag)x->tag));
		if (x->parent != y->parent || x->end != y->end)
			return EQUAL_FAIL(e, "elem %u: place of %s", i,
					  tag_name((enum tag)x->tag));
		if (x->first_block != y->first_block ||
		    x->last_block != y->last_block)
			return EQUAL_FAIL(e, "elem %u: blocks of %s", i,
					  tag_name((enum tag)x->tag));
	}
	if (a->elem_count != b->elem_count)
		return EQUAL_FAIL(e, "%u elems, raw %u", a->elem_count,
				  b->elem_count);
	return true;
}

static inline bool equal_numbers(const struct block *x, const struct block *y)
{
	return x->elem == y->elem && x->common == y->common &&
	       x->first_span == y->first_span &&
	       x->span_count == y->span_count && x->words == y->words &&
	       x->chars == y->chars && x->link_words == y->link_words &&
	       x->link_chars == y->link_chars && x->cell == y->cell &&
	       x->list == y->list && x->item == y->item && x->kind == y->kind &&
	       x->level == y->level && x->quotes == y->quotes &&
	       x->breaks == y->breaks && x->first_in_item == y->first_in_item;
}

static inline bool equal_blocks(struct equal *e)
{
	const struct page *a = &e->thinned, *b = &e->raw;

	for (uint32_t i = 0; i < a->block_count && i < b->block_count; i++) {
		const struct block *x = &a->blocks[i], *y = &b->blocks[i];

		if (!str_equal(x->text, y->text))
			return EQUAL_FAIL(
			    e, "block %u: \"%.100s\", raw \"%.100s\"", i,
			    x->text.data, y->text.data);
		if (!equal_numbers(x, y))
			return EQUAL_FAIL(e, "block %u: numbers of \"%.100s\"",
					  i, x->text.data);
	}
	if (a->block_count != b->block_count)
		return EQUAL_FAIL(e, "%u blocks, raw %u", a->block_count,
				  b->block_count);
	if (a->span_count != b->span_count ||
	    (a->span_count > 0 &&
	     memcmp(a->spans, b->spans, a->span_count * sizeof(*a->spans)) !=
		 0))
		return EQUAL_FAIL(e, "spans");
	return true;
}

/* Compare what equal_build made; on false, e->why tells the difference. */
static inline bool equal_compare(struct equal *e)
{
	const struct page *a = &e->thinned, *b = &e->raw;

	if (e->thin_page.empty_raws > 0)
		return true; /* read otherwise by contract */
	if (!equal_blocks(e))
		return false;
	/* A frameset shows nothing; thin knows little of what is in it. */
	if (b->body == NO_ELEM && a->body == NO_ELEM)
		return true;
	if (!equal_elems(e))
		return false;
	if (!str_equal(a->title, b->title))
		return EQUAL_FAIL(e, "title \"%.100s\", raw \"%.100s\"",
				  a->title.data, b->title.data);
	if (!str_equal(a->language, b->language) || a->body != b->body)
		return EQUAL_FAIL(e, "language or body");
	return true;
}

#endif
