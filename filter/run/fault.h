/* SPDX-License-Identifier: MIT
 *
 * fault.h: misbehaves on pages that ask for it, in the test program
 * pith-faulty alone (PITH_TEST_FAULTS). Included by run/worker.c only. */
#ifndef RUN_FAULT_H
#define RUN_FAULT_H

#include <stddef.h>

/* Do what "PITH-FAULT:NAME" in a piece of a page says: crash, abort, loop,
 * memory, open, socket, exec, fork, map, signal, lie, quit. */
void fault_look(const char *data, size_t len);

#endif
