/* SPDX-License-Identifier: MIT
 *
 * retry.c: back-off within a run and between runs. Part of filter/fetch/. */
#include "fetch/retry.h"

#define FREE_FAILURES 2
#define HOUR	      3600
#define LONGEST	      (7 * 24 * HOUR)

bool retry_status(int status)
{
	return status == 408 || status == 425 || status == 429 ||
	       (status >= 500 && status <= 599);
}

uint64_t retry_delay(int tries, int64_t retry_after, uint64_t most,
		     uint64_t random)
{
	uint64_t base = UINT64_C(1000) << (tries < 20 ? tries : 20);

	if (retry_after >= 0)
		return (uint64_t)retry_after * 1000;
	/* Half to one and a half times, so that runs drift apart. */
	base = base / 2 + random % base;
	return base < most ? base : most;
}

int64_t retry_due(int failures, int64_t retry_after, int64_t now)
{
	int64_t wait = 0;

	if (failures > FREE_FAILURES) {
		int doublings = failures - FREE_FAILURES - 1;

		wait = doublings < 8 ? (int64_t)HOUR << doublings : LONGEST;
	}
	if (wait < retry_after)
		wait = retry_after;
	return now + (wait < LONGEST ? wait : LONGEST);
}
