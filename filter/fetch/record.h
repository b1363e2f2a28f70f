/* SPDX-License-Identifier: MIT
 *
 * record.h: makes the heads of an exchange fit to be archived. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_RECORD_H
#define FETCH_RECORD_H

#include "base/buf.h"
#include "fetch/fault.h"

/* The head of a response: HTTP/2 is written as HTTP/1.1, as it has no text of
 * its own; Transfer-Encoding gets the prefix X-Crawler-, since the body that
 * follows is no longer chunked. All else stays byte for byte. */
enum pith_status record_response(struct str head, struct buf *out,
				 struct fault *f) PITH_CHECKED;

/* The head of a request: the same, and without the credentials that .netrc
 * and cookies put there. */
enum pith_status record_request(struct str head, struct buf *out,
				struct fault *f) PITH_CHECKED;

#endif
