/* SPDX-License-Identifier: MIT
 *
 * fetch_feed_test.c: the items of feeds. Each case is a feed and its items,
 * one a line: URL, a space and the date if there is one; "+" before a feed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/feed.h"
#include "fetch/gzip.h"

#define ATOM	"<feed xmlns='http://www.w3.org/2005/Atom'>"
#define SITEMAP "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>"

static const struct {
	const char *feed, *items;
	enum pith_status end; /* how it ends */
} cases[] = {
    /* RSS */
    {"<rss><channel><link>/home</link><item><title>t</title>"
     "<link> /a </link></item><item><link>/b</link></item></channel></rss>",
     "/a\n/b\n", PITH_EOF},
    {"<rss><item><link><![CDATA[/a?b&c]]></link></item></rss>", "/a?b&c\n",
     PITH_EOF},
    {"<rss><item><link>/a?b&amp;c</link></item></rss>", "/a?b&c\n", PITH_EOF},
    {"<rss><item><guid>http://x/1</guid></item></rss>", "http://x/1\n",
     PITH_EOF},
    {"<rss><item><guid isPermaLink='false'>7</guid></item></rss>", "",
     PITH_EOF},
    {"<rss><item><guid isPermaLink='false'>7</guid><link>/a</link></item>"
     "</rss>",
     "/a\n", PITH_EOF},
    {"<rss xmlns:a='http://www.w3.org/2005/Atom' xmlns:m='urn:m'><item>"
     "<a:link href='/no'/><m:link>/no</m:link><link>/a</link>"
     "<m:group><link>/no</link></m:group></item></rss>",
     "/a\n", PITH_EOF},
    {"<r:RDF xmlns:r='urn:r' xmlns='http://purl.org/rss/1.0/'>"
     "<item><link>/a</link></item></r:RDF>",
     "/a\n", PITH_EOF},
    {"<rss><item><title>a&nbsp;b&eacute;</title><link>/a</link></item></rss>",
     "/a\n", PITH_EOF},
    /* Atom */
    {ATOM "<link href='/home'/><entry><link href='/a'/>"
	  "<updated>2026-01-02</updated></entry></feed>",
     "/a 2026-01-02\n", PITH_EOF},
    {ATOM "<entry><link rel='edit' href='/no'/><link rel='alternate' "
	  "href='/a'/><link href='/no'/></entry></feed>",
     "/a\n", PITH_EOF},
    {ATOM "<entry><source><link href='/no'/></source></entry></feed>", "",
     PITH_EOF},
    {"<feed><entry><link href='/a'/></entry></feed>", "/a\n", PITH_EOF},
    /* sitemap */
    {SITEMAP "<url><loc>/a</loc><lastmod>2026</lastmod></url>"
	     "<url><loc>\n/b\n</loc></url></urlset>",
     "/a 2026\n/b\n", PITH_EOF},
    {"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "
     "xmlns:i='urn:image'><url><loc>/a</loc><i:image><i:loc>/no</i:loc>"
     "</i:image></url></urlset>",
     "/a\n", PITH_EOF},
    {"<sitemapindex><sitemap><loc>/m</loc></sitemap></sitemapindex>", "+/m\n",
     PITH_EOF},
    /* JSON */
    {"{\"items\": [{\"id\": \"1\", \"url\": \"/a\"}, {\"id\": \"/b\", "
     "\"date_modified\": \"2026\"}, 7, {\"url\": 3}]}",
     "/a\n/b 2026\n", PITH_EOF},
    {" \n{\"items\": []}", "", PITH_EOF},
    {"{\"items\": {}}", "", PITH_FAILED},
    {"{", "", PITH_FAILED},
    /* encodings */
    {"<?xml version='1.0' encoding='windows-1252'?><rss><item><title>\xe9"
     "</title><link>/a</link></item></rss>",
     "/a\n", PITH_EOF},
    {"<?xml version='1.0' encoding='Shift_JIS'?><rss><item><title>\x83\x5c"
     "</title><link>/a</link></item></rss>",
     "/a\n", PITH_EOF},
    {"\xef\xbb\xbf<rss><item><link>/a</link></item></rss>", "/a\n", PITH_EOF},
    /* damage */
    {"<rss><item><link>/a</link></item><item></rss>", "/a\n", PITH_FAILED},
    {"<rss><item><link>/a</link></item>", "/a\n", PITH_FAILED},
    {"", "", PITH_FAILED},
    {"no feed at all", "", PITH_FAILED},
    {"<html><body><a href='/x'>x</a></body></html>", "", PITH_EOF},
};

/* All items of a feed as text; the status it ended with. */
static enum pith_status read_all(struct str content, char *out, size_t size)
{
	struct fault f = {0};
	struct feed_reader *r;
	struct feed_item item;
	enum pith_status status = feed_open(&r, content, 1 << 20, &f);
	size_t len = 0;

	out[0] = '\0';
	if (status != PITH_OK)
		return status;
	while ((status = feed_next(r, &item, &f)) == PITH_OK) {
		int n = snprintf(out + len, size - len, "%s%s%s%s\n",
				 item.feed ? "+" : "", item.url,
				 *item.stamp ? " " : "", item.stamp);

		assert_true(n > 0 && (size_t)n < size - len);
		len += (size_t)n;
	}
	assert_int_equal(f.code != FETCH_OK, status != PITH_EOF);
	feed_close(r);
	return status;
}

static void test_formats(void **state)
{
	char got[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str feed = {cases[i].feed, strlen(cases[i].feed)};
		enum pith_status end = read_all(feed, got, sizeof(got));

		if (end != cases[i].end || strcmp(got, cases[i].items) != 0)
			fail_msg("%s\ngave %s(%d)", cases[i].feed, got, end);
	}
}

static void test_gzip(void **state)
{
	char got[1000];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str feed = {cases[i].feed, strlen(cases[i].feed)};
		struct gzip g = {0};
		struct buf packed;
		struct fault f = {0};
		enum pith_status end;

		buf_init(&packed, 1 << 20, "test");
		assert_int_equal(gzip_member(&g, &feed, 1, &packed, &f),
				 PITH_OK);
		end = read_all(buf_str(&packed), got, sizeof(got));
		assert_int_equal(end, cases[i].end);
		assert_string_equal(got, cases[i].items);
		gzip_free(&g);
		buf_free(&packed);
	}
}

/* A bomb ends at its limit; deep nesting ends too. */
static void test_hostile(void **state)
{
	size_t size = 8 << 20;
	char *feed = malloc(size), got[1000];
	struct str content = {feed, size};
	struct gzip g = {0};
	struct buf packed;
	struct fault f = {0};

	(void)state;
	memset(feed, ' ', size);
	memcpy(feed, "<rss>", 5);
	buf_init(&packed, 1 << 20, "test");
	assert_int_equal(gzip_member(&g, &content, 1, &packed, &f), PITH_OK);
	assert_int_equal(read_all(buf_str(&packed), got, sizeof(got)),
			 PITH_FAILED);
	for (size_t i = 0; i < 900000; i += 3)
		memcpy(feed + i, "<a>", 3);
	content.len = 900000;
	assert_int_equal(read_all(content, got, sizeof(got)), PITH_FAILED);
	gzip_free(&g);
	buf_free(&packed);
	free(feed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_formats),
	    cmocka_unit_test(test_gzip),
	    cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
