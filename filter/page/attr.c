/* SPDX-License-Identifier: MIT
 *
 * attr.c: table and search of attribute names. */
#include "page/attr.h"

#include <string.h>

enum { NAME_MAX_LEN = 13 }; /* data-lazy-src */

static const struct {
	char name[NAME_MAX_LEN + 1];
	uint8_t len;
} rows[ATTR_COUNT] = {
#define ATTR_ROW(id, name, reader) {name, sizeof(name) - 1},
    ATTR_TABLE(ATTR_ROW)
#undef ATTR_ROW
};

/* First row of each letter, and one past the last. */
static const uint8_t first[27] = {
    ATTR_ALIGN,	 ATTR_CHARSET, ATTR_CHARSET, ATTR_DATA_LAZY_SRC,
    ATTR_HEIGHT, ATTR_HEIGHT,  ATTR_HEIGHT,  ATTR_HEIGHT,
    ATTR_ID,	 ATTR_LANG,    ATTR_LANG,    ATTR_LANG,
    ATTR_NAME,	 ATTR_NAME,    ATTR_OPEN,    ATTR_PROPERTY,
    ATTR_REL,	 ATTR_REL,     ATTR_SRC,     ATTR_TITLE,
    ATTR_VALUE,	 ATTR_VALUE,   ATTR_WIDTH,   ATTR_COUNT,
    ATTR_COUNT,	 ATTR_COUNT,   ATTR_COUNT};

const char *attr_name(enum attr attr)
{
	return rows[attr].name;
}

enum attr attr_find(struct str name)
{
	unsigned letter;

	if (name.len < 2 || name.len > NAME_MAX_LEN)
		return ATTR_COUNT;
	letter = (unsigned)(name.data[0] | 0x20) - 'a';
	if (letter >= 26)
		return ATTR_COUNT;
	for (unsigned i = first[letter]; i < first[letter + 1]; i++)
		if (rows[i].len == name.len &&
		    (memcmp(rows[i].name, name.data, name.len) == 0 ||
		     str_equal_nocase((struct str){rows[i].name, name.len},
				      name)))
			return (enum attr)i;
	return ATTR_COUNT;
}

bool attr_is_kept(enum tag tag, enum attr attr)
{
	switch (attr) {
	case ATTR_CLASS:
		return !(tag_flags(tag) & TAG_IS_FORMATTING) || tag == TAG_A ||
		       tag == TAG_CODE;
	case ATTR_HREF:
	case ATTR_REL:
		return tag == TAG_A || tag == TAG_LINK || tag == TAG_BASE ||
		       tag == TAG_AREA;
	case ATTR_CHARSET:
	case ATTR_CONTENT:
	case ATTR_HTTP_EQUIV:
	case ATTR_PROPERTY:
		return (tag_flags(tag) & TAG_IS_META) != 0 ||
		       attr == ATTR_CONTENT;
	case ATTR_DATA_LAZY_SRC:
	case ATTR_DATA_ORIGINAL:
	case ATTR_DATA_SRC:
	case ATTR_DATA_SRCSET:
	case ATTR_HEIGHT:
	case ATTR_SRCSET:
	case ATTR_WIDTH:
		return tag == TAG_IMG || tag == TAG_SOURCE;
	case ATTR_COUNT:
		return false;
	default:
		return !(tag_flags(tag) & TAG_IS_FORMATTING);
	}
}
