/* SPDX-License-Identifier: MIT
 *
 * http.h: the head of an HTTP answer as archives keep it, and bodies that are
 * still in chunks. Included by source/ and run/worker.c. */
#ifndef SOURCE_HTTP_H
#define SOURCE_HTTP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"

/* Longest head of an answer. */
enum { HTTP_HEAD_MAX = 256 * 1024 };

/* Pieces of the head; they live as long as it. */
struct http {
	int status;	    /* 100 to 999, 0 if the line has none */
	struct str type;    /* media type, "text/html" */
	struct str charset; /* of the media type; may be empty */
	struct str codings; /* Content-Encoding, "gzip" */
	bool chunked;	    /* Transfer-Encoding says so */
};

/* Read a head that begins with "HTTP/". Later fields of a name win, but for
 * Content-Encoding, of which the first does. */
void http_read(struct str head, struct http *out);

/* Undoes chunked transfer coding. Starts zeroed. */
struct chunked {
	uint64_t left; /* bytes of the chunk to come */
	uint64_t size; /* as far as its digits were read */
	unsigned digits;
	int state;
};

enum chunked_event {
	CHUNKED_WANT,  /* *in is used up */
	CHUNKED_DATA,  /* *out is a piece of the body */
	CHUNKED_END,   /* the last chunk was seen; the rest is a trailer */
	CHUNKED_DAMAGE /* *in, not moved, is no chunk */
};

/* Take from *in, which moves on. */
enum chunked_event chunked_next(struct chunked *c, struct str *in,
				struct str *out);

#endif
