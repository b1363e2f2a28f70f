/* SPDX-License-Identifier: MIT
 *
 * fetch_robots_test.c: robots.txt as RFC 9309 reads it. Each case is a file, a
 * path, and whether the crawler "pith-fetch" may fetch it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fetch/robots.h"

#define ALL "User-agent: *\n"

static const struct {
	const char *file, *path;
	bool allowed;
} cases[] = {
    {"", "/", true},
    {ALL "Disallow: /", "/", false},
    {ALL "Disallow: /", "/a/b?c", false},
    {ALL "Disallow: /", "/robots.txt", true},
    {ALL "Disallow:", "/a", true},
    {ALL "Disallow: /a", "/a", false},
    {ALL "Disallow: /a", "/ab", false},
    {ALL "Disallow: /a", "/b/a", true},
    {ALL "Disallow: /A", "/a", true},
    {ALL "Disallow: a", "/a", true},
    /* the longest rule decides, whatever the order; Allow wins a tie */
    {ALL "Disallow: /\nAllow: /a", "/a", true},
    {ALL "Allow: /a\nDisallow: /", "/a", true},
    {ALL "Allow: /a\nDisallow: /", "/b", false},
    {ALL "Allow: /\nDisallow: /a/b\nAllow: /a", "/a/b", false},
    {ALL "Disallow: /a\nAllow: /a", "/a", true},
    {ALL "Allow: /a\nDisallow: /a", "/a", true},
    /* wildcards and the end */
    {ALL "Disallow: /*.php", "/x/index.php?a", false},
    {ALL "Disallow: /*.php$", "/x/index.php", false},
    {ALL "Disallow: /*.php$", "/x/index.php?a", true},
    {ALL "Disallow: /*.php$", "/x.php/y.php", false},
    {ALL "Disallow: /a*b*c", "/a1b2c3", false},
    {ALL "Disallow: /a*b*c", "/a1c2b3", true},
    {ALL "Disallow: *x", "/ax", false},
    {ALL "Disallow: /$", "/", false},
    {ALL "Disallow: /$", "/a", true},
    {ALL "Disallow: /a*$", "/a/b/c", false},
    {ALL "Disallow: /a$b", "/a$b", false},
    {ALL "Disallow: /a$b", "/a", true},
    {ALL "Disallow: /a%2Ab", "/a*b", false},
    {ALL "Disallow: /a%2Ab", "/axb", true},
    {ALL "Disallow: /a%24", "/a$", false},
    {ALL "Disallow: /a%24", "/a", true},
    /* escapes and what they stand for are the same */
    {ALL "Disallow: /%61", "/a", false},
    {ALL "Disallow: /a%2fb", "/a%2Fb", false},
    {ALL "Disallow: /a%2fb", "/a/b", true},
    {ALL "Disallow: /\xc3\xbc", "/%C3%BC", false},
    {ALL "Disallow: /a%", "/a%", false},
    /* groups */
    {ALL "Disallow: /\nUser-agent: pith-fetch\nAllow: /", "/", true},
    {"User-agent: pith-fetch\nDisallow: /\n" ALL "Allow: /", "/", false},
    {"User-agent: PITH-FETCH\nDisallow: /", "/", false},
    {"User-agent: pith-fetch/1.0 (x)\nDisallow: /", "/", false},
    {"User-agent: pith-fetcher\nDisallow: /", "/", true},
    {"User-agent: pith\nDisallow: /", "/", true},
    {"User-agent: a\nUser-agent: pith-fetch\nDisallow: /", "/", false},
    {"User-agent: pith-fetch\nDisallow: /a\nUser-agent: b\nDisallow: /\n"
     "User-agent: pith-fetch\nDisallow: /c",
     "/c", false},
    {"User-agent: pith-fetch\nDisallow: /a\nUser-agent: b\nDisallow: /\n"
     "User-agent: pith-fetch\nDisallow: /c",
     "/b", true},
    {"User-agent: b\nDisallow: /", "/", true},
    {"Disallow: /\n" ALL, "/", true},
    {ALL "Sitemap: x\nUser-agent: b\nDisallow: /", "/", false},
    /* what files in the wild look like */
    {"\xef\xbb\xbf" ALL "Disallow: /", "/", false},
    {"user-AGENT : *\r\ndisALLOW : /a # not this\r\n", "/a", false},
    {"User-agent: *\rDisallow: /a\r", "/a", false},
    {"  User-agent: *\n\tDisallow: /a", "/a", false},
    {"# comment\n\n" ALL "\n# more\n\nDisallow: /a", "/a", false},
    {"nonsense\n" ALL "more nonsense\nDisallow: /a", "/a", false},
    {"<html>" ALL "Disallow: /a", "/a", true},
};

