/* SPDX-License-Identifier: MIT
 *
 * sandbox.h: gives up every right that reading a page does not need. Included
 * by main.c and run/. */
#ifndef RUN_SANDBOX_H
#define RUN_SANDBOX_H

#include <stdbool.h>

#include "run/options.h"

/* Enter it for good: memory is limited, and every system call but those for
 * reading and writing open files, memory, the clock and the end of the process
 * kills it. once: one page is read and the time of the processor is limited
 * too. Returns false where the kernel refuses and options ask for a sandbox
 * (--sandbox=require); true with --sandbox=none without doing anything. */
bool sandbox_enter(const struct options *options, bool once);

/* Can this kernel do it? Asked before the first page, to tell the user. */
bool sandbox_available(void);

#endif
