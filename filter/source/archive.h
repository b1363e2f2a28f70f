/* SPDX-License-Identifier: MIT
 *
 * archive.h: the records of a WARC stream (ISO 28500, versions 0.17 to 1.1), in
 * pieces of any size. What is damaged is told, with its place, and passed over
 * to where the next record begins. Included by source/ only. */
#ifndef SOURCE_ARCHIVE_H
#define SOURCE_ARCHIVE_H

#include <stdbool.h>
#include <stdint.h>

#include "source/fields.h"

enum warc_type {
	WARC_OTHER, /* request, continuation, unknown */
	WARC_METADATA,
	WARC_INFO,
	WARC_RESPONSE,
	WARC_RESOURCE,
	WARC_REVISIT,
	WARC_CONVERSION
};

enum archive_event {
	ARCHIVE_WANT,  /* *in is used up */
	ARCHIVE_HEAD,  /* record is of a new record, until the next ARCHIVE_HEAD
			*/
	ARCHIVE_DATA,  /* piece is a part of its block, good until the next call
			*/
	ARCHIVE_END,   /* the record ended where its length says */
	ARCHIVE_DAMAGE /* err says how; a record in work is not whole */
};

/* What its header says; texts live until the record ends. */
struct archive_record {
	enum warc_type type;
	uint64_t offset; /* in plain bytes of the stream */
	uint64_t length; /* of its block */
	struct str uri, date, content_type, payload_type;
};

struct archive {
	struct archive_record record;
	struct str piece;
	struct err *err;
	int state;
	uint64_t position; /* plain bytes taken */
	uint64_t left;	   /* of the block */
	uint64_t damage;   /* where what ARCHIVE_DAMAGE tells of begins */
	unsigned matched;  /* while lost: of "\nWARC/"; in a tail: its bytes */
	bool members;
	bool told; /* damage was told and no record seen since */
	struct fields head;
};

/* Start empty, reporting to err, which must outlive it. */
void archive_init(struct archive *w, struct err *err);

/* Free the memory. */
void archive_free(struct archive *w);

/* Begin the next stream. members: it comes from gzip members, and
 * archive_boundary will be called. */
void archive_begin(struct archive *w, bool members);

/* Take from *in, which moves on. */
enum archive_event archive_next(struct archive *w, struct str *in);

/* Is no record open, or only its end to come? */
bool archive_is_between(const struct archive *w);

/* The bytes so far are a gzip member, or all there is: a record cannot go on
 * beyond. Gives ARCHIVE_END, ARCHIVE_DAMAGE, or ARCHIVE_WANT where no record
 * was open. Call it with broken where the member is damaged: err is set
 * already. */
enum archive_event archive_boundary(struct archive *w, bool broken);

#endif
