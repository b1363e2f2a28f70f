/* SPDX-License-Identifier: MIT
 *
 * meta_test.c: what a page says of itself, through all of meta/: JSON-LD sound
 * and broken, meta elements, bylines, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "meta/clean.h"
#include "meta/json_mend.h"
#include "meta/meta.h"

enum { NOW = 1700000000 }; /* 14 November 2023 */

struct fixture {
	struct err err;
	struct arena arena;
	struct page page;
	struct metadata meta;
	struct str data;
};

/* Read a page and, if not NULL, a script of JSON-LD in it. */
static void read_page(struct fixture *f, const char *html, const char *json)
{
	struct GumboInternalOutput *tree;

	memset(f, 0, sizeof(*f));
	arena_init(&f->arena, &f->err);
	arena_reset(&f->arena, 256 << 20, 0);
	assert_int_equal(
	    parse_markup(&f->arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(&f->arena, tree, NULL, &f->page), PITH_OK);
	if (json != NULL) {
		f->data = (struct str){json, strlen(json)};
		f->page.data = &f->data;
		f->page.data_count = 1;
	}
	assert_int_equal(meta_read(&f->arena, &f->page,
				   STR("https://www.example.org/a/birds-sing"),
				   NOW, &f->meta),
			 PITH_OK);
}

static void drop(struct fixture *f)
{
	arena_free(&f->arena);
}

static void is(struct str got, const char *want)
{
	if (!str_equal(got, (struct str){want, strlen(want)}))
		fail_msg("%.*s, not %s", (int)got.len, got.data, want);
}

static const struct {
	const char *html, *title;
} titles[] = {
    {"<title>Why birds sing | Example</title><h1>Why birds sing</h1>",
     "Why birds sing"},
    {"<title>Example: Why birds sing</title><h1>Why birds sing</h1>",
     "Why birds sing"},
    {"<title>Why birds sing - Example</title>"
     "<meta property=og:site_name content=Example>",
     "Why birds sing"},
    {"<title>Birds &amp;amp; bees</title>", "Birds & bees"},
    {"<title>Example manual</title><h1>Crate birds <button>Copy path</button>"
     "</h1>",
     "Crate birds"},
    {"<title>&lt;table>: rows of birds</title>", "<table>: rows of birds"},
    {"<title>Birds &lt;b>sing&lt;/b></title>", "Birds sing"},
    /* the headline of an article; the title of what is none */
    {"<title>Birdsong explained | Example</title>"
     "<meta property=og:type content=article><h1>The singing of birds</h1>",
     "The singing of birds"},
    {"<title>\xe9\xb8\x9f\xe5\x84\xbf\xe6\xad\x8c\xe5\x94\xb1 - "
     "\xe6\x97\xa5\xe6\x8a\xa5</title>",
     "\xe9\xb8\x9f\xe5\x84\xbf\xe6\xad\x8c\xe5\x94\xb1"},
    {"<title>x\n  y</title>", "x y"},
    {"<h2>Only a heading</h2><p>text", "Only a heading"},
    {"<p>nothing", ""},
};

static void test_titles(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(titles) / sizeof(titles[0]); i++) {
		struct fixture f;

		read_page(&f, titles[i].html, NULL);
		is(f.meta.title, titles[i].title);
		drop(&f);
	}
}

static const struct {
	const char *html, *authors; /* with | between */
} authors[] = {
    {"<meta name=author content='Ann Example'>", "Ann Example"},
    {"<meta name=author content='Ann Example, Bob Sample and Cid Third'>",
     "Ann Example|Bob Sample|Cid Third"},
    {"<meta name=author content='https://example.org/ann'>", ""},
    {"<meta name=author content='Ann Example, PhD'>", "Ann Example"},
    {"<meta name=citation_author content='Example, Ann E.'>"
     "<meta name=citation_author content='Sample, Bob'>",
     "Ann E. Example|Bob Sample"},
    {"<h1>T</h1><p>By Ann Example</p><p>text", "Ann Example"},
    {"<h1>T</h1><p>Written by Ann Example | March 4, 2020</p>", "Ann Example"},
    {"<h1>T</h1><p>Updated March 4, 2020 by Ann Example</p>", "Ann Example"},
    {"<h1>T</h1><span class=byline>By <a href=/x>Ann Example</a></span> 3 min",
     "Ann Example"},
    {"<h1>T</h1><p>It was followed by several others that day</p>", ""},
    {"<h1>T</h1><p>Von Anna Beispiel</p>", "Anna Beispiel"},
};

