/* SPDX-License-Identifier: MIT
 *
 * child.h: pith-fetch as a child that writes WARC into a pipe. Included by
 * run/. */
#ifndef RUN_CHILD_H
#define RUN_CHILD_H

#include <sys/types.h>

#include "run/exit.h"
#include "run/options.h"

/* Is it a URL that pith-fetch takes? */
bool child_wants(const char *name);

/* Start pith-fetch for all URLs among the inputs, with its options; it is
 * looked for beside this program, then in PATH. Returns 0 with the pipe's
 * reading end in *fd, or an errno. */
int child_start(const struct options *o, pid_t *pid, int *fd);

/* Wait for its end; its exit code. It has said on stderr what went wrong. */
enum exit_code child_end(pid_t pid);

#endif
