/* SPDX-License-Identifier: MIT
 *
 * tag.c: table and search of element names. */
#include "page/tag.h"

#include <string.h>

struct tag_row {
	const char *name;
	uint8_t len;
	uint8_t flags;
};

static const struct tag_row rows[TAG_COUNT] = {
#define TAG_ROW(id, name, flags) {name, sizeof(name) - 1, flags},
    TAG_TABLE(TAG_ROW)
#undef TAG_ROW
	{"x-custom", 8, TAG_IS_BLOCK},
    {"unknown", 7, 0}};

const char *tag_name(enum tag tag)
{
	return rows[tag].name;
}

unsigned tag_flags(enum tag tag)
{
	return rows[tag].flags;
}

/* Order of a lower-case row against a name of any case. */
static int compare(const struct tag_row *row, struct str name)
{
	size_t n = row->len < name.len ? row->len : name.len;

	for (size_t i = 0; i < n; i++) {
		int d = (unsigned char)row->name[i] -
			(unsigned char)ascii_lower(name.data[i]);
		if (d != 0)
			return d;
	}
	return (int)row->len - (int)n - (name.len > n);
}

enum tag tag_find(struct str name)
{
	int low = 0, high = TAG_CUSTOM - 1;

	if (name.len > 10) /* the longest: blockquote, figcaption */
		high = -1;
	while (low <= high) {
		int middle = (low + high) / 2;
		int d = compare(&rows[middle], name);
		if (d == 0)
			return (enum tag)middle;
		if (d < 0)
			low = middle + 1;
		else
			high = middle - 1;
	}
	if (name.len > 0 && memchr(name.data, '-', name.len) != NULL)
		return TAG_CUSTOM;
	return TAG_UNKNOWN;
}
