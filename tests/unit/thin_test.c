/* SPDX-License-Identifier: MIT
 *
 * thin_test.c: what thin keeps, what it drops, and that the size of the
 * pieces it is fed makes no difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "page/thin.h"

static struct err err;
static struct thin *thin;

static const struct thin_limits limits = {
    .max_page = 1 << 20, .max_depth = 512, .max_attrs = 64, .max_token = 256};

static void thinned_within(const struct thin_limits *l, const char *html,
			   size_t len, size_t piece, struct thin_page *out)
{
	err_clear(&err);
	thin_begin(thin, l);
	for (size_t i = 0; i < len; i += piece)
		assert_int_equal(thin_feed(thin, html + i,
					   len - i < piece ? len - i : piece),
				 PITH_OK);
	assert_int_equal(thin_finish(thin, out), PITH_OK);
}

static void thinned(const char *html, size_t len, size_t piece,
		    struct thin_page *out)
{
	thinned_within(&limits, html, len, piece, out);
}

/* The thinned page with its runs back in place, each in brackets, and the
 * values of attributes in braces. */
static char *show(const struct thin_page *page)
{
	size_t size = 4 * page->markup.len + 1, n = 0;
	char *s;

	for (size_t i = 0; i < page->run_count; i++)
		size += page->runs[i].len;
	for (size_t i = 0; i < page->value_count; i++)
		size += page->values[i].len;
	s = malloc(size);
	assert_non_null(s);
	for (size_t i = 0; i < page->markup.len;) {
		uint32_t c;
		size_t len = utf8_decode(page->markup.data + i,
					 page->markup.len - i, &c);

		if (c >= THIN_PLANE_15) {
			bool is_value = n > 0 && s[n - 1] == '=';
			struct str text = is_value
					      ? page->values[c - THIN_PLANE_15]
					      : page->runs[c - THIN_PLANE_15];

			s[n++] = is_value ? '{' : '[';
			memcpy(s + n, text.data, text.len);
			n += text.len;
			s[n++] = is_value ? '}' : ']';
		} else {
			memcpy(s + n, page->markup.data + i, len);
			n += len;
		}
		i += len;
	}
	s[n] = '\0';
	return s;
}

struct row {
	const char *html, *expected;
};

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		static const size_t pieces[] = {1, 2, 3, 7, 4096};

		for (size_t j = 0; j < 5; j++) {
			struct thin_page page;
			char *s;

			thinned(rows[i].html, strlen(rows[i].html), pieces[j],
				&page);
			s = show(&page);
			assert_string_equal(s, rows[i].expected);
			free(s);
		}
	}
}

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof((rows)[0]))

