/* SPDX-License-Identifier: MIT
 *
 * tag.h: the elements of HTML that pith tells apart, and what each is to it.
 * Included by page/, score/, meta/ and render/. */
#ifndef PAGE_TAG_H
#define PAGE_TAG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum {
	TAG_IS_BLOCK = 1,      /* begins and ends a block of text */
	TAG_IS_VOID = 2,       /* has no content and no end tag */
	TAG_IS_FORMATTING = 4, /* in HTML's list of active formatting */
	TAG_IS_RAW = 8,	       /* content is raw text: no tags in it */
	TAG_IS_RCDATA = 16,    /* content is text with references only */
	TAG_IS_DROPPED = 32,   /* nothing in it is text of the page */
	TAG_IS_HEADING = 64,
	TAG_IS_META = 128 /* of the head: kept for metadata */
};

/* X(NAME, name, properties), sorted by name. */
#define TAG_TABLE(X)                                                           \
	X(A, "a", TAG_IS_FORMATTING)                                           \
	X(ABBR, "abbr", 0)                                                     \
	X(ADDRESS, "address", TAG_IS_BLOCK)                                    \
	X(AREA, "area", TAG_IS_VOID)                                           \
	X(ARTICLE, "article", TAG_IS_BLOCK)                                    \
	X(ASIDE, "aside", TAG_IS_BLOCK)                                        \
	X(AUDIO, "audio", 0)                                                   \
	X(B, "b", TAG_IS_FORMATTING)                                           \
	X(BASE, "base", TAG_IS_VOID | TAG_IS_META)                             \
	X(BDI, "bdi", 0)                                                       \
	X(BDO, "bdo", 0)                                                       \
	X(BIG, "big", TAG_IS_FORMATTING)                                       \
	X(BLOCKQUOTE, "blockquote", TAG_IS_BLOCK)                              \
	X(BODY, "body", TAG_IS_BLOCK)                                          \
	X(BR, "br", TAG_IS_VOID)                                               \
	X(BUTTON, "button", TAG_IS_BLOCK)                                      \
	X(CANVAS, "canvas", 0)                                                 \
	X(CAPTION, "caption", TAG_IS_BLOCK)                                    \
	X(CENTER, "center", TAG_IS_BLOCK)                                      \
	X(CITE, "cite", 0)                                                     \
	X(CODE, "code", TAG_IS_FORMATTING)                                     \
	X(COL, "col", TAG_IS_VOID | TAG_IS_BLOCK)                              \
	X(COLGROUP, "colgroup", TAG_IS_BLOCK)                                  \
	X(DD, "dd", TAG_IS_BLOCK)                                              \
	X(DEL, "del", 0)                                                       \
	X(DETAILS, "details", TAG_IS_BLOCK)                                    \
	X(DFN, "dfn", 0)                                                       \
	X(DIALOG, "dialog", TAG_IS_BLOCK)                                      \
	X(DIR, "dir", TAG_IS_BLOCK)                                            \
	X(DIV, "div", TAG_IS_BLOCK)                                            \
	X(DL, "dl", TAG_IS_BLOCK)                                              \
	X(DT, "dt", TAG_IS_BLOCK)                                              \
	X(EM, "em", TAG_IS_FORMATTING)                                         \
	X(EMBED, "embed", TAG_IS_VOID)                                         \
	X(FIELDSET, "fieldset", TAG_IS_BLOCK)                                  \
	X(FIGCAPTION, "figcaption", TAG_IS_BLOCK)                              \
	X(FIGURE, "figure", TAG_IS_BLOCK)                                      \
	X(FONT, "font", TAG_IS_FORMATTING)                                     \
	X(FOOTER, "footer", TAG_IS_BLOCK)                                      \
	X(FORM, "form", TAG_IS_BLOCK)                                          \
	X(FRAME, "frame", TAG_IS_VOID)                                         \
	X(FRAMESET, "frameset", TAG_IS_BLOCK)                                  \
	X(H1, "h1", TAG_IS_BLOCK | TAG_IS_HEADING)                             \
	X(H2, "h2", TAG_IS_BLOCK | TAG_IS_HEADING)                             \
	X(H3, "h3", TAG_IS_BLOCK | TAG_IS_HEADING)                             \
	X(H4, "h4", TAG_IS_BLOCK | TAG_IS_HEADING)                             \
	X(H5, "h5", TAG_IS_BLOCK | TAG_IS_HEADING)                             \
	X(H6, "h6", TAG_IS_BLOCK | TAG_IS_HEADING)                             \
	X(HEAD, "head", TAG_IS_BLOCK)                                          \
	X(HEADER, "header", TAG_IS_BLOCK)                                      \
	X(HGROUP, "hgroup", TAG_IS_BLOCK)                                      \
	X(HR, "hr", TAG_IS_VOID | TAG_IS_BLOCK)                                \
	X(HTML, "html", TAG_IS_BLOCK)                                          \
	X(I, "i", TAG_IS_FORMATTING)                                           \
	X(IFRAME, "iframe", TAG_IS_RAW | TAG_IS_DROPPED)                       \
	X(IMG, "img", TAG_IS_VOID)                                             \
	X(INPUT, "input", TAG_IS_VOID)                                         \
	X(INS, "ins", 0)                                                       \
	X(KBD, "kbd", 0)                                                       \
	X(LABEL, "label", 0)                                                   \
	X(LEGEND, "legend", TAG_IS_BLOCK)                                      \
	X(LI, "li", TAG_IS_BLOCK)                                              \
	X(LINK, "link", TAG_IS_VOID | TAG_IS_META)                             \
	X(LISTING, "listing", TAG_IS_BLOCK)                                    \
	X(MAIN, "main", TAG_IS_BLOCK)                                          \
	X(MAP, "map", 0)                                                       \
	X(MARK, "mark", 0)                                                     \
	X(MATH, "math", 0)                                                     \
	X(MENU, "menu", TAG_IS_BLOCK)                                          \
	X(META, "meta", TAG_IS_VOID | TAG_IS_META)                             \
	X(METER, "meter", 0)                                                   \
	X(NAV, "nav", TAG_IS_BLOCK)                                            \
	X(NOBR, "nobr", TAG_IS_FORMATTING)                                     \
	X(NOEMBED, "noembed", TAG_IS_RAW | TAG_IS_DROPPED)                     \
	X(NOFRAMES, "noframes", TAG_IS_RAW | TAG_IS_DROPPED)                   \
	X(NOSCRIPT, "noscript", TAG_IS_BLOCK)                                  \
	X(OBJECT, "object", 0)                                                 \
	X(OL, "ol", TAG_IS_BLOCK)                                              \
	X(OPTGROUP, "optgroup", TAG_IS_BLOCK)                                  \
	X(OPTION, "option", TAG_IS_BLOCK)                                      \
	X(OUTPUT, "output", 0)                                                 \
	X(P, "p", TAG_IS_BLOCK)                                                \
	X(PARAM, "param", TAG_IS_VOID)                                         \
	X(PICTURE, "picture", 0)                                               \
	X(PLAINTEXT, "plaintext", TAG_IS_BLOCK)                                \
	X(PRE, "pre", TAG_IS_BLOCK)                                            \
	X(PROGRESS, "progress", 0)                                             \
	X(Q, "q", 0)                                                           \
	X(RB, "rb", 0)                                                         \
	X(RP, "rp", TAG_IS_DROPPED)                                            \
	X(RT, "rt", 0)                                                         \
	X(RTC, "rtc", 0)                                                       \
	X(RUBY, "ruby", 0)                                                     \
	X(S, "s", TAG_IS_FORMATTING)                                           \
	X(SAMP, "samp", 0)                                                     \
	X(SCRIPT, "script", TAG_IS_RAW | TAG_IS_DROPPED)                       \
	X(SEARCH, "search", TAG_IS_BLOCK)                                      \
	X(SECTION, "section", TAG_IS_BLOCK)                                    \
	X(SELECT, "select", TAG_IS_DROPPED)                                    \
	X(SLOT, "slot", 0)                                                     \
	X(SMALL, "small", TAG_IS_FORMATTING)                                   \
	X(SOURCE, "source", TAG_IS_VOID)                                       \
	X(SPAN, "span", 0)                                                     \
	X(STRIKE, "strike", TAG_IS_FORMATTING)                                 \
	X(STRONG, "strong", TAG_IS_FORMATTING)                                 \
	X(STYLE, "style", TAG_IS_RAW | TAG_IS_DROPPED)                         \
	X(SUB, "sub", 0)                                                       \
	X(SUMMARY, "summary", TAG_IS_BLOCK)                                    \
	X(SUP, "sup", 0)                                                       \
	X(SVG, "svg", TAG_IS_DROPPED)                                          \
	X(TABLE, "table", TAG_IS_BLOCK)                                        \
	X(TBODY, "tbody", TAG_IS_BLOCK)                                        \
	X(TD, "td", TAG_IS_BLOCK)                                              \
	X(TEMPLATE, "template", TAG_IS_DROPPED)                                \
	X(TEXTAREA, "textarea", TAG_IS_RCDATA | TAG_IS_DROPPED)                \
	X(TFOOT, "tfoot", TAG_IS_BLOCK)                                        \
	X(TH, "th", TAG_IS_BLOCK)                                              \
	X(THEAD, "thead", TAG_IS_BLOCK)                                        \
	X(TIME, "time", 0)                                                     \
	X(TITLE, "title", TAG_IS_RCDATA | TAG_IS_META)                         \
	X(TR, "tr", TAG_IS_BLOCK)                                              \
	X(TRACK, "track", TAG_IS_VOID)                                         \
	X(TT, "tt", TAG_IS_FORMATTING)                                         \
	X(U, "u", TAG_IS_FORMATTING)                                           \
	X(UL, "ul", TAG_IS_BLOCK)                                              \
	X(VAR, "var", 0)                                                       \
	X(VIDEO, "video", 0)                                                   \
	X(WBR, "wbr", TAG_IS_VOID)                                             \
	X(XMP, "xmp", TAG_IS_BLOCK | TAG_IS_RAW)

enum tag {
#define TAG_ENUM(id, name, flags) TAG_##id,
	TAG_TABLE(TAG_ENUM)
#undef TAG_ENUM
	    TAG_CUSTOM, /* a name with a hyphen: a block */
	TAG_UNKNOWN,
	TAG_COUNT
};

struct tag_row {
	char name[14];
	uint8_t len; /* of the name */
	uint8_t flags;
};

/* A row a tag. */
extern const struct tag_row tag_rows[TAG_COUNT];

/* Lower-case name; "x-custom" and "unknown" for the last two. */
static inline const char *tag_name(enum tag tag)
{
	return tag_rows[tag].name;
}

/* TAG_IS_… of an element. */
static inline unsigned tag_flags(enum tag tag)
{
	return tag_rows[tag].flags;
}

/* The element of that name, ASCII letters of any case. */
enum tag tag_find(struct str name);

#endif
