/* SPDX-License-Identifier: MIT
 *
 * render.h: kept blocks in, a document out; one file a format. Included by
 * pith.c. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/buf.h"
#include "render/shape.h"

/* Plain text: a blank line between paragraphs, headings and items on lines of
 * their own, pre as it stands, table cells parted by tabs. Lines are wrapped
 * at width columns if width is not 0. Appends to out; a text that is not empty
 * ends in a newline. */
enum pith_status render_text(const struct page *page,
			     const struct selection *selection,
			     const struct shape *shape, unsigned width,
			     struct buf *out, struct err *err) PITH_CHECKED;

#endif
