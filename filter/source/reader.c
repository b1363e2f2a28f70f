/* SPDX-License-Identifier: MIT
 *
 * reader.c: finds out what an input is and cuts it into pages.
 *
 *   bytes ─ sniff ─┬─────────────────────────────────────> page
 *                  ├─ member (gzip) ─┬─ warc ─ http head ─> page
 *                  └─────────────────┴─ line ────────────> JSON line
 *
 * The records of an archive that nobody wants are never kept. */
#include "source/reader.h"

#include <stdlib.h>
#include <string.h>

#include "source/http.h"
#include "source/note.h"
#include "source/plain.h"
#include "source/archive.h"

/* What is held until the kind of an input is known. */
enum { SNIFF_SIZE = 4096 };

/* What happens to the block of a record. */
enum record_state {
	RECORD_SKIP,
	RECORD_HEAD,
	RECORD_BODY,
	RECORD_NOTE, /* of pith-fetch, maybe */
	RECORD_REFUSED
};

struct reader {
	enum reader_kind wanted, kind;
	const struct filter *filter;
	struct str name;
	struct err err;
	struct plain plain;
	bool done;
	bool passing; /* a line that is too long */
	enum record_state record;
	struct place after; /* if resumed: pass over what is not behind it */
	bool resumed;
	uint64_t line_start, position; /* of lines, in plain bytes */
	uint64_t skipped;
	struct archive archive;
	struct fields head; /* of an HTTP answer */
	struct buf held;
};

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
	buf_init(&r->held, SNIFF_SIZE, "the start of an input");
	if (member_new(&r->plain.members, expect, &r->err) != PITH_OK) {
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
	plain_begin(&r->plain, false, 0);
	r->line_start = r->position = r->held.len = 0;
	err_clear(&r->err);
}

void reader_resume(struct reader *r, const char *name, enum reader_kind kind,
		   bool gzip, struct place after)
{
	reader_begin(r, name);
	r->kind = kind;
	r->resumed = true;
	r->after = after;
	plain_begin(&r->plain, gzip, after.offset);
	archive_begin(&r->archive, gzip);
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

enum reader_kind reader_sniff(struct reader *r, struct str bytes, bool all)
{
	const struct str magic = STR("WARC/");
	size_t n = bytes.len < magic.len ? bytes.len : magic.len;
	int found = -1;

	if (n > 0 && memcmp(bytes.data, magic.data, n) != 0)
		found = member_try(r->plain.members, bytes.data, bytes.len);
	else if (n == magic.len)
		found = 1;
	if (found > 0)
		return READER_WARC;
	return found == 0 || all ? READER_PAGE : READER_AUTO;
}

enum reader_kind reader_find(struct reader *r, struct str head, bool *gzip)
{
	enum reader_kind kind = r->wanted;

	if (kind == READER_AUTO)
		kind = reader_sniff(r, head, true);
	*gzip = kind != READER_PAGE && head.len >= 2 &&
		!memcmp(head.data, "\x1f\x8b", 2);
	return kind;
}

/* Hold bytes until they tell what they are; true once they did. */
static bool find_kind(struct reader *r)
{
	size_t n = SNIFF_SIZE - r->held.len;
	struct str head;
	bool all, gzip;

	n = n < r->plain.later.len ? n : r->plain.later.len;
	if (buf_append(&r->held, r->plain.later.data, n, &r->err) != PITH_OK) {
		err_clear(&r->err); /* tell by what is there */
		n = 0;
	}
	if (n > 0) {
		r->plain.later.data += n;
		r->plain.later.len -= n;
	}
	head = buf_str(&r->held);
	all = r->plain.ended || head.len == SNIFF_SIZE;
	if (!all && r->wanted == READER_AUTO &&
	    reader_sniff(r, head, false) == READER_AUTO)
		return false;
	if (!all && r->wanted != READER_AUTO && head.len < 2)
		return false;
	r->kind = reader_find(r, head, &gzip);
	r->plain.gzip = gzip;
	r->plain.in = head;
	archive_begin(&r->archive, gzip);
	return true;
}

static bool is_wanted_place(const struct reader *r, struct place p)
{
	return !r->resumed || place_before(r->after, p);
}

/* Turn the item into one that tells of r->err at that place. */
static enum reader_event broken(struct reader *r, struct item *item,
				struct place p)
{
	struct err unused = {0};

	item->place = p;
	if (item_break(item, &r->err) != PITH_OK ||
	    item_set(item, ITEM_INPUT, r->name, &unused) != PITH_OK)
		item->cause = PITH_CAUSE_MEMORY;
	if (is_wanted_place(r, p))
		return READER_ITEM;
	item_reset(item);
	return READER_WANT;
}

static void begin_item(struct reader *r, struct item *item, struct place p)
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
	if (r->position == 0)
		begin_item(r, item, (struct place){0, 0});
	while (status == PITH_OK && r->plain.in.len > 0) {
		status = buf_append(body, r->plain.in.data, r->plain.in.len,
				    &r->err);
		r->position += r->plain.in.len;
		r->plain.in = r->plain.later;
		r->plain.later = (struct str){NULL, 0};
	}
	r->done = r->plain.ended || status != PITH_OK;
	if (status != PITH_OK)
		return broken(r, item, (struct place){0, 0});
	if (!r->done)
		return READER_WANT;
	return is_wanted_place(r, item->place) ? READER_ITEM : READER_END;
}

