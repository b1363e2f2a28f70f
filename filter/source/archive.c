/* SPDX-License-Identifier: MIT
 *
 * archive.c: scans WARC records as they stream.
 *
 *   START ─ "WARC/" ─> HEAD ─ empty line ─> BLOCK ─ all bytes ─> TAIL ─> START
 *     └── anything else ──> LOST <── lying length, bad head ──┘
 *   LOST ─ "\nWARC/" ─> HEAD
 */
#include "source/archive.h"

#include <inttypes.h>
#include <string.h>

enum state { START, HEAD, BLOCK, TAIL, LOST };

/* Longest header of a record; Common Crawl's have about 600 bytes. */
enum { HEAD_MAX = 64 * 1024 };

static const char magic[] = "\nWARC/";
enum { MAGIC = sizeof(magic) - 1 };

void archive_init(struct archive *w, struct err *err)
{
	*w = (struct archive){.err = err};
	fields_init(&w->head, HEAD_MAX, "a WARC header");
}

void archive_free(struct archive *w)
{
	fields_free(&w->head);
}

void archive_begin(struct archive *w, bool members)
{
	struct fields head = w->head;
	struct err *err = w->err;

	fields_begin(&head);
	*w = (struct archive){
	    .err = err, .head = head, .matched = 1, .members = members};
}

static void use(struct archive *w, struct str *in, size_t n)
{
	in->data += n;
	in->len -= n;
	w->position += n;
}

/* Tell of damage once, until a good record was seen. */
static enum archive_event lose(struct archive *w, uint64_t where,
			       const char *what)
{
	bool told = w->told;

	w->state = LOST;
	w->matched = 0;
	w->told = true;
	w->damage = where;
	if (told)
		return ARCHIVE_WANT;
	(void)err_set(w->err, PITH_CAUSE_CORRUPT, "%s", what);
	return ARCHIVE_DAMAGE;
}

static void open_head(struct archive *w)
{
	fields_begin(&w->head);
	w->state = HEAD;
}

/* White space between records, then the next one's first line. matched counts
 * the bytes of magic, whose newline needs not be there at the start. */
static enum archive_event find_start(struct archive *w, struct str *in)
{
	while (in->len > 0) {
		char c = in->data[0];

		if (w->matched <= 1 && ascii_space(c)) {
			use(w, in, 1);
			continue;
		}
		if (w->matched <= 1) {
			w->matched = 1;
			w->record.offset = w->position;
		}
		if (c != magic[w->matched])
			return lose(w, w->record.offset,
				    "bytes that are no WARC record");
		use(w, in, 1);
		if (++w->matched == MAGIC) {
			open_head(w);
			break;
		}
	}
	return ARCHIVE_WANT;
}

static void find_again(struct archive *w, struct str *in)
{
	while (in->len > 0) {
		char c = in->data[0];

		if (w->matched == 0) {
			const char *p = memchr(in->data, '\n', in->len);

			use(w, in, p ? (size_t)(p - in->data) + 1 : in->len);
			w->matched = p != NULL;
			continue;
		}
		use(w, in, 1);
		if (c == magic[w->matched])
			w->matched++;
		else
			w->matched = c == '\n';
		if (w->matched == MAGIC) {
			w->record.offset = w->position - (MAGIC - 1);
			open_head(w);
			return;
		}
	}
}

static enum warc_type type_of(struct str name)
{
	static const struct {
		struct str name;
		enum warc_type type;
	} types[] = {
	    {{"response", 8}, WARC_RESPONSE},
	    {{"resource", 8}, WARC_RESOURCE},
	    {{"conversion", 10}, WARC_CONVERSION},
	    {{"revisit", 7}, WARC_REVISIT},
	    {{"warcinfo", 8}, WARC_INFO},
	    {{"metadata", 8}, WARC_METADATA},
	};

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_equal_nocase(types[i].name, name))
			return types[i].type;
	return WARC_OTHER;
}

/* wget 1.x writes <http://…>, against the grammar's intent. */
static struct str without_angles(struct str s)
{
	if (s.len >= 2 && s.data[0] == '<' && s.data[s.len - 1] == '>')
		return (struct str){s.data + 1, s.len - 2};
	return s;
}

/* "1.0", "0.17": what follows the magic on the first line. */
static bool is_version(struct str s)
{
	bool digit = false, point = false;

	for (size_t i = 0; i < s.len; i++) {
		if (ascii_digit(s.data[i]))
			digit = true;
		else if (s.data[i] == '.' && digit && !point)
			point = true;
		else
			return false;
	}
	return digit && point;
}

