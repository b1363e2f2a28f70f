/* SPDX-License-Identifier: MIT
 *
 * warc.h: writes WARC 1.1 (ISO 28500:2017), one gzip member a record. Only
 * filter/fetch/ includes it.
 *
 * Records gather in memory until warc_flush, so that what belongs together is
 * on disk together, and so that the state is told of a page only after its
 * last byte was written. */
#ifndef FETCH_WARC_H
#define FETCH_WARC_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"
#include "fetch/digest.h"
#include "fetch/fault.h"
#include "fetch/gzip.h"

struct warc {
	int fd;
	bool file; /* fd is a regular file, to be synced */
	bool compress;
	bool info_written;
	bool unsynced;
	bool bare;			 /* no records: warc_body only */
	const char *user_agent, *robots; /* for warcinfo */
	const char *name;		 /* of the file, for messages */
	/* Counts signals to end. From the first on, a reader that takes
	 * nothing for patience milliseconds is not waited for. NULL: none. */
	const volatile sig_atomic_t *signals;
	uint32_t patience;
	char info_id[48];
	struct gzip gzip;
	struct buf out;	 /* records not yet written */
	struct buf head; /* WARC head of the record in work */
};

/* What to do with a file that is there and not empty. */
enum warc_mode {
	WARC_REPLACE,
	WARC_APPEND, /* after an incomplete last record was cut off */
	WARC_NEW     /* refuse it */
};

/* One exchange, as it was. Texts end in NUL; "" is unknown. */
struct warc_page {
	const char *url;
	const char *address; /* numeric, of the server */
	const char *digest;  /* of body, from digest_end */
	int64_t date;	     /* Unix seconds */
	int64_t since;	     /* of a revisit: when it changed; 0 unknown */
	bool http2;
	struct str request;    /* head as sent */
	struct str head, body; /* as received */
};

/* One URL that gave no page. */
struct warc_failure {
	const char *url;
	int64_t date;
	const struct fault *fault;
	int tries;
};

/* Write to path, or to stdout if it is NULL. */
enum pith_status warc_open(struct warc *w, const char *path,
			   enum warc_mode mode, bool compress,
			   struct fault *f) PITH_CHECKED;

/* A response record and its request record. */
enum pith_status warc_page(struct warc *w, const struct warc_page *page,
			   struct fault *f) PITH_CHECKED;

/* A revisit record for an answer 304. */
enum pith_status warc_revisit(struct warc *w, const struct warc_page *page,
			      struct fault *f) PITH_CHECKED;

/* A metadata record, of type application/warc-fields:
 *
 *     fetch-outcome: http            the class, as fault_class() names it
 *     http-status: 404               where there was one
 *     fetch-message: HTTP status 404
 *     fetch-tries: 1                                                      */
enum pith_status warc_failure(struct warc *w, const struct warc_failure *fail,
			      struct fault *f) PITH_CHECKED;

/* Only the body, in an output without any record, which is then `bare`. */
enum pith_status warc_body(struct warc *w, struct str body,
			   struct fault *f) PITH_CHECKED;

/* Write what has gathered; a file is synced to the disk. *gone tells that the
 * reader of a pipe went away. */
enum pith_status warc_flush(struct warc *w, bool *gone,
			    struct fault *f) PITH_CHECKED;

/* Close, after a last flush. An output without pages still holds a warcinfo
 * record. */
enum pith_status warc_close(struct warc *w, bool *gone,
			    struct fault *f) PITH_CHECKED;

/* Free the memory; closes without writing if warc_close was not called. */
void warc_free(struct warc *w);

#endif
