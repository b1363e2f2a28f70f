/* SPDX-License-Identifier: MIT
 *
 * err.c: records the first error of a page. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

enum pith_status err_set(struct err *err, enum pith_cause cause,
			 const char *format, ...)
{
	if (err->cause == PITH_CAUSE_NONE) {
		va_list args;

		err->cause = cause;
		va_start(args, format);
		vsnprintf(err->text, sizeof(err->text), format, args);
		va_end(args);
	}
	if (cause == PITH_CAUSE_MEMORY || cause == PITH_CAUSE_ARGUMENT)
		return PITH_FATAL;
	return PITH_FAILED;
}

void err_clear(struct err *err)
{
	err->cause = PITH_CAUSE_NONE;
	err->text[0] = '\0';
}