static void test_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str file = {cases[i].file, strlen(cases[i].file)};
		struct fault f = {0};
		struct robots r;
		bool got;

		assert_int_equal(robots_parse(file, STR("pith-fetch"), &r, &f),
				 PITH_OK);
		got = robots_allows(&r, cases[i].path);
		robots_free(&r);
		if (got != cases[i].allowed)
			fail_msg("case %zu: %s\n%s", i, cases[i].file,
				 cases[i].path);
	}
}

static void test_crawl_delay(void **state)
{
	static const struct {
		const char *file;
		int64_t ms;
	} delays[] = {
	    {ALL "Crawl-delay: 10", 10000},
	    {ALL "Crawl-delay: 0.5\nDisallow: /", 500},
	    {ALL "crawl-delay:1.2345", 1234},
	    {ALL "Crawl-delay: soon", -1},
	    {ALL "Crawl-delay: -1", -1},
	    {ALL "Disallow: /", -1},
	    {ALL "Crawl-delay: 5\nUser-agent: pith-fetch\nAllow: /", -1},
	    {"User-agent: pith-fetch\nCrawl-delay: 2\n" ALL "Crawl-delay: 9",
	     2000},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(delays) / sizeof(delays[0]); i++) {
		struct str file = {delays[i].file, strlen(delays[i].file)};
		struct fault f = {0};
		struct robots r;

		assert_int_equal(robots_parse(file, STR("pith-fetch"), &r, &f),
				 PITH_OK);
		assert_int_equal(r.crawl_delay, delays[i].ms);
		robots_free(&r);
	}
}

static void test_token(void **state)
{
	(void)state;
	assert_true(
	    str_equal(robots_token("pith-fetch/0.1 (x)"), STR("pith-fetch")));
	assert_true(str_equal(robots_token("my_Bot"), STR("my_Bot")));
	assert_int_equal(robots_token("/1").len, 0);
}

/* A file made to be slow is cut short, and says no. */
static void test_hostile(void **state)
{
	size_t size = ROBOTS_MAX_FILE;
	char *file = malloc(size + 1), *path = malloc(8001);
	clock_t before = clock(); /* of this process */
	struct fault f = {0};
	struct robots r;
	size_t n;

	(void)state;
	memset(path, 'a', 8000);
	path[0] = '/';
	path[8000] = '\0';
	n = (size_t)sprintf(file, ALL);
	while (n < size - 2000) {
		n += (size_t)sprintf(file + n, "Allow: /*");
		memset(file + n, 'a', 1500);
		n += 1500;
		n += (size_t)sprintf(file + n, "b\n");
	}
	assert_int_equal(robots_parse((struct str){file, n}, STR("x"), &r, &f),
			 PITH_OK);
	assert_false(robots_allows(&r, path));
	assert_true(clock() - before < (clock_t)2 * CLOCKS_PER_SEC);
	robots_free(&r);
	free(file);
	free(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_rules),
	    cmocka_unit_test(test_crawl_delay),
	    cmocka_unit_test(test_token),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
