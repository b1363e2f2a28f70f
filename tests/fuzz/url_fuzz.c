/* SPDX-License-Identifier: MIT
 *
 * url_fuzz.c: whatever a page gives for an address, what comes out is refused
 * or safe to print, and resolving it again changes nothing. Input: base, a
 * line end, reference. */
#include <stdlib.h>
#include <string.h>

#include "meta/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(struct arena *arena, struct str s)
{
	struct url u = url_split(s);
	struct str again;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.data[i];

		if (c <= 0x20 || c == 0x7f || strchr("\"<>", c) != NULL)
			abort();
	}
	if (u.scheme.data != NULL && !str_equal_nocase(u.scheme, STR("http")) &&
	    !str_equal_nocase(u.scheme, STR("https")) &&
	    !str_equal_nocase(u.scheme, STR("mailto")))
		abort();
	if (u.scheme.data == NULL && s.data[strcspn(s.data, ":/?#")] == ':')
		abort(); /* some would read a scheme */
	if (u.authority.len == 0)
		return; /* relative: its place decides */
	if (s.len > URL_MAX ||
	    url_resolve(arena, (struct str){NULL, 0}, s, &again) != PITH_OK)
		return;
	if (!str_equal(s, again))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	const char *end = size > 0 ? memchr(text, '\n', size) : NULL;
	size_t n = end ? (size_t)(end - text) : 0;
	struct err err = {.cause = PITH_CAUSE_NONE};
	struct arena arena;
	struct str out;

	arena_init(&arena, &err);
	arena_reset(&arena, 16 << 20, 0);
	if (url_resolve(&arena, (struct str){text, n},
			(struct str){text + n + (end != NULL),
				     size - n - (end != NULL)},
			&out) == PITH_OK &&
	    out.data != NULL)
		check(&arena, out);
	(void)url_host((struct str){text, size});
	arena_free(&arena);
	return 0;
}
