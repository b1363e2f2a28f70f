/* SPDX-License-Identifier: MIT
 *
 * completion.h: what a shell needs to complete the options of a program,
 * written from its table. Included by main.c and fetch/. */
#ifndef RUN_COMPLETION_H
#define RUN_COMPLETION_H

#include "run/option_table.h"

enum shell { SHELL_BASH, SHELL_ZSH, SHELL_FISH };

/* Print a script to stdout. Returns 0, or -1 if a write failed. */
int completion_print(const struct option_table *t, enum shell shell);

#endif
