/* SPDX-License-Identifier: MIT
 *
 * warc_test.c: archives, whole and damaged, plain and compressed, cut into
 * pages. Each case is read in pieces of several sizes, and must give the same
 * each time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "warc_made.h"

/* The bytes as one gzip member, appended. */
static void add_gzip(struct made *out, struct str bytes)
{
	z_stream z = {0};

	assert_int_equal(deflateInit2(&z, 6, Z_DEFLATED, 31, 8, 0), Z_OK);
	z.next_in = (Bytef *)bytes.data;
	z.avail_in = (uInt)bytes.len;
	z.next_out = (Bytef *)out->data + out->len;
	z.avail_out = (uInt)(sizeof(out->data) - out->len);
	assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
	out->len = sizeof(out->data) - z.avail_out;
	deflateEnd(&z);
}

static void add_gzip_answer(struct made *out, const char *url, const char *body)
{
	struct made plain = {.len = 0};

	add_answer(&plain, url, body);
	add_gzip(out, made_str(&plain));
}

static void test_records_of_each_kind(void **state)
{
	struct made m = {.len = 0};

	add_record(&m, "warcinfo", "", "application/warc-fields", "a: b", 0);
	add_record(&m, "request", "http://a/", "application/http; x", "GET", 0);
	add_answer(&m, "http://a/", "<p>One");
	add_record(&m, "resource", "http://b/", "text/html", "<p>Two", 0);
	add_record(&m, "conversion", "<http://c/>", "text/plain", "Three", 0);
	add_record(&m, "revisit", "http://d/", HTTP, "HTTP/1.1 200 OK\r\n\r\n",
		   0);
	add_record(&m, "response", "dns:a", "text/dns", "1.2.3.4", 0);
	expect(*state, made_str(&m),
	       "http://a/|text/html|utf-8|<p>One;http://b/|text/html||<p>Two;"
	       "http://c/|text/plain||Three;");
}

static void test_answers_nobody_wants(void **state)
{
	struct fixture *f = *state;
	struct made m = {.len = 0};

	add_record(
	    &m, "response", "http://a/", HTTP,
	    "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\nno", 0);
	add_record(&m, "response", "http://a/i", HTTP,
		   "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nno", 0);
	add_record(&m, "response", "http://a/t", HTTP,
		   "HTTP/1.0 200\nContent-Type: Text/HTML\n\nyes", 0);
	expect(f, made_str(&m), "http://a/t|Text/HTML||yes;");
	assert_true(filter_add(&f->filter, "status=4xx"));
	expect(f, made_str(&m), "http://a/|text/html||no;");
	assert_true(filter_add(&f->filter, "url=*/t"));
	expect(f, made_str(&m), "");
}

static void test_answers_without_a_head(void **state)
{
	struct made m = {.len = 0};

	add_record(&m, "response", "http://a/", HTTP, "<p>Old days", 0);
	add_record(&m, "response", "http://b/", HTTP, "HTTP/1.0 200 OK\r\n", 0);
	add_record(&m, "response", "http://c/", HTTP, "", 0);
	expect(*state, made_str(&m),
	       "http://a/|||<p>Old days;http://b/|||;"
	       "http://c/|||;");
}

static void test_one_member_for_each_record(void **state)
{
	struct made m = {.len = 0};

	add_gzip_answer(&m, "http://a/", "One");
	add(&m, "\0\0\0", 3); /* padding */
	add_gzip_answer(&m, "http://b/", "Two");
	expect(*state, made_str(&m),
	       "http://a/|text/html|utf-8|One;"
	       "http://b/|text/html|utf-8|Two;");
}

/* Members that end anywhere, one inside a record's header. */
static void test_one_stream_for_all_records(void **state)
{
	struct made plain = {.len = 0}, m = {.len = 0};

	add_answer(&plain, "http://a/", "One");
	add_answer(&plain, "http://b/", "Two");
	add_answer(&plain, "http://c/", "Three");
	add_gzip(&m, made_str(&plain));
	expect(*state, made_str(&m),
	       "http://a/|text/html|utf-8|One;"
	       "http://b/|text/html|utf-8|Two;"
	       "http://c/|text/html|utf-8|Three;");
	m.len = 0;
	add_gzip(&m, (struct str){plain.data, 300});
	add_gzip(&m, (struct str){plain.data + 300, plain.len - 300});
	expect(*state, made_str(&m),
	       "http://a/|text/html|utf-8|One;"
	       "http://b/|text/html|utf-8|Two;"
	       "http://c/|text/html|utf-8|Three;");
}

static void test_length_too_short(void **state)
{
	struct made m = {.len = 0};
	char wanted[256];
	size_t at;

	add_answer(&m, "http://a/", "One");
	at = m.len;
	add_record(&m, "resource", "http://b/", "text/html", "Twotwotwo", 3);
	add_answer(&m, "http://c/", "Three");
	snprintf(wanted, sizeof(wanted),
		 "http://a/|text/html|utf-8|One;!%zu+0 http://b/:"
		 "Content-Length does not lead to the record's end;"
		 "http://c/|text/html|utf-8|Three;",
		 at);
	expect(*state, made_str(&m), wanted);
}

/* The record behind is swallowed, the one behind that is found again. */
static void test_length_too_long(void **state)
{
	struct made m = {.len = 0};
	char wanted[256];
	size_t at;

	at = m.len;
	add_record(&m, "resource", "http://b/", "text/html", "Two", 50);
	add_answer(&m, "http://c/", "Three");
	add_answer(&m, "http://d/", "Four");
	snprintf(wanted, sizeof(wanted),
		 "!%zu+0 http://b/:Content-Length does not lead to the "
		 "record's end;http://d/|text/html|utf-8|Four;",
		 at);
	expect(*state, made_str(&m), wanted);
}