static void test_authors(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(authors) / sizeof(authors[0]); i++) {
		struct fixture f;
		char got[256] = "";

		read_page(&f, authors[i].html, NULL);
		for (size_t k = 0; k < f.meta.author_count; k++) {
			strcat(got, k > 0 ? "|" : "");
			strncat(got, f.meta.authors[k].data, 60);
		}
		if (strcmp(got, authors[i].authors) != 0)
			fail_msg("%s: %s, not %s", authors[i].html, got,
				 authors[i].authors);
		drop(&f);
	}
}

static const struct {
	const char *html, *published;
} dates[] = {
    {"<meta property=article:published_time content=2020-03-04T05:06Z>",
     "2020-03-04T05:06Z"},
    {"<h1>T</h1><time datetime=2020-03-04>today</time>", "2020-03-04"},
    {"<h1>T</h1><p>4 March 2020</p>", "2020-03-04"},
    {"<h1>T</h1><p>Published March 4, 2020</p>", "2020-03-04"},
    /* of tomorrow, of before the web */
    {"<meta name=date content=2031-01-01>", ""},
    {"<meta name=date content=1890-01-01>", ""},
    {"<meta name=date content='not a date'>", ""},
};

static void test_dates(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(dates) / sizeof(dates[0]); i++) {
		struct fixture f;

		read_page(&f, dates[i].html, NULL);
		is(f.meta.published, dates[i].published);
		drop(&f);
	}
}

static const char sound[] =
    "{\"@context\":\"https://schema.org\",\"@graph\":["
    "{\"@type\":\"WebSite\",\"name\":\"Example\"},"
    "{\"@type\":[\"NewsArticle\"],\"headline\":\"Why birds &amp; bees sing\","
    "\"author\":[{\"@id\":\"#ann\"},{\"@type\":\"Person\",\"name\":\"Bob "
    "Sample\"}],\"datePublished\":\"2020-03-04\",\"dateModified\":"
    "\"2020-03-05\",\"image\":{\"url\":\"/p.png\"},\"keywords\":[\"birds\","
    "\"song\"],\"articleBody\":\"One.\\nTwo.\",\"license\":\"CC\"},"
    "{\"@type\":\"Person\",\"@id\":\"#ann\",\"name\":\"Ann Example\"},"
    "{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\","
    "\"headline\":\"Another\",\"author\":\"Else\"}]}]}";

static void test_json_ld(void **state)
{
	struct fixture f;

	(void)state;
	read_page(&f, "<p>x", sound);
	is(f.meta.title, "Why birds & bees sing");
	assert_int_equal(f.meta.author_count, 2);
	is(f.meta.authors[0], "Ann Example");
	is(f.meta.authors[1], "Bob Sample");
	is(f.meta.published, "2020-03-04");
	is(f.meta.modified, "2020-03-05");
	is(f.meta.sitename, "Example");
	is(f.meta.image, "https://www.example.org/p.png");
	is(f.meta.type, "article");
	is(f.meta.body, "One.\nTwo.");
	is(f.meta.license, "CC");
	assert_int_equal(f.meta.tag_count, 2);
	drop(&f);
}