static void steps_text_aside(void **state)
{
	static const struct row rows[] = {
	    {"<p>Some words here</p>", "<p>[Some words here]</p>"},
	    {"<p>tiny</p>", "<p>tiny</p>"},
	    {"<p>  Two   spaces  </p>", "<p> [Two   spaces  ]</p>"},
	    {"<p> \n\t </p>", "<p> </p>"},
	    {"<p> <!-- a --> </p>", "<p> </p>"},
	    {"<p>if a < b then</p>", "<p>[if a < b then]</p>"},
	    {"<p>a < b</p>", "<p>[a < b]</p>"},
	    {"<pre>  two\r\n  lines</pre>", "<pre>  [two\n  lines]</pre>"},
	    {"<pre>\rone\r</pre>", "<pre>\n"
				   "one\n</pre>"},
	    {"ends in a <", "[ends in a <]"},
	    {"ends in a </", "[ends in a </]"},
	    {"an icon \xf3\xb0\x80\x81", "[an icon \xf3\xb0\x80\x81]"},
	    {"\xf3\xb0\x80\x81", "\xc2\xad"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void lets_references_pass(void **state)
{
	static const struct row rows[] = {
	    {"Salt &amp; pepper", "[Salt ]&amp; [pepper]"},
	    {"Salt &ampere pepper", "[Salt ]&ampere [pepper]"},
	    {"five & six", "[five ]& six"},
	    {"&#65;&#x41&#x;", "&#65;&#x41&#x;"},
	    {"&#65b", "&#65[b]"},
	    {"&#xf0000;&#983041 &#x10fffd;", "\xc2\xad\xc2\xad \xc2\xad"},
	    {"&#x110000;&#4294967296;", "&#xFFFD;&#xFFFD;"},
	    {"&#0000000000000000000000000000000000000000000000000000000000000"
	     "00000000065;",
	     "&#65;"},
	    {"<title>&#xf0000;&amp;</title>", "<title>\xc2\xad&amp;</title>"},
	    /* what is dropped must not complete one */
	    {"&<!-- a -->amp;", "&[amp;]"},
	    {"&#<!-- a -->65;", "&#[65;]"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void drops_what_nobody_reads(void **state)
{
	static const struct row rows[] = {
	    {"<script>if (a<b) c()</script>d", "<script></script>d"},
	    {"<style>p { }</style>d", "<style></style>d"},
	    {"<template><p>x</p></template>d", "<template></template>d"},
	    {"<template><template></template>x</template>d",
	     "<template></template>d"},
	    {"<template><script></template></script></template>d",
	     "<template></template>d"},
	    {"<textarea><p>x</textarea>d", "<textarea></textarea>d"},
	    {"<iframe src=x />a<title/>b<textarea/>c", "abc"},
	    {"<iframe src=x/>a</iframe>", "<iframe src=x/></iframe>"},
	    {"<select><option>x</select>d", "<select><option></select>d"},
	    {"<isindex>d", "d"},
	    {"</>d", "d"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void keeps_attributes_that_are_read(void **state)
{
	static const struct row rows[] = {
	    {"<p onclick=\"a('>')\" id=b>c</p>", "<p id=b>c</p>"},
	    {"<img src=\"data:image/gif;base64,AA\" alt=b>", "<img alt=b>"},
	    {"<img src=' Data:x' src=b>", "<img>"},
	    {"<b class=x style=y>c</b>", "<b>c</b>"},
	    {"<p style='color:red'>c", "<p>c"},
	    {"<p style='display:none'>c", "<p style={display:none}>c"},
	    {"<p id=a ID=b>", "<p id=a>"},
	    {"<p CLASS = 'a b'>", "<p CLASS='a b'>"},
	    {"<p class=\"several words\"id='a'>",
	     "<p class={several words} id='a'>"},
	    {"<p title=\"salt &amp; pepper\">",
	     "<p title=\"salt &amp; pepper\">"},
	    {"<p title=&#xf0000;><p title=\"\xf3\xb0\x80\x81\">",
	     "<p title><p title={\xf3\xb0\x80\x81}>"},
	    {"<p/id/class=a/>", "<p id class=a/>"},
	    {"<p =id=a id>", "<p id>"},
	    {"<p id=>", "<p id>"},
	    {"<p id=\"a", ""},
	    {"<p id", ""},
	    {"<input type='hidden'>", "<input type='hidden'>"},
	    {"</p id='>'>a", "</p>a"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

/* Comments, and what is read as one. */
static void drops_comments(void **state)
{
	static const struct row rows[] = {
	    {"a<!-- b -->c", "ac"},
	    {"a<!-->c", "ac"},
	    {"a<!--->c", "ac"},
	    {"a<!--->-->c", "a-->c"},
	    {"a<!---->c", "ac"},
	    {"a<!----!>c", "ac"},
	    {"a<!--!>c-->d", "ad"},
	    {"a<!-- b --!>c", "ac"},
	    {"a<!-- b -- > --->c", "ac"},
	    {"a<!-- b --!-->c", "ac"},
	    {"a<!-- b", "a"},
	    {"a<!-- b --", "a"},
	    {"a<!b>c", "ac"},
	    {"a<!-b>c", "ac"},
	    {"a<?b?>c", "ac"},
	    {"a</ b>c", "ac"},
	    {"a<![CDATA[b]]>c", "ac"},
	    {"<!DOCTYPE html>a", "<!DOCTYPE html>a"},
	    {"<!doctype", "<!doctype"},
	    /* where the parser would notice, an empty one stays */
	    {"<pre><!-- a -->\nb</pre>", "<pre><!>\nb</pre>"},
	    {"<table> <!-- a --> b", "<table> <!> b"},
	    {"<form>a<!-- b --></form>", "<form>a<!></form>"},
	    /* < does not become a tag by what is dropped behind it */
	    {"<<!-- a -->b>c", "[<]b>c"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void finds_the_end_of_raw_text(void **state)
{
	static const struct row rows[] = {
	    {"<script>a</scripts>b</script>c", "<script></script>c"},
	    {"<script>a</script/x='>'>b", "<script></script>b"},
	    {"<script>a</SCRIPT\n>b", "<script></SCRIPT>b"},
	    {"<script><!-- </script>b", "<script></script>b"},
	    {"<script><!-- <script> </script> --> </script>b",
	     "<script></script>b"},
	    {"<script><!-- <script> </script> </script>b",
	     "<script></script>b"},
	    {"<script><!-- <scripty> </script>b", "<script></script>b"},
	    {"<script><!--><script></script>b", "<script></script>b"},
	    {"<script><!-- <script> --></script>b", "<script></script>b"},
	    {"<script>a", "<script>"},
	    {"<style><!-- </style>b", "<style></style>b"},
	    {"<title>a<b>&amp;</title>c", "<title>a<b>&amp;</title>c"},
	    {"<xmp>a<b></xmp>c", "<xmp>a<b></xmp>c"},
	    {"<plaintext>a</plaintext>", "<plaintext>a</plaintext>"},
	    {"<select><style></select>ab", "<select><style></select>ab"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void knows_foreign_content(void **state)
{
	static const struct row rows[] = {
	    {"<svg><g><path d='M0'/></g></svg>d", "<svg></svg>d"},
	    {"<svg/>d", "<svg />d"},
	    {"<svg><svg></svg>x</svg>d", "<svg>\xc2\xad</svg>d"},
	    {"<svg><style><a></style></svg>d", "<svg></svg>d"},
	    {"<svg><g></g x=y></svg >d", "<svg></svg>d"},
	    {"<math><mi>a</mi/></math x=y>d", "<math><mi>a</mi></math>d"},
	    {"<svg><g><p>d", "<svg><p>d"},
	    {"<svg><g><title><b>x</g></svg>d", "<svg><title><b>x</g></svg>d"},
	    {"<svg><g><title></g></svg>d", "<svg><title></title></svg>d"},
	    {"<svg><![CDATA[</svg>]]></svg>d", "<svg>\xc2\xad</svg>d"},
	    {"<math><mi>a</mi><mo/></math>d", "<math><mi>a</mi><mo /></math>d"},
	    {"<math><select><mi>a</mi></select><mi>b</math>d",
	     "<math>a<mi>b</math>d"},
	    {"<table><th><math><select><mi>a<table><table>d",
	     "<table><th><math>a<table><table>d"},
	    {"<math><![CDATA[<]]></math>d", "<math><![CDATA[<]]></math>d"},
	    /* Gumbo would abort at the y */
	    {"<table><math><mi><![CDATA[x]]>y", "<table><math><mi>\xc2\xady"},
	    {"<math><font size=1>d", "<math><font size>d"},
	    {"<math><style><p></style></math>d",
	     "<math><style><p></style></math>d"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

/* A tag longer than max_token keeps what stood in time. */
static void cuts_long_tags(void **state)
{
	char html[1024], expected[64];
	struct thin_page page;

	(void)state;
	for (int quote = 0; quote < 3; quote++) {
		int n = snprintf(html, sizeof(html), "<p id=a title=%s",
				 quote == 0   ? "'"
				 : quote == 1 ? "\""
					      : "");

		memset(html + n, 'x', 500);
		snprintf(html + n + 500, 100, "%s class=b>after",
			 quote == 0   ? ">'"
			 : quote == 1 ? ">\""
				      : "");
		strcpy(expected, "<p id=a>[after]");
		for (size_t piece = 1; piece < 600; piece += 99) {
			char *s;

			thinned(html, strlen(html), piece, &page);
			s = show(&page);
			assert_string_equal(s, expected);
			free(s);
		}
	}
}

/* Deeper elements are dropped with their end tags, text stays. */
static void flattens_what_is_too_deep(void **state)
{
	static char html[600 * 12];
	struct thin_page page;
	size_t n = 0, starts = 0, ends = 0;

	(void)state;
	for (int i = 0; i < 600; i++)
		n += (size_t)sprintf(html + n, "<div>");
	n += (size_t)sprintf(html + n, "text!");
	for (int i = 0; i < 600; i++)
		n += (size_t)sprintf(html + n, "</div>");
	thinned(html, n, 64, &page);
	for (size_t i = 0; i + 1 < page.markup.len; i++)
		if (page.markup.data[i] == '<')
			*(page.markup.data[i + 1] == '/' ? &ends : &starts) +=
			    1;
	assert_int_equal(starts, 512);
	assert_int_equal(ends, 512);
	assert_int_equal(page.run_count, 1);
}

/* Paragraphs and cells that nobody closes are no depth. */
static void does_not_flatten_open_paragraphs(void **state)
{
	static const char *const units[] = {
	    "<p>a",	   "<li>a",	  "<tr><td>a",	"<dt>a<dd>b",
	    "<option>a",   "<p><b>a</p>", "<h1>a</h1>", "<tbody><tr><th>a",
	    "<a href=x>b",
	};

	(void)state;
	for (size_t u = 0; u < sizeof(units) / sizeof(units[0]); u++) {
		static char html[2000 * 32];
		struct thin_page page;
		size_t n = (size_t)sprintf(html, "<table>");
		size_t len;

		for (int i = 0; i < 2000; i++)
			n += (size_t)sprintf(html + n, "%s", units[u]);
		thinned(html, n, 4096, &page);
		len = page.markup.len;
		/* the second half is as long as the first */
		thinned(html, 7 + (n - 7) / 2, 4096, &page);
		assert_true(len >= 2 * (page.markup.len - 7));
	}
}

/* A NUL after white space ends the head, in a piece with it or in the next. The
 * noscript behind it is one more open element: what follows gets too deep. */
static void nul_ends_the_head(void **state)
{
	static const char html[] = "\n\0<noscript><b><i><u>text";
	const size_t before = 2; /* " " and NUL */

	(void)state;
	for (size_t depth = 2; depth < 8; depth++) {
		const struct thin_limits shallow = {.max_page = 1 << 20,
						    .max_depth = depth,
						    .max_attrs = 4,
						    .max_token = 256};
		struct thin_page page;
		char *whole, *pieces;

		thinned_within(&shallow, html, sizeof(html) - 1, 4096, &page);
		whole = show(&page);
		thinned_within(&shallow, html, sizeof(html) - 1, 1, &page);
		pieces = show(&page);
		assert_string_equal(whole + before, pieces + before);
		free(whole);
		free(pieces);
	}
}

static void keeps_data_scripts_aside(void **state)
{
	static const char html[] = "<script type=\"application/ld+json\">"
				   "{\"a\":\"<!-- b\"}</script>";
	struct thin_page page;

	(void)state;
	thinned(html, strlen(html), 5, &page);
	assert_int_equal(page.data_count, 1);
	assert_int_equal(page.data[0].len, 14);
	assert_memory_equal(page.data[0].data, "{\"a\":\"<!-- b\"}", 14);
}

/* Of the scripts that are no JSON-LD, JSON and what frameworks leave. */
static void keeps_stores_aside(void **state)
{
	static const char html[] =
	    "<script type=application/json id=a>{\"a\":1}</script>"
	    "<script>\n window.__STATE__ = {\"b\":\"</p>\"}</script>"
	    "<script>window['__B']=2</script>"
	    "<script>var window; window.__no = {\"c\":1}</script>"
	    "<script>window._d={}</script><script>window.__</script>"
	    "<script src=x>window.__e={}</script>"
	    "<script type=text/template>window.__f={}</script>"
	    "<svg><script>window.__g={}</script></svg>"
	    "<script type=text/javascript>self.__h={}</script><p>Words";
	static const char *const expected[] = {
	    "{\"a\":1}",       "\n window.__STATE__ = {\"b\":\"</p>\"}",
	    "window['__B']=2", "window.__",
	    "self.__h={}",
	};
	enum { COUNT = sizeof(expected) / sizeof(expected[0]) };

	(void)state;
	for (size_t piece = 1; piece < sizeof(html); piece++) {
		struct thin_page page;
		size_t n = 0;

		thinned(html, strlen(html), piece, &page);
		assert_int_equal(page.data_count, 0);
		for (size_t i = 0; i < page.store_count; i++) {
			struct str s = page.stores[i];

			if (n == COUNT || s.len != strlen(expected[n]) ||
			    memcmp(s.data, expected[n], s.len) != 0)
				fail_msg("%zu: %.*s", piece, (int)s.len,
					 s.data);
			n++;
		}
		assert_int_equal(n, COUNT);
	}
}

static int set_up(void **state)
{
	(void)state;
	return thin_new(&thin, &err) == PITH_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	thin_free(thin);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(steps_text_aside),
	    cmocka_unit_test(lets_references_pass),
	    cmocka_unit_test(drops_what_nobody_reads),
	    cmocka_unit_test(keeps_attributes_that_are_read),
	    cmocka_unit_test(drops_comments),
	    cmocka_unit_test(finds_the_end_of_raw_text),
	    cmocka_unit_test(knows_foreign_content),
	    cmocka_unit_test(cuts_long_tags),
	    cmocka_unit_test(flattens_what_is_too_deep),
	    cmocka_unit_test(does_not_flatten_open_paragraphs),
	    cmocka_unit_test(nul_ends_the_head),
	    cmocka_unit_test(keeps_data_scripts_aside),
	    cmocka_unit_test(keeps_stores_aside),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
