/* SPDX-License-Identifier: MIT
 *
 * attr.c: table and search of attribute names. */
#include "page/attr.h"

#include <string.h>

static const struct str names[ATTR_COUNT] = {
#define ATTR_ROW(id, name, reader) {name, sizeof(name) - 1},
    ATTR_TABLE(ATTR_ROW)
#undef ATTR_ROW
};

const char *attr_name(enum attr attr)
{
	return names[attr].data;
}

enum attr attr_find(struct str name)
{
	if (name.len < 2 || name.len > 13)
		return ATTR_COUNT;
	for (int i = 0; i < ATTR_COUNT; i++)
		if (names[i].len == name.len &&
		    names[i].data[0] == ascii_lower(name.data[0]) &&
		    str_equal_nocase(names[i], name))
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
