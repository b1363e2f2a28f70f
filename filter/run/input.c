/* SPDX-License-Identifier: MIT
 *
 * input.c: opens one input after the other and cuts each into pages. */
#include "run/input.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "run/child.h"
#include "source/file.h"

enum reader_kind input_kind(const struct options *options)
{
	switch ((enum input_kind)options->input) {
	case INPUT_HTML:
	case INPUT_TEXT:
		return READER_PAGE;
	case INPUT_WARC:
		return READER_WARC;
	case INPUT_LINES:
		return READER_LINES;
	case INPUT_AUTO:
		break;
	}
	return READER_AUTO;
}

/* The bytes of all files named, for the time a run will take; 0 if that is not
 * known. */
static uint64_t size_of_all(const struct options *o)
{
	uint64_t sum = 0;
	struct stat st;

	if (o->input_count == 0 || o->files_from != NULL || o->recursive)
		return 0;
	for (size_t i = 0; i < o->input_count; i++) {
		if (stat(o->inputs[i], &st) != 0 || !S_ISREG(st.st_mode))
			return 0;
		sum += (uint64_t)st.st_size;
	}
	return sum;
}

bool input_open(struct input *in, const struct options *options,
		const struct resume *resume, struct str first,
		struct stats *stats)
{
	static char dash[] = "-", *standard_input[] = {dash};
	bool alone = options->input_count == 0 && options->files_from == NULL &&
		     !options->fetch_lists;
	int error;

	in->options = options;
	in->resume = resume;
	in->stats = stats;
	in->first = first;
	in->name = NULL;
	in->reader = NULL;
	in->list = (struct list){.file = NULL}; /* to close, come what may */
	in->fd = -1;
	in->child = 0;
	in->regular = in->ready = in->fetched = false;
	in->found = resume == NULL;
	in->code = EXIT_TEXT;
	err_clear(&in->err);
	stats->size = size_of_all(options);
	if (reader_new(&in->reader, input_kind(options), &options->filter,
		       &in->err) != PITH_OK)
		return false;
	error = list_open(&in->list, alone ? standard_input : options->inputs,
			  alone ? 1 : options->input_count, options->files_from,
			  options->null ? '\0' : '\n', options->recursive);
	if (error != 0)
		(void)err_set(&in->err, PITH_CAUSE_ARGUMENT, "%.150s: %s",
			      options->files_from, strerror(error));
	return error == 0;
}

static void close_one(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
	if (in->child > 0)
		in->code = exit_join(in->code, child_end(in->child));
	in->child = 0;
}

/* A broken item that tells of an input. */
static enum input_event fail(struct input *in, struct item *item,
			     const char *name, const char *why)
{
	struct err err = {0}, unused = {0};

	item_reset(item);
	(void)err_set(&err, PITH_CAUSE_ARGUMENT, "%s", why);
	if (item_break(item, &err) != PITH_OK ||
	    item_set(item, ITEM_INPUT, (struct str){name, strlen(name)},
		     &unused) != PITH_OK)
		(void)err_set(&in->err, PITH_CAUSE_MEMORY, "no memory");
	return INPUT_ITEM;
}

/* Go to that offset of the input, of which held bytes are in piece. */
static int go_to(struct input *in, uint64_t offset, size_t held)
{
	if (lseek(in->fd, (off_t)offset, SEEK_SET) >= 0)
		return 0;
	if (errno != ESPIPE)
		return errno;
	if (offset < held) {
		reader_feed(in->reader, (struct str){in->piece + offset,
						     held - (size_t)offset});
		return 0;
	}
	for (uint64_t left = offset - held; left > 0;) {
		size_t want =
		    left < sizeof(in->piece) ? (size_t)left : sizeof(in->piece);
		ssize_t n = read(in->fd, in->piece, want);

		if (n < 0 && errno != EINTR)
			return errno;
		if (n == 0)
			break;
		left -= n > 0 ? (uint64_t)n : 0;
	}
	return 0;
}

/* Begin to read the input that is open. Where a run goes on in the middle, its
 * kind is found at its beginning all the same. */
