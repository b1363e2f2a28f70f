/* SPDX-License-Identifier: MIT
 *
 * score_feature_test.c: features say what their names promise, and stay
 * numbers on any page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "score/feature.h"
#include "score/score.h"

static const struct lexicon no_lexicon;

struct fixture {
	struct err err;
	struct arena arena;
	struct page page;
	struct survey survey;
	float row[FEATURE_COUNT];
};

static void build_with(struct fixture *f, const char *html, size_t len,
		       const struct lexicon *lexicon)
{
	struct GumboInternalOutput *tree;

	memset(f, 0, sizeof(*f));
	arena_init(&f->arena, &f->err);
	arena_reset(&f->arena, (size_t)2 << 30, 0);
	assert_int_equal(
	    parse_markup(&f->arena, (struct str){html, len}, &tree), PITH_OK);
	assert_int_equal(block_build(&f->arena, tree, NULL, &f->page), PITH_OK);
	assert_int_equal(survey_make(&f->arena, &f->page, lexicon, &f->survey),
			 PITH_OK);
}

static void build(struct fixture *f, const char *html)
{
	build_with(f, html, strlen(html), &no_lexicon);
}

/* The features of the block with this text. */
static const float *row_of(struct fixture *f, const char *text)
{
	for (uint32_t i = 0; i < f->page.block_count; i++)
		if (strcmp(f->page.blocks[i].text.data, text) == 0) {
			feature_page(&f->survey, f->row);
			feature_block(&f->survey, i, f->row);
			return f->row;
		}
	fail_msg("no block \"%s\"", text);
	return NULL;
}

static void drop(struct fixture *f)
{
	arena_free(&f->arena);
}

static const struct {
	const char *html, *text, *feature;
	float value;
} cases[] = {
    {"<p>One two three", "One two three", "words", 3},
    {"<p>Go <a href=x>there now</a>", "Go there now", "plain_words", 1},
    {"<p>Go <a href=x>abcd</a>", "Go abcd", "link_share", 4 / 6.0f},
    {"<p>One, two; three. Four! Five", "One, two; three. Four! Five",
     "sentences", 2},
    {"<p>Version 1.5 of x.y is out.", "Version 1.5 of x.y is out.", "sentences",
     1},
    {"<p>It was 1998 and 12345", "It was 1998 and 12345", "years", 1},
    {"<p>To be continued...", "To be continued...", "trails", 1},
    {"<p>Wait... what", "Wait... what", "trails", 0},
    {"<p>a<p>b<p>a", "a", "twins", 2},
    {"<nav><p>x</nav>", "x", "in_nav", 1},
    {"<nav>y</nav><p>x", "x", "in_nav", 0},
    {"<ul><li><ul><li>x</ul></ul>", "x", "lists", 2},
    {"<title>Red apples</title><h1>Red apples</h1><p>x y", "Red apples",
     "in_title", 1},
    {"<title>Red apples fall</title><h1>Red apples fall</h1><p>x y<p>z", "z",
     "from_headline", 5},
    {"<h1>T</h1><p>a b c<p>d", "d", "from_h1", 4},
    {"<h2>T</h2><p>a b c<p>d", "d", "head_words", 4},
    {"<h2>T</h2><p>a b c<p>d", "d", "head_level", 2},
    {"<p hidden>x", "x", "hidden", 1},
    {"<p>a b<p>c", "c", "before_words", 2},
    {"<p>a b<p>c", "a b", "before_words", -1},
    {"<p>a b<p>c", "a b", "after_words", 1},
    {"<div><div class=c><p>x</div><div class=c><p>y</div>"
     "<div class=c><p>z z</div></div>",
     "y", "card_alike", 3},
    {"<div><div class=c><p>x</div><div class=c><p>y</div>"
     "<div class=c><p>z z</div></div>",
     "y", "card_size", 0.5f},
    {"<div><div class=c><p>x</div><div class=d><p>y</div></div>", "y",
     "card_alike", -1},
    {"<p><b>bold</b> text", "bold text", "emphasis", 4 / 9.0f},
    {"<p>Price \xe2\x82\xac"
     "5",
     "Price \xe2\x82\xac"
     "5",
     "money", 1},
    {"<p>\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82\xe5\xa5\xbd\xe3\x80\x82",
     "\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82\xe5\xa5\xbd\xe3\x80\x82",
     "sentences", 2},
    {"<meta property=og:type content=article><p>x", "x", "page_type",
     TYPE_ARTICLE},
    {"<main><form><p>x</form></main>", "x", "page_forms", 1},
};

