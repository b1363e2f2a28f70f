/* SPDX-License-Identifier: MIT
 *
 * buf.c: growing byte buffer with a ceiling. */
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

void buf_init(struct buf *b, size_t ceiling, const char *what)
{
	*b = (struct buf){.ceiling = ceiling, .what = what};
}

void buf_free(struct buf *b)
{
	free(b->data);
	b->data = NULL;
	b->len = b->cap = 0;
}

void buf_reset(struct buf *b, size_t keep)
{
	b->len = 0;
	if (b->cap > keep)
		buf_free(b);
}

enum pith_status buf_reserve(struct buf *b, size_t n, struct err *err)
{
	size_t need, cap;
	char *data;

	if (n > b->ceiling || b->len > b->ceiling - n)
		return err_set(err, PITH_CAUSE_LIMIT,
			       "%s of more than %zu bytes", b->what,
			       b->ceiling);
	need = b->len + n;
	if (need <= b->cap)
		return PITH_OK;
	cap = b->cap ? b->cap : 4096;
	while (cap < need)
		cap = cap > SIZE_MAX / 2 ? need : cap * 2;
	data = realloc(b->data, cap);
	if (data == NULL)
		return err_set(err, PITH_CAUSE_MEMORY,
			       "no memory for %zu bytes of %s", cap, b->what);
	b->data = data;
	b->cap = cap;
	return PITH_OK;
}

enum pith_status buf_append(struct buf *b, const void *data, size_t n,
			    struct err *err)
{
	if (n == 0)
		return PITH_OK;
	if (n > b->cap - b->len || n > b->ceiling - b->len) {
		enum pith_status status = buf_reserve(b, n, err);
		if (status != PITH_OK)
			return status;
	}
	memcpy(b->data + b->len, data, n);
	b->len += n;
	return PITH_OK;
}

enum pith_status buf_push(struct buf *b, char c, struct err *err)
{
	return buf_append(b, &c, 1, err);
}
