/* SPDX-License-Identifier: MIT
 *
 * fetch_url_test.c: the one form of URLs, and which addresses are public. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/address.h"
#include "fetch/proxy.h"
#include "fetch/url.h"

static void test_normal_form(void **state)
{
	static const struct {
		const char *text, *base, *want; /* NULL: refused */
	} cases[] = {
	    {"http://a.test", NULL, "http://a.test/"},
	    {"HTTP://A.Test/B", NULL, "http://a.test/B"},
	    {"http://a.test:80/x#y", NULL, "http://a.test/x"},
	    {"https://a.test:443/", NULL, "https://a.test/"},
	    {"http://a.test:8080/", NULL, "http://a.test:8080/"},
	    {"http://a.test?q", NULL, "http://a.test/?q"},
	    {" \thttp://a.test/a\nb ", NULL, "http://a.test/ab"},
	    {"http://a.test/a b", NULL, "http://a.test/a%20b"},
	    {"http://a.test/\xc3\xbc", NULL, "http://a.test/%c3%bc"},
	    {"http://[::1]:8080/x", NULL, "http://[::1]:8080/x"},
	    {"/x", "http://a.test/y/z?q", "http://a.test/x"},
	    {"x", "http://a.test/y/z?q", "http://a.test/y/x"},
	    {"../x", "http://a.test/y/z/w", "http://a.test/y/x"},
	    {"?p", "http://a.test/y?q", "http://a.test/y?p"},
	    {"//b.test/x", "https://a.test/", "https://b.test/x"},
	    {"https://b.test/", "http://a.test/", "https://b.test/"},
	    {"", NULL, NULL},
	    {"a.test", NULL, NULL},
	    {"http://", NULL, NULL},
	    {"http:///x", NULL, "http://x/"}, /* as browsers do */
	    {"ftp://a.test/", NULL, NULL},
	    {"file:///etc/passwd", "http://a.test/", NULL},
	    {"javascript:x", "http://a.test/", NULL},
	    {"data:text/html,x", "http://a.test/", NULL},
	    {"http://me:pw@a.test/", NULL, NULL},
	    {"http://me@a.test/", "http://a.test/", NULL},
	    {"http://a.test/\x01/", NULL, NULL},
	    {"http://a.test:99999/", NULL, NULL},
	    {"http://a b.test/", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fault f = {0};
		struct url url;
		enum pith_status status =
		    url_parse(cases[i].text, cases[i].base, &url, &f);

		if (cases[i].want == NULL) {
			if (status != PITH_FAILED || url.text || !*f.text)
				fail_msg("%s was taken", cases[i].text);
			continue;
		}
		if (status != PITH_OK)
			fail_msg("%s: %s", cases[i].text, f.text);
		if (strcmp(url.text, cases[i].want) != 0)
			fail_msg("%s became %s", cases[i].text, url.text);
		url_free(&url);
	}
}

static void test_parts(void **state)
{
	struct fault f = {0};
	struct url url;

	(void)state;
	assert_int_equal(
	    url_parse("https://www.A.test:8443/p/q?r", NULL, &url, &f),
	    PITH_OK);
	assert_true(str_equal(url_host(&url), STR("www.a.test")));
	assert_true(
	    str_equal(url_origin(&url), STR("https://www.a.test:8443")));
	assert_string_equal(url.text + url.origin_len, "/p/q?r");
	assert_true(url_is_https(&url));
	url_free(&url);
}

static void test_long(void **state)
{
	struct fault f = {0};
	struct url url;
	char *text = malloc(100000);

	(void)state;
	memset(text, 'a', 99999);
	memcpy(text, "http://a.test/", 14);
	text[99999] = '\0';
	assert_int_equal(url_parse(text, NULL, &url, &f), PITH_FAILED);
	/* short enough as it is written, but not as it is sent */
	memset(text + 14, ' ', 5000);
	strcpy(text + 5014, "x");
	assert_int_equal(url_parse(text, NULL, &url, &f), PITH_FAILED);
	text[1014] = 'x';
	text[1015] = '\0';
	assert_int_equal(url_parse(text, NULL, &url, &f), PITH_OK);
	url_free(&url);
	free(text);
}