static void test_values(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;
		unsigned feature = feature_find(
		    (struct str){cases[i].feature, strlen(cases[i].feature)});
		float value;

		assert_true(feature < FEATURE_COUNT);
		build(&f, cases[i].html);
		value = row_of(&f, cases[i].text)[feature];
		if (fabsf(value - cases[i].value) > 1e-5f)
			fail_msg("%s of %s is %g, not %g", cases[i].feature,
				 cases[i].html, (double)value,
				 (double)cases[i].value);
		drop(&f);
	}
}

static void test_names(void **state)
{
	(void)state;
	for (unsigned i = 0; i < FEATURE_COUNT; i++) {
		const char *name = feature_name(i);

		assert_true(strlen(name) > 0 && strlen(name) < 32);
		assert_int_equal(
		    strspn(name, "abcdefghijklmnopqrstuvwxyz_0123456789"),
		    strlen(name));
		assert_true(strlen(feature_meaning(i)) > 0);
		assert_int_equal(feature_find((struct str){name, strlen(name)}),
				 i);
	}
	assert_int_equal(feature_find(STR("nonsense")), FEATURE_COUNT);
}

static void test_tokens(void **state)
{
	struct fixture f, g;
	uint32_t keys[LEXICON_TOKENS_MAX];
	uint32_t other[LEXICON_TOKENS_MAX];
	unsigned n, m;

	(void)state;
	build(&f, "<div class='postBody-12 postBody-34'>x</div>");
	build(&g, "<div id=post class=body->x</div>");
	n = lexicon_tokens(&f.page.elems[f.page.blocks[0].elem], keys);
	m = lexicon_tokens(&g.page.elems[g.page.blocks[0].elem], other);
	/* post, body and the whole; numbers do not tell names apart */
	assert_int_equal(n, 3);
	assert_int_equal(m, 3);
	for (unsigned i = 0; i < 2; i++) {
		bool found = false;
		for (unsigned k = 0; k < m; k++)
			found = found || other[k] == keys[i];
		assert_true(found);
	}
	drop(&f);
	drop(&g);
}

/* It knows the name "share" alone. */
static struct lexicon share_lexicon(void)
{
	static uint16_t keys[1], starts[LEXICON_STARTS];
	static int8_t odds[1];
	struct fixture f;
	uint32_t whole[1];

	odds[0] = -40;
	build(&f, "<div class=share>x</div>");
	assert_int_equal(
	    lexicon_tokens(&f.page.elems[f.page.blocks[0].elem], whole), 1);
	drop(&f);
	assert_int_equal(lexicon_pack(whole, odds, 1, keys, odds, starts), 1);
	return (struct lexicon){keys, odds, 1, starts};
}

static void test_lexicon_reaches_features(void **state)
{
	struct fixture f;
	struct lexicon l = share_lexicon();

	(void)state;
	build_with(&f, "<div class=share><p>x</p></div><p>y</p>", 39, &l);
	assert_true(row_of(&f, "x")[FEATURE_LOW_NEAR] == -40);
	assert_true(row_of(&f, "y")[FEATURE_LOW_NEAR] == 0);
	drop(&f);
}

/* Of an element the first 48 tokens count, each once. */
static void test_many_tokens(void **state)
{
	static const char *const pages[] = {
	    "<div class='%s share'><p>x</p></div>",
	    "<div class='%s' id=share><p>x</p></div>"};
	struct fixture f;
	struct lexicon l = share_lexicon();

	(void)state;
	for (unsigned different = 45; different < 50; different++)
		for (unsigned k = 0; k < 2; k++) {
			char names[1000] = "", html[1200];
			size_t n = 0;

			for (unsigned i = 0; i < 4 * different; i++) {
				unsigned t = i % different;

				names[n++] = (char)('b' + t / 20);
				names[n++] = (char)('b' + t % 20);
				names[n++] = ' ';
			}
			snprintf(html, sizeof(html), pages[k], names);
			build_with(&f, html, strlen(html), &l);
			assert_true(row_of(&f, "x")[FEATURE_LOW_NEAR] ==
				    (different < 48 ? -40 : 0));
			drop(&f);
		}
}

static void check_page(const char *html, size_t len)
{
	struct fixture f;
	struct selection s;
	struct score_options options = {.reasons = 3};

	build_with(&f, html, len, &no_lexicon);
	if (f.page.block_count > 0)
		feature_page(&f.survey, f.row);
	for (uint32_t i = 0; i < f.page.block_count; i += 1 + i / 50) {
		feature_block(&f.survey, i, f.row);
		for (unsigned k = 0; k < FEATURE_COUNT; k++)
			if (!isfinite(f.row[k]))
				fail_msg("%s of block %u", feature_name(k), i);
	}
	assert_int_equal(score_page(&f.arena, &f.page, NULL, &options, &s),
			 PITH_OK);
	assert_true(s.confidence >= 0 && s.confidence <= 1);
	for (uint32_t i = 0; i < f.page.block_count; i++) {
		assert_true(s.verdicts[i].score >= 0 &&
			    s.verdicts[i].score <= 1);
		assert_true(!s.verdicts[i].kept || s.found);
		assert_true(score_rule_name(s.verdicts[i].rule)[0] != '\0');
		for (unsigned k = 0; k < 3; k++) {
			const struct reason *r = &s.reasons[3 * i + k];

			assert_true(score_feature_name(r->feature)[0] != '\0');
			assert_true(k == 0 ||
				    fabsf(r->share) <= fabsf(r[-1].share));
		}
	}
	drop(&f);
}

