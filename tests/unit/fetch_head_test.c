/* SPDX-License-Identifier: MIT
 *
 * fetch_head_test.c: fields of HTTP heads, what is archived of them, when to
 * try again, digests, and the numbers of options. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "fetch/digest.h"
#include "fetch/head.h"
#include "fetch/options.h"
#include "fetch/record.h"
#include "fetch/retry.h"

static struct str text(const char *s)
{
	return (struct str){s, strlen(s)};
}

static void test_fields(void **state)
{
	struct str head = STR("HTTP/1.1 200 OK\r\nETag: \"x\"\r\n"
			      "content-TYPE:text/html; charset=x \r\n"
			      "Empty:\r\nETag: \"y\"\r\n\r\n");

	(void)state;
	assert_true(str_equal(head_field(head, STR("etag")), STR("\"x\"")));
	assert_true(str_equal(head_field(head, STR("Content-Type")),
			      STR("text/html; charset=x")));
	assert_true(
	    str_equal(head_media_type(head_field(head, STR("Content-Type"))),
		      STR("text/html")));
	assert_int_equal(head_field(head, STR("Empty")).len, 0);
	assert_null(head_field(head, STR("Missing")).data);
	assert_null(head_field(STR(""), STR("ETag")).data);
}

static void test_types(void **state)
{
	static const struct {
		const char *type, *list;
		bool accepted;
	} cases[] = {
	    {"text/html", "text/html", true},
	    {"TEXT/HTML", "application/pdf, text/html", true},
	    {"text/htm", "text/html", false},
	    {"text/html", "text/htm", false},
	    {"text/css", "text/*", true},
	    {"textual/x", "text/*", false},
	    {"text", "text/*", false},
	    {"image/png", "*/*", true},
	    {"image/png", "", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(
		    head_type_accepted(text(cases[i].type), cases[i].list),
		    cases[i].accepted);
}

static void test_retry_after(void **state)
{
	const int64_t now = 784111777; /* Sun, 06 Nov 1994 08:49:37 GMT */

	(void)state;
	assert_int_equal(head_retry_after(STR("120"), now), 120);
	assert_int_equal(head_retry_after(STR("0"), now), 0);
	assert_int_equal(
	    head_retry_after(STR("Sun, 06 Nov 1994 08:50:37 GMT"), now), 60);
	assert_int_equal(
	    head_retry_after(STR("Sun, 06 Nov 1994 08:48:37 GMT"), now), 0);
	assert_int_equal(head_retry_after(STR("soon"), now), -1);
	assert_int_equal(head_retry_after(STR("-5"), now), -1);
	assert_int_equal(head_retry_after(STR(""), now), -1);
	assert_true(head_retry_after(STR("99999999999999999999"), now) > 1000);
}

static void test_back_off(void **state)
{
	(void)state;
	for (int tries = 0; tries < 40; tries++) {
		uint64_t least = UINT64_MAX, most = 0;

		for (uint64_t r = 0; r < 5000; r++) {
			uint64_t ms = retry_delay(tries, -1, 60000, r * 7919);

			least = ms < least ? ms : least;
			most = ms > most ? ms : most;
		}
		assert_true(most <= 60000);
		if (tries < 4) {
			assert_in_range(least, 500 << tries, 600 << tries);
			assert_in_range(most, 1400 << tries, 1500 << tries);
		}
	}
	assert_int_equal(retry_delay(0, 7, 60000, 1), 7000);
	assert_int_equal(retry_due(2, -1, 1000), 1000);
	assert_int_equal(retry_due(3, -1, 1000), 1000 + 3600);
	assert_int_equal(retry_due(5, -1, 1000), 1000 + 4 * 3600);
	assert_int_equal(retry_due(1000, -1, 0), 7 * 24 * 3600);
	assert_int_equal(retry_due(1, 500, 1000), 1500);
	assert_true(retry_status(429) && retry_status(503));
	assert_false(retry_status(404) || retry_status(200));
}

static void test_archived_heads(void **state)
{
	static const struct {
		const char *head, *want;
		bool request;
	} cases[] = {
	    {"HTTP/1.1 200 OK\r\nA: b\r\n\r\n",
	     "HTTP/1.1 200 OK\r\nA: b\r\n\r\n", false},
	    {"HTTP/2 200 \r\nA: HTTP/2\r\n\r\n",
	     "HTTP/1.1 200 \r\nA: HTTP/2\r\n\r\n", false},
	    {"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n",
	     "HTTP/1.1 200 OK\nX-Crawler-Transfer-Encoding: chunked\n\n",
	     false},
	    {"GET /HTTP/2 HTTP/2\r\nHost: a\r\n\r\n",
	     "GET /HTTP/2 HTTP/1.1\r\nHost: a\r\n\r\n", true},
	    {"GET /HTTP/2 HTTP/1.1\r\n\r\n", "GET /HTTP/2 HTTP/1.1\r\n\r\n",
	     true},
	    {"GET / HTTP/1.1\r\nAuthorization: Basic x\r\n more\r\nHost: a\r\n"
	     "cookie: b\r\nproxy-authorization: c\r\n\r\n",
	     "GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
	    {"", "", false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fault f = {0};
		struct buf out;

		buf_init(&out, 1000, "test");
		assert_int_equal(
		    cases[i].request
			? record_request(text(cases[i].head), &out, &f)
			: record_response(text(cases[i].head), &out, &f),
		    PITH_OK);
		if (!str_equal(buf_str(&out), text(cases[i].want)))
			fail_msg("%s became %.*s", cases[i].head, (int)out.len,
				 out.data);
		buf_free(&out);
	}
}

static void test_digest(void **state)
{
	struct digest d;
	char sum[DIGEST_TEXT];

	(void)state;
	digest_init(&d);
	digest_end(&d, sum);
	assert_string_equal(sum, "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ");
	digest_add(&d, "ab", 2);
	digest_add(&d, "c", 1);
	digest_end(&d, sum);
	assert_string_equal(sum, "sha1:VGMT4NSHA2AWVOR6EVYXQUGCNSONBWE5");
}

static void test_numbers(void **state)
{
	uint32_t ms;
	size_t bytes;

	(void)state;
	assert_true(fetch_options_duration("1.5", &ms) && ms == 1500);
	assert_true(fetch_options_duration("250ms", &ms) && ms == 250);
	assert_true(fetch_options_duration("2m", &ms) && ms == 120000);
	assert_true(fetch_options_duration("1.5h", &ms) && ms == 5400000);
	assert_true(fetch_options_duration("0", &ms) && ms == 0);
	assert_true(fetch_options_duration("40d", &ms));
	assert_false(fetch_options_duration("60d", &ms));
	assert_false(fetch_options_duration("99999999999999999999", &ms));
	assert_false(fetch_options_duration("", &ms));
	assert_false(fetch_options_duration("-1", &ms));
	assert_false(fetch_options_duration("1x", &ms));
	assert_true(fetch_options_size("1000", &bytes) && bytes == 1000);
	assert_true(fetch_options_size("1.5k", &bytes) && bytes == 1536);
	assert_true(fetch_options_size("32M", &bytes) && bytes == 32 << 20);
	assert_false(fetch_options_size("1kb", &bytes));
	assert_false(fetch_options_size("9999999999999G", &bytes));
	assert_false(fetch_options_size("99999999T", &bytes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_fields),
	    cmocka_unit_test(test_types),
	    cmocka_unit_test(test_retry_after),
	    cmocka_unit_test(test_back_off),
	    cmocka_unit_test(test_archived_heads),
	    cmocka_unit_test(test_digest),
	    cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
