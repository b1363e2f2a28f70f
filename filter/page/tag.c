/* SPDX-License-Identifier: MIT
 *
 * tag.c: table and search of element names. */
#include "page/tag.h"

#include <string.h>

enum { NAME_MAX_LEN = 10 }; /* blockquote, figcaption */

const struct tag_row tag_rows[TAG_COUNT] = {
#define TAG_ROW(id, name, flags) {name, sizeof(name) - 1, flags},
    TAG_TABLE(TAG_ROW)
#undef TAG_ROW
	{"x-custom", 8, TAG_IS_BLOCK},
    {"unknown", 7, 0}};

/* First row of each letter, and one past the last. */
static const uint8_t first[27] = {
    TAG_A,	TAG_B,	    TAG_CANVAS, TAG_DD,	 TAG_EM,  TAG_FIELDSET,
    TAG_H1,	TAG_H1,	    TAG_I,	TAG_KBD, TAG_KBD, TAG_LABEL,
    TAG_MAIN,	TAG_NAV,    TAG_OBJECT, TAG_P,	 TAG_Q,	  TAG_RB,
    TAG_S,	TAG_TABLE,  TAG_U,	TAG_VAR, TAG_WBR, TAG_XMP,
    TAG_CUSTOM, TAG_CUSTOM, TAG_CUSTOM};

enum tag tag_find(struct str name)
{
	char lower[NAME_MAX_LEN];
	unsigned letter;

	if (name.len == 0)
		return TAG_UNKNOWN;
	letter = (unsigned)(name.data[0] | 0x20) - 'a';
	if (name.len <= NAME_MAX_LEN && letter < 26) {
		for (size_t i = 0; i < name.len; i++)
			lower[i] = ascii_lower(name.data[i]);
		for (unsigned i = first[letter]; i < first[letter + 1]; i++)
			if (tag_rows[i].len == name.len &&
			    memcmp(tag_rows[i].name, lower, name.len) == 0)
				return (enum tag)i;
	}
	if (memchr(name.data, '-', name.len) != NULL)
		return TAG_CUSTOM;
	return TAG_UNKNOWN;
}
