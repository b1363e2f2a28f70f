/* SPDX-License-Identifier: MIT
 *
 * err.h: what went wrong, carried beside an enum pith_status. Every stage may
 * include it. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "pith.h"

/* The last error of a page: a cause and one line of text, without a final
 * stop, newline or file name. */
struct err {
	enum pith_cause cause;
	char text[200];
};

/* Record an error and give back the status that belongs to it: PITH_FATAL for
 * CAUSE_MEMORY and CAUSE_ARGUMENT, PITH_FAILED for all others. The first error
 * of a page stays: later ones are its consequences. */
enum pith_status err_set(struct err *err, enum pith_cause cause,
			 const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Forget the error. */
void err_clear(struct err *err);

#endif
