/* SPDX-License-Identifier: MIT
 *
 * date_test.c: dates as pages write them, in words and numbers, and what is
 * none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "meta/date.h"

static const char *read_it(const char *text, enum date_order order)
{
	static char out[DATE_TEXT];
	struct date d;

	if (!date_read((struct str){text, strlen(text)}, order, &d, NULL))
		return "";
	(void)date_write(&d, out);
	return out;
}

static void check_all(const char *const cases[][2], size_t n,
		      enum date_order order)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(read_it(cases[i][0], order), cases[i][1]) != 0)
			fail_msg("%s: %s, not %s", cases[i][0],
				 read_it(cases[i][0], order), cases[i][1]);
}

#define CHECK(cases, order)                                                    \
	check_all(cases, sizeof(cases) / sizeof((cases)[0]), order)

static void test_machine_dates(void **state)
{
	static const char *const cases[][2] = {
	    {"2020-03-04", "2020-03-04"},
	    {"2020-03", "2020-03"},
	    {"2020", "2020"},
	    {"20200304", "2020-03-04"},
	    {"2020-03-04T05:06", "2020-03-04T05:06"},
	    {"2020-03-04T05:06Z", "2020-03-04T05:06Z"},
	    {"2020-03-04T05:06:07.123+01:00", "2020-03-04T05:06:07+01:00"},
	    {"2020-03-04T05:06:07-0530", "2020-03-04T05:06:07-05:30"},
	    {"2020-03-04 05:06:07 UTC", "2020-03-04T05:06:07Z"},
	    {"20200304T050607Z", "2020-03-04T05:06:07Z"},
	    {"Wed, 04 Mar 2020 05:06:07 +0100", "2020-03-04T05:06:07+01:00"},
	    {"Wed Mar 04 05:06:07 CET 2020", "2020-03-04"},
	    {"1583298367", "2020-03-04T05:06:07Z"},
	    {"1583298367000", "2020-03-04T05:06:07Z"},
	    {"2020-02-30", ""},
	    {"2020-13-01", ""},
	    {"9999-99-99", ""},
	    {"1.2.3.2020", ""},
	    {"no date at all", ""},
	    {"", ""},
	};

	(void)state;
	CHECK(cases, DATE_DAY_FIRST);
}

static void test_words_of_many_languages(void **state)
{
	static const char *const cases[][2] = {
	    {"March 4, 2020", "2020-03-04"},
	    {"Posted on March 4th, 2020 at 5:06 pm", "2020-03-04T17:06"},
	    {"4 March 2020", "2020-03-04"},
	    {"the 4th of March, 2020", "2020-03-04"},
	    {"Mar. 4, 2020", "2020-03-04"},
	    {"04-Mar-20", "2020-03-04"},
	    {"March 2020", "2020-03"},
	    {"2020 March 4", "2020-03-04"},
	    {"Mittwoch, 4. März 2020, 17:06 Uhr", "2020-03-04T17:06"},
	    {"le 1er août 2020", "2020-08-01"},
	    {"4 de marzo de 2020", "2020-03-04"},
	    {"4 de março de 2020", "2020-03-04"},
	    {"4 gennaio 2020", "2020-01-04"},
	    {"4 maart 2020", "2020-03-04"},
	    {"4 mars 2020 kl. 17:06", "2020-03-04T17:06"},
	    {"4. desember 2020", "2020-12-04"},
	    {"4. maaliskuuta 2020", "2020-03-04"},
	    {"4 września 2020 r.", "2020-09-04"},
	    {"4. října 2020", "2020-10-04"},
	    {"4 марта 2020 г.", "2020-03-04"},
	    {"4 БЕРЕЗНЯ 2020", "2020-03-04"},
	    {"4 Μαρτίου 2020", "2020-03-04"},
	    {"4 Ağustos 2020", "2020-08-04"},
	    {"2020. március 4.", "2020-03-04"},
	    {"4 martie 2020", "2020-03-04"},
	    {"2020. gada 4. marts", "2020-03-04"},
	    {"4 Agustus 2020", "2020-08-04"},
	    {"2020年3月4日 05:06", "2020-03-04T05:06"},
	    {"2020년 3월 4일", "2020-03-04"},
	    {"2020. 3. 4.", "2020-03-04"},
	};

	(void)state;
	CHECK(cases, DATE_DAY_FIRST);
}

static void test_order_of_numbers(void **state)
{
	static const char *const day_first[][2] = {
	    {"3/4/2020", "2020-04-03"},	 {"13/4/2020", "2020-04-13"},
	    {"4/13/2020", "2020-04-13"}, {"3.4.2020", "2020-04-03"},
	    {"03.04.20", "2020-04-03"},	 {"3-4-2020", "2020-04-03"},
	    {"31/31/2020", ""},
	};
	static const char *const month_first[][2] = {
	    {"3/4/2020", "2020-03-04"},
	    {"13/4/2020", "2020-04-13"},
	    {"3.4.2020", "2020-04-03"}, /* points: never month first */
	    {"03/04/20", "2020-03-04"},
	};

	(void)state;
	CHECK(day_first, DATE_DAY_FIRST);
	CHECK(month_first, DATE_MONTH_FIRST);
}

