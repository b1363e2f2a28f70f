/* SPDX-License-Identifier: MIT
 *
 * batch.h: many pages through many worker processes. Included by main.c. */
#ifndef RUN_BATCH_H
#define RUN_BATCH_H

#include "base/str.h"
#include "run/exit.h"
#include "run/options.h"

/* Do it all and say on stderr what went wrong. first: what was read of standard
 * input already. A signal that asked for the end is raised again at the
 * end. */
enum exit_code batch_run(const struct options *options, struct str first);

#endif
