/* SPDX-License-Identifier: MIT
 *
 * score_select_test.c: what the rules of selection keep, with a model that
 * knows one thing: text of more than five words is good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "score/model.h"
#include "score/score.h"

static const struct model_column columns[] = {{FEATURE_WORDS, 0, 1}};
static const float borders[] = {5};
static const struct model_split splits[MODEL_DEPTH] = {{0, 0}, {0, 0}, {0, 0},
						       {0, 0}, {0, 0}, {0, 0}};
static const float curve[MODEL_CURVE] = {
    0,	  .05f, .1f,  .15f, .2f,  .25f, .3f,  .35f, .4f,  .45f, .5f,
    .55f, .6f,	.65f, .7f,  .75f, .8f,	.85f, .9f,  .95f, 1};

struct result {
	struct err err;
	struct arena arena;
	struct page page;
	struct selection selection;
};

/* Networks that say 5, and -9, of every block, whatever it is. */
static const int16_t nothing[NET_HIDDEN_STEP * NET_HIDDEN_STEP];
static const int32_t no_bias[NET_HIDDEN_STEP];
static const struct net_input inputs[NET_HIDDEN_STEP];
static const struct net yes = {.hidden = NET_HIDDEN_STEP,
			       .first = nothing,
			       .bias = no_bias,
			       .context = nothing,
			       .out = nothing,
			       .out_bias = 5,
			       .scale = 1};
static const struct net no = {.hidden = NET_HIDDEN_STEP,
			      .first = nothing,
			      .bias = no_bias,
			      .context = nothing,
			      .out = nothing,
			      .out_bias = -9,
			      .scale = 1};

/* Score a page; short blocks get the logit `low`, longer ones `high`, and the
 * network is asked if the F1 to expect is below `doubt`. */
