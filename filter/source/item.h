/* SPDX-License-Identifier: MIT
 *
 * item.h: one page on its way from a source to a worker: its bytes and what
 * its source knows of it. Included by source/ and run/. */
#ifndef SOURCE_ITEM_H
#define SOURCE_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum item_kind {
	ITEM_PAGE,  /* the body is a page */
	ITEM_LINE,  /* the body is a JSON line that holds a page */
	ITEM_BROKEN /* there is no page, the error says why */
};

/* What an item carries, each of any length. */
enum item_part {
	ITEM_INPUT,   /* name of the file it is from */
	ITEM_URL,     /* or "" */
	ITEM_TYPE,    /* media type or "" */
	ITEM_CHARSET, /* as an HTTP header named it, or "" */
	ITEM_CODINGS, /* Content-Encoding, or "" */
	ITEM_DATE,    /* when it was fetched, as the archive has it, or "" */
	ITEM_ERROR,   /* ITEM_BROKEN: one line */
	ITEM_BODY,
	ITEM_PARTS
};

/* Where an item is in its input: bytes to where its record begins or, in a
 * compressed input, to where its gzip member begins, and from there plain
 * bytes. Grows from item to item. */
struct place {
	uint64_t offset, within;
};

struct item {
	enum item_kind kind;
	enum pith_cause cause; /* ITEM_BROKEN: what kind of error */
	int outcome; /* of a page that pith-fetch did not get: the exit
		      * status for it, else 0; it has told of it */
	struct place place;
	int http_status; /* 0: unknown */
	bool chunked;	 /* the body is in chunks */
	bool record;	 /* of an archive */
	struct buf parts[ITEM_PARTS];
};

/* Start empty; a body may have at most max_body bytes. */
void item_init(struct item *i, size_t max_body);

/* Free the memory. */
void item_free(struct item *i);

/* Forget the content, keep some memory. */
void item_reset(struct item *i);

/* Replace a part. */
enum pith_status item_set(struct item *i, enum item_part part, struct str s,
			  struct err *err) PITH_CHECKED;

static inline struct str item_get(const struct item *i, enum item_part part)
{
	return buf_str(&i->parts[part]);
}

/* Make it a broken one: forget the body, take the error, which is cleared. */
enum pith_status item_break(struct item *i, struct err *err) PITH_CHECKED;

/* Is a before b? */
static inline bool place_before(struct place a, struct place b)
{
	return a.offset != b.offset ? a.offset < b.offset : a.within < b.within;
}

#endif
