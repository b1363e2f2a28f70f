/* SPDX-License-Identifier: MIT
 *
 * pen.h: a buffer that remembers its first failure, so that a renderer asks
 * once, at the end. Included by render/ only. */
#ifndef RENDER_PEN_H
#define RENDER_PEN_H

#include <string.h>

#include "base/buf.h"

struct pen {
	struct buf *out;
	struct err *err;
	enum pith_status status; /* of the first failure, else PITH_OK */
};

static inline void pen_put(struct pen *s, const char *data, size_t n)
{
	if (s->status == PITH_OK && n > 0)
		s->status = buf_append(s->out, data, n, s->err);
}

static inline void pen_text(struct pen *s, const char *text)
{
	pen_put(s, text, strlen(text));
}

static inline void pen_char(struct pen *s, char c)
{
	if (s->status == PITH_OK)
		s->status = buf_push(s->out, c, s->err);
}

/* n times c. */
static inline void pen_repeat(struct pen *s, char c, size_t n)
{
	while (n-- > 0 && s->status == PITH_OK)
		pen_char(s, c);
}

#endif
