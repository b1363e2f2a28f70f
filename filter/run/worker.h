/* SPDX-License-Identifier: MIT
 *
 * worker.h: what a worker process does. Included by run/pool.c only. */
#ifndef RUN_WORKER_H
#define RUN_WORKER_H

#include "run/options.h"

/* Enter the sandbox, then read jobs from one pipe and write results to the
 * other until there are no more. Never returns. */
_Noreturn void worker_main(const struct options *options, int jobs,
			   int results);

#endif
