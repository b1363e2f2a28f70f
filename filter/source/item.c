/* SPDX-License-Identifier: MIT
 *
 * item.c: one page on its way from a source to a worker. */
#include "source/item.h"

#include <string.h>

/* Longest of the parts other than the body; a WARC header is shorter. */
enum { PART_MAX = 256 * 1024, BODY_KEEP = 1024 * 1024 };

void item_init(struct item *i, size_t max_body)
{
	*i = (struct item){.kind = ITEM_PAGE};
	for (int p = 0; p < ITEM_PARTS; p++)
		buf_init(&i->parts[p], PART_MAX, "a field");
	buf_init(&i->parts[ITEM_BODY], max_body, "a page");
}

void item_free(struct item *i)
{
	for (int p = 0; p < ITEM_PARTS; p++)
		buf_free(&i->parts[p]);
}

void item_reset(struct item *i)
{
	i->kind = ITEM_PAGE;
	i->cause = PITH_CAUSE_NONE;
	i->outcome = 0;
	i->place = (struct place){0, 0};
	i->http_status = 0;
	i->chunked = i->record = false;
	for (int p = 0; p < ITEM_PARTS; p++)
		buf_reset(&i->parts[p], BODY_KEEP);
}

enum pith_status item_set(struct item *i, enum item_part part, struct str s,
			  struct err *err)
{
	i->parts[part].len = 0;
	return buf_append(&i->parts[part], s.data, s.len, err);
}

enum pith_status item_break(struct item *i, struct err *err)
{
	struct err reason = *err, unused = {0};
	struct str text = {reason.text, strlen(reason.text)};

	err_clear(err);
	i->kind = ITEM_BROKEN;
	i->cause = reason.cause;
	buf_reset(&i->parts[ITEM_BODY], BODY_KEEP);
	return item_set(i, ITEM_ERROR, text, &unused);
}
