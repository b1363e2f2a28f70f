/* SPDX-License-Identifier: MIT
 *
 * reader_state.h: what a reader keeps between two calls. Included by
 * source/reader.c and source/reader_record.c only. */
#ifndef SOURCE_READER_STATE_H
#define SOURCE_READER_STATE_H

#include "source/archive.h"
#include "source/plain.h"
#include "source/reader.h"

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

/* Turn the item into one that tells of r->err at that place. */
enum reader_event reader_broken(struct reader *r, struct item *item,
				struct place p);

/* Make the item that of a page or line that begins there. */
void reader_begin_item(struct reader *r, struct item *item, struct place p);

/* Is it behind the place to resume at? */
bool reader_wants_place(const struct reader *r, struct place p);

/* Fill item with the page of the next record that is wanted. */
enum reader_event reader_next_record(struct reader *r, struct item *item);

#endif
