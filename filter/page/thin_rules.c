/* SPDX-License-Identifier: MIT
 *
 * thin_rules.c: what the model knows of each element, and the names of those
 * that only it tells apart. */
#include "page/thin_stack.h"

#define BLOCK                                                                  \
	{                                                                      \
		AS_BLOCK, SPECIAL | CLOSES_P                                   \
	}
#define BLOCK_OUT                                                              \
	{                                                                      \
		AS_BLOCK, SPECIAL | CLOSES_P | BREAKS_OUT                      \
	}
#define HEADING                                                                \
	{                                                                      \
		AS_HEADING, SPECIAL | CLOSES_P | BREAKS_OUT                    \
	}
#define FORMAT                                                                 \
	{                                                                      \
		AS_FORMAT, BREAKS_OUT                                          \
	}
#define VOID                                                                   \
	{                                                                      \
		AS_VOID, SPECIAL                                               \
	}
#define RAW                                                                    \
	{                                                                      \
		AS_RAW, SPECIAL                                                \
	}

const struct tree_rule tree_rules[ELEMENT_COUNT] = {
    [TAG_A] = {AS_FORMAT, 0},
    [TAG_ADDRESS] = BLOCK,
    [TAG_AREA] = VOID,
    [TAG_ARTICLE] = BLOCK,
    [TAG_ASIDE] = BLOCK,
    [TAG_B] = FORMAT,
    [TAG_BASE] = VOID,
    [TAG_BIG] = FORMAT,
    [TAG_BLOCKQUOTE] = BLOCK_OUT,
    [TAG_BODY] = {AS_NOTHING, BREAKS_OUT},
    [TAG_BR] = {AS_VOID, SPECIAL | BREAKS_OUT},
    [TAG_BUTTON] = {AS_BUTTON, SPECIAL},
    [TAG_CAPTION] = {AS_CAPTION, SPECIAL | SCOPE | TABLE_PART},
    [TAG_CENTER] = BLOCK_OUT,
    [TAG_CODE] = FORMAT,
    [TAG_COL] = {AS_COLUMN, SPECIAL},
    [TAG_COLGROUP] = {AS_COLUMNS, SPECIAL},
    [TAG_DD] = {AS_DD, SPECIAL | CLOSES_P | BREAKS_OUT},
    [TAG_DETAILS] = BLOCK,
    [TAG_DIR] = BLOCK,
    [TAG_DIV] = BLOCK_OUT,
    [TAG_DL] = BLOCK_OUT,
    [TAG_DT] = {AS_DD, SPECIAL | CLOSES_P | BREAKS_OUT},
    [TAG_EM] = FORMAT,
    [TAG_EMBED] = {AS_VOID, SPECIAL | BREAKS_OUT},
    [TAG_FIELDSET] = BLOCK,
    [TAG_FIGCAPTION] = BLOCK,
    [TAG_FIGURE] = BLOCK,
    [TAG_FONT] = {AS_FORMAT, 0},
    [TAG_FOOTER] = BLOCK,
    [TAG_FORM] = {AS_FORM, SPECIAL | CLOSES_P},
    [TAG_FRAME] = VOID,
    [TAG_FRAMESET] = {AS_NOTHING, 0},
    [TAG_H1] = HEADING,
    [TAG_H2] = HEADING,
    [TAG_H3] = HEADING,
    [TAG_H4] = HEADING,
    [TAG_H5] = HEADING,
    [TAG_H6] = HEADING,
    [TAG_HEAD] = {AS_NOTHING, BREAKS_OUT},
    [TAG_HEADER] = BLOCK,
    [TAG_HGROUP] = BLOCK,
    [TAG_HR] = {AS_VOID, SPECIAL | CLOSES_P | BREAKS_OUT},
    [TAG_HTML] = {AS_NOTHING, 0},
    [TAG_I] = FORMAT,
    [TAG_IFRAME] = RAW,
    [TAG_IMG] = {AS_VOID, SPECIAL | BREAKS_OUT},
    [TAG_INPUT] = {AS_INPUT, SPECIAL},
    [TAG_LI] = {AS_LI, SPECIAL | CLOSES_P | BREAKS_OUT},
    [TAG_LINK] = VOID,
    [TAG_LISTING] = BLOCK_OUT,
    [TAG_MAIN] = BLOCK,
    [TAG_MATH] = {AS_FOREIGN, 0},
    [TAG_MENU] = BLOCK_OUT,
    [TAG_META] = {AS_VOID, SPECIAL | BREAKS_OUT},
    [TAG_NAV] = BLOCK,
    [TAG_NOBR] = FORMAT,
    [TAG_NOEMBED] = RAW,
    [TAG_NOFRAMES] = RAW,
    [TAG_NOSCRIPT] = {AS_OTHER, SPECIAL},
    [TAG_OBJECT] = {AS_OBJECT, SPECIAL | SCOPE},
    [TAG_OL] = {AS_BLOCK, SPECIAL | CLOSES_P | BREAKS_OUT | LIST_SCOPE},
    [TAG_OPTGROUP] = {AS_OPTGROUP, 0},
    [TAG_OPTION] = {AS_OPTION, 0},
    [TAG_P] = {AS_P, SPECIAL | CLOSES_P | BREAKS_OUT},
    [TAG_PARAM] = VOID,
    [TAG_PLAINTEXT] = BLOCK,
    [TAG_PRE] = BLOCK_OUT,
    [TAG_RB] = {AS_RUBY, 0},
    [TAG_RP] = {AS_RUBY, 0},
    [TAG_RT] = {AS_RUBY, 0},
    [TAG_RTC] = {AS_RUBY, 0},
    [TAG_RUBY] = {AS_OTHER, BREAKS_OUT},
    [TAG_S] = FORMAT,
    [TAG_SCRIPT] = RAW,
    [TAG_SECTION] = BLOCK,
    [TAG_SELECT] = {AS_SELECT, SPECIAL},
    [TAG_SMALL] = FORMAT,
    [TAG_SOURCE] = VOID,
    [TAG_SPAN] = {AS_OTHER, BREAKS_OUT},
    [TAG_STRIKE] = FORMAT,
    [TAG_STRONG] = FORMAT,
    [TAG_STYLE] = RAW,
    [TAG_SUB] = {AS_OTHER, BREAKS_OUT},
    [TAG_SUMMARY] = BLOCK,
    [TAG_SUP] = {AS_OTHER, BREAKS_OUT},
    [TAG_SVG] = {AS_FOREIGN, 0},
    [TAG_TABLE] = {AS_TABLE, SPECIAL | SCOPE | TABLE_PART | BREAKS_OUT},
    [TAG_TBODY] = {AS_ROWS, SPECIAL | TABLE_PART},
    [TAG_TD] = {AS_CELL, SPECIAL | SCOPE | TABLE_PART},
    [TAG_TEMPLATE] = {AS_TEMPLATE, SPECIAL | SCOPE},
    [TAG_TEXTAREA] = RAW,
    [TAG_TFOOT] = {AS_ROWS, SPECIAL | TABLE_PART},
    [TAG_TH] = {AS_CELL, SPECIAL | SCOPE | TABLE_PART},
    [TAG_THEAD] = {AS_ROWS, SPECIAL | TABLE_PART},
    [TAG_TITLE] = RAW,
    [TAG_TR] = {AS_ROW, SPECIAL | TABLE_PART},
    [TAG_TRACK] = VOID,
    [TAG_TT] = FORMAT,
    [TAG_U] = FORMAT,
    [TAG_UL] = {AS_BLOCK, SPECIAL | CLOSES_P | BREAKS_OUT | LIST_SCOPE},
    [TAG_VAR] = {AS_OTHER, BREAKS_OUT},
    [TAG_WBR] = VOID,
    [TAG_XMP] = {AS_RAW, SPECIAL | CLOSES_P},
    [ELEMENT_APPLET] = {AS_OBJECT, SPECIAL | SCOPE},
    [ELEMENT_MARQUEE] = {AS_OBJECT, SPECIAL | SCOPE},
    [ELEMENT_VOID] = VOID,
    [ELEMENT_KEYGEN] = {AS_INPUT, SPECIAL},
    [ELEMENT_IMAGE] = VOID,
    [ELEMENT_ISINDEX] = {AS_OTHER, 0},
};

