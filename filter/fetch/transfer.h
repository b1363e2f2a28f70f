/* SPDX-License-Identifier: MIT
 *
 * transfer.h: one HTTP exchange: what is sent, what comes back, and every
 * limit on it. Redirects are not followed here. Only filter/fetch/ includes
 * it. */
#ifndef FETCH_TRANSFER_H
#define FETCH_TRANSFER_H

#include <curl/curl.h>
#include <stdint.h>

#include "base/buf.h"
#include "fetch/fault.h"
#include "fetch/options.h"
#include "fetch/pace.h"

#define TRANSFER_ADDRESS 64

/* A slot for transfers, one after the other; it keeps its memory. After
 * transfer_finish the fields below `job` tell the result. */
struct transfer {
	CURL *easy;
	struct curl_slist *fields, *resolve;
	const struct options *options;
	CURLSH *cookies; /* or NULL */
	char message[CURL_ERROR_SIZE];

	struct job *job; /* NULL: the slot is free */
	struct host *host;
	struct fault fault; /* code FETCH_OK: an answer came whole */
	struct buf request; /* head as sent */
	struct buf head;    /* head as received, with its blank line */
	struct buf body;    /* without chunking; Content-Encoding kept
			     * unless the job is not a page or --raw */
	int status;	    /* of HTTP */
	bool http2;
	bool public_address;		/* it came from the public internet */
	bool conditional;		/* validators were sent */
	char address[TRANSFER_ADDRESS]; /* numeric; "" behind a proxy */
	int64_t date;			/* of the request, Unix seconds */

	uint64_t started, connected, answered; /* ms; 0: not yet */
	uint64_t mark, mark_bytes; /* where the speed is measured from */
	uint64_t bytes;		   /* received */
	const uint64_t *now;	   /* the caller's clock */
	bool proxied, refused_address, head_whole, enough;
};

/* What the state knows of a page, to ask for news only; "" is unknown. */
struct validators {
	const char *etag, *last_modified;
};

/* Make a slot. now is the clock of all time limits, milliseconds, which the
 * caller moves; it and options outlive the slot. */
enum pith_status transfer_init(struct transfer *t, const struct options *o,
			       CURLSH *cookies, const uint64_t *now,
			       struct fault *f) PITH_CHECKED;
void transfer_free(struct transfer *t);

/* Begin job, which the slot takes over, as its host's transfer. On failure
 * the slot holds the job all the same. */
enum pith_status transfer_start(struct transfer *t, CURLM *multi,
				struct job *job, struct host *host,
				struct validators v,
				struct fault *f) PITH_CHECKED;

/* Is a time limit over? Then the fault says which. */
bool transfer_late(struct transfer *t);

/* End the transfer with libcurl's result and fill in what came of it. */
void transfer_finish(struct transfer *t, CURLM *multi, CURLcode result);

/* Free the slot: drop the job and the memory above a steady size. */
void transfer_clear(struct transfer *t);

#endif