static void test_end_of_a_date(void **state)
{
	struct date d;
	size_t end;

	(void)state;
	assert_true(
	    date_read(STR("on 4 March 2020, a day"), DATE_DAY_FIRST, &d, &end));
	assert_int_equal(end, strlen("on 4 March 2020"));
	assert_false(date_read(STR("never"), DATE_DAY_FIRST, &d, &end));
	assert_int_equal(end, 0);
	assert_int_equal(d.precision, DATE_NONE);
}

static void test_paths(void **state)
{
	static const struct {
		const char *path, *want;
	} cases[] = {
	    {"/2020/03/04/title", "2020-03-04"},
	    {"/news/2020-03-04-title.html", "2020-03-04"},
	    {"/2020/03/title", "2020-03"},
	    {"/a/20200304/x", "2020-03-04"},
	    {"/2020/mar/04/title", "2020-03-04"},
	    {"/article-2020-03", ""},
	    {"/p/12345678", ""},
	    {"/2020/99/01/", ""},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char out[DATE_TEXT] = "";
		struct date d;

		if (date_read_path(
			(struct str){cases[i].path, strlen(cases[i].path)}, &d))
			(void)date_write(&d, out);
		if (strcmp(out, cases[i].want) != 0)
			fail_msg("%s: %s, not %s", cases[i].path, out,
				 cases[i].want);
	}
}

static void test_likely(void **state)
{
	const int64_t now = 1583298367; /* 2020-03-04T05:06:07Z */
	static const struct {
		const char *date;
		bool likely;
	} cases[] = {
	    {"2020-03-04", true},  {"2020-03-05", true},
	    {"2020-03-06", false}, {"2021", false},
	    {"2020", true},	   {"1990-01-01", true},
	    {"1989-12-31", false}, {"2020-03-05T05:00Z", true},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct date d;

		(void)date_read(
		    (struct str){cases[i].date, strlen(cases[i].date)},
		    DATE_DAY_FIRST, &d, NULL);
		if (date_is_likely(&d, now) != cases[i].likely)
			fail_msg("%s", cases[i].date);
	}
}

static void test_compare(void **state)
{
	struct date a, b;

	(void)state;
	(void)date_read(STR("2020-03-04T01:00+02:00"), DATE_DAY_FIRST, &a,
			NULL);
	(void)date_read(STR("2020-03-03T23:00Z"), DATE_DAY_FIRST, &b, NULL);
	assert_int_equal(date_compare(&a, &b), 0);
	(void)date_read(STR("2020-03"), DATE_DAY_FIRST, &b, NULL);
	assert_int_equal(date_compare(&a, &b), 0); /* what both know */
	(void)date_read(STR("2020-04"), DATE_DAY_FIRST, &b, NULL);
	assert_true(date_compare(&a, &b) < 0);
	assert_true(date_compare(&b, &a) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_machine_dates),
	    cmocka_unit_test(test_words_of_many_languages),
	    cmocka_unit_test(test_order_of_numbers),
	    cmocka_unit_test(test_end_of_a_date),
	    cmocka_unit_test(test_paths),
	    cmocka_unit_test(test_likely),
	    cmocka_unit_test(test_compare),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
