/* SPDX-License-Identifier: MIT
 *
 * fetch_feed_fuzz.c: any bytes as a feed end, give items with a URL, and go
 * through the URL parser. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/feed.h"
#include "fetch/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* The sanitizer, which may be a shared library, asks for this. */
__attribute__((visibility("default"))) const char *
__lsan_default_suppressions(void);

/* libcurl 7.88 loses a host name that IDNA refuses. */
const char *__lsan_default_suppressions(void)
{
	return "leak:libcurl.so\n";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fault f = {0};
	struct feed_reader *r;
	struct feed_item item;
	struct str content = {(const char *)data, size};

	if (feed_open(&r, content, 1 << 20, &f) != PITH_OK)
		return 0;
	while (feed_next(r, &item, &f) == PITH_OK) {
		struct fault bad = {0};
		struct url url;

		if (url_parse(item.url, "http://a.test/", &url, &bad) !=
		    PITH_OK)
			continue;
		if (strncmp(url.text, "http", 4) != 0 ||
		    url.text[url.origin_len] != '/' || url.host_len == 0)
			abort();
		url_free(&url);
	}
	feed_close(r);
	return 0;
}
