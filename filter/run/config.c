/* SPDX-License-Identifier: MIT
 *
 * config.c: the file of settings and the environment, read by the same table
 * as the command line. Part of run/.
 *
 *     width = 72          before any section: of pith
 *     no-links
 *     [pith-fetch]        a section has the name of its program
 *     delay = 2
 *
 * A line is one option, "#" begins a line that is none. Nothing is quoted,
 * continued or expanded, so nothing can be quoted wrongly. */
#include "run/config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/exit.h"

static const char *const programs[] = {"pith", "pith-fetch"};

static enum pith_status complain_file(struct complaint *c, const char *name,
				      const char *what)
{
	snprintf(c->where, sizeof(c->where), "%.300s", name);
	(void)complain_usage(c, "%s", what);
	c->code = EXIT_IO;
	return PITH_FAILED;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Cut blanks off both ends. */
static char *trim(char *s)
{
	char *end = s + strlen(s);

	while (end > s && is_blank(end[-1]))
		*--end = '\0';
	while (is_blank(*s))
		s++;
	return s;
}

/* "yes" or "no", in the words that people use. */
static bool read_bool(const char *s, bool *out)
{
	static const char *const words[] = {"no",  "yes", "false", "true",
					    "off", "on",  "0",	   "1"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (!strcmp(s, words[i])) {
			*out = i % 2;
			return true;
		}
	return false;
}

/* Set one option, of which a switch may have yes or no for a value. */
static enum pith_status set(const struct option_table *t, void *options,
			    const char *name, const char *value,
			    struct complaint *c)
{
	char no[64];
	size_t len = strlen(name);
	bool on, yes;
	const struct option_row *row = option_find(t, name, len, &on);

	if (row != NULL && row->flags == OPTION_FETCH)
		return complain_usage(c, "%s belongs under [pith-fetch]",
				      row->name);
	if (row != NULL && row->flags & OPTION_RUN)
		return complain_usage(c, "%s is for the command line alone",
				      row->name);
	if (row == NULL || row->argument != NULL || value == NULL)
		return option_set(t, options, "", name, len, value, c);
	if (!read_bool(value, &yes))
		return complain_usage(c, "%s: neither yes nor no: %.100s", name,
				      value);
	snprintf(no, sizeof(no), "%s%s", on == yes ? "" : "no-", row->name);
	return option_set(t, options, "", no, strlen(no), NULL, c);
}

/* "[name]": is it of this program? */
static enum pith_status read_section(const struct option_table *t, char *line,
				     bool *ours, struct complaint *c)
{
	size_t n = strlen(line);

	if (line[n - 1] != ']')
		return complain_usage(c, "a section is [pith] or [pith-fetch]");
	line[n - 1] = '\0';
	line = trim(line + 1);
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++)
		if (!strcmp(line, programs[i])) {
			*ours = !strcmp(line, t->program);
			return PITH_OK;
		}
	return complain_usage(c,
			      "no section: [%.60s]; there are [pith] and "
			      "[pith-fetch]",
			      line);
}

/* One line, which is ours or of the other program. */
static enum pith_status read_line(const struct option_table *t, void *options,
				  char *line, bool *ours, struct complaint *c)
{
	char *value;

	line = trim(line);
	if (*line == '\0' || *line == '#')
		return PITH_OK;
	if (*line == '[')
		return read_section(t, line, ours, c);
	if (*line == '-')
		return complain_usage(c, "options have no dashes here: %.60s",
				      line);
	value = strchr(line, '=');
	if (value != NULL) {
		*value++ = '\0';
		value = trim(value);
		line = trim(line);
	}
	if (!*ours)
		return PITH_OK;
	if (value != NULL && *value == '\0')
		return complain_usage(c, "%.60s: nothing after =", line);
	return set(t, options, line, value, c);
}

/* Is there any but tabs, and what DOS ends a line with? */
static bool has_controls(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (((unsigned char)s[i] < ' ' && s[i] != '\t' &&
		     (s[i] != '\r' || i + 1 < len)) ||
		    s[i] == 0x7f)
			return true;
	return false;
}

enum pith_status config_parse(const struct option_table *t, void *options,
			      const char *name, char *text, size_t len,
			      struct complaint *c)
{
	enum pith_status status = PITH_OK;
	bool ours = !strcmp(t->program, programs[0]);
	char *end = text + len;

	*end = '\n';
	for (unsigned number = 1; status == PITH_OK && text < end; number++) {
		char *stop = memchr(text, '\n', (size_t)(end - text) + 1);

		snprintf(c->where, sizeof(c->where), "%.300s:%u", name, number);
		*stop = '\0';
		status = has_controls(text, (size_t)(stop - text))
			     ? complain_usage(c, "there is a control character")
			     : read_line(t, options, text, &ours, c);
		text = stop + 1;
	}
	return status;
}

/* Is there no such file? Neither is there for us in a folder we may not
 * search, as that of another user's $HOME. */
static bool is_absent(const char *name, int error)
{
	return error == ENOENT || error == ENOTDIR ||
	       (error == EACCES && access(name, F_OK) != 0);
}

/* Read a file whole; *text is owned by the caller, NULL where the file is not
 * there. */
static enum pith_status read_file(const char *name, bool must, char **text,
				  size_t *len, struct complaint *c)
{
	int fd = open(name, O_RDONLY | O_CLOEXEC), error = errno;
	ssize_t n = 1;

	if (fd < 0 && !must && is_absent(name, error))
		return PITH_OK;
	if (fd < 0)
		return complain_file(c, name, strerror(error));
	*len = 0;
	*text = malloc(CONFIG_MAX + 2);
	while (*text != NULL && n > 0 && *len <= CONFIG_MAX) {
		n = read(fd, *text + *len, CONFIG_MAX + 1 - *len);
		error = errno;
		if (n > 0)
			*len += (size_t)n;
		else if (n < 0 && error == EINTR)
			n = 1;
	}
	close(fd);
	if (*text == NULL)
		return complain_file(c, name, "out of memory");
	if (n < 0)
		return complain_file(c, name, strerror(error));
	if (*len > CONFIG_MAX)
		return complain_file(c, name, "larger than 64 KiB");
	return PITH_OK;
}

/* The file of settings: its name in path, or false where there is none. */
static bool default_name(char *path, size_t size)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *below = "pith/config";

	/* a relative one is to be ignored, says its specification */
	if (base == NULL || *base != '/') {
		base = getenv("HOME");
		below = ".config/pith/config";
	}
	if (base == NULL || *base == '\0')
		return false;
	return (size_t)snprintf(path, size, "%s/%s", base, below) < size;
}

