/* SPDX-License-Identifier: MIT
 *
 * reader.c: finds out what an input is and cuts it into pages.
 *
 *   bytes ─ sniff ─┬─────────────────────────────────────> page
 *                  ├─ gzip, zstd ────┬─ warc ─ http head ─> page
 *                  └─────────────────┴─ line ────────────> JSON line
 */
#include <stdlib.h>
#include <string.h>

#include "source/http.h"
#include "source/reader_state.h"

enum pith_status reader_new(struct reader **out, enum reader_kind kind,
			    const struct filter *filter, struct err *err)
{
	struct reader *r = calloc(1, sizeof(*r));
	struct str expect = kind == READER_LINES ? STR("{") : STR("WARC/");

	*out = NULL;
	if (r == NULL)
		return err_set(err, PITH_CAUSE_MEMORY, "no memory");
	r->wanted = kind;
	r->filter = filter;
	archive_init(&r->archive, &r->err);
	fields_init(&r->head, HTTP_HEAD_MAX, "an HTTP head");
	buf_init(&r->held, READER_HEAD, "the start of an input");
	if (buf_reserve(&r->held, READER_HEAD, &r->err) != PITH_OK ||
	    member_new(&r->plain.members, expect, &r->err) != PITH_OK) {
		*err = r->err;
		reader_free(r);
		return PITH_FATAL;
	}
	*out = r;
	return PITH_OK;
}

void reader_free(struct reader *r)
{
	if (r == NULL)
		return;
	member_free(r->plain.members);
	archive_free(&r->archive);
	fields_free(&r->head);
	buf_free(&r->held);
	free(r);
}

void reader_begin(struct reader *r, const char *name)
{
	r->name = (struct str){name, strlen(name)};
	r->kind = READER_AUTO;
	r->done = r->passing = r->resumed = false;
	r->record = RECORD_SKIP;
	plain_begin(&r->plain, PACKING_NONE, 0);
	r->line_start = r->position = r->held.len = 0;
	err_clear(&r->err);
}

void reader_feed(struct reader *r, struct str bytes)
{
	if (r->kind == READER_AUTO)
		r->plain.later = bytes;
	else
		r->plain.in = bytes;
}

void reader_finish(struct reader *r)
{
	r->plain.ended = true;
}

uint64_t reader_skipped(const struct reader *r)
{
	return r->skipped;
}

bool reader_is_short(const struct reader *r)
{
	return r->err.cause == PITH_CAUSE_MEMORY;
}

/* A gzip member may be a page; it is an archive's if it begins so. There are
 * no pages in zstd. */
enum reader_kind reader_sniff(struct reader *r, struct str bytes, bool all)
{
	const struct str magic = STR("WARC/");
	size_t n = bytes.len < magic.len ? bytes.len : magic.len;
	enum packing packing;
	int found = -1;

	if (n > 0 && memcmp(bytes.data, magic.data, n) != 0) {
		found = plain_sniff(bytes, &packing);
		if (found > 0)
			found = member_try(r->plain.members, packing, bytes);
	} else if (n == magic.len) {
		found = 1;
	}
	if (found > 0)
		return READER_WARC;
	return found == 0 || all ? READER_PAGE : READER_AUTO;
}

/* What an input is that begins with these bytes, of READER_HEAD unless there
 * are no more. */
static enum packing find(struct reader *r, struct str head)
{
	enum packing packing;

	r->kind = r->wanted;
	if (r->kind == READER_AUTO)
		r->kind = reader_sniff(r, head, true);
	if (r->kind == READER_PAGE || head.len == 0 ||
	    plain_sniff(head, &packing) <= 0)
		return PACKING_NONE;
	return packing;
}

uint64_t reader_resume(struct reader *r, const char *name, struct str head,
		       struct place after)
{
	enum packing packing;
	uint64_t from;

	reader_begin(r, name);
	packing = find(r, head);
	from = packing == PACKING_ZSTD ? 0 : after.offset;
	r->resumed = true;
	r->after = after;
	plain_begin(&r->plain, packing, from);
	archive_begin(&r->archive, packing != PACKING_NONE);
	return from;
}

/* Hold bytes until they tell what they are; true once they did. */
static bool find_kind(struct reader *r)
{
	size_t n = READER_HEAD - r->held.len;
	struct str head;
	enum packing packing;
	bool all;

	n = n < r->plain.later.len ? n : r->plain.later.len;
	if (buf_append(&r->held, r->plain.later.data, n, &r->err) != PITH_OK)
		n = 0;
	if (n > 0) {
		r->plain.later.data += n;
		r->plain.later.len -= n;
	}
	head = buf_str(&r->held);
	all = r->plain.ended || head.len == READER_HEAD;
	if (!all && r->wanted == READER_AUTO &&
	    reader_sniff(r, head, false) == READER_AUTO)
		return false;
	if (!all && r->wanted != READER_AUTO && head.len < 4)
		return false;
	packing = find(r, head);
	plain_pack(&r->plain, packing);
	r->plain.in = head;
	archive_begin(&r->archive, packing != PACKING_NONE);
	return true;
}

