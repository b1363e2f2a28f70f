/* SPDX-License-Identifier: MIT
 *
 * file.c: opens and reads files, with every error told. */
#include "source/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int file_open(struct file *f, const char *name)
{
	struct stat st;

	*f = (struct file){.fd = STDIN_FILENO};
	if (!strcmp(name, "-"))
		return 0;
	f->fd = open(name, O_RDONLY | O_CLOEXEC);
	if (f->fd < 0) {
		f->error = errno;
		return -1;
	}
	if (fstat(f->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		close(f->fd);
		f->fd = -1;
		f->error = EISDIR;
		return -1;
	}
	return 0;
}

ssize_t file_read(struct file *f, void *data, size_t size)
{
	ssize_t n;

	do
		n = read(f->fd, data, size);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		f->error = errno;
	return n;
}

void file_close(struct file *f)
{
	if (f->fd > STDIN_FILENO)
		close(f->fd);
	f->fd = -1;
}
