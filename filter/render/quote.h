/* SPDX-License-Identifier: MIT
 *
 * quote.h: strings as JSON and as HTML write them. Included by render/ only. */
#ifndef RENDER_QUOTE_H
#define RENDER_QUOTE_H

#include "base/str.h"
#include "render/pen.h"

/* A JSON string with its quotes. Whatever is in s, the output is valid UTF-8
 * and has no unprintable character. */
void quote_json(struct pen *s, struct str text);

/* Text or attribute value of HTML; the caller writes the quotes around. */
void quote_html(struct pen *s, struct str text);

#endif
