/* SPDX-License-Identifier: MIT
 *
 * score_credit_test.c: which lines are taken for credits and buttons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "score/credit.h"

typedef bool predicate(const struct block *block);

/* Is the only block of a page one? */
static bool is(predicate *asked, const char *html)
{
	struct err err;
	struct arena arena;
	struct GumboInternalOutput *tree;
	struct page page;
	bool found;

	memset(&err, 0, sizeof(err));
	arena_init(&arena, &err);
	arena_reset(&arena, 64 << 20, 0);
	assert_int_equal(
	    parse_markup(&arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(&arena, tree, NULL, &page), PITH_OK);
	assert_int_equal(page.block_count, 1);
	found = asked(&page.blocks[0]);
	arena_free(&arena);
	return found;
}

static void expect_all(predicate *asked, const char *const *pages, size_t count,
		       bool expected)
{
	for (size_t i = 0; i < count; i++)
		if (is(asked, pages[i]) != expected)
			fail_msg("%s", pages[i]);
}

#define EXPECT_ALL(asked, pages, expected)                                     \
	expect_all(asked, pages, sizeof(pages) / sizeof((pages)[0]), expected)

static void test_rights(void **state)
{
	static const char *const yes[] = {
	    "<p>Copyright © 2031 The Valley Press. All rights reserved. More »",
	    "<p>© The Valley Press",
	    "<p>(c) 2031 The Valley Press",
	    "<p>COPYRIGHT (C) 2031",
	    "<p>Copyright 2031 The Valley Press",
	    "<div>All rights reserved.</div>",
	    "<p>Alle Rechte vorbehalten, Talblatt",
	    "<p>Все права защищены",
	    "<p>版权所有 山谷报"};
	static const char *const no[] = {
	    "<p>(c) the tenant leaves the boat where it was found;",
	    "<p>Copyright in the letters is with the heirs",
	    "<p>Copyright: what it is, and what it is not",
	    "<h2>© and ® in headings</h2>",
	    "<p>They reserved all rights reserved for captains.",
	    "<p>© is a sign that printers did not know before the law asked "
	    "for it, and that many of them cut by hand; they put it where the "
	    "year had been, and the year behind it, and so it has been done "
	    "ever since, on the back of titles, by most of them."};

	(void)state;
	EXPECT_ALL(credit_block, yes, true);
	EXPECT_ALL(credit_block, no, false);
}

static void test_names(void **state)
{
	static const char *const yes[] = {
	    "<p>Source: Harbour Office",
	    "<p>SOURCES : a, b and c",
	    "<p>Tags: <a href=/t/a>ferries</a>, <a href=/t/b>tides</a>",
	    "<ul><li>Filed under: News</ul>",
	    "<p>Quelle: Hafenamt",
	    "<p>Źródło: Kurier Doliny",
	    "<p>Πηγή: nisi.example",
	    "<p>Источник: ОКО",
	    "<p>[编辑：王平]",
	    "<p>（来源：山谷报）",
	    "<p>출처: 골짜기신문"};
	static const char *const no[] = {
	    "<p>Source:",
	    "<p>Source code is kept for ten years",
	    "<p>The source: a spring under the mill",
	    "<p>Source: three fishermen who did not want their names to be in "
	    "the paper, and one who did",
	    "<p>Author: Marit Hollund",
	    "<h3>Source: Harbour Office</h3>",
	    "<table><tr><td>Source: Harbour Office</table>",
	    "<pre>source: a</pre>",
	    "<dl><dd>Tags: a</dl>",
	    "<blockquote><p>Source: a friend</blockquote>"};

	(void)state;
	EXPECT_ALL(credit_block, yes, true);
	EXPECT_ALL(credit_block, no, false);
}

static void test_buttons(void **state)
{
	static const char *const yes[] = {"<p><a href=/x>Read more »</a>",
					  "<p>ADVERTISEMENT",
					  "<p>&gt; Read more",
					  "<button>Load more</button>",
					  "<p>- Reklama -",
					  "<p>Weiterlesen …",
					  "<p>続きを読む",
					  "<p>Pubblicità"};
	static const char *const no[] = {"<p>Read more books",
					 "<h3>Learn more</h3>",
					 "<p>Advertisement for a cat",
					 "<table><tr><td>View all</table>",
					 "<p>Edit",
					 "<p>Yes"};

	(void)state;
	EXPECT_ALL(credit_is_button, yes, true);
	EXPECT_ALL(credit_is_button, no, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rights),
	    cmocka_unit_test(test_names),
	    cmocka_unit_test(test_buttons),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
