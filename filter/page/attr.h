/* SPDX-License-Identifier: MIT
 *
 * attr.h: the attributes that a later stage reads; thin drops all others.
 * Included by page/, score/, meta/ and render/. */
#ifndef PAGE_ATTR_H
#define PAGE_ATTR_H

#include "base/str.h"
#include "page/tag.h"

/* X(NAME, name, who reads it), sorted by name. A tag keeps an attribute if
 * attr_is_kept says so. */
#define ATTR_TABLE(X)                                                          \
	X(ALIGN, "align", "render: columns of tables")                         \
	X(ALT, "alt", "render: images")                                        \
	X(ARIA_HIDDEN, "aria-hidden", "block: hidden text")                    \
	X(ARIA_LABEL, "aria-label", "score: labels of containers")             \
	X(CHARSET, "charset", "meta")                                          \
	X(CITE, "cite", "render: quotes")                                      \
	X(CLASS, "class", "score: tokens; render: language of code")           \
	X(COLSPAN, "colspan", "render: tables")                                \
	X(CONTENT, "content", "meta")                                          \
	X(DATA_LAZY_SRC, "data-lazy-src", "render: images loaded late")        \
	X(DATA_ORIGINAL, "data-original", "render: images loaded late")        \
	X(DATA_SRC, "data-src", "render: images loaded late")                  \
	X(DATA_SRCSET, "data-srcset", "render: images loaded late")            \
	X(DATETIME, "datetime", "meta: dates")                                 \
	X(HEIGHT, "height", "render: tracking pixels")                         \
	X(HIDDEN, "hidden", "block: hidden text")                              \
	X(HREF, "href", "render: links; score; meta")                          \
	X(HTTP_EQUIV, "http-equiv", "meta")                                    \
	X(ID, "id", "score: tokens")                                           \
	X(ITEMPROP, "itemprop", "score: tokens; meta")                         \
	X(ITEMTYPE, "itemtype", "score: tokens; meta")                         \
	X(LANG, "lang", "meta: language")                                      \
	X(NAME, "name", "meta")                                                \
	X(OPEN, "open", "block: details and dialog")                           \
	X(PROPERTY, "property", "meta")                                        \
	X(REL, "rel", "score; meta: links")                                    \
	X(REVERSED, "reversed", "render: lists")                               \
	X(ROLE, "role", "score: tokens")                                       \
	X(ROWSPAN, "rowspan", "render: tables")                                \
	X(SRC, "src", "render: images")                                        \
	X(SRCSET, "srcset", "render: images")                                  \
	X(START, "start", "render: lists")                                     \
	X(STYLE, "style", "block: display:none")                               \
	X(TITLE, "title", "render; meta")                                      \
	X(TYPE, "type", "thin: JSON-LD; render: lists; score: inputs")         \
	X(VALUE, "value", "render: list items")                                \
	X(WIDTH, "width", "render: tracking pixels")

enum attr {
#define ATTR_ENUM(id, name, reader) ATTR_##id,
	ATTR_TABLE(ATTR_ENUM)
#undef ATTR_ENUM
	    ATTR_COUNT
};

/* Lower-case name. */
const char *attr_name(enum attr attr);

/* The attribute of that name, ASCII letters of any case; ATTR_COUNT if no
 * stage reads it. */
enum attr attr_find(struct str name);

/* Does a tag keep an attribute? Formatting elements keep nothing but the
 * href, rel and class of a, and the class of code: what makes them distinct
 * would defeat HTML's limit of three alike (its "Noah's Ark clause"). */
bool attr_is_kept(enum tag tag, enum attr attr);

#endif
