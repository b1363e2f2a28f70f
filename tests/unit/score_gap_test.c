/* SPDX-License-Identifier: MIT
 *
 * score_gap_test.c: what is kept for the text around it, where text of more
 * than five words is good. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>

#include "words_model.h"

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

/* Code may stand a few blocks from what is kept: the name of its file, or a
 * caption, is between. */
static void test_code_nearby(void **state)
{
	struct result r;

	(void)state;
	run(&r,
	    PROSE_A "<p>main.c</p><pre>Near</pre><p>One</p><p>Two</p>"
		    "<p>Three</p><pre>Far</pre><p>Four</p><p>Five</p>"
		    "<p>Six</p>" PROSE_B,
	    -1, 4, &plain);
	expect(&r, "main.c", false, "cut");
	expect(&r, "Near", true, "gap");
	expect(&r, "Far", false, "cut");
	arena_free(&r.arena);
}

/* What comments hold belongs to them. */
static void test_code_of_comments(void **state)
{
	struct result r;

	(void)state;
	run(&r,
	    PROSE_A PROSE_B PROSE_A PROSE_B PROSE_A
	    "<h3>3 Comments</h3><pre>Code</pre><div class=c>"
	    "<p>One two three four five six or seven.<p>Yes<p>No</div>",
	    -1, 4, &plain);
	expect(&r, "One two three four five six or seven.", false, "comment");
	expect(&r, "Code", false, "cut");
	arena_free(&r.arena);
}

static void test_definitions(void **state)
{
	static const char *const page =
	    "<dl><dt>Term<dd>Eight nine ten eleven twelve thirteen.<dt>Other"
	    "<dd>Short</dl><p>Menu</p><div class=menu><dl><dt>"
	    "Posts<dd>12</dl></div><p>Name</p><dl><dt>After</dl>" PROSE_B;
	static const char *const kept[] = {"Term", "Other", "After"};
	struct result r;

	(void)state;
	run(&r, page, -0.9f, 4, &plain);
	for (unsigned i = 0; i < 3; i++)
		expect(&r, kept[i], true, "gap");
	expect(&r, "Posts", false, "cut"); /* nothing of it, or beside it */
	arena_free(&r.arena);
	/* a term before a definition that is kept names it */
	run(&r, page, -1.5f, 4, &plain);
	expect(&r, "Term", true, "gap");
	expect(&r, "Posts", false, "cut");
	expect(&r, "After", false, "cut");
	arena_free(&r.arena);
	run(&r, page, -2.5f, 4, &plain);
	expect(&r, "Term", false, "cut");
	arena_free(&r.arena);
}

/* What is said of two things is no repeat; a paragraph said twice is one. */
static void test_shared_definition(void **state)
{
	struct result r;

	(void)state;
	run(&r, PROSE_A "<dl><dt>One<dd>" LONG "<dt>Two<dd>" LONG "</dl>",
	    -0.9f, 4, &plain);
	assert_true(r.selection.verdicts[2].kept);
	assert_true(r.selection.verdicts[4].kept);
	expect(&r, "Two", true, "gap");
	arena_free(&r.arena);
}

/* What names a quote, code or a table belongs to it; a picture's does not. */
static void test_captions_of_text(void **state)
{
	static const char *const of_text[] = {"Name of code", "Of a table",
					      "Who said it"};
	struct result r;
	char gallery[8192];
	size_t n;

	(void)state;
	run(&r,
	    PROSE_A
	    "<figure><pre>Code</pre><figcaption>Name of code"
	    "</figcaption></figure>" PROSE_B
	    "<figure><table><tr><td>One two three four five six seven."
	    "</table><figcaption>Of a table</figcaption></figure>" PROSE_A
	    "<figure><blockquote><p>Eight nine ten eleven twelve two."
	    "</blockquote><figcaption>Who said it</figcaption></figure>"
	    "<figure><p>Eight nine ten eleven twelve six.</p>"
	    "<figcaption>Of a picture</figcaption></figure>" PROSE_B,
	    -1, 4, &plain);
	for (unsigned i = 0; i < 3; i++)
		expect(&r, of_text[i], true, "gap");
	expect(&r, "Of a picture", false, "cut");
	arena_free(&r.arena);

	/* one that is kept for its score stays, too */
	run(&r,
	    PROSE_A "<figure><pre>Code</pre><figcaption>What the listing "
		    "shows of the whole recipe</figcaption></figure>" PROSE_B,
	    -1, 4, &plain);
	expect(&r, "What the listing shows of the whole recipe", true, "score");
	arena_free(&r.arena);

	/* a great many blocks are no listing with a name */
	n = (size_t)sprintf(gallery, "%s", PROSE_A "<figure><pre>Code</pre>");
	for (unsigned i = 0; i < 70; i++)
		n += (size_t)sprintf(gallery + n,
				     "<figcaption>Number %u</figcaption>", i);
	(void)sprintf(gallery + n, "</figure>" PROSE_B);
	run(&r, gallery, -1, 4, &plain);
	expect(&r, "Number 7", false, "cut");
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_gaps),
	    cmocka_unit_test(test_no_gaps_at_ends),
	    cmocka_unit_test(test_code_nearby),
	    cmocka_unit_test(test_code_of_comments),
	    cmocka_unit_test(test_definitions),
	    cmocka_unit_test(test_shared_definition),
	    cmocka_unit_test(test_captions_of_text),
	    cmocka_unit_test(test_gaps_do_not_repeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
