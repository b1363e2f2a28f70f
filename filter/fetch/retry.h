/* SPDX-License-Identifier: MIT
 *
 * retry.h: what is worth trying again, and when. Only filter/fetch/ includes
 * it. */
#ifndef FETCH_RETRY_H
#define FETCH_RETRY_H

#include <stdbool.h>
#include <stdint.h>

/* Statuses of HTTP that may be others a little later. */
bool retry_status(int status);

/* Milliseconds to wait before try number tries + 1: what the server asked for
 * (seconds; -1: nothing), or about 1 s, 2 s, 4 s …, never more than most unless
 * the server asks for it. random is any number. */
uint64_t retry_delay(int tries, int64_t retry_after, uint64_t most,
		     uint64_t random);

/* Unix time before which another run should not ask, after that many failures
 * in a row: the first two cost nothing, then an hour, two, four … a week. */
int64_t retry_due(int failures, int64_t retry_after, int64_t now);

#endif
