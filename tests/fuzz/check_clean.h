/* SPDX-License-Identifier: MIT
 *
 * check_clean.h: what any text of metadata is. Included by fuzz targets. */
#ifndef TESTS_FUZZ_CHECK_CLEAN_H
#define TESTS_FUZZ_CHECK_CLEAN_H

#include <stdlib.h>

#include "base/str.h"
#include "base/utf8.h"

/* At most so many bytes, on one line, of what may be printed. */
static inline void check_clean(struct str s, size_t most)
{
	if (s.len > most)
		abort();
	for (size_t i = 0; i < s.len;) {
		uint32_t c;

		i += utf8_decode(s.data + i, s.len - i, &c);
		if (utf8_is_unprintable(c) || c == '\n' || c == '\t')
			abort();
	}
}

#endif