/* Take bytes up to the end of a line; true at its end. */
static bool take_line(struct reader *r, struct item *item)
{
	const char *end = memchr(r->plain.some.data, '\n', r->plain.some.len);
	size_t n = end ? (size_t)(end - r->plain.some.data) : r->plain.some.len;
	struct buf *body = &item->parts[ITEM_BODY];

	if (r->position == r->line_start) {
		begin_item(r, item, plain_place(&r->plain, r->line_start));
		item->kind = ITEM_LINE;
		r->passing = false;
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
		return broken(r, item, p);
	if (str_trim(item_get(item, ITEM_BODY)).len == 0 ||
	    !is_wanted_place(r, p))
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
			event = broken(r, item,
				       plain_place(&r->plain, r->position));
		} else if (plain == PLAIN_END) {
			if (r->done)
				return READER_END;
			r->done = true;
			event = end_line(r, item);
		}
	}
	return event;
}

static enum record_state set_answer(struct reader *r, struct item *item,
				    const struct http *h)
{
	if (!filter_status(r->filter, h->status) ||
	    !filter_type(r->filter, h->type))
		return RECORD_SKIP;
	item->http_status = h->status;
	item->chunked = h->chunked;
	if (item_set(item, ITEM_TYPE, h->type, &r->err) != PITH_OK ||
	    item_set(item, ITEM_CHARSET, h->charset, &r->err) != PITH_OK ||
	    item_set(item, ITEM_CODINGS, h->codings, &r->err) != PITH_OK)
		return RECORD_REFUSED;
	return RECORD_BODY;
}

/* What to do with the record whose header was read. */
static enum record_state begin_record(struct reader *r, struct item *item)
{
	const struct archive_record *w = &r->archive.record;
	struct str type = fields_main(w->content_type);
	struct place p = plain_place(&r->plain, w->offset);
	struct http http = {
	    .type = type,
	    .charset = fields_parameter(w->content_type, STR("charset"))};

	err_clear(&r->err);
	r->record = RECORD_BODY;
	begin_item(r, item, p);
	if (item_set(item, ITEM_URL, w->uri, &r->err) != PITH_OK ||
	    item_set(item, ITEM_DATE, w->date, &r->err) != PITH_OK)
		return RECORD_REFUSED;
	if (!is_wanted_place(r, p) || note_is_about_itself(w->uri) ||
	    !filter_url(r->filter, w->uri))
		return RECORD_SKIP;
	if (w->type == WARC_RESPONSE &&
	    str_equal_nocase(type, STR("application/http"))) {
		fields_begin(&r->head);
		return RECORD_HEAD;
	}
	if (w->type == WARC_METADATA &&
	    str_equal_nocase(type, STR("application/warc-fields"))) {
		fields_begin(&r->head);
		return RECORD_NOTE;
	}
	if (w->type != WARC_RESPONSE && w->type != WARC_RESOURCE &&
	    w->type != WARC_CONVERSION)
		return RECORD_SKIP;
	return set_answer(r, item, &http);
}

/* The head of an answer came to its end, or the block did. */
static enum record_state end_head(struct reader *r, struct item *item)
{
	const struct archive_record *w = &r->archive.record;
	struct http http;

	http_read(buf_str(&r->head.text), &http);
	if (http.type.len == 0)
		http.type = w->payload_type;
	return set_answer(r, item, &http);
}

