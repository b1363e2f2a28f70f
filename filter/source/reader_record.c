/* SPDX-License-Identifier: MIT
 *
 * reader_record.c: the records of an archive to pages. Records that nobody
 * wants are never kept. */
#include <string.h>

#include "source/http.h"
#include "source/note.h"
#include "source/reader_state.h"

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
	reader_begin_item(r, item, p);
	if (reader_is_short(r) ||
	    item_set(item, ITEM_URL, w->uri, &r->err) != PITH_OK ||
	    item_set(item, ITEM_DATE, w->date, &r->err) != PITH_OK)
		return RECORD_REFUSED;
	if (!reader_wants_place(r, p) || note_is_about_itself(w->uri) ||
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
	return reader_broken(r, item, item->place);
}

static enum reader_event end_record(struct reader *r, struct item *item)
{
	if (r->record == RECORD_NOTE)
		return end_note(r, item);
	if (r->record == RECORD_HEAD)
		r->record = end_head(r, item);
	if (r->record == RECORD_REFUSED)
		return reader_broken(r, item, item->place);
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
		return reader_broken(r, item,
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

enum reader_event reader_next_record(struct reader *r, struct item *item)
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
