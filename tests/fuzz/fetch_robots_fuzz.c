/* SPDX-License-Identifier: MIT
 *
 * fetch_robots_fuzz.c: any robots.txt (the input up to its first NUL) and any
 * path (what follows) are read within bounds, and what nobody forbids is
 * allowed. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *nul = size ? memchr(data, 0, size) : NULL;
	size_t len = nul ? (size_t)(nul - data) : size;
	size_t rest = size - len;
	char *path = malloc(rest + 2);
	struct str file = {(const char *)data, len};
	struct fault f = {0};
	struct robots r;

	if (path == NULL)
		return 0;
	path[0] = '/';
	memcpy(path + 1, data + len, rest);
	path[rest + 1] = '\0';
	if (rest > 0)
		memmove(path + 1, path + 2, rest);
	if (robots_parse(file, STR("pith-fetch"), &r, &f) != PITH_OK)
		abort();
	if (!robots_allows(&r, path) && r.count == 0)
		abort();
	if (!robots_allows(&r, "/robots.txt") || r.crawl_delay < -1)
		abort();
	robots_free(&r);
	free(path);
	return 0;
}
