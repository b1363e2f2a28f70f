/* SPDX-License-Identifier: MIT
 *
 * page_fuzz.c: any bytes as a page, through pith.h, in all formats: the output
 * is valid UTF-8 without control or bidirectional characters, its JSON parses,
 * and its HTML holds nothing but what it may. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "base/utf8.h"
#include "page/block.h"
#include "page/parse.h"
#include "pith.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct pith_text t)
{
	for (size_t i = 0; i < t.len;) {
		uint32_t c;
		size_t n = utf8_decode(t.data + i, t.len - i, &c);

		if (utf8_is_unprintable(c) || (c == 0xfffd && n == 1))
			abort();
		i += n;
	}
}

static void check_json(struct pith_text t)
{
	json_t *root = json_loadb(t.data, t.len, 0, NULL);

	if (!json_is_object(root) || t.data[t.len - 1] != '\n' ||
	    memchr(t.data, '\n', t.len - 1) != NULL)
		abort();
	json_decref(root);
}

static void check_address(struct str s)
{
	size_t colon = 0;

	while (colon < s.len && strchr(":/?#", s.data[colon]) == NULL)
		colon++;
	if (colon == s.len || s.data[colon] != ':')
		return;
	s.len = colon;
	if (!str_equal(s, STR("http")) && !str_equal(s, STR("https")) &&
	    !str_equal(s, STR("mailto")))
		abort();
}

/* Feed HTML back: only these elements, no attribute but these, addresses of
 * these schemes. */
static void check_html(struct pith_text t)
{
	static const uint8_t allowed[] = {
	    TAG_HTML,	    TAG_HEAD,	 TAG_META,    TAG_TITLE, TAG_LINK,
	    TAG_BODY,	    TAG_ARTICLE, TAG_SECTION, TAG_H1,	 TAG_H2,
	    TAG_H3,	    TAG_H4,	 TAG_H5,      TAG_H6,	 TAG_P,
	    TAG_BLOCKQUOTE, TAG_UL,	 TAG_OL,      TAG_LI,	 TAG_DL,
	    TAG_DT,	    TAG_DD,	 TAG_PRE,     TAG_CODE,	 TAG_TABLE,
	    TAG_TBODY,	    TAG_TR,	 TAG_TH,      TAG_TD,	 TAG_A,
	    TAG_STRONG,	    TAG_EM,	 TAG_DEL,     TAG_SUB,	 TAG_SUP,
	    TAG_BR,	    TAG_IMG,
	};
	struct GumboInternalOutput *tree;
	struct err err = {.cause = PITH_CAUSE_NONE};
	struct arena arena;
	struct page page;

	arena_init(&arena, &err);
	arena_reset(&arena, (size_t)1 << 30, 0);
	if (parse_markup(&arena, (struct str){t.data, t.len}, &tree) !=
		PITH_OK ||
	    block_build(&arena, tree, NULL, &page) != PITH_OK)
		abort();
	for (uint32_t e = 0; e < page.elem_count; e++) {
		const struct elem *m = &page.elems[e];

		if (memchr(allowed, m->tag, sizeof(allowed)) == NULL)
			abort();
		for (unsigned i = 0; i < m->attr_count; i++)
			if (m->attrs[i].attr == ATTR_HREF ||
			    m->attrs[i].attr == ATTR_SRC)
				check_address(m->attrs[i].value);
	}
	arena_free(&arena);
}

static void render_all(pith *p)
{
	for (int f = 0; f < PITH_FORMAT_COUNT; f++) {
		struct pith_text text;

		if (pith_render(p, (enum pith_format)f, &text) != PITH_OK)
			continue;
		check_text(text);
		if (f == PITH_JSON)
			check_json(text);
		if (f == PITH_HTML && text.len > 0)
			check_html(text);
	}
}

static void set(pith *p, enum pith_option option, int64_t value)
{
	if (pith_set(p, option, value) != PITH_OK)
		abort();
}

/* The first byte sets the switches. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct pith_article *article;
	unsigned bits = size > 0 ? data[0] : 0;
	pith *p;

	if (pith_new(&p) != PITH_OK)
		return 0;
	set(p, PITH_BIAS, 4000); /* keep much */
	set(p, PITH_NOW, 1700000000);
	set(p, PITH_INPUT, bits >> 7 ? PITH_INPUT_AUTO : PITH_INPUT_HTML);
	set(p, PITH_MAX_MEMORY, 256 << 20);
	set(p, PITH_WITH_TITLE, bits & 1);
	set(p, PITH_WITH_COMMENTS, bits >> 1 & 1);
	set(p, PITH_WITH_TABLES, !(bits >> 2 & 1));
	set(p, PITH_WITH_IMAGES, !(bits >> 3 & 1));
	set(p, PITH_WITH_CAPTIONS, bits >> 4 & 1 ? 2 : 1);
	set(p, PITH_WITH_METADATA, bits >> 5 & 1 ? 2 : 1);
	set(p, PITH_WITH_BLOCKS, bits >> 6 & 1);
	set(p, PITH_JSON_BODY, 7);
	/* a refused page has its line of JSON too */
	if (pith_begin(p, bits & 1 ? "https://example.org/a/b" : NULL,
		       "utf-8") == PITH_OK &&
	    pith_feed(p, data + (size > 0), size - (size > 0)) == PITH_OK &&
	    pith_finish(p, &article) == PITH_FATAL)
		abort();
	render_all(p);
	pith_free(p);
	return 0;
}
