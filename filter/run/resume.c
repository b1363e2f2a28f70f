/* SPDX-License-Identifier: MIT
 *
 * resume.c: reads the place of the last whole line, writes those of new
 * ones. */
#include "run/resume.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/lines.h"
#include "source/fields.h"

enum { PIECE = 64 * 1024, LINE_MAX_SIZE = 512 * 1024 * 1024 };

/* Read the file to its end: count lines, keep the last whole one in line.
 * *whole gets the file's length up to there. */
static int read_lines(int fd, struct resume *r, struct buf *line, off_t *whole,
		      struct err *err)
{
	struct buf part;
	char piece[PIECE];
	int error = 0;
	ssize_t n = 0;

	buf_init(&part, LINE_MAX_SIZE, "a line of output");
	*whole = 0;
	while (error == 0 && (n = read(fd, piece, PIECE)) != 0) {
		struct str in = {piece, n > 0 ? (size_t)n : 0};

		if (n < 0 && errno != EINTR)
			error = errno;
		while (in.len > 0) {
			const char *end = memchr(in.data, '\n', in.len);
			size_t len = end ? (size_t)(end - in.data) + 1 : in.len;

			if (buf_append(&part, in.data, len, err) != PITH_OK)
				error = ENOMEM;
			if (end != NULL) {
				struct buf last = *line;

				*line = part;
				part = last;
				*whole += (off_t)line->len;
				part.len = 0;
				r->lines++;
			}
			in.data += len;
			in.len -= len;
		}
	}
	buf_free(&part);
	return error;
}

static bool read_place(struct resume *r, struct str line, struct err *err)
{
	struct str name, value;
	int found = 0;

	while (line_member(&line, &name, &value)) {
		if (str_equal(name, STR("\"input\"")))
			found += buf_append(&r->input, value.data, value.len,
					    err) == PITH_OK;
		else if (str_equal(name, STR("\"offset\"")))
			found += fields_number(value, &r->after.offset);
		else if (str_equal(name, STR("\"within\"")))
			found += fields_number(value, &r->after.within);
	}
	return found == 3;
}

enum pith_status resume_open(struct resume *r, struct output *out,
			     const char *name, struct err *err)
{
	enum pith_status status = PITH_OK;
	struct buf line;
	off_t whole = 0;
	int error;

	*r = (struct resume){.lines = 0};
	buf_init(&r->input, LINE_MAX_SIZE, "the name of an input");
	buf_init(&line, LINE_MAX_SIZE, "a line of output");
	if (output_update(out, name) != 0)
		return err_set(err, PITH_CAUSE_CORRUPT, "%s",
			       strerror(out->error));
	error = read_lines(out->fd, r, &line, &whole, err);
	if (error == 0 && (ftruncate(out->fd, whole) != 0 ||
			   lseek(out->fd, whole, SEEK_SET) < 0))
		error = errno;
	if (error != 0)
		status =
		    err_set(err, PITH_CAUSE_CORRUPT, "%s", strerror(error));
	else if (r->lines == 0)
		status = PITH_EOF;
	else if (!read_place(r, buf_str(&line), err))
		status = err_set(err, PITH_CAUSE_CORRUPT,
				 "its last line was not written with "
				 "--resume");
	buf_free(&line);
	return status;
}

bool resume_is_here(const struct resume *r, const char *name)
{
	struct err err = {0};
	struct buf quoted;
	bool same;

	buf_init(&quoted, LINE_MAX_SIZE, "the name of an input");
	same = line_input(&quoted, (struct str){name, strlen(name)}, &err) ==
		   PITH_OK &&
	       str_equal(buf_str(&quoted), buf_str(&r->input));
	buf_free(&quoted);
	return same;
}

void resume_free(struct resume *r)
{
	buf_free(&r->input);
}
