/* SPDX-License-Identifier: MIT
 *
 * status.h: prints what a state file knows. Only filter/fetch/ includes it. */
#ifndef FETCH_STATUS_H
#define FETCH_STATUS_H

#include <stdbool.h>

#include "fetch/state.h"

/* To stdout: a table, or a JSON array of one object a page. */
enum pith_status status_print(struct state *s, bool json,
			      struct fault *f) PITH_CHECKED;

#endif
