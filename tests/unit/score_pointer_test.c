/* SPDX-License-Identifier: MIT
 *
 * score_pointer_test.c: which lines are taken for pointers to other pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "one_block.h"
#include "score/pointer.h"

static bool points(const char *html)
{
	return ask(pointer_block, html);
}

#define LINK "<a href=/x>The quiet return of the night train</a>"

static void test_phrase_and_link(void **state)
{
	(void)state;
	assert_true(points("<p>Also read: " LINK));
	assert_true(points("<p><a href=/x>ALSO READ: The night train</a>"));
	assert_true(points("<p>📰 Read more — " LINK));
	assert_true(points("<p>[Related: " LINK "]"));
	assert_true(points("<p><b>See also</b> " LINK));
	assert_true(points("<p>Don’t miss | " LINK));
}

static void test_languages(void **state)
{
	static const char *const pages[] = {
	    "<p>Lesen Sie auch: " LINK, "<p>LIRE AUSSI » " LINK,
	    "<p>À lire aussi : " LINK,	"<p>Lea también: " LINK,
	    "<p>ЧИТАЙТЕ ТАКЖЕ: " LINK,	"<p>Δείτε επίσης: " LINK,
	    "<p>相关阅读：" LINK,	"<p>यह भी पढ़ें: " LINK,
	    "<p>اقرأ أيضا: " LINK,	"<p>Czytaj też: " LINK,
	    "<p>Baca juga: " LINK,	"<p>Läs också: " LINK,
	    "<p>LEIA TAMBÉM: " LINK,	"<p>Lees ook: " LINK,
	    "<p>Ayrıca okuyun: " LINK,	"<p>関連記事 " LINK};

	(void)state;
	EXPECT_ALL(pointer_block, pages, true);
}

/* What begins like one. */
static void test_others(void **state)
{
	(void)state;
	assert_false(points("<p>Also read: the small print of the lease."));
	assert_false(points("<p>Also read the small print: " LINK));
	assert_false(points("<p>Related: the two towns share a river, a mayor "
			    "and <a href=/x>one bus</a> a day."));
	assert_false(points("<p>Her first book: " LINK));
	assert_false(points("<p>" LINK));
	assert_false(points("<p>Read more:"));
	assert_false(points("<p><a href=/x>Read more</a>"));
	assert_false(points("<p>Also read an article on <a href=/x>trains and "
			    "the people who wait for them</a>"));
	assert_false(points(
	    "<p>A phrase that goes on for longer than anybody would want of a "
	    "label in front of a link, as this: " LINK LINK LINK LINK));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_phrase_and_link),
	    cmocka_unit_test(test_languages),
	    cmocka_unit_test(test_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
