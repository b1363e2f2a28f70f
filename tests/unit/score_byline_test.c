/* SPDX-License-Identifier: MIT
 *
 * score_byline_test.c: which lines are taken for a date or a name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "one_block.h"
#include "score/byline.h"

static bool is_date(const struct page *page, const struct block *block)
{
	(void)page;
	return byline_is_date(block);
}

static bool is_name(const struct page *page, const struct block *block)
{
	(void)page;
	return byline_is_name(block);
}

static void test_dates(void **state)
{
	static const char *const yes[] = {
	    "<p>14 March 2031",
	    "<p>Friday, March 14th, 2031",
	    "<p>Updated: Fri Mar. 14 2031 06:21:15",
	    "<p>14 March 2031 Last updated at 9:47 GMT",
	    "<p>March 14, 2031, 8:32 AM EST",
	    "<p>2031-03-14 09:12",
	    "<p>2031年3月14日 11:21<br>来源：山谷报",
	    "<p>입력 2031.03.14 09:12",
	    "<p>14 марта 2031 года"};
	static const char *const no[] = {
	    "<h2>14 March 2031</h2>",
	    "<li>14 March 2031",
	    "<table><tr><td>14 March 2031</table>",
	    "<blockquote><p>14 March 2031</blockquote>",
	    "<p>March 2031",
	    "<p>9:47",
	    "<p>14 March",
	    "<p>14 March 2031: the ferry sails again",
	    "<p>In March 2031 it had 12 boats",
	    "<p>Route 66, 2031",
	    "<p>2031 and 2032, 14 March",
	    "<p>2031年3月份居民消费价格同比上涨",
	    "<p>Call 2031 400 500"};

	(void)state;
	EXPECT_ALL(is_date, yes, true);
	EXPECT_ALL(is_date, no, false);
}

static void test_names(void **state)
{
	static const char *const yes[] = {
	    "<p>By Una Gillespie", "<p>By UNA GILLESPIE, Ferry Correspondent",
	    "<p>Posted by Una", "<p>Von Émile Åberg", "<p>Автор Анна Петрова"};
	static const char *const no[] = {
	    "<p>By the harbour",
	    "<h2>By Una Gillespie</h2>",
	    "<li>By Una Gillespie",
	    "<p>By",
	    "<p>By March all was said.",
	    "<p>Bye Una Gillespie",
	    "<p>Von Anfang an!",
	    ("<p>By Una Gillespie and all those who rowed with her in the "
	     "spring")};

	(void)state;
	EXPECT_ALL(is_name, yes, true);
	EXPECT_ALL(is_name, no, false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_dates),
	    cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
