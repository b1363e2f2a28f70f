/* SPDX-License-Identifier: MIT
 *
 * fault.h: why a fetch failed, and the exit code that belongs to it. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_FAULT_H
#define FETCH_FAULT_H

#include <stdbool.h>

#include "pith.h"

/* The classes of failure are the exit codes of pith-fetch. */
enum fetch_exit {
	FETCH_OK = 0,
	FETCH_USAGE = 2,   /* an option, or a URL that is none */
	FETCH_IO = 3,	   /* list, output or state file; memory */
	FETCH_NETWORK = 4, /* name, connection, time-out, broken protocol */
	FETCH_TLS = 5,	   /* certificate or handshake */
	FETCH_REFUSED = 6, /* by robots.txt, type, size or address */
	FETCH_LOCKED = 7,  /* another run holds the state */
	FETCH_HTTP = 8	   /* status 400 or above */
};

/* One failure. text is one line without a final stop. */
struct fault {
	enum fetch_exit code;
	int status; /* of HTTP, or 0 */
	bool again; /* may pass when tried again */
	char text[256];
};

/* Fill in a fault, unless an earlier one is there: later ones are its
 * consequences. Returns PITH_FATAL for FETCH_USAGE, FETCH_IO and FETCH_LOCKED,
 * which end the run, PITH_FAILED for what costs one URL. */
enum pith_status fault_set(struct fault *f, enum fetch_exit code,
			   const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As fault_set(FETCH_IO), for memory the system did not give. */
enum pith_status fault_memory(struct fault *f);

/* Make want of memory within jansson end the process, with the message and the
 * exit code of fault_memory. At the start, before anything uses jansson. */
void fault_begin_process(void);

/* A word for the class: "network", "tls", "refused", "http" … */
const char *fault_class(enum fetch_exit code);

/* The exit code of a run in which both happened: the lowest above 0. */
enum fetch_exit fault_worst(enum fetch_exit a, enum fetch_exit b);

#endif
