/* SPDX-License-Identifier: MIT
 *
 * urllist.c: lines of URLs from a file or pipe. Part of filter/fetch/. */
#include "fetch/urllist.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

enum pith_status urllist_open(struct urllist *l, const char *path,
			      struct fault *f)
{
	*l = (struct urllist){.name = path};
	if (!strcmp(path, "-")) {
		l->name = "stdin";
		l->fd = STDIN_FILENO;
		return PITH_OK;
	}
	l->fd = open(path, O_RDONLY | O_CLOEXEC);
	if (l->fd < 0)
		return fault_set(f, FETCH_IO, "%s: %s", path, strerror(errno));
	return PITH_OK;
}

/* More bytes behind those that are there, if they come without waiting. */
static enum pith_status fill(struct urllist *l, struct fault *f)
{
	struct pollfd ready = {l->fd, POLLIN, 0};
	ssize_t n;

	if (poll(&ready, 1, 0) == 0)
		return PITH_WARN;
	memmove(l->bytes, l->bytes + l->start, l->len);
	l->start = 0;
	/* One byte stays free for the NUL of a last line without newline. */
	n = read(l->fd, l->bytes + l->len, sizeof(l->bytes) - 1 - l->len);
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return PITH_WARN;
	if (n < 0)
		return fault_set(f, FETCH_IO, "%s: %s", l->name,
				 strerror(errno));
	if (n == 0)
		urllist_close(l);
	l->len += (size_t)n;
	return PITH_OK;
}

/* Trim a line of len bytes; NULL if it holds no URL. */
static const char *url_in(char *line, size_t len)
{
	struct str s = str_trim((struct str){line, len});
	size_t at = (size_t)(s.len ? s.data - line : 0);

	if (s.len == 0 || *s.data == '#')
		return NULL;
	line[at + s.len] = '\0';
	return line + at;
}

enum pith_status urllist_next(struct urllist *l, const char **url,
			      struct fault *f)
{
	for (;;) {
		char *line = l->bytes + l->start;
		char *eol = memchr(line, '\n', l->len);
		size_t len = eol ? (size_t)(eol - line) : l->len;
		bool whole = eol != NULL || (l->fd < 0 && l->len > 0);

		if (!whole && l->len > URLLIST_MAX_LINE) {
			l->len = 0;
			if (l->skipping)
				continue;
			l->skipping = true;
			(void)fault_set(f, FETCH_USAGE,
					"line %zu is longer than %d bytes",
					l->line + 1, URLLIST_MAX_LINE);
			return PITH_FAILED;
		}
		if (!whole) {
			enum pith_status status;

			if (l->fd < 0)
				return PITH_EOF;
			status = fill(l, f);
			if (status != PITH_OK)
				return status;
			continue;
		}
		l->start += len + (eol != NULL);
		l->len -= len + (eol != NULL);
		l->line++;
		if (l->skipping) {
			l->skipping = false;
			continue;
		}
		*url = url_in(line, len);
		if (*url != NULL)
			return PITH_OK;
	}
}

void urllist_close(struct urllist *l)
{
	if (l->fd > STDERR_FILENO)
		close(l->fd);
	l->fd = -1;
}
