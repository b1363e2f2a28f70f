/* SPDX-License-Identifier: MIT
 *
 * output.c: checked writes; a file is renamed into place when it is whole. */
#include "run/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int fail(struct output *o, int error)
{
	if (o->error == 0)
		o->error = error;
	return -1;
}

/* A file of its own beside name, with the mode a new file would get. */
static int open_temporary(struct output *o, const char *name, mode_t mode)
{
	size_t size = strlen(name) + sizeof(".XXXXXX");

	o->temporary = malloc(size);
	if (o->temporary == NULL)
		return fail(o, ENOMEM);
	snprintf(o->temporary, size, "%s.XXXXXX", name);
	o->fd = mkstemp(o->temporary);
	if (o->fd < 0) {
		fail(o, errno);
		free(o->temporary);
		o->temporary = NULL;
		return -1;
	}
	if (fchmod(o->fd, mode) != 0) {
		fail(o, errno);
		output_discard(o);
		return -1;
	}
	return 0;
}

int output_open(struct output *o, const char *name)
{
	struct stat st;
	mode_t mask;

	*o = (struct output){.fd = STDOUT_FILENO};
	if (name == NULL || !strcmp(name, "-"))
		return 0;
	o->name = name;
	if (stat(name, &st) == 0) {
		if (S_ISREG(st.st_mode))
			return open_temporary(o, name, st.st_mode & 07777);
		o->fd = open(name, O_WRONLY | O_CLOEXEC); /* a device, a fifo */
		return o->fd < 0 ? fail(o, errno) : 0;
	}
	mask = umask(0);
	umask(mask);
	return open_temporary(o, name, 0666 & ~mask);
}

int output_update(struct output *o, const char *name)
{
	struct stat st;

	*o = (struct output){.name = name};
	o->fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (o->fd < 0)
		return fail(o, errno);
	if (fstat(o->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		output_discard(o);
		return fail(o, EINVAL);
	}
	return 0;
}

int output_write(struct output *o, const void *data, size_t len)
{
	const char *p = data;

	if (o->error != 0)
		return -1;
	while (len > 0) {
		ssize_t n = write(o->fd, p, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EPIPE) {
			output_discard(o);
			signal(SIGPIPE, SIG_DFL);
			raise(SIGPIPE);
			_exit(128 + SIGPIPE);
		}
		if (n <= 0)
			return fail(o, n < 0 ? errno : EIO);
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

void output_discard(struct output *o)
{
	if (o->name != NULL && o->fd >= 0)
		close(o->fd);
	o->fd = -1;
	if (o->temporary != NULL)
		unlink(o->temporary);
	free(o->temporary);
	o->temporary = NULL;
}

int output_close(struct output *o)
{
	int fd = o->fd;

	if (o->error != 0) {
		output_discard(o);
		return -1;
	}
	o->fd = -1;
	/* close tells of errors that write could not know yet (NFS, quota) */
	if ((close(fd) != 0 && errno != EINTR) ||
	    (o->temporary != NULL && rename(o->temporary, o->name) != 0))
		fail(o, errno);
	if (o->error != 0) {
		output_discard(o);
		return -1;
	}
	free(o->temporary);
	o->temporary = NULL;
	return 0;
}