/* All of them say the headline "Birds". */
static const char *const broken[] = {
    "<!-- {\"@type\":\"Article\",\"headline\":\"Birds\"} -->",
    "//<![CDATA[\n{\"@type\":\"Article\",\"headline\":\"Birds\"}\n//]]>",
    "{\"@type\":\"Article\",\"headline\":\"Birds\",};",
    "[{\"@type\":\"Article\",,\"headline\":\"Birds\"},]",
    "{\"@type\":\"Article\",\"name\":\"a\nb\tc\",\"headline\":\"Birds\"}",
    "{\"@type\":\"Person\"}{\"@type\":\"Article\",\"headline\":\"Birds\"}",
    "{\"@type\":\"Article\",\"headline\":\"Birds\",\"x\":[1,2",
    "{\"@type\":\"Article\",\"headline\":\"Birds\",\"x\":\"\\'\\x \\ud800\"}",
    "{\"@type\":\"Article\",/* y */\"headline\":\"Birds\"}",
    "{\"@type\":\"Article\",\"headline\":{\"@value\":\"Birds\"}}",
    "{\"@type\":\"Article\",\"name\":\"Birds\",\"headline\":\"\"}",
    "{\"@type\":\"Article\",\"headline\":\"<b>Birds</b>\",\"x\":\"\\u0000\"}",
};

static void test_broken_json_ld(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
		struct fixture f;

		read_page(&f, "<p>x", broken[i]);
		if (!str_equal_nocase((struct str){f.meta.title.data, 5},
				      STR("Birds")) ||
		    f.meta.title.len > 8)
			fail_msg("%s gave %.*s", broken[i],
				 (int)f.meta.title.len, f.meta.title.data);
		drop(&f);
	}
}

static void test_hopeless_json_ld(void **state)
{
	static const char *const hopeless[] = {
	    "", "{", "]", "{]", "nonsense", "{\"a\"", "\"a\"", "{a:'b'}", "\\"};
	char *deep = malloc(20001);
	struct fixture f;

	(void)state;
	assert_non_null(deep);
	for (size_t i = 0; i < sizeof(hopeless) / sizeof(hopeless[0]); i++) {
		read_page(&f, "<title>T</title>", hopeless[i]);
		is(f.meta.title, "T");
		drop(&f);
	}
	memset(deep, '[', 10000);
	memset(deep + 10000, ']', 10000);
	deep[20000] = '\0';
	read_page(&f, "<title>T</title>", deep);
	is(f.meta.title, "T");
	drop(&f);
	free(deep);
}

static void test_a_title_of_a_megabyte(void **state)
{
	size_t n = 1 << 20;
	char *html = malloc(n + 64);
	struct fixture f;

	(void)state;
	assert_non_null(html);
	strcpy(html, "<title>");
	for (size_t i = 7; i < n; i++)
		html[i] = i % 7 == 0 ? ' ' : 'x';
	strcpy(html + n, "</title><p>text");
	read_page(&f, html, NULL);
	assert_true(f.meta.title.len <= CLEAN_LINE);
	drop(&f);
	free(html);
}

static void test_base(void **state)
{
	struct fixture f;

	(void)state;
	read_page(&f,
		  "<base target=x><base href='/sub/'><base "
		  "href='http://other.example/'>"
		  "<link rel='x canonical' href='y'>"
		  "<meta property=og:image content='javascript:x'>"
		  "<a rel=license href=/cc>CC</a>",
		  NULL);
	is(f.meta.base, "https://www.example.org/sub/");
	is(f.meta.canonical, "https://www.example.org/sub/y");
	is(f.meta.image, "");
	is(f.meta.license, "https://www.example.org/cc");
	drop(&f);
	read_page(&f, "<base href='data:x'><html lang=en_US>", NULL);
	is(f.meta.base, "https://www.example.org/a/birds-sing");
	drop(&f);
}

static void test_language(void **state)
{
	struct fixture f;

	(void)state;
	read_page(&f, "<html lang=' de_AT '><p>x", NULL);
	is(f.meta.language, "de-AT");
	drop(&f);
	read_page(&f,
		  "<html lang='<x>'><meta property=og:locale content=fr_FR>",
		  NULL);
	is(f.meta.language, "fr-FR");
	drop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_titles),
	    cmocka_unit_test(test_authors),
	    cmocka_unit_test(test_dates),
	    cmocka_unit_test(test_json_ld),
	    cmocka_unit_test(test_broken_json_ld),
	    cmocka_unit_test(test_hopeless_json_ld),
	    cmocka_unit_test(test_a_title_of_a_megabyte),
	    cmocka_unit_test(test_base),
	    cmocka_unit_test(test_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
