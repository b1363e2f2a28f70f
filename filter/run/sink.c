/* SPDX-License-Identifier: MIT
 *
 * sink.c: writes pages to where they go. */
#include "run/sink.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

/* Longest part of a file's name that is taken from a URL. */
enum { NAME_MAX_LEN = 120 };

/* In the order of enum format. */
static const struct {
	const char *extension, *separator;
} formats[] = {
    [FORMAT_TEXT] = {"txt", "\f\n"},	[FORMAT_MARKDOWN] = {"md", "\f\n"},
    [FORMAT_MD] = {"md", "\f\n"},	[FORMAT_HTML] = {"html", "\f\n"},
    [FORMAT_JSON] = {"json", ""},	[FORMAT_JSONL] = {"json", ""},
    [FORMAT_EXPLAIN] = {"txt", "\f\n"}, [FORMAT_REPORT] = {"html", "\f\n"},
};

static enum pith_status fail(struct sink *s, const char *name, int error)
{
	if (s->err.cause == PITH_CAUSE_NONE)
		snprintf(s->where, sizeof(s->where), "%.199s",
			 name ? name : "stdout");
	return err_set(&s->err, PITH_CAUSE_CORRUPT, "%s", strerror(error));
}

/* "DIR/", or a folder that is there. */
static bool is_folder(const char *name)
{
	struct stat st;

	if (name == NULL || name[0] == '\0')
		return false;
	return name[strlen(name) - 1] == '/' ||
	       (stat(name, &st) == 0 && S_ISDIR(st.st_mode));
}

enum pith_status sink_open(struct sink *s, const struct options *options,
			   struct resume *resume)
{
	const char *name = options->output;

	*s = (struct sink){.options = options};
	s->out.fd = -1;
	s->folder = is_folder(name);
	if (s->folder) {
		if (mkdir(name, 0777) != 0 && errno != EEXIST)
			return fail(s, name, errno);
		return PITH_OK;
	}
	if (options->resume && resume != NULL) {
		s->resumed = true;
		snprintf(s->where, sizeof(s->where), "%s", name);
		return resume_open(resume, &s->out, name, &s->err);
	}
	if (output_open(&s->out, name) != 0)
		return fail(s, name, s->out.error);
	return PITH_OK;
}

static bool is_safe(char c)
{
	return ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' ||
	       c == '.';
}

/* "example.org_a_page-0123456789abcdef.txt": what is safe of the URL, and a
 * digest of URL and text, so that no two pages meet in one file. */
static void name_of(const struct sink *s, struct str subject, struct str output,
		    char *name, size_t size)
{
	size_t at = strlen(s->options->output), scheme;
	uint64_t digest = str_hash(subject) * 31 + str_hash(output);
	char last = '/';

	scheme = str_find_nocase(subject, STR("://"), 0);
	if (scheme != SIZE_MAX) {
		subject.data += scheme + 3;
		subject.len -= scheme + 3;
	}
	if (subject.len > NAME_MAX_LEN)
		subject.len = NAME_MAX_LEN;
	snprintf(name, size, "%s", s->options->output);
	if (at > 0 && name[at - 1] != '/')
		name[at++] = '/';
	for (size_t i = 0; i < subject.len && at + 32 < size; i++) {
		char c = is_safe(subject.data[i]) ? subject.data[i] : '_';

		/* no hidden files, no rows of underscores */
		if ((c == '_' && last == '_') || (last == '/' && c == '.'))
			continue;
		name[at++] = last = c;
	}
	snprintf(name + at, size - at, "-%016" PRIx64 ".%s", digest,
		 formats[s->options->format].extension);
}

static enum pith_status put_file(struct sink *s, struct str subject,
				 struct str output)
{
	char name[4096];
	struct output file;

	if (strlen(s->options->output) + NAME_MAX_LEN + 40 > sizeof(name))
		return fail(s, s->options->output, ENAMETOOLONG);
	name_of(s, subject, output, name, sizeof(name));
	if (output_open(&file, name) != 0 ||
	    output_write(&file, output.data, output.len) != 0) {
		int error = file.error;

		output_discard(&file);
		return fail(s, name, error);
	}
	return output_close(&file) == 0 ? PITH_OK : fail(s, name, file.error);
}

enum pith_status sink_put(struct sink *s, struct str url, struct str input,
			  struct str output)
{
	const char *separator = formats[s->options->format].separator;

	if (s->err.cause != PITH_CAUSE_NONE)
		return PITH_FAILED;
	s->bytes += output.len;
	if (s->folder && output.len > 0)
		return put_file(s, url.len > 0 ? url : input, output);
	if (s->folder)
		return PITH_OK;
	if ((s->pages++ > 0 &&
	     output_write(&s->out, separator, strlen(separator)) != 0) ||
	    output_write(&s->out, output.data, output.len) != 0)
		return fail(s, s->out.name, s->out.error);
	return PITH_OK;
}

enum pith_status sink_close(struct sink *s, bool whole)
{
	if (s->folder)
		return s->err.cause != PITH_CAUSE_NONE ? PITH_FAILED : PITH_OK;
	if (!whole && !s->resumed) {
		output_discard(&s->out);
		return PITH_OK;
	}
	if (s->out.fd < 0 || output_close(&s->out) == 0)
		return PITH_OK;
	return fail(s, s->out.name, s->out.error);
}