static void run_doubting(struct result *r, const char *html, float low,
			 float high, const struct score_options *options,
			 float doubt, const struct net *net)
{
	int8_t leaves[MODEL_LEAVES];
	struct model m = {.columns = columns,
			  .borders = borders,
			  .splits = splits,
			  .leaves = leaves,
			  .column_count = 1,
			  .border_count = 1,
			  .tree_count = 1,
			  .scale = 0.1f,
			  .curve = curve,
			  .inputs = inputs,
			  .input_count = NET_HIDDEN_STEP,
			  .nets = net,
			  .net_count = 1,
			  .doubt = doubt,
			  .trees_part = 0.5f};
	struct GumboInternalOutput *tree;

	for (unsigned i = 0; i < MODEL_LEAVES; i++)
		leaves[i] = (int8_t)((i & 1 ? high : low) * 10);
	memset(r, 0, sizeof(*r));
	arena_init(&r->arena, &r->err);
	arena_reset(&r->arena, 64 << 20, 0);
	assert_int_equal(
	    parse_markup(&r->arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(&r->arena, tree, NULL, &r->page), PITH_OK);
	assert_int_equal(
	    score_page(&r->arena, &r->page, &m, options, &r->selection),
	    PITH_OK);
}

static void run(struct result *r, const char *html, float low, float high,
		const struct score_options *options)
{
	run_doubting(r, html, low, high, options, 0, &yes);
}

/* "text" is kept or dropped by a rule. */
static void expect(struct result *r, const char *text, bool kept,
		   const char *rule)
{
	for (uint32_t i = 0; i < r->page.block_count; i++) {
		const struct verdict *v = &r->selection.verdicts[i];

		if (strcmp(r->page.blocks[i].text.data, text) != 0)
			continue;
		assert_string_equal(score_rule_name(v->rule), rule);
		assert_int_equal(v->kept, kept);
		return;
	}
	fail_msg("no block \"%s\"", text);
}

static const struct score_options plain = {.bias = 0};

static void test_cut(void **state)
{
	struct result r;

	(void)state;
	run(&r, "<p>Menu<p>One two three four five six seven.", -3, 3, &plain);
	expect(&r, "Menu", false, "cut");
	expect(&r, "One two three four five six seven.", true, "score");
	assert_true(r.selection.found);
	assert_true(r.selection.confidence > 0.8);
	arena_free(&r.arena);
}

static void test_bias(void **state)
{
	const struct score_options more = {.bias = 6}, less = {.bias = -20};
	struct result r;

	(void)state;
	run(&r, "<p>Menu<p>One two three four five six seven.", -3, 3, &more);
	expect(&r, "Menu", true, "score");
	arena_free(&r.arena);
	run(&r, "<p>Menu<p>One two three four five six seven.", -3, 3, &less);
	expect(&r, "One two three four five six seven.", false, "doubt");
	arena_free(&r.arena);
}

static void test_doubt(void **state)
{
	const struct score_options keep = {.keep_doubt = true};
	struct result r;

	(void)state;
	run(&r, "<p>One two three four five six seven.", -9, -3, &plain);
	expect(&r, "One two three four five six seven.", false, "doubt");
	assert_false(r.selection.found);
	assert_true(r.selection.confidence < 0.5);
	arena_free(&r.arena);
	run(&r, "<p>One two three four five six seven.", -9, -3, &keep);
	expect(&r, "One two three four five six seven.", true, "score");
	assert_false(r.selection.found);
	arena_free(&r.arena);
}

static void test_title(void **state)
{
	struct result r;

	(void)state;
	run(&r,
	    "<title>Six plain words of a title - Site</title>"
	    "<h1>Six plain words of a title</h1>"
	    "<p>One two three four five six seven eight.",
	    -3, 3, &plain);
	expect(&r, "Six plain words of a title", false, "title");
	expect(&r, "One two three four five six seven eight.", true, "score");
	arena_free(&r.arena);
	run(&r,
	    "<title>Something else</title><h1>Six plain words of a title</h1>"
	    "<p>One two three four five six seven eight.",
	    -3, 3, &plain);
	expect(&r, "Six plain words of a title", true, "score");
	arena_free(&r.arena);
}

#define LONG                                                                   \
	"One two three four five six seven eight nine ten eleven twelve "      \
	"thirteen fourteen fifteen sixteen."

static void test_twins(void **state)
{
	struct result r;
	unsigned kept = 0;

	(void)state;
	run(&r,
	    "<p>" LONG "<div>" LONG "</div><blockquote>" LONG
	    "</blockquote><pre>" LONG "</pre><pre>" LONG "</pre><p>Seven short "
	    "words may well come twice.<p>Seven short words may well come "
	    "twice.",
	    -3, 3, &plain);
	for (uint32_t i = 0; i < r.page.block_count; i++)
		kept += r.selection.verdicts[i].kept;
	/* the second long one is gone; its quotation and code are not */
	assert_int_equal(r.page.block_count, 7);
	assert_int_equal(kept, 6);
	assert_false(r.selection.verdicts[1].kept);
	assert_string_equal(score_rule_name(r.selection.verdicts[1].rule),
			    "repeat");
	arena_free(&r.arena);
}

#define PROSE_A "<div class=a><p>One two three four five six seven.</div>"
#define PROSE_B "<div class=b><p>Eight nine ten eleven twelve thirteen.</div>"

static void test_gaps(void **state)
{
	static const struct score_options threshold = {.threshold = 0.5};
	static const char *const texts[] = {"Head", "Item", "Cell", "Code",
					    "Name"};
	const char *const page =
	    PROSE_A "<h2>Head</h2>" PROSE_B "<ul><li>Item</ul>" PROSE_A
		    "<table><tr><td>Cell</table>" PROSE_B
		    "<pre>Code</pre>" PROSE_A "<p>Name</p>" PROSE_B;
	struct result r;

	(void)state;
	run(&r, page, -1, 4, &plain);
	for (unsigned i = 0; i < 4; i++)
		expect(&r, texts[i], true, "gap");
	expect(&r, "Name", false, "cut"); /* it may be anything */
	arena_free(&r.arena);
	run(&r, page, -9, 3, &plain); /* surely junk */
	expect(&r, "Item", false, "cut");
	arena_free(&r.arena);
	run(&r, page, -1, 4, &threshold); /* what was asked for */
	expect(&r, "Item", false, "cut");
	arena_free(&r.arena);
}

static void test_no_gaps_at_ends(void **state)
{
	struct result r;

	(void)state;
	run(&r,
	    "<h2>Head</h2><ul><li>One<li>Two</ul>" PROSE_A PROSE_B
	    "<pre>Code</pre><table><tr><td>Cell</table>",
	    -1, 4, &plain);
	expect(&r, "Head", false, "cut");
	expect(&r, "One", false, "cut");
	expect(&r, "Two", false, "cut");
	expect(&r, "Code", true, "gap"); /* one side is enough */
	/* what was kept for its place is no reason to keep more */
	expect(&r, "Cell", false, "cut");
	arena_free(&r.arena);
}

/* Short text is good here, and long is not. */
static void test_gaps_do_not_repeat(void **state)
{
	struct result r;

	(void)state;
	run(&r,
	    "<p>Name one<ul><li>" LONG "</ul><p>Name two<ul><li>" LONG
	    "</ul><p>Name three",
	    4, -1, &plain);
	assert_int_equal(r.page.block_count, 5);
	assert_true(r.selection.verdicts[1].kept);
	assert_false(r.selection.verdicts[3].kept);
	arena_free(&r.arena);
}

static void test_asides(void **state)
{
	struct result r;

	(void)state;
	run(&r,
	    PROSE_A "<figure><figcaption>What the picture shows of the ferry"
		    "</figcaption></figure>" PROSE_B
		    "<p>Also read: <a href=/b>One long day on the other bank"
		    "</a></p>" PROSE_A,
	    -3, 3, &plain);
	expect(&r, "What the picture shows of the ferry", false, "caption");
	expect(&r, "Also read: One long day on the other bank", false,
	       "pointer");
	arena_free(&r.arena);
	run(&r,
	    "<figure><figcaption>What the picture shows of the ferry"
	    "</figcaption></figure><p>Menu",
	    -3, 3, &plain);
	expect(&r, "What the picture shows of the ferry", true, "score");
	arena_free(&r.arena);
}

static void test_groups_agree(void **state)
{
	const char *const page =
	    "<div class=a><p>One two three four five six seven eight nine."
	    "<p>Short one.</div><div class=b><p>Short two.</div>"
	    "<div class=a><p>One two three four five six seven eight ten."
	    "</div>";
	struct result r;

	(void)state;
	run(&r, page, -1, 4, &plain);
	/* the short one among good ones is nearer to them than the other */
	assert_true(r.selection.verdicts[1].score >
		    r.selection.verdicts[2].score);
	arena_free(&r.arena);
}

static void test_no_blocks(void **state)
{
	struct result r;

	(void)state;
	run(&r, "", 1, 1, &plain);
	assert_false(r.selection.found);
	assert_true(r.selection.confidence == 0);
	assert_string_equal(score_rule_name(99), "");
	arena_free(&r.arena);
}

/* The network has a say only where the trees are unsure, and whether they are
 * does not depend on the options. */
static void test_network(void **state)
{
	const char *html = "<p>Seven words and a few more stand here.</p>"
			   "<p class=\"other\">Two words</p>";
	const struct score_options wary = {.bias = -4},
				   sharp = {.threshold = 0.9};
	struct result r;

	(void)state;
	run_doubting(&r, html, -6, 6, &plain, 0.8f, &yes); /* sure of both */
	expect(&r, "Seven words and a few more stand here.", true, "score");
	expect(&r, "Two words", false, "cut");
	arena_free(&r.arena);
	run_doubting(&r, html, -3, -0.5f, &plain, 0.8f,
		     &yes); /* 3.5, 4.75 now */
	expect(&r, "Two words", true, "score");
	arena_free(&r.arena);
	run_doubting(&r, html, -3, -0.5f, &plain, 0, &yes);
	expect(&r, "Two words", false, "doubt");
	arena_free(&r.arena);
	/* as sure as before, though 2 and -10 remain */
	run_doubting(&r, html, -6, 6, &wary, 0.8f, &yes);
	expect(&r, "Two words", false, "cut");
	arena_free(&r.arena);
	run_doubting(&r, html, -3, -0.5f, &sharp, 0.8f, &yes);
	expect(&r, "Two words", true, "score");
	arena_free(&r.arena);
	/* what it would leave nothing of stays as the trees say */
	run_doubting(&r, html, -1, 0.5f, &plain, 0.8f, &no);
	expect(&r, "Seven words and a few more stand here.", true, "score");
	assert_true(r.selection.found);
	arena_free(&r.arena);
}

#define TEN(a)	"<p>" a " one two three four five six seven eight nine."
#define ARTICLE TEN("First") TEN("Second") TEN("Third") TEN("Fourth")
#define LONG_ARTICLE                                                           \
	ARTICLE TEN("Fifth") TEN("Sixth") TEN("Seventh") TEN("Eighth")         \
	    TEN("Ninth") TEN("Tenth")
#define LINES "<p>Nice one, thanks<p>Not for me"

/* What becomes of short lines below an article of forty words. */
static void expect_below(const char *html, const char *rule)
{
	struct result r;

	run(&r, html, 1, 3, &plain);
	expect(&r, "First one two three four five six seven eight nine.", true,
	       "score");
	expect(&r, "Nice one, thanks", strcmp(rule, "score") == 0, rule);
	expect(&r, "Not for me", strcmp(rule, "score") == 0, rule);
	arena_free(&r.arena);
}

static void test_comments(void **state)
{
	struct result r;

	(void)state;
	expect_below(ARTICLE LINES, "score");
	expect_below(ARTICLE "<h2>2 Comments</h2>" LINES, "comment");
	expect_below(ARTICLE "<div><h2>Comments</h2></div><div>" LINES "</div>",
		     "comment");
	/* text that is no heading needs more before it */
	expect_below(ARTICLE "<p>2 Comments" LINES, "score");
	expect_below(LONG_ARTICLE "<p>2 Comments" LINES, "comment");
	/* where links lead to comments, those are elsewhere */
	expect_below(LONG_ARTICLE "<p><a href=x>2 Comments</a>" LINES, "score");
	/* below each answer, as in a thread */
	expect_below(ARTICLE "<h2>2 Comments</h2>" LINES "<h2>5 Comments</h2>",
		     "score");
	expect_below(
	    "<link rel=canonical href=https://forum.example.org/7>" ARTICLE
	    "<h2>2 Comments</h2>" LINES,
	    "score");
	expect_below("<meta property=og:url content=https://example.org/t/"
		     "Discussion/7>" ARTICLE "<h2>2 Comments</h2>" LINES,
		     "score");
	expect_below(
	    "<link rel=canonical href=https://news.example.org/7>" ARTICLE
	    "<h2>2 Comments</h2>" LINES,
	    "comment");
	expect_below(ARTICLE "<h2>2 Replies</h2>" LINES, "score");
	/* a chapter of a manual; but not with chapters inside of it */
	expect_below(ARTICLE "<h2>Comments</h2>" LINES
			     "<h2>Names and numbers</h2><p>In the end",
		     "score");
	expect_below(ARTICLE "<h2>Comments</h2>" LINES
			     "<h3>Names and numbers</h3><p>In the end",
		     "comment");
	/* what is below is the article as much as what is above */
	run(&r, ARTICLE "<h2>2 Comments</h2>" TEN("Tenth"), 4, 3, &plain);
	expect(&r, "Tenth one two three four five six seven eight nine.", true,
	       "score");
	arena_free(&r.arena);
}

static void test_others(void **state)
{
	struct result r;

	(void)state;
	expect_below(ARTICLE "<div><h3>Related posts</h3>" LINES "</div>",
		     "other");
	expect_below(ARTICLE "<div><div><h3>Latest news</h3></div><ul><li>"
			     "Nice one, thanks<li>Not for me</ul></div>",
		     "other");
	expect_below(ARTICLE "<div><h3>Related</h3>" LINES "</div>", "score");
	/* what goes on outside of the box is the article's */
	run(&r,
	    ARTICLE "<div><h3>Related posts</h3>" LINES "</div><p>Back to it",
	    1, 3, &plain);
	expect(&r, "Not for me", false, "other");
	expect(&r, "Back to it", true, "score");
	arena_free(&r.arena);
	/* two boxes */
	run(&r,
	    ARTICLE "<div><h3>Related posts</h3><p>This one</div><p>And on"
		    "<div><h3>Most read</h3><p>That one</div><p>Back to it",
	    1, 3, &plain);
	expect(&r, "This one", false, "other");
	expect(&r, "That one", false, "other");
	expect(&r, "And on", true, "score");
	expect(&r, "Back to it", true, "score");
	arena_free(&r.arena);
	/* a list of news, with nothing before it; and no less likely */
	run(&r, TEN("First") "<div><h3>Latest news</h3>" LINES "</div>", 1, 3,
	    &plain);
	expect(&r, "Not for me", true, "score");
	arena_free(&r.arena);
	run(&r, ARTICLE "<div><h3>Latest news</h3>" LINES "</div>", 2.6f, 3,
	    &plain);
	expect(&r, "Not for me", true, "score");
	arena_free(&r.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cut),
	    cmocka_unit_test(test_network),
	    cmocka_unit_test(test_bias),
	    cmocka_unit_test(test_doubt),
	    cmocka_unit_test(test_title),
	    cmocka_unit_test(test_twins),
	    cmocka_unit_test(test_gaps),
	    cmocka_unit_test(test_no_gaps_at_ends),
	    cmocka_unit_test(test_gaps_do_not_repeat),
	    cmocka_unit_test(test_asides),
	    cmocka_unit_test(test_groups_agree),
	    cmocka_unit_test(test_no_blocks),
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