bool reader_wants_place(const struct reader *r, struct place p)
{
	return !r->resumed || place_before(r->after, p);
}

enum reader_event reader_broken(struct reader *r, struct item *item,
				struct place p)
{
	struct err unused = {0};

	item->place = p;
	if (item_break(item, &r->err) != PITH_OK ||
	    item_set(item, ITEM_INPUT, r->name, &unused) != PITH_OK)
		item->cause = PITH_CAUSE_MEMORY;
	if (reader_wants_place(r, p))
		return READER_ITEM;
	item_reset(item);
	return READER_WANT;
}

void reader_begin_item(struct reader *r, struct item *item, struct place p)
{
	item_reset(item);
	item->place = p;
	if (item_set(item, ITEM_INPUT, r->name, &r->err) != PITH_OK)
		r->record = RECORD_REFUSED;
}

/* The whole input is one page, as it comes; the library decompresses. */
static enum reader_event next_page(struct reader *r, struct item *item)
{
	struct buf *body = &item->parts[ITEM_BODY];
	enum pith_status status = PITH_OK;

	if (r->done)
		return READER_END;
	/* without memory it is not known what the input is */
	if (r->position == 0 && !reader_is_short(r))
		reader_begin_item(r, item, (struct place){0, 0});
	if (reader_is_short(r))
		status = PITH_FATAL;
	while (status == PITH_OK && r->plain.in.len > 0) {
		status = buf_append(body, r->plain.in.data, r->plain.in.len,
				    &r->err);
		r->position += r->plain.in.len;
		r->plain.in = r->plain.later;
		r->plain.later = (struct str){NULL, 0};
	}
	r->done = r->plain.ended || status != PITH_OK;
	if (status != PITH_OK)
		return reader_broken(r, item, (struct place){0, 0});
	if (!r->done)
		return READER_WANT;
	return reader_wants_place(r, item->place) ? READER_ITEM : READER_END;
}

/* Take bytes up to the end of a line; true at its end. */
static bool take_line(struct reader *r, struct item *item)
{
	const char *end = memchr(r->plain.some.data, '\n', r->plain.some.len);
	size_t n = end ? (size_t)(end - r->plain.some.data) : r->plain.some.len;
	struct buf *body = &item->parts[ITEM_BODY];

	if (r->position == r->line_start) {
		reader_begin_item(r, item,
				  plain_place(&r->plain, r->line_start));
		item->kind = ITEM_LINE;
		r->passing = reader_is_short(r);
	}
	if (!r->passing &&
	    buf_append(body, r->plain.some.data, n, &r->err) != PITH_OK)
		r->passing = true;
	n += end != NULL;
	r->plain.some.data += n;
	r->plain.some.len -= n;
	r->position += n;
	return end != NULL;
}

static enum reader_event end_line(struct reader *r, struct item *item)
{
	struct place p = item->place;
	bool begun = r->position > r->line_start;

	r->line_start = r->position;
	if (!begun)
		return READER_WANT;
	if (r->passing)
		return reader_broken(r, item, p);
	if (str_trim(item_get(item, ITEM_BODY)).len == 0 ||
	    !reader_wants_place(r, p))
		return READER_WANT;
	return READER_ITEM;
}

static enum reader_event next_line(struct reader *r, struct item *item)
{
	enum reader_event event = READER_WANT;

	while (event == READER_WANT) {
		enum plain_event plain = PLAIN_SOME;

		if (r->plain.some.len == 0)
			plain = plain_more(&r->plain, r->position);
		if (plain == PLAIN_WANT)
			break;
		if (plain == PLAIN_SOME && take_line(r, item)) {
			event = end_line(r, item);
		} else if (plain == PLAIN_DAMAGE) {
			r->line_start = r->position;
			item_reset(item);
			event = reader_broken(
			    r, item, plain_place(&r->plain, r->position));
		} else if (plain == PLAIN_END) {
			if (r->done)
				return READER_END;
			r->done = true;
			event = end_line(r, item);
		}
	}
	return event;
}

enum reader_event reader_next(struct reader *r, struct item *item)
{
	if (r->kind == READER_AUTO && !find_kind(r))
		return READER_WANT;
	if (r->kind == READER_PAGE)
		return next_page(r, item);
	if (r->kind == READER_LINES)
		return next_line(r, item);
	return reader_next_record(r, item);
}
