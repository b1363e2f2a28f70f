/* SPDX-License-Identifier: MIT
 *
 * thin_fuzz.c: whatever it is fed in whatever pieces, thin gives the same,
 * bounded, valid UTF-8. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../equal.h"

#define PROMISE(holds)                                                         \
	do {                                                                   \
		if (!(holds))                                                  \
			abort();                                               \
	} while (0)

static const struct thin_limits small = {
    .max_page = 1 << 20, .max_depth = 20, .max_attrs = 5, .max_token = 100};

/* A thinned page as one string, to compare and keep. */
static char *flat(const struct thin_page *page, size_t *len)
{
	size_t n = page->markup.len + 1;
	char *s, *to;

	for (size_t i = 0; i < page->run_count; i++)
		n += page->runs[i].len + 1;
	for (size_t i = 0; i < page->data_count; i++)
		n += page->data[i].len + 1;
	to = s = malloc(n);
	PROMISE(s != NULL);
	memcpy(to, page->markup.data, page->markup.len);
	to += page->markup.len;
	*to++ = '\0';
	for (size_t i = 0; i < page->run_count; i++) {
		memcpy(to, page->runs[i].data, page->runs[i].len);
		to += page->runs[i].len;
		*to++ = '\0';
	}
	for (size_t i = 0; i < page->data_count; i++) {
		memcpy(to, page->data[i].data, page->data[i].len);
		to += page->data[i].len;
		*to++ = '\0';
	}
	*len = n;
	return s;
}

static char *run(struct thin *t, const char *html, size_t len, size_t piece,
		 size_t *n)
{
	struct thin_page page;
	size_t text = 0, most = len;

	/* in MathML a NUL is a replacement character, of three bytes */
	for (size_t i = 0; i < len; i++)
		most += html[i] == '\0' ? 2 : 0;
	thin_begin(t, &small);
	for (size_t i = 0; i < len; i += piece)
		PROMISE(
		    thin_feed(t, html + i, len - i < piece ? len - i : piece) ==
		    PITH_OK);
	PROMISE(thin_finish(t, &page) == PITH_OK);
	/* Output is in proportion to input. */
	for (size_t i = 0; i < page.run_count; i++)
		text += page.runs[i].len;
	PROMISE(text <= most);
	PROMISE(page.markup.len <= len + len / 4 + 64);
	for (size_t i = 0; i < page.markup.len;) {
		uint32_t c;
		size_t size =
		    utf8_decode(page.markup.data + i, page.markup.len - i, &c);

		PROMISE(c != 0xfffd || size == 3);
		i += size;
	}
	return flat(&page, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const size_t pieces[] = {1, 3, 17, 1000};
	struct err err = {0};
	struct thin *t;
	char *clean = malloc(3 * size + 1);
	size_t len, n, expected_len;
	char *expected;

	PROMISE(clean != NULL);
	len = equal_clean((const char *)data, size, clean);
	PROMISE(thin_new(&t, &err) == PITH_OK);
	expected = run(t, clean, len, len + 1, &expected_len);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		char *s = run(t, clean, len, pieces[i], &n);

		PROMISE(n == expected_len && memcmp(s, expected, n) == 0);
		free(s);
	}
	free(expected);
	thin_free(t);
	free(clean);
	return 0;
}
