/* SPDX-License-Identifier: MIT
 *
 * stop.h: signals that ask a run to end: pages in work are finished, then the
 * signal is raised again. A second one ends it at once. Included by run/. */
#ifndef RUN_STOP_H
#define RUN_STOP_H

#include <signal.h>
#include <stdbool.h>

/* Catch them from now on, but let them in only where a call takes *mask. */
void stop_catch(sigset_t *mask);

/* Has one come? */
bool stop_asked(void);

/* Let them in again; raise what came. */
void stop_raise(const sigset_t *mask);

#endif
