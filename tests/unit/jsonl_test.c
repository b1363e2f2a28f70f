/* SPDX-License-Identifier: MIT
 *
 * jsonl_test.c: JSON lines in, and what of them goes out again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "run/lines.h"
#include "source/reader.h"

static const struct options options = {
    .html_field = "html", .text_field = "text", .url_field = "url"};

static const struct {
	const char *line, *page, *url;
	bool text;
} good[] = {
    {"{\"html\":\"<p>\\u00e9\"}", "<p>\xc3\xa9", NULL, false},
    {" { \"url\" : \"u\" , \"text\" : \"t\" } ", "t", "u", true},
    {"{\"html\":\"a\",\"text\":\"b\"}", "a", NULL, false},
    {"{\"html\":null,\"text\":\"b\",\"url\":7}", "b", NULL, true},
    {"{\"html\":\"a\\u0000b\",\"url\":\"u\\u0000\"}", NULL, NULL, false},
};

static const char *const bad[] = {
    "",
    "{",
    "[]",
    "\"html\"",
    "{}",
    "{\"html\":1}",
    "{\"html\":\"\xff\"}",
    "{\"html\":\"a\"}x",
    "{\"html\":}",
};

static void test_lines_that_hold_a_page(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct err err = {0};
		struct line l;

		assert_int_equal(
		    line_read(&l,
			      (struct str){good[i].line, strlen(good[i].line)},
			      &options, &err),
		    PITH_OK);
		if (good[i].page != NULL)
			assert_string_equal(l.page.data, good[i].page);
		else
			assert_int_equal(l.page.len, 3);
		assert_int_equal(l.text, good[i].text);
		if (good[i].url == NULL)
			assert_null(l.url);
		else
			assert_string_equal(l.url, good[i].url);
		line_free(&l);
	}
}

static void test_lines_that_hold_none(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err err = {0};
		struct line l;

		assert_int_equal(line_read(&l,
					   (struct str){bad[i], strlen(bad[i])},
					   &options, &err),
				 PITH_FAILED);
		assert_int_equal(err.cause, PITH_CAUSE_CORRUPT);
		line_free(&l);
	}
}

static const struct {
	const char *line, *ours, *wanted;
} passes[] = {
    {"{\"html\":\"a\",\"n\":1.10}", "{\"url\":null}\n",
     "{\"url\":null,\"n\":1.10}\n"},
    {"{\"html\":\"a\"}", "{\"url\":null}\n", "{\"url\":null}\n"},
    {"{\"html\":\"a\",\"n\":1}", "{}\n", "{\"n\":1}\n"},
    {"{\"html\":\"a\",\"url\":\"x\",\"t\":[{\"url\":1}]}", "{\"url\":null}\n",
     "{\"url\":null,\"t\":[{\"url\":1}]}\n"},
    {"{\"html\":\"a\",\"\\u0075rl\":\"x\"}", "{\"url\":null}\n",
     "{\"url\":null}\n"},
    {"{\"html\":\"a\",\"s\":\"}\\\"{,\",\"t\":true}", "{\"a\":\"}\"}\n",
     "{\"a\":\"}\",\"s\":\"}\\\"{,\",\"t\":true}\n"},
    {" {\"n\" : -1e5 , \"html\" : \"a\" , \"o\" : {} } ", "{\"a\":1}\n",
     "{\"a\":1,\"n\":-1e5,\"o\":{}}\n"},
};

static void test_what_passes_through(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(passes) / sizeof(passes[0]); i++) {
		struct err err = {0};
		struct line l;
		struct buf out;

		buf_init(&out, 4096, "output");
		assert_int_equal(line_read(&l,
					   (struct str){passes[i].line,
							strlen(passes[i].line)},
					   &options, &err),
				 PITH_OK);
		assert_int_equal(buf_append(&out, passes[i].ours,
					    strlen(passes[i].ours), &err),
				 PITH_OK);
		assert_int_equal(line_pass(&l, &out, &err), PITH_OK);
		assert_int_equal(buf_push(&out, '\0', &err), PITH_OK);
		assert_string_equal(out.data, passes[i].wanted);
		buf_free(&out);
		line_free(&l);
	}
}

static void test_quotes(void **state)
{
	static const char in[] = "a\"\\\n\x01\x7f\xff\xc3\xa9";
	struct err err = {0};
	struct buf out;

	(void)state;
	buf_init(&out, 4096, "output");
	assert_int_equal(line_quote(&out, STR(in), &err), PITH_OK);
	assert_int_equal(buf_push(&out, '\0', &err), PITH_OK);
	assert_string_equal(out.data, "\"a\\\"\\\\\\u000a\\u0001\\u007f"
				      "\xef\xbf\xbd\xc3\xa9\"");
	buf_free(&out);
}

/* Lines are cut the same in pieces of any size, with their places. */
static void test_lines_are_cut(void **state)
{
	static const char input[] = "{\"a\":1}\n\n  \r\n{\"b\":2}\r\n"
				    "0123456789012345678901234567890123456789\n"
				    "{\"c\":3}";
	static const char wanted[] =
	    "0{\"a\":1};13{\"b\":2}\r;22!;63{\"c\":3};";

	(void)state;
	for (size_t size = 1; size <= sizeof(input); size++) {
		char seen[256] = "";
		struct filter none = {.count = 0};
		struct str in = STR(input);
		struct reader *r;
		struct item item;
		struct err err = {0};
		enum reader_event event;

		item_init(&item, 32);
		assert_int_equal(reader_new(&r, READER_LINES, &none, &err),
				 PITH_OK);
		reader_begin(r, "test");
		while ((event = reader_next(r, &item)) != READER_END) {
			size_t n = size < in.len ? size : in.len;
			size_t at = strlen(seen);

			if (event == READER_ITEM) {
				struct str body = item_get(&item, ITEM_BODY);

				snprintf(seen + at, sizeof(seen) - at,
					 "%d%.*s%s;", (int)item.place.offset,
					 (int)body.len,
					 body.len > 0 ? body.data : "",
					 item.kind == ITEM_BROKEN ? "!" : "");
			} else if (n == 0) {
				reader_finish(r);
			} else {
				reader_feed(r, (struct str){in.data, n});
				in.data += n;
				in.len -= n;
			}
		}
		assert_string_equal(seen, wanted);
		reader_free(r);
		item_free(&item);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines_that_hold_a_page),
	    cmocka_unit_test(test_lines_that_hold_none),
	    cmocka_unit_test(test_what_passes_through),
	    cmocka_unit_test(test_quotes),
	    cmocka_unit_test(test_lines_are_cut),
	};

	return cmocka_run_group_tests_name("jsonl", tests, NULL, NULL);
}
