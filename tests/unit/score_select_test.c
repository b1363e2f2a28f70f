/* SPDX-License-Identifier: MIT
 *
 * score_select_test.c: what the rules of selection keep, where text of more
 * than five words is good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "words_model.h"

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

static void test_credits(void **state)
{
	struct result r;

	(void)state;
	run(&r,
	    "<p>Advertisement</p>" PROSE_A "<p>Read more</p>" PROSE_B
	    "<p>Source: Harbour Office</p><p>Source of light</p>",
	    3, 3, &plain);
	expect(&r, "Advertisement", false, "button");
	expect(&r, "Read more", false, "button");
	expect(&r, "Source: Harbour Office", false, "credit");
	expect(&r, "Source of light", true, "score");
	arena_free(&r.arena);
	/* a page of nothing else */
	run(&r, "<p>Read more</p><p>Source: Harbour Office</p>", 3, 3, &plain);
	expect(&r, "Read more", true, "score");
	expect(&r, "Source: Harbour Office", true, "score");
	arena_free(&r.arena);
}

/* One date and one name, above a text of some length. */
static void test_bylines(void **state)
{
	static const char *const others[] = {
	    PROSE_A PROSE_A PROSE_A
	    "<p>14 March 2031</p>" PROSE_B PROSE_B PROSE_B PROSE_B PROSE_B,
	    "<p>14 March 2031</p>" PROSE_A PROSE_A
	    "<p>15 March 2031</p>" PROSE_B PROSE_B PROSE_B,
	    "<p>14 March 2031</p>" PROSE_A, "<p>14 March 2031</p>"};
	struct result r;

	(void)state;
	run(&r,
	    PROSE_A
	    "<p>By Una Gillespie</p><p>14 March 2031</p>" PROSE_A PROSE_A
		PROSE_B PROSE_B PROSE_B,
	    3, 3, &plain);
	expect(&r, "By Una Gillespie", false, "byline");
	expect(&r, "14 March 2031", false, "byline");
	arena_free(&r.arena);
	for (unsigned i = 0; i < 4; i++) {
		run(&r, others[i], 3, 3, &plain);
		expect(&r, "14 March 2031", true, "score");
		arena_free(&r.arena);
	}
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
	    cmocka_unit_test(test_asides),
	    cmocka_unit_test(test_credits),
	    cmocka_unit_test(test_bylines),
	    cmocka_unit_test(test_groups_agree),
	    cmocka_unit_test(test_no_blocks),
	    cmocka_unit_test(test_comments),
	    cmocka_unit_test(test_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