static void test_odd_pages(void **state)
{
	static const char *const pages[] = {
	    "", "<title>only a title</title>", "x", "<p>x", "<p>...<p>---",
	    "<p>\xe2\x80\xa6", "<a href=x>all</a> <a href=y>links</a>",
	    "<h1>h</h1>", "<frameset><frame></frameset>",
	    "<ul><li><ul><li><ul><li>deep</ul></ul></ul>",
	    "<p>\xf0\x9f\x8d\x8e\xf0\x9f\x8d\x8e", "<h1></h1><p>x<h1>y</h1>",
	    /* in no language: signs, digits, private use, unassigned */
	    "<p>% & / ( ) = ? [ ] { } ~ + * # ; : _ \xc2\xa7 \xc2\xb0",
	    "<p>0110 1001 7 42 3.14159 1e9<p>10 20 30 40 50 60 70 80 90",
	    "<div><p>\xee\x80\x80\xee\x80\x81 \xf3\xb0\x80\x80<p>\xe0\xbf\xbf",
	    "<p>\xef\xbf\xbd\xef\xbf\xbd \xef\xbf\xbd"};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		check_page(pages[i], strlen(pages[i]));
}

/* Twice the blocks, about twice the time: nothing is quadratic. */
static void test_many_blocks(void **state)
{
	static const char unit[] = "<div class=a><a href=/b>c d</a></div>";
	size_t count = 100000, len = 0;
	char *html = malloc(count * (sizeof(unit) + 40));
	clock_t before;

	(void)state;
	assert_non_null(html);
	for (size_t i = 0; i < count; i++)
		len += (size_t)sprintf(
		    html + len, "<div class=a%c%c>%zu <a href=/b>c d</a></div>",
		    (char)('a' + i % 26), (char)('a' + i / 26 % 26), i);
	before = clock(); /* of this process: others may be busy */
	check_page(html, len);
	assert_true(clock() - before < (clock_t)60 * CLOCKS_PER_SEC);
	free(html);
}

/* A million blocks, each in its own element of one body. */
static void test_million_blocks(void **state)
{
	enum { COUNT = 1000000 };
	struct err err = {0};
	struct arena arena;
	struct page page = {
	    .elem_count = COUNT + 1, .block_count = COUNT, .body = 0};
	struct selection s;
	const struct score_options options = {.bias = 0};

	(void)state;
	arena_init(&arena, &err);
	arena_reset(&arena, SIZE_MAX / 2, 0);
	page.elems = arena_calloc(&arena, COUNT + 1, sizeof(*page.elems));
	page.blocks = arena_calloc(&arena, COUNT, sizeof(*page.blocks));
	assert_non_null(page.elems);
	assert_non_null(page.blocks);
	page.elems[0] = (struct elem){.parent = NO_ELEM,
				      .end = COUNT + 1,
				      .last_block = COUNT,
				      .tag = TAG_BODY};
	for (uint32_t i = 0; i < COUNT; i++) {
		page.elems[i + 1] = (struct elem){.parent = 0,
						  .end = i + 2,
						  .first_block = i,
						  .last_block = i + 1,
						  .depth = 1,
						  .tag = TAG_P};
		page.blocks[i] = (struct block){.text = STR("one two"),
						.elem = i + 1,
						.common = i + 1,
						.words = 2,
						.chars = 6,
						.cell = NO_ELEM,
						.list = NO_ELEM,
						.item = NO_ELEM};
	}
	assert_int_equal(score_page(&arena, &page, NULL, &options, &s),
			 PITH_OK);
	for (uint32_t i = 1; i < COUNT; i++)
		assert_true(s.verdicts[i].score >= 0 &&
			    s.verdicts[i].score <= 1);
	arena_free(&arena);
	/* and a budget that does not suffice ends in an error, not in a crash
	 */
	arena_init(&arena, &err);
	arena_reset(&arena, 16 << 20, 0);
	assert_int_equal(score_page(&arena, &page, NULL, &options, &s),
			 PITH_FAILED);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_values),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_tokens),
	    cmocka_unit_test(test_lexicon_reaches_features),
	    cmocka_unit_test(test_many_tokens),
	    cmocka_unit_test(test_odd_pages),
	    cmocka_unit_test(test_many_blocks),
	    cmocka_unit_test(test_million_blocks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
