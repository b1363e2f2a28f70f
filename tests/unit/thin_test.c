/* SPDX-License-Identifier: MIT
 *
 * thin_test.c: what thin keeps, what it drops, and that the size of the
 * pieces it is fed makes no difference. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "page/thin.h"

static struct err err;
static struct thin *thin;

static const struct thin_limits limits = {
    .max_page = 1 << 20, .max_depth = 512, .max_attrs = 64, .max_token = 256};

static void thinned(const char *html, size_t len, size_t piece,
		    struct thin_page *out)
{
	err_clear(&err);
	thin_begin(thin, &limits);
	for (size_t i = 0; i < len; i += piece)
		assert_int_equal(thin_feed(thin, html + i,
					   len - i < piece ? len - i : piece),
				 PITH_OK);
	assert_int_equal(thin_finish(thin, out), PITH_OK);
}

/* The thinned page with its runs back in place, each in brackets. */
static char *show(const struct thin_page *page)
{
	size_t size = 4 * page->markup.len + 1, n = 0;
	char *s;

	for (size_t i = 0; i < page->run_count; i++)
		size += page->runs[i].len;
	s = malloc(size);
	assert_non_null(s);
	for (size_t i = 0; i < page->markup.len;) {
		uint32_t c;
		size_t len = utf8_decode(page->markup.data + i,
					 page->markup.len - i, &c);

		if (c >= THIN_PLANE_15) {
			struct str run = page->runs[c - THIN_PLANE_15];
			s[n++] = '[';
			memcpy(s + n, run.data, run.len);
			n += run.len;
			s[n++] = ']';
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

#define CHECK_ROWS(rows) check_rows(rows, sizeof(rows) / sizeof(rows[0]))

static void steps_text_aside(void **state)
{
	static const struct row rows[] = {
	    {"<p>Some words here</p>", "<p>[Some words here]</p>"},
	    {"<p>tiny</p>", "<p>tiny</p>"},
	    {"<p>  Two   spaces  </p>", "<p> [Two   spaces  ]</p>"},
	    {"<p> \n\t </p>", "<p> </p>"},
	    {"<p>if a < b then</p>", "<p>[if a < b then]</p>"},
	    {"Salt &amp; pepper", "[Salt ]&amp; [pepper]"},
	    {"Salt &ampere pepper", "[Salt ]&ampere [pepper]"},
	    {"five & six", "[five ]& six"},
	    {"<pre>  two\r\n  lines</pre>", "<pre>  [two\n  lines]</pre>"},
	    {"ends in a <", "[ends in a <]"},
	    {"ends in a </", "[ends in a </]"},
	};

	(void)state;
	CHECK_ROWS(rows);
}

static void drops_what_nobody_reads(void **state)
{
	static const struct row rows[] = {
	    {"a<!-- b -->c", "ac"},
	    {"<script>if (a<b) c()</script>d", "<script></script>d"},
	    {"<style>p { }</style>d", "<style></style>d"},
	    {"<svg><g><path d='M0'/></g></svg>d", "<svg></svg>d"},
	    {"<template><p>x</p></template>d", "<template></template>d"},
	    {"<p onclick=\"a('>')\" id=b>c</p>", "<p id=b>c</p>"},
	    {"<img src=\"data:image/gif;base64,AA\" alt=b>", "<img alt=b>"},
	    {"<b class=x style=y>c</b>", "<b>c</b>"},
	    {"<p style='color:red'>c", "<p>c"},
	    {"<p style='display:none'>c", "<p style='display:none'>c"},
	    {"<iframe src=x />a<title/>b<textarea/>c", "abc"},
	    {"<iframe src=x/>a</iframe>", "<iframe src=x/></iframe>"},
	};

	(void)state;
	CHECK_ROWS(rows);
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
	    cmocka_unit_test(drops_what_nobody_reads),
	    cmocka_unit_test(keeps_data_scripts_aside),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
