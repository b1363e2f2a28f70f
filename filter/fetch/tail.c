/* SPDX-License-Identifier: MIT
 *
 * tail.c: walks over the records of a WARC file. Part of filter/fetch/. */
#include "fetch/tail.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetch/gzip.h"

#define PIECE ((size_t)256 * 1024)

static enum pith_status failed(struct fault *f)
{
	return fault_set(f, FETCH_IO, "output: %s", strerror(errno));
}

/* The offset behind the last gzip member that is whole; the file is read from
 * its beginning, and must hold a WARC record there, if only part of one. */
static enum pith_status members(int fd, char *in, char *out, off_t *whole,
				struct fault *f)
{
	bool warc = false;
	struct gunzip g = {0};
	off_t at = 0;
	ssize_t n = 0;
	enum pith_status status = PITH_OK;

	*whole = 0;
	while (status == PITH_OK && (n = read(fd, in, PIECE)) > 0) {
		struct str rest = {in, (size_t)n};
		struct fault damage = {0};
		size_t got;

		while (rest.len > 0 && status == PITH_OK) {
			status =
			    gunzip_read(&g, &rest, out, PIECE, &got, &damage);
			if (!warc && got > 0) {
				warc = got >= 5 && !memcmp(out, "WARC/", 5);
				if (!warc)
					status = PITH_FAILED;
			}
			if (status == PITH_EOF) {
				*whole = at + (rest.data - in);
				status = PITH_OK;
			}
		}
		at += n;
	}
	gunzip_free(&g);
	if (status == PITH_FATAL)
		return fault_memory(f);
	if (n < 0)
		return failed(f);
	return warc ? PITH_OK
		    : fault_set(f, FETCH_IO, "output is not a WARC file");
}

/* The length of the record that begins at the file's position, from its head;
 * 0 if there is none, or only part of its head. */
static off_t record_length(FILE *file)
{
	char line[16384]; /* longer than any head line written here */
	off_t length = -1, head = 0;

	while (fgets(line, sizeof(line), file) != NULL) {
		size_t len = strlen(line);

		if (head == 0 && strncmp(line, "WARC/", 5) != 0)
			return 0;
		head += (off_t)len;
		if (len == 0 || line[len - 1] != '\n')
			return 0;
		if (!strcmp(line, "\r\n"))
			return length < 0 ? 0 : head + length + 4;
		if (!strncasecmp(line, "Content-Length:", 15))
			length = (off_t)strtoll(line + 15, NULL, 10);
	}
	return 0;
}

/* The offset behind the last whole record of a file without compression. */
static enum pith_status records(int fd, off_t size, off_t *whole,
				struct fault *f)
{
	int copy = dup(fd);
	FILE *file = copy < 0 ? NULL : fdopen(copy, "r");
	off_t length;

	*whole = 0;
	if (file == NULL) {
		if (copy >= 0)
			close(copy);
		return failed(f);
	}
	while (fseeko(file, *whole, SEEK_SET) == 0 &&
	       (length = record_length(file)) > 0 && length <= size - *whole)
		*whole += length;
	if (ferror(file)) {
		fclose(file);
		return failed(f);
	}
	fclose(file);
	return PITH_OK;
}

enum pith_status tail_cut(int fd, bool *compress, struct fault *f)
{
	char magic[5];
	off_t size = lseek(fd, 0, SEEK_END), whole = 0;
	ssize_t n = pread(fd, magic, sizeof(magic), 0);
	enum pith_status status;
	char *room;

	if (size < 0 || n < 0)
		return failed(f);
	if (size == 0)
		return PITH_OK;
	*compress = n >= 2 && !memcmp(magic, "\x1f\x8b", 2);
	if (!*compress && (n < 5 || memcmp(magic, "WARC/", 5) != 0))
		return fault_set(f, FETCH_IO, "output is not a WARC file");
	room = malloc(2 * PIECE);
	if (room == NULL)
		return fault_memory(f);
	if (lseek(fd, 0, SEEK_SET) != 0)
		status = failed(f);
	else if (*compress)
		status = members(fd, room, room + PIECE, &whole, f);
	else
		status = records(fd, size, &whole, f);
	free(room);
	if (status != PITH_OK)
		return status;
	if ((whole < size && ftruncate(fd, whole) != 0) ||
	    lseek(fd, whole, SEEK_SET) != whole)
		return failed(f);
	return PITH_OK;
}
