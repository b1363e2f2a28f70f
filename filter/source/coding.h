/* SPDX-License-Identifier: MIT
 *
 * coding.h: undoes the content codings that libpith does not know itself,
 * brotli and zstd, as they stream. gzip and deflate pass through: the library
 * finds them by content. Included by source/ and run/worker.c. */
#ifndef SOURCE_CODING_H
#define SOURCE_CODING_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

/* Takes the plain bytes; a status other than PITH_OK stops the feeding and is
 * handed back. */
typedef enum pith_status (*coding_sink)(void *user, const char *data,
					size_t len);

struct coding {
	const struct coding_kind *kind; /* NULL: bytes pass through */
	void *state;			/* of the kind */
	coding_sink sink;
	void *user;
	struct err *err;
	bool begun;
};

/* One way to undo a coding. feed sets err and returns PITH_FAILED for bytes
 * that are not of its kind. */
struct coding_kind {
	const char *name;
	void *(*make)(void);
	enum pith_status (*feed)(struct coding *c, const char *data,
				 size_t len);
	/* does the first byte begin such data? archives keep heads that say
	 * "br" over bodies that are plain by now */
	bool (*begins)(unsigned char first);
	void (*drop)(void *state);
};

extern const struct coding_kind coding_brotli, coding_zstd;

/* Begin a body with a Content-Encoding, in the order it was applied.
 * PITH_FAILED for one that nobody here knows. End it with coding_end. */
enum pith_status coding_begin(struct coding *c, struct str codings,
			      coding_sink sink, void *user,
			      struct err *err) PITH_CHECKED;

/* Take len bytes. */
enum pith_status coding_feed(struct coding *c, const char *data,
			     size_t len) PITH_CHECKED;

/* Free what the body needed. */
void coding_end(struct coding *c);

#endif