static enum pith_status load_file(const struct option_table *t, void *options,
				  struct config *config, struct complaint *c)
{
	char path[PATH_MAX];
	const char *name =
	    config->file != NULL ? config->file : getenv("PITH_CONFIG");
	bool must = name != NULL && *name != '\0';
	enum pith_status status;
	size_t len = 0;

	if (config->none)
		return PITH_OK;
	if (!must) {
		if (!default_name(path, sizeof(path)))
			return PITH_OK;
		name = path;
	}
	status = read_file(name, must, &config->text, &len, c);
	if (status != PITH_OK || config->text == NULL)
		return status;
	return config_parse(t, options, name, config->text, len, c);
}

/* PITH_MAX_TIME is --max-time. */
static enum pith_status load_environment(const struct option_table *t,
					 void *options, struct complaint *c)
{
	enum pith_status status = PITH_OK;

	for (size_t i = 0; status == PITH_OK && i < t->count; i++) {
		const char *value, *s = t->rows[i].name;
		size_t n = strlen(t->variables);

		if (t->rows[i].flags & OPTION_RUN)
			continue;
		snprintf(c->where, sizeof(c->where), "%s", t->variables);
		for (; *s != '\0' && n + 1 < sizeof(c->where); s++)
			c->where[n++] =
			    *s >= 'a' && *s <= 'z' ? (char)(*s - 32) : '_';
		c->where[n] = '\0';
		value = getenv(c->where);
		if (value != NULL && *value != '\0')
			status = set(t, options, t->rows[i].name, value, c);
	}
	return status;
}

enum pith_status config_load(const struct option_table *t, void *options,
			     int argc, char **argv, size_t *operands,
			     struct complaint *c)
{
	struct config *config =
	    (struct config *)(void *)((char *)options + t->config);
	enum pith_status status;
	size_t ends, sources;

	*operands = 0;
	status = option_argv(t, options, argc, argv, OPTION_ENDS, &ends, c);
	if (status != PITH_OK || ends > 0)
		return status;
	status =
	    option_argv(t, options, argc, argv, OPTION_SOURCE, &sources, c);
	if (status == PITH_OK)
		status = load_file(t, options, config, c);
	if (status == PITH_OK)
		status = load_environment(t, options, c);
	if (status == PITH_OK)
		status = option_argv(t, options, argc, argv, 0, operands, c);
	return status;
}

void config_free(struct config *config)
{
	free(config->text);
	config->text = NULL;
}