static void test_garbage_between_records(void **state)
{
	struct made m = {.len = 0};
	char wanted[256];
	size_t at;

	add_answer(&m, "http://a/", "One");
	at = m.len;
	add(&m, "WARsaw is\nno WARC/1.0\nWARC/x\r\n\r\n", 32);
	add_answer(&m, "http://b/", "Two");
	snprintf(wanted, sizeof(wanted),
		 "http://a/|text/html|utf-8|One;!%zu+0 :bytes that are no "
		 "WARC record;http://b/|text/html|utf-8|Two;",
		 at);
	expect(*state, made_str(&m), wanted);
}

static void test_archive_cut_short(void **state)
{
	struct made m = {.len = 0};

	add_answer(&m, "http://a/", "One");
	expect(*state, (struct str){m.data, m.len - 5},
	       "!0+0 http://a/:the record is cut short;");
	expect(*state, (struct str){m.data, 100},
	       "!0+0 :the record is cut short;");
	expect(*state, (struct str){m.data, m.len - 4},
	       "http://a/|text/html|utf-8|One;");
}

static void test_damaged_member(void **state)
{
	struct made m = {.len = 0};
	char wanted[256];
	size_t first, second;

	add_gzip_answer(&m, "http://a/", "One");
	first = m.len;
	add_gzip_answer(&m, "http://b/", "Two two two, a page of some length");
	second = m.len;
	add_gzip_answer(&m, "http://c/", "Three");
	m.data[second - 6] ^= 1; /* in the checksum */
	snprintf(wanted, sizeof(wanted),
		 "http://a/|text/html|utf-8|One;!%zu+0 http://b/:damaged gzip "
		 "data;http://c/|text/html|utf-8|Three;",
		 first);
	expect(*state, made_str(&m), wanted);
	memset(m.data + first, 'x', 10); /* no gzip any more */
	snprintf(wanted, sizeof(wanted),
		 "http://a/|text/html|utf-8|One;!%zu+0 :bytes that are no "
		 "gzip member;http://c/|text/html|utf-8|Three;",
		 first);
	expect(*state, made_str(&m), wanted);
}

/* A crawler was killed inside a member, and went on behind it. */
static void test_member_cut_short_before_a_whole_one(void **state)
{
	struct made m = {.len = 0}, half = {.len = 0};
	char wanted[4096];

	add_gzip_answer(&half, "http://a/", "One, of which not all is there");
	for (size_t cut = 30; cut < half.len; cut++) {
		const char *seen;

		m.len = 0;
		add_gzip_answer(&m, "http://0/", "Zero");
		add(&m, half.data, cut);
		add_gzip_answer(&m, "http://b/", "Two");
		add_gzip_answer(&m, "http://c/", "Three");
		seen = read_in(*state, made_str(&m), 1 << 20);
		expect_rest(seen);
		snprintf(wanted, sizeof(wanted), "%s", seen);
		expect(*state, made_str(&m), wanted);
	}
}

static void test_page_over_the_ceiling(void **state)
{
	struct made m = {.len = 0};
	char body[1002];

	memset(body, 'x', sizeof(body) - 1);
	body[sizeof(body) - 1] = '\0';
	add_record(&m, "resource", "http://a/", "text/html", body, 0);
	add_answer(&m, "http://b/", "Two");
	expect(*state, made_str(&m),
	       "!0+0 http://a/:a page of more than 1000 bytes;"
	       "http://b/|text/html|utf-8|Two;");
}

static void test_other_inputs_are_pages(void **state)
{
	struct made m = {.len = 0};

	expect(*state, STR(""), "|||;");
	expect(*state, STR("<p>One"), "|||<p>One;");
	expect(*state, STR("WARCraft"), "|||WARCraft;");
	add_gzip(&m, STR("<p>One, compressed"));
	m.data[m.len] = '\0';
	read_in(*state, made_str(&m), 3);
	assert_memory_equal(((struct fixture *)*state)->seen, "|||\x1f\x8b", 5);
}

static void test_goes_on_behind_a_place(void **state)
{
	struct fixture *f = *state;
	struct made m = {.len = 0};
	size_t second;

	add_gzip_answer(&m, "http://a/", "One");
	second = m.len;
	add_gzip_answer(&m, "http://b/", "Two");
	add_gzip_answer(&m, "http://c/", "Three");
	f->len = 0;
	assert_int_equal(reader_resume(f->reader, "test", made_str(&m),
				       (struct place){second, 0}),
			 second);
	reader_feed(f->reader, (struct str){m.data + second, m.len - second});
	reader_finish(f->reader);
	assert_int_equal(drain(f), READER_END);
	assert_string_equal(f->seen, "http://c/|text/html|utf-8|Three;");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
	    TEST(test_records_of_each_kind),
	    TEST(test_answers_nobody_wants),
	    TEST(test_answers_without_a_head),
	    TEST(test_one_member_for_each_record),
	    TEST(test_one_stream_for_all_records),
	    TEST(test_length_too_short),
	    TEST(test_length_too_long),
	    TEST(test_garbage_between_records),
	    TEST(test_archive_cut_short),
	    TEST(test_damaged_member),
	    TEST(test_member_cut_short_before_a_whole_one),
	    TEST(test_page_over_the_ceiling),
	    TEST(test_other_inputs_are_pages),
	    TEST(test_goes_on_behind_a_place),
	};

	return cmocka_run_group_tests_name("warc", tests, NULL, NULL);
}