/* Bytes of the block. An answer without a head is all body: HTTP/0.9. */
static void take_block(struct reader *r, struct item *item, struct str piece)
{
	struct buf *body = &item->parts[ITEM_BODY];

	if (r->record == RECORD_NOTE &&
	    buf_append(&r->head.text, piece.data, piece.len, &r->err) !=
		PITH_OK)
		r->record = RECORD_REFUSED;
	if (r->record == RECORD_HEAD) {
		struct str text;
		enum pith_status status =
		    fields_feed(&r->head, &piece, &r->err);
		size_t n;

		text = buf_str(&r->head.text);
		n = text.len < 5 ? text.len : 5;
		if (memcmp(text.data, "HTTP/", n) != 0) {
			err_clear(&r->err);
			r->record = RECORD_BODY;
			if (status == PITH_FAILED ||
			    buf_append(body, text.data, text.len, &r->err) !=
				PITH_OK)
				r->record = RECORD_REFUSED;
		} else if (status == PITH_EOF) {
			r->record = end_head(r, item);
		} else if (status != PITH_OK) {
			r->record = RECORD_REFUSED;
		}
	}
	if (r->record == RECORD_BODY &&
	    buf_append(body, piece.data, piece.len, &r->err) != PITH_OK)
		r->record = RECORD_REFUSED;
}

/* A record of metadata: pith-fetch tells so of a page that it did not get. */
static enum reader_event end_note(struct reader *r, struct item *item)
{
	struct note note;

	if (!note_read(buf_str(&r->head.text), &note))
		return READER_WANT;
	(void)err_set(&r->err, PITH_CAUSE_NONE, "%.*s", (int)note.message.len,
		      note.message.data);
	item->http_status = note.http_status;
	item->outcome = note.outcome;
	return broken(r, item, item->place);
}

static enum reader_event end_record(struct reader *r, struct item *item)
{
	if (r->record == RECORD_NOTE)
		return end_note(r, item);
	if (r->record == RECORD_HEAD)
		r->record = end_head(r, item);
	if (r->record == RECORD_REFUSED)
		return broken(r, item, item->place);
	if (r->record == RECORD_BODY)
		return READER_ITEM;
	if (r->archive.record.type >= WARC_RESPONSE)
		r->skipped++;
	return READER_WANT;
}

static enum reader_event take_event(struct reader *r, struct item *item,
				    enum archive_event event)
{
	switch (event) {
	case ARCHIVE_HEAD:
		r->record = begin_record(r, item);
		break;
	case ARCHIVE_DATA:
		take_block(r, item, r->archive.piece);
		break;
	case ARCHIVE_END:
		return end_record(r, item);
	case ARCHIVE_DAMAGE:
		if (place_before(item->place,
				 plain_place(&r->plain, r->archive.damage)))
			item_reset(item);
		return broken(r, item,
			      plain_place(&r->plain, r->archive.damage));
	case ARCHIVE_WANT:
		break;
	}
	return READER_WANT;
}

/* A member ended. A record that began where the member did should have ended
 * too; other writers cut their members anywhere. */
static enum archive_event at_boundary(struct reader *r)
{
	if (!archive_is_between(&r->archive) &&
	    r->archive.record.offset != r->plain.member.plain)
		return ARCHIVE_WANT;
	return archive_boundary(&r->archive, false);
}

static enum reader_event next_record(struct reader *r, struct item *item)
{
	enum reader_event event = READER_WANT;

	while (event == READER_WANT) {
		enum archive_event seen =
		    archive_next(&r->archive, &r->plain.some);
		enum plain_event plain;

		event = take_event(r, item, seen);
		if (seen != ARCHIVE_WANT)
			continue;
		plain = plain_more(&r->plain, r->archive.position);
		if (plain == PLAIN_WANT)
			break;
		if (plain == PLAIN_MEMBER)
			seen = at_boundary(r);
		else if (plain == PLAIN_DAMAGE)
			seen = archive_boundary(&r->archive, true);
		else if (plain == PLAIN_END)
			seen = archive_boundary(&r->archive, false);
		if (plain == PLAIN_DAMAGE && seen == ARCHIVE_WANT)
			err_clear(&r->err); /* of damage told already */
		event = take_event(r, item, seen);
		if (plain == PLAIN_END && event == READER_WANT)
			return READER_END;
	}
	item->record = event == READER_ITEM;
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
	return next_record(r, item);
}
