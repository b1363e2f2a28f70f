/* SPDX-License-Identifier: MIT
 *
 * output.h: where results go: standard output, or a file that appears whole or
 * not at all. Included by main.c and run/. */
#ifndef RUN_OUTPUT_H
#define RUN_OUTPUT_H

#include <stddef.h>

struct output {
	int fd;
	const char *name; /* of the file, or NULL for stdout */
	char *temporary;  /* renamed to name at the end, or NULL */
	int error;	  /* errno of the first failure, else 0 */
};

/* Open a file (NULL or "-": stdout). A regular file is written under another
 * name beside it and renamed by output_close. Returns 0, or -1 with
 * o->error. */
int output_open(struct output *o, const char *name);

/* Open a file to be read, and then written in place. Returns 0, or -1 with
 * o->error; anything but a regular file is refused (EINVAL). */
int output_update(struct output *o, const char *name);

/* Write it all. Returns 0, or -1 with o->error; after a failure all writes
 * fail. A broken pipe ends the process quietly, as its signal would. */
int output_write(struct output *o, const void *data, size_t len);

/* Finish: flush to the disk's care, rename. After a failure the temporary file
 * is removed. Returns 0, or -1 with o->error. */
int output_close(struct output *o);

/* Remove the temporary file, keep what was there. */
void output_discard(struct output *o);

#endif
