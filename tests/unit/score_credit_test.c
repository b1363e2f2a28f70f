/* SPDX-License-Identifier: MIT
 *
 * score_credit_test.c: which lines are taken for credits and buttons. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "one_block.h"
#include "score/credit.h"

static bool is_credit(const struct page *page, const struct block *block)
{
	(void)page;
	return credit_block(block);
}

static bool is_button(const struct page *page, const struct block *block)
{
	(void)page;
	return credit_is_button(block);
}

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
	    ("<p>© is a sign that printers did not know before the law asked "
	     "for it, and that many of them cut by hand; they put it where the "
	     "year had been, and the year behind it, and so it has been done "
	     "ever since, on the back of titles, by most of them.")};

	(void)state;
	EXPECT_ALL(is_credit, yes, true);
	EXPECT_ALL(is_credit, no, false);
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
	    ("<p>Source: three fishermen who did not want their names to be in "
	     "the paper, and one who did"),
	    "<p>Author: Marit Hollund",
	    "<h3>Source: Harbour Office</h3>",
	    "<table><tr><td>Source: Harbour Office</table>",
	    "<pre>source: a</pre>",
	    "<dl><dd>Tags: a</dl>",
	    "<blockquote><p>Source: a friend</blockquote>"};

	(void)state;
	EXPECT_ALL(is_credit, yes, true);
	EXPECT_ALL(is_credit, no, false);
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
	EXPECT_ALL(is_button, yes, true);
	EXPECT_ALL(is_button, no, false);
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
