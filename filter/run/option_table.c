/* SPDX-License-Identifier: MIT
 *
 * option_table.c: a command line is read, and --help printed, by a table of
 * options. Part of run/. */
#include "run/option_table.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "run/exit.h"

enum pith_status complain_usage(struct complaint *c, const char *format, ...)
{
	va_list args;

	c->code = EXIT_USAGE;
	va_start(args, format);
	vsnprintf(c->what, sizeof(c->what), format, args);
	va_end(args);
	return PITH_FAILED;
}

static const struct option_row *find(const struct option_table *t,
				     const char *name, size_t len)
{
	for (size_t i = 0; i < t->count; i++)
		if (strlen(t->rows[i].name) == len &&
		    !memcmp(t->rows[i].name, name, len))
			return &t->rows[i];
	return NULL;
}

static const struct option_row *find_letter(const struct option_table *t,
					    char c)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->rows[i].letter == c && c != 0)
			return &t->rows[i];
	return NULL;
}

const struct option_row *option_find(const struct option_table *t,
				     const char *name, size_t len, bool *on)
{
	const struct option_row *row = find(t, name, len);

	*on = true;
	if (row != NULL || len <= 3 || memcmp(name, "no-", 3) != 0)
		return row;
	*on = false;
	row = find(t, name + 3, len - 3);
	return row != NULL && row->argument == NULL &&
		       !(row->flags & OPTION_RUN)
		   ? row
		   : NULL;
}

/* "--format: xml is none of: text html" */
static enum pith_status complain_words(struct complaint *c, const char *dashes,
				       const struct option_row *row,
				       const char *value)
{
	enum pith_status status = complain_usage(
	    c, "%s%s: %.60s is none of:", dashes, row->name, value);
	size_t at = strlen(c->what);

	for (size_t i = 0; row->words[i] != NULL && at < sizeof(c->what); i++)
		at += (size_t)snprintf(c->what + at, sizeof(c->what) - at,
				       " %s", row->words[i]);
	return status;
}

/* A value that the row can take, or none where it takes none. */
static enum pith_status store(const struct option_table *t, void *options,
			      const char *dashes, const struct option_row *row,
			      bool on, const char *value, struct complaint *c)
{
	enum pith_status status = t->take(options, row, on, value);

	if (status == PITH_OK)
		return status;
	if (status == PITH_FAILED && row->words == NULL)
		return complain_usage(c, "%s%s: not a valid %s: %.100s", dashes,
				      row->name, row->argument, value);
	if (status == PITH_FAILED)
		return complain_words(c, dashes, row, value);
	(void)complain_usage(c, "out of memory");
	c->code = EXIT_IO;
	return status;
}

enum pith_status option_set(const struct option_table *t, void *options,
			    const char *dashes, const char *name, size_t len,
			    const char *value, struct complaint *c)
{
	bool on;
	const struct option_row *row = option_find(t, name, len, &on);

	if (row == NULL)
		return complain_usage(c, "unknown option: %s%.*s", dashes,
				      (int)(len > 60 ? 60 : len), name);
	if (row->argument == NULL && value != NULL)
		return complain_usage(c, "%s%.*s takes no value", dashes,
				      (int)len, name);
	if (row->argument != NULL && value == NULL &&
	    !(row->flags & OPTION_MAYBE))
		return complain_usage(c, "%s%s wants %s", dashes, row->name,
				      row->argument);
	return store(t, options, dashes, row, on, value, c);
}

/* A command line on its way. */
struct line {
	const struct option_table *table;
	void *options;
	int argc, at;
	char **argv;
	unsigned mask;
	size_t *count;
	struct complaint *complaint;
};

static bool is_wanted(struct line *l, const struct option_row *row)
{
	bool wanted = (row->flags & l->mask) == l->mask;

	if (wanted && l->mask != 0)
		++*l->count;
	return wanted;
}

/* The word after the present one, if there is one. */
static const char *next_word(struct line *l)
{
	return l->at + 1 < l->argc ? l->argv[++l->at] : NULL;
}

/* "--name", "--name=value", "--name value" */
static enum pith_status read_long(struct line *l, const char *word)
{
	const char *equal = strchr(word, '='), *value = NULL;
	size_t len = equal ? (size_t)(equal - word) : strlen(word);
	bool on;
	const struct option_row *row = option_find(l->table, word, len, &on);

	if (equal != NULL)
		value = equal + 1;
	else if (row != NULL && row->argument != NULL &&
		 !(row->flags & OPTION_MAYBE))
		value = next_word(l);
	if (row != NULL && !is_wanted(l, row))
		return PITH_OK;
	return option_set(l->table, l->options, "--", word, len, value,
			  l->complaint);
}

/* "-w72", "-w 72", letters without values in a row. */
static enum pith_status read_letters(struct line *l, const char *word)
{
	enum pith_status status = PITH_OK;

	for (; status == PITH_OK && *word != '\0'; word++) {
		const struct option_row *row = find_letter(l->table, *word);
		const char *value = NULL;
		bool last = false;

		if (row == NULL)
			return complain_usage(l->complaint,
					      "unknown option: -%c", *word);
		if (row->argument != NULL) {
			value = word[1] != '\0' ? word + 1 : next_word(l);
			last = true;
		}
		if (is_wanted(l, row))
			status =
			    option_set(l->table, l->options, "--", row->name,
				       strlen(row->name), value, l->complaint);
		if (last)
			break;
	}
	return status;
}

enum pith_status option_argv(const struct option_table *t, void *options,
			     int argc, char **argv, unsigned mask,
			     size_t *count, struct complaint *c)
{
	struct line l = {t, options, argc, 1, argv, mask, count, c};
	enum pith_status status = PITH_OK;
	bool only_operands = false;

	*count = 0;
	c->where[0] = '\0';
	for (; status == PITH_OK && l.at < argc; l.at++) {
		char *word = argv[l.at];

		if (only_operands || word[0] != '-' || word[1] == '\0') {
			if (mask == 0)
				argv[1 + (*count)++] = word;
		} else if (!strcmp(word, "--")) {
			only_operands = true;
		} else {
			status = word[1] == '-' ? read_long(&l, word + 2)
						: read_letters(&l, word + 1);
		}
	}
	return status;
}

int option_help(const struct option_table *t, int width)
{
	int bad = 0;

	for (size_t i = 0; i < t->count; i++) {
		const struct option_row *row = &t->rows[i];
		bool maybe = row->flags & OPTION_MAYBE;
		char left[64];

		snprintf(left, sizeof(left), "%c%c%c --%s%s%s%s",
			 row->letter ? '-' : ' ',
			 row->letter ? row->letter : ' ',
			 row->letter ? ',' : ' ', row->name,
			 maybe		 ? "[="
			 : row->argument ? " "
					 : "",
			 row->argument ? row->argument : "", maybe ? "]" : "");
		bad |= printf("  %-*s %s\n", width, left, row->help) < 0;
	}
	return bad ? -1 : 0;
}
