/* SPDX-License-Identifier: MIT
 *
 * url_test.c: addresses are resolved as RFC 3986 says, and what is unsafe is
 * refused or encoded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "meta/url.h"

struct fixture {
	struct err err;
	struct arena arena;
};

static int set_up(void **state)
{
	static struct fixture f;

	memset(&f, 0, sizeof(f));
	arena_init(&f.arena, &f.err);
	arena_reset(&f.arena, 64 << 20, 0);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	arena_free(&((struct fixture *)*state)->arena);
	return 0;
}

static struct str str_of(const char *s)
{
	return (struct str){s, strlen(s)};
}

/* NULL: refused. */
static void check(void **state, const char *base, const char *reference,
		  const char *want)
{
	struct fixture *f = *state;
	struct str got;

	assert_int_equal(
	    url_resolve(&f->arena, str_of(base), str_of(reference), &got),
	    PITH_OK);
	if ((want == NULL) != (got.data == NULL) ||
	    (want != NULL && strcmp(want, got.data) != 0))
		fail_msg("%s in %s gave %s, not %s", reference, base,
			 got.data ? got.data : "nothing",
			 want ? want : "nothing");
}

/* RFC 3986, 5.4, with base http://a/b/c/d;p?q */
static void test_examples_of_the_standard(void **state)
{
	static const char *const cases[][2] = {
	    {"g", "http://a/b/c/g"},
	    {"./g", "http://a/b/c/g"},
	    {"g/", "http://a/b/c/g/"},
	    {"/g", "http://a/g"},
	    {"//g", "http://g"},
	    {"?y", "http://a/b/c/d;p?y"},
	    {"g?y", "http://a/b/c/g?y"},
	    {"#s", "http://a/b/c/d;p?q#s"},
	    {"g#s", "http://a/b/c/g#s"},
	    {"g?y#s", "http://a/b/c/g?y#s"},
	    {";x", "http://a/b/c/;x"},
	    {"g;x", "http://a/b/c/g;x"},
	    {"g;x?y#s", "http://a/b/c/g;x?y#s"},
	    {"", "http://a/b/c/d;p?q"},
	    {".", "http://a/b/c/"},
	    {"./", "http://a/b/c/"},
	    {"..", "http://a/b/"},
	    {"../", "http://a/b/"},
	    {"../g", "http://a/b/g"},
	    {"../..", "http://a/"},
	    {"../../", "http://a/"},
	    {"../../g", "http://a/g"},
	    {"../../../g", "http://a/g"},
	    {"../../../../g", "http://a/g"},
	    {"/./g", "http://a/g"},
	    {"/../g", "http://a/g"},
	    {"g.", "http://a/b/c/g."},
	    {".g", "http://a/b/c/.g"},
	    {"g..", "http://a/b/c/g.."},
	    {"..g", "http://a/b/c/..g"},
	    {"./../g", "http://a/b/g"},
	    {"./g/.", "http://a/b/c/g/"},
	    {"g/./h", "http://a/b/c/g/h"},
	    {"g/../h", "http://a/b/c/h"},
	    {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
	    {"g;x=1/../y", "http://a/b/c/y"},
	    {"g?y/./x", "http://a/b/c/g?y/./x"},
	    {"g#s/../x", "http://a/b/c/g#s/../x"},
	    {"http:g", "http://a/b/c/g"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(state, "http://a/b/c/d;p?q", cases[i][0], cases[i][1]);
}

static void test_what_pages_write(void **state)
{
	const char *base = "https://example.org/news/a.html";

	check(state, base, "  b c.html\n",
	      "https://example.org/news/b%20c.html");
	check(state, base, "\\up\\x?a\\b", "https://example.org/up/x?a%5Cb");
	check(state, base, "ht\ntp://x.example/", "http://x.example/");
	check(state, base, "HTTPS://X.example/", "https://X.example/");
	check(state, base, "?utm_source=a&b=c",
	      "https://example.org/news/a.html?utm_source=a&b=c");
	check(state, base, "/\xc3\xa4?\"<>",
	      "https://example.org/%C3%A4?%22%3C%3E");
	check(state, base, "/[a]?b[]=c#[",
	      "https://example.org/%5Ba%5D?b%5B%5D=c#%5B");
	check(state, base, "//[::1]/a", "https://[::1]/a");
	/* a host keeps letters of all scripts, and nothing that is not seen or
	 * looks like a slash */
	check(state, base,
	      "//b\xc3\xbc"
	      "cher.\xd1\x80\xd1\x84/\xc3\xbc",
	      "https://b\xc3\xbc"
	      "cher.\xd1\x80\xd1\x84/%C3%BC");
	check(state, base, "//a\xe2\x80\xae.b\xc2\xad/",
	      "https://a%E2%80%AE.b%C2%AD/");
	check(state, base, "//a\xe2\x81\x84x\xc2\xa0y\xff/",
	      "https://a%E2%81%84x%C2%A0y%FF/");
	check(state, base, "/50%", "https://example.org/50%");
	check(state, base, "mailto:ann@example.org", "mailto:ann@example.org");
	check(state, base, "mailto:/.//x", "mailto:/.//x");
	check(state, "", "a/b.html", "a/b.html");
	check(state, "", "../b.html", "../b.html");
	check(state, "", "//x.example/y", "//x.example/y");
	check(state, "file:///tmp/x.html", "b.html", "b.html");
	check(state, "https://example.org", "b.html",
	      "https://example.org/b.html");
}

/* No reader may see a scheme or a host in an address that has none. */
static void test_relative_stays_relative(void **state)
{
	check(state, "", "02\001x: y", "./02%01x:%20y");
	check(state, "", "\001javascript:alert(1)", NULL);
	check(state, "", "\xef\xbb\xbfjavascript:x/y",
	      "./%EF%BB%BFjavascript:x/y");
	check(state, "", "java%73cript:x", "./java%73cript:x");
	check(state, "", "./javascript:x", "./javascript:x");
	check(state, "", "a/b:c", "a/b:c");
	check(state, "", "?a:b", "?a:b");
	check(state, "", "#a:b", "#a:b");
	check(state, "", "/.//x.example/y", "/.//x.example/y");
	check(state, "", "/a/..//x.example/y", "/a/..//x.example/y");
	check(state, "javascript:x", "y:1/z", NULL);
	check(state, "data:text/html,a", "b", "b");
	check(state, "1:/x", "y", "./1:/y");
	check(state, "https://example.org", "02\001:y",
	      "https://example.org/02%01:y");
	check(state, "https://example.org/a", "///x.example/y",
	      "https://x.example/y");
	check(state, "https://example.org/a", "\\/\t\\x.example",
	      "https://x.example");
	check(state, "https://example.org/a", "http:////x.example/",
	      "http://x.example/");
	check(state, "https://example.org/a", "////", NULL);
}

static void test_refused(void **state)
{
	static const char *const bad[] = {
	    "javascript:alert(1)",
	    " java\tscript:alert(1)",
	    "\001javascript:alert(1)",
	    "JAVASCRIPT:x",
	    "data:text/html,x",
	    "vbscript:x",
	    "file:///etc/passwd",
	    "blob:x",
	    "mailto:",
	    "https:",
	    "ftp://x.example/",
	};

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		check(state, "http://a.example/", bad[i], NULL);
	check(state, "", "http:x", NULL);
}

static void test_too_long(void **state)
{
	struct fixture *f = *state;
	static char text[URL_MAX + 1];
	struct str got;

	memset(text, 'a', sizeof(text));
	assert_int_equal(url_resolve(&f->arena, STR("http://a/"),
				     (struct str){text, sizeof(text)}, &got),
			 PITH_OK);
	assert_null(got.data);
	assert_int_equal(url_resolve(&f->arena, STR("http://a/"),
				     (struct str){text, URL_MAX}, &got),
			 PITH_OK);
	assert_int_equal(got.len, URL_MAX + strlen("http://a/"));
}

static void test_host(void **state)
{
	struct str host;

	(void)state;
	host = url_host(STR("https://user@www.example.org:80/x@y"));
	assert_true(str_equal(host, STR("example.org")));
	assert_int_equal(url_host(STR("mailto:a@example.org")).len, 0);
	assert_int_equal(url_host(STR("/a/b")).len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_examples_of_the_standard,
					    set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_what_pages_write, set_up,
					    tear_down),
	    cmocka_unit_test_setup_teardown(test_relative_stays_relative,
					    set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_refused, set_up, tear_down),
	    cmocka_unit_test_setup_teardown(test_too_long, set_up, tear_down),
	    cmocka_unit_test(test_host),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