static int begin(struct input *in)
{
	struct place after = {0, 0};
	size_t held = 0;
	ssize_t n = 1;

	reader_begin(in->reader, in->name);
	if (in->found) {
		if (in->first.len > 0 && in->fd == STDIN_FILENO) {
			reader_feed(in->reader, in->first);
			in->stats->in += in->first.len;
			in->first.len = 0;
		}
		return 0;
	}
	in->found = true;
	after = in->resume->after;
	while (n > 0 && held < READER_HEAD) {
		n = read(in->fd, in->piece + held, READER_HEAD - held);
		if (n < 0 && errno != EINTR)
			return errno;
		held += n > 0 ? (size_t)n : 0;
	}
	return go_to(in,
		     reader_resume(in->reader, in->name,
				   (struct str){in->piece, held}, after),
		     held);
}

static int open_child(struct input *in)
{
	in->fetched = true;
	return child_start(in->options, &in->child, &in->fd);
}

/* The input called name; 0, an errno, or -1: it is passed over. */
static int open_one(struct input *in, const char *name, bool url)
{
	struct file f;
	struct stat st;
	int error;

	free(in->name);
	in->name = strdup(name);
	if (in->name == NULL)
		return ENOMEM;
	if (!in->found && !resume_is_here(in->resume, name))
		return -1;
	if (url) {
		error = open_child(in);
		if (error != 0)
			return error;
	} else {
		if (file_open(&f, name) != 0)
			return f.error;
		in->fd = f.fd;
	}
	in->regular = fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode);
	in->ready = false;
	return begin(in);
}

/* Open the next input. INPUT_WAIT: there is one. */
static enum input_event open_next(struct input *in, struct item *item)
{
	for (;;) {
		const char *name;
		enum list_event event;
		bool url;
		int error;

		/* options alone may name URLs: -i, --feed */
		if (!in->fetched && in->options->fetch_lists) {
			name = "pith-fetch";
			url = true;
		} else {
			event = list_next(&in->list, &name);
			if (event == LIST_END)
				return INPUT_END;
			if (event == LIST_ERROR)
				return fail(in, item, name,
					    strerror(in->list.error));
			url = name[0] != '-' && child_wants(name);
			if (url && list_is_line(&in->list, name))
				return fail(in, item, name,
					    "a URL in a list of files; "
					    "--input takes lists of URLs");
			if (url && in->fetched)
				continue;
		}
		error = open_one(in, url ? "pith-fetch" : name, url);
		if (error == 0)
			return INPUT_WAIT;
		if (error < 0)
			continue;
		close_one(in);
		return fail(in, item, name, strerror(error));
	}
}

/* Read once. INPUT_WAIT: the reader has what it wants. */
static enum input_event read_some(struct input *in, struct item *item)
{
	ssize_t n = read(in->fd, in->piece, sizeof(in->piece));

	in->ready = false;
	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return INPUT_END;
	if (n < 0) {
		int error = errno;

		close_one(in);
		return fail(in, item, in->name, strerror(error));
	}
	in->stats->in += (uint64_t)n;
	if (n == 0)
		reader_finish(in->reader);
	else
		reader_feed(in->reader, (struct str){in->piece, (size_t)n});
	return INPUT_WAIT;
}

/* What the options say of a page that its source did not know. */
static enum input_event dress(struct input *in, struct item *item)
{
	if (in->options->input == INPUT_TEXT && item->kind == ITEM_PAGE &&
	    item_set(item, ITEM_TYPE, STR("text/plain"), &in->err) != PITH_OK)
		return fail(in, item, in->name, strerror(ENOMEM));
	return INPUT_ITEM;
}

enum input_event input_next(struct input *in, struct item *item)
{
	for (;;) {
		enum input_event event;

		if (in->fd < 0) {
			event = open_next(in, item);
			if (event != INPUT_WAIT)
				return event;
		}
		switch (reader_next(in->reader, item)) {
		case READER_ITEM:
			return dress(in, item);
		case READER_END:
			close_one(in);
			break;
		case READER_WANT:
			if (!in->regular && !in->ready)
				return INPUT_WAIT;
			event = read_some(in, item);
			if (event == INPUT_END) /* nothing came after all */
				return INPUT_WAIT;
			if (event == INPUT_ITEM)
				return event;
			break;
		}
	}
}

enum exit_code input_close(struct input *in)
{
	enum exit_code code;

	close_one(in);
	in->stats->skipped = in->reader ? reader_skipped(in->reader) : 0;
	code = in->code;
	list_close(&in->list);
	reader_free(in->reader);
	free(in->name);
	return code;
}
