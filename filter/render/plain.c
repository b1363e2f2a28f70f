/* SPDX-License-Identifier: MIT
 *
 * plain.c: the kept lines of plain text as they stood. */
#include "render/render.h"

/* What stands between two pieces of the same text. */
static struct str between(const char *from, const char *to)
{
	return (struct str){from, (size_t)(to - from)};
}

static size_t count_lines(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += s.data[i] == '\n';
	return n;
}

static const char *end_of(struct str s)
{
	return s.data + s.len;
}

/* Between two kept lines: what stood there, or where lines were dropped the
 * larger of the gaps that the first and the last of them leave. */
static struct str gap(const struct plain *p, uint32_t before, uint32_t i)
{
	struct str a =
	    between(end_of(p->lines[before]), p->lines[before + 1].data);
	struct str b = between(end_of(p->lines[i - 1]), p->lines[i].data);

	return count_lines(a) > count_lines(b) ? a : b;
}

enum pith_status render_plain(const struct plain *p,
			      const struct selection *selection,
			      struct buf *out, struct err *err)
{
	uint32_t count = p->page.block_count, before = NO_ELEM;
	size_t begun = out->len;
	enum pith_status status = PITH_OK;
	struct str s = {NULL, 0};

	for (uint32_t i = 0; i < count && status == PITH_OK; i++) {
		if (!selection->verdicts[i].kept)
			continue;
		if (before != NO_ELEM)
			s = gap(p, before, i);
		else if (i == 0)
			s = between(p->text.data, p->lines[0].data);
		status = buf_append(out, s.data, s.len, err);
		if (status == PITH_OK)
			status = buf_append(out, p->lines[i].data,
					    p->lines[i].len, err);
		before = i;
	}
	if (before == NO_ELEM || status != PITH_OK)
		return status;
	if (before == count - 1) {
		s = between(end_of(p->lines[before]), end_of(p->text));
		status = buf_append(out, s.data, s.len, err);
	}
	if (status == PITH_OK && out->len > begun &&
	    out->data[out->len - 1] != '\n')
		status = buf_push(out, '\n', err);
	return status;
}