/* Names that tag_find does not tell apart. */
static const struct {
	char name[15];
	uint8_t len;
	uint8_t element;
} extra[] = {
    {"annotation-xml", 14, ELEMENT_ANNOTATION},
    {"acronym", 7, ELEMENT_ACRONYM},
    {"applet", 6, ELEMENT_APPLET},
    {"basefont", 8, ELEMENT_VOID},
    {"bgsound", 7, ELEMENT_VOID},
    {"blink", 5, ELEMENT_BLINK},
    {"data", 4, ELEMENT_DATA},
    {"datalist", 8, ELEMENT_DATALIST},
    {"desc", 4, ELEMENT_DESC},
    {"foreignobject", 13, ELEMENT_FOREIGN_OBJECT},
    {"image", 5, ELEMENT_IMAGE},
    {"isindex", 7, ELEMENT_ISINDEX},
    {"keygen", 6, ELEMENT_KEYGEN},
    {"malignmark", 10, ELEMENT_MALIGNMARK},
    {"marquee", 7, ELEMENT_MARQUEE},
    {"menuitem", 8, ELEMENT_MENUITEM},
    {"mglyph", 6, ELEMENT_MGLYPH},
    {"mi", 2, ELEMENT_MI},
    {"mn", 2, ELEMENT_MN},
    {"mo", 2, ELEMENT_MO},
    {"ms", 2, ELEMENT_MS},
    {"mtext", 5, ELEMENT_MTEXT},
    {"multicol", 8, ELEMENT_MULTICOL},
    {"nextid", 6, ELEMENT_NEXTID},
    {"spacer", 6, ELEMENT_SPACER},
};

uint8_t tree_element(enum tag tag, struct str name)
{
	switch (tag) {
	case TAG_UNKNOWN:
	case TAG_CUSTOM:
		break;
	case TAG_DIALOG: /* younger than Gumbo 0.10 */
	case TAG_PICTURE:
	case TAG_SEARCH:
	case TAG_SLOT:
		return TAG_UNKNOWN;
	default:
		return (uint8_t)tag;
	}
	for (size_t i = 0; i < sizeof(extra) / sizeof(extra[0]); i++)
		if (extra[i].len == name.len &&
		    extra[i].name[0] == ascii_lower(name.data[0]) &&
		    str_equal_nocase((struct str){extra[i].name, name.len},
				     name))
			return extra[i].element;
	return TAG_UNKNOWN;
}

const char *tree_name(uint8_t element)
{
	for (size_t i = 0; i < sizeof(extra) / sizeof(extra[0]); i++)
		if (extra[i].element == element)
			return extra[i].name;
	return tag_name((enum tag)element);
}

uint32_t tree_hash(struct str name)
{
	uint32_t h = 0x811c9dc5u; /* FNV-1a, 32 bits */

	for (size_t i = 0; i < name.len; i++)
		h = (h ^ (unsigned char)ascii_lower(name.data[i])) *
		    0x01000193u;
	return h;
}