static bool read_head(struct archive *w)
{
	struct archive_record *r = &w->record;
	struct str rest, name, value;
	bool has_length = false;

	*r = (struct archive_record){.offset = r->offset};
	if (!is_version(fields_first(buf_str(&w->head.text), &rest)))
		return false;
	while (fields_next(&rest, &name, &value)) {
		if (str_equal_nocase(name, STR("warc-type")))
			r->type = type_of(value);
		else if (str_equal_nocase(name, STR("content-length")))
			has_length = fields_number(value, &r->length);
		else if (str_equal_nocase(name, STR("warc-target-uri")))
			r->uri = without_angles(value);
		else if (str_equal_nocase(name, STR("warc-date")))
			r->date = value;
		else if (str_equal_nocase(name, STR("content-type")))
			r->content_type = value;
		else if (str_equal_nocase(name,
					  STR("warc-identified-payload-type")))
			r->payload_type = value;
	}
	return has_length;
}

static enum archive_event take_head(struct archive *w, struct str *in)
{
	struct str before = *in;
	struct err ignored = {0};
	enum pith_status status = fields_feed(&w->head, in, &ignored);

	w->position += before.len - in->len;
	if (status == PITH_OK)
		return ARCHIVE_WANT;
	if (status != PITH_EOF || !read_head(w)) {
		enum archive_event event =
		    lose(w, w->record.offset, "a WARC header that is none");

		w->matched = status == PITH_EOF; /* a newline was last */
		return event;
	}
	w->told = false;
	w->left = w->record.length;
	w->state = BLOCK;
	return ARCHIVE_HEAD;
}

static enum archive_event take_block(struct archive *w, struct str *in)
{
	size_t n = w->left < in->len ? (size_t)w->left : in->len;

	if (w->left == 0) {
		w->state = TAIL;
		w->matched = 0;
		return ARCHIVE_WANT;
	}
	if (n == 0)
		return ARCHIVE_WANT;
	w->piece = (struct str){in->data, n};
	w->left -= n;
	use(w, in, n);
	return ARCHIVE_DATA;
}

static enum archive_event end(struct archive *w)
{
	w->state = START;
	w->matched = 1;
	return ARCHIVE_END;
}

/* Two line ends follow a block. One is enough, none tells that the length
 * lies. matched counts bytes, 16 for each newline. A gzip member ends too, and
 * tells whether all of it was whole. */
static enum archive_event take_tail(struct archive *w, struct str *in)
{
	while (in->len > 0) {
		char c = in->data[0];

		if (c != '\r' && c != '\n') {
			if (w->matched > 0)
				return end(w);
			return lose(w, w->record.offset,
				    "Content-Length does not lead to the "
				    "record's end");
		}
		use(w, in, 1);
		if (w->matched < 2 * 16)
			w->matched += c == '\n' ? 17 : 1;
		if (w->matched >= 2 * 16 && !w->members)
			return end(w);
	}
	return ARCHIVE_WANT;
}

enum archive_event archive_next(struct archive *w, struct str *in)
{
	enum archive_event event = ARCHIVE_WANT;

	while (event == ARCHIVE_WANT && (in->len > 0 || w->state == BLOCK)) {
		int before = w->state;

		switch (w->state) {
		case START:
			event = find_start(w, in);
			break;
		case HEAD:
			event = take_head(w, in);
			break;
		case BLOCK:
			event = take_block(w, in);
			break;
		case TAIL:
			event = take_tail(w, in);
			break;
		default:
			find_again(w, in);
		}
		if (in->len == 0 && w->state == before)
			break;
	}
	return event;
}

bool archive_is_between(const struct archive *w)
{
	return w->state == TAIL || w->state == LOST ||
	       (w->state == START && w->matched <= 1) ||
	       (w->state == BLOCK && w->left == 0);
}

enum archive_event archive_boundary(struct archive *w, bool broken)
{
	bool open = w->state == HEAD || w->state == BLOCK || w->state == TAIL ||
		    (w->state == START && w->matched > 1);
	bool whole = w->state == TAIL || (w->state == BLOCK && w->left == 0);
	bool told = w->told;

	w->damage = open ? w->record.offset : w->position;
	w->state = START;
	w->matched = 1;
	w->told = broken;
	if (broken)
		return told ? ARCHIVE_WANT : ARCHIVE_DAMAGE;
	if (whole)
		return ARCHIVE_END;
	if (!open || told)
		return ARCHIVE_WANT;
	(void)err_set(w->err, PITH_CAUSE_CORRUPT, "the record is cut short");
	return ARCHIVE_DAMAGE;
}
