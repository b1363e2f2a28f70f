/* SPDX-License-Identifier: MIT
 *
 * fault.c: failures, their classes and exit codes. Part of filter/fetch/. */
#include "fetch/fault.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum pith_status fault_set(struct fault *f, enum fetch_exit code,
			   const char *format, ...)
{
	if (f->code == FETCH_OK) {
		va_list args;

		f->code = code;
		va_start(args, format);
		vsnprintf(f->text, sizeof(f->text), format, args);
		va_end(args);
		/* Servers have their say in it, and it goes to terminals and
		 * into records. */
		for (char *p = f->text; *p != '\0'; p++)
			if (*p < ' ' || *p > '~')
				*p = '?';
	}
	if (code == FETCH_USAGE || code == FETCH_IO || code == FETCH_LOCKED)
		return PITH_FATAL;
	return PITH_FAILED;
}

enum pith_status fault_memory(struct fault *f)
{
	return fault_set(f, FETCH_IO, "out of memory");
}

/* jansson drops bytes that its buffer has no memory for, and then looks for the
 * end of a string behind them (2.14). What is in the output's file stays as it
 * is, and the state knows of no more than that. */
static void *allocate_or_end(size_t size)
{
	void *p = malloc(size);

	if (p == NULL) {
		fputs("pith-fetch: out of memory\n", stderr);
		_exit(FETCH_IO);
	}
	return p;
}

void fault_begin_process(void)
{
	json_set_alloc_funcs(allocate_or_end, free);
}

const char *fault_class(enum fetch_exit code)
{
	static const char *const names[] = {
	    [FETCH_OK] = "ok",		 [FETCH_USAGE] = "usage",
	    [FETCH_IO] = "input/output", [FETCH_NETWORK] = "network",
	    [FETCH_TLS] = "tls",	 [FETCH_REFUSED] = "refused",
	    [FETCH_LOCKED] = "locked",	 [FETCH_HTTP] = "http",
	};

	return names[code];
}

enum fetch_exit fault_worst(enum fetch_exit a, enum fetch_exit b)
{
	if (a == FETCH_OK || b == FETCH_OK)
		return a == FETCH_OK ? b : a;
	return a < b ? a : b;
}