static void test_addresses(void **state)
{
	static const char *const public[] = {
	    "93.184.216.34",  "1.1.1.1",	  "100.63.0.1",
	    "172.15.0.1",     "172.32.0.1",	  "169.253.1.1",
	    "192.167.1.1",    "2606:4700::1111",  "2a00:1450::1",
	    "::ffff:1.1.1.1", "64:ff9b::1.1.1.1", "2002:0101:0101::1",
	};
	static const char *const special[] = {
	    "127.0.0.1",
	    "127.255.0.1",
	    "10.0.0.1",
	    "172.16.0.1",
	    "172.31.255.255",
	    "192.168.1.1",
	    "169.254.169.254",
	    "100.64.0.1",
	    "0.0.0.0",
	    "224.0.0.1",
	    "255.255.255.255",
	    "198.18.0.1",
	    "192.0.2.1",
	    "::1",
	    "::",
	    "fe80::1",
	    "fe80::1%eth0",
	    "[fe80::1]",
	    "fc00::1",
	    "fd12::1",
	    "ff02::1",
	    "::ffff:127.0.0.1",
	    "::ffff:10.0.0.1",
	    "64:ff9b::10.0.0.1",
	    "2002:7f00:1::",
	    "2002:c0a8:0101::1",
	    "2001:db8::1",
	    "2001:0::1",
	    "::127.0.0.1",
	    "no address",
	    "",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(public) / sizeof(public[0]); i++)
		if (!address_text_is_public(public[i]))
			fail_msg("%s is public", public[i]);
	for (size_t i = 0; i < sizeof(special) / sizeof(special[0]); i++)
		if (address_text_is_public(special[i]))
			fail_msg("%s is not public", special[i]);
	assert_true(address_is_numeric("[::1]"));
	assert_true(address_is_numeric("127.0.0.1"));
	assert_false(address_is_numeric("a.test"));
}

static const char *proxy_of(const char *text)
{
	struct fault f = {0};
	struct url url;
	const char *proxy;

	assert_int_equal(url_parse(text, NULL, &url, &f), PITH_OK);
	proxy = proxy_for(&url);
	url_free(&url);
	return proxy;
}

static void test_proxy(void **state)
{
	static const char *const names[] = {
	    "http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY",
	    "all_proxy",  "ALL_PROXY",	"no_proxy",    "NO_PROXY",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		unsetenv(names[i]);
	assert_string_equal(proxy_of("http://a.test/"), "");
	setenv("HTTP_PROXY", "http://bad", 1); /* set by CGI, not by a user */
	assert_string_equal(proxy_of("http://a.test/"), "");
	setenv("http_proxy", "http://p:1", 1);
	setenv("all_proxy", "http://p:2", 1);
	setenv("no_proxy", "b.test, .c.test,[::1]", 1);
	assert_string_equal(proxy_of("http://a.test/"), "http://p:1");
	assert_string_equal(proxy_of("https://a.test/"), "http://p:2");
	assert_string_equal(proxy_of("http://b.test/"), "");
	assert_string_equal(proxy_of("http://x.b.test/"), "");
	assert_string_equal(proxy_of("http://xb.test/"), "http://p:1");
	assert_string_equal(proxy_of("http://c.test/"), "");
	setenv("no_proxy", "*", 1);
	assert_string_equal(proxy_of("http://a.test/"), "");
}

/* Allocations of libcurl, and the one of them that fails. */
static unsigned allocations, failing;

static void *take(size_t size)
{
	return ++allocations == failing ? NULL : malloc(size);
}

static void *take_clear(size_t count, size_t size)
{
	return ++allocations == failing ? NULL : calloc(count, size);
}

static void *take_more(void *old, size_t size)
{
	return ++allocations == failing ? NULL : realloc(old, size);
}

static char *take_copy(const char *text)
{
	return ++allocations == failing ? NULL : strdup(text);
}

/* Want of memory is that, and neither a bad URL nor a good one. */
static void test_no_memory(void **state)
{
	static const char *const texts[] = {
	    "http://A.test/x", "http://127.0.0.1:80/", "http://me:pw@a.test/x"};
	enum { CREDENTIALS = 2 };

	(void)state;
	failing = 0;
	assert_int_equal(curl_global_init_mem(CURL_GLOBAL_DEFAULT, take, free,
					      take_more, take_copy, take_clear),
			 CURLE_OK);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		for (unsigned n = 1;; n++) {
			struct fault f = {0};
			struct url url;
			enum pith_status status;

			allocations = 0;
			failing = n;
			status = url_parse(texts[i], NULL, &url, &f);
			if (allocations < n) {
				assert_true(n > 1);
				url_free(&url);
				break;
			}
			assert_int_not_equal(status, PITH_OK);
			assert_null(url.text);
			/* libcurl may say "Bad login part" */
			if (i != CREDENTIALS)
				assert_int_equal(f.code, FETCH_IO);
		}
	failing = 0;
	curl_global_cleanup();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_normal_form),
	    cmocka_unit_test(test_parts),
	    cmocka_unit_test(test_long),
	    cmocka_unit_test(test_addresses),
	    cmocka_unit_test(test_proxy),
	    cmocka_unit_test(test_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
