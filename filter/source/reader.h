/* SPDX-License-Identifier: MIT
 *
 * reader.h: bytes of a file or pipe in, pages out: one page, a WARC archive or
 * JSON lines, compressed or not, found by content. It reads nothing itself, so
 * that its caller may wait for many things at once. Included by source/, run/
 * and main.c. */
#ifndef SOURCE_READER_H
#define SOURCE_READER_H

#include "source/filter.h"
#include "source/item.h"

enum reader_kind {
	READER_AUTO, /* a page or an archive, by content */
	READER_PAGE,
	READER_WARC,
	READER_LINES
};

enum reader_event {
	READER_WANT, /* feed more, or say that it is the end */
	READER_ITEM, /* the item is filled */
	READER_END   /* nothing more comes of this input */
};

struct reader;

/* filter must outlive the reader. */
enum pith_status reader_new(struct reader **out, enum reader_kind kind,
			    const struct filter *filter,
			    struct err *err) PITH_CHECKED;

/* Free it; NULL is allowed. */
void reader_free(struct reader *r);

/* What kind of input begins with these bytes? READER_AUTO: not to be told from
 * so few; all: there are no more. */
enum reader_kind reader_sniff(struct reader *r, struct str bytes, bool all);

/* Was there no memory to tell? */
bool reader_is_short(const struct reader *r);

/* Begin an input; name must live until the next one begins. */
void reader_begin(struct reader *r, const char *name);

/* Bytes that tell what an input is. */
enum { READER_HEAD = 4096 };

/* Begin an input whose first bytes are head, READER_HEAD of them or all there
 * are, and pass over all items up to and with the one at after. Returns the
 * offset from which on its bytes are to be fed: that of after or, where a
 * dictionary may stand at the start, 0. */
uint64_t reader_resume(struct reader *r, const char *name, struct str head,
		       struct place after);

/* Give it bytes, which must stay until it wants more; only when it does. */
void reader_feed(struct reader *r, struct str bytes);

/* Say that there are no more. */
void reader_finish(struct reader *r);

/* Fill item, which must be the same from call to call until it is whole. */
enum reader_event reader_next(struct reader *r, struct item *item);

/* Records of archives that were passed over since reader_new. */
uint64_t reader_skipped(const struct reader *r);

#endif
