/* SPDX-License-Identifier: MIT
 *
 * file.h: bytes of files and of standard input, in pieces. Included by main.c
 * and source/. */
#ifndef SOURCE_FILE_H
#define SOURCE_FILE_H

#include <stddef.h>
#include <sys/types.h>

struct file {
	int fd;
	int error; /* errno of what failed, else 0 */
};

/* Open a file for reading; "-" is standard input. Returns 0, or -1 with
 * f->error; a directory is refused (EISDIR). */
int file_open(struct file *f, const char *name);

/* Read up to size bytes. Returns their number, 0 at the end, -1 with
 * f->error. */
ssize_t file_read(struct file *f, void *data, size_t size);

/* Close it; standard input stays open. */
void file_close(struct file *f);

#endif
