/* SPDX-License-Identifier: MIT
 *
 * options.c: the option table of pith(1), its reading and its help. */
#include "run/options.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum take {
	TAKE_HELP,
	TAKE_VERSION,
	TAKE_CHARSET,
	TAKE_FORMAT,
	TAKE_OUTPUT,
	TAKE_NUMBER /* sets options.numbers[row.number] */
};

struct row {
	const char *name;     /* long name, sorted */
	char letter;	      /* short name, or 0 */
	const char *argument; /* what it takes, or NULL */
	enum take take;
	enum pith_option number;
	const char *help;
};

static const struct row rows[] = {
    {"charset", 0, "NAME", TAKE_CHARSET, 0,
     "encoding of the pages, whatever they say"},
    {"format", 'f', "FORMAT", TAKE_FORMAT, 0, "text (the default)"},
    {"help", 'h', NULL, TAKE_HELP, 0, "print this and exit"},
    {"max-attrs", 0, "N", TAKE_NUMBER, PITH_MAX_ATTRS,
     "attributes read of one tag (64)"},
    {"max-depth", 0, "N", TAKE_NUMBER, PITH_MAX_DEPTH,
     "nested elements; deeper ones are flattened (512)"},
    {"max-input", 0, "SIZE", TAKE_NUMBER, PITH_MAX_INPUT,
     "bytes of a page as it comes (32M)"},
    {"max-memory", 0, "SIZE", TAKE_NUMBER, PITH_MAX_MEMORY,
     "bytes of memory for a page's tree (512M)"},
    {"max-page", 0, "SIZE", TAKE_NUMBER, PITH_MAX_PAGE,
     "bytes of a page after decompression (64M)"},
    {"max-ratio", 0, "N", TAKE_NUMBER, PITH_MAX_RATIO,
     "bytes out per compressed byte, after 1M (200)"},
    {"max-time", 0, "MS", TAKE_NUMBER, PITH_MAX_TIME,
     "milliseconds for a page; 0 is no limit (10000)"},
    {"output", 'o', "FILE", TAKE_OUTPUT, 0, "write to FILE, not to stdout"},
    {"version", 'V', NULL, TAKE_VERSION, 0, "print the version and exit"},
    {"width", 'w', "N", TAKE_NUMBER, PITH_WIDTH,
     "wrap lines at N columns; 0 is never (0)"},
};
enum { ROWS = sizeof(rows) / sizeof(rows[0]) };

/* A whole number with an optional k, M or G (powers of 1024). */
static bool read_number(const char *s, int64_t *out)
{
	char *end;
	long long n;
	int shift = 0;

	errno = 0;
	n = strtoll(s, &end, 10);
	if (end == s || errno != 0)
		return false;
	if (*end == 'k' || *end == 'K')
		shift = 10;
	else if (*end == 'M')
		shift = 20;
	else if (*end == 'G')
		shift = 30;
	end += shift != 0;
	if (*end != '\0' || n > INT64_MAX >> shift || n < INT64_MIN >> shift)
		return false;
	*out = (int64_t)n * (INT64_C(1) << shift);
	return true;
}

static bool take(struct options *o, const struct row *row, const char *value,
		 char *message, size_t size)
{
	switch (row->take) {
	case TAKE_HELP:
		o->help = true;
		break;
	case TAKE_VERSION:
		o->version = true;
		break;
	case TAKE_CHARSET:
		o->charset = value;
		break;
	case TAKE_FORMAT:
		if (strcmp(value, "text") != 0) {
			snprintf(message, size, "no such format: %s", value);
			return false;
		}
		break;
	case TAKE_OUTPUT:
		o->output = value;
		break;
	case TAKE_NUMBER:
		if (!read_number(value, &o->numbers[row->number])) {
			snprintf(message, size, "--%s: not a number: %s",
				 row->name, value);
			return false;
		}
		o->given[row->number] = true;
		break;
	}
	return true;
}

/* The row of "--name" or "--name=value"; len is that of the name. */
static const struct row *find_long(const char *name, size_t len)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strlen(rows[i].name) == len &&
		    !memcmp(rows[i].name, name, len))
			return &rows[i];
	return NULL;
}

static const struct row *find_letter(char c)
{
	for (size_t i = 0; i < ROWS; i++)
		if (rows[i].letter == c && c != 0)
			return &rows[i];
	return NULL;
}

struct reader {
	struct options *o;
	int argc, at;
	char **argv;
	char *message;
	size_t size;
};

static bool take_with(struct reader *r, const struct row *row,
		      const char *value)
{
	if (row->argument != NULL && value == NULL) {
		if (r->at + 1 >= r->argc) {
			snprintf(r->message, r->size, "--%s wants %s",
				 row->name, row->argument);
			return false;
		}
		value = r->argv[++r->at];
	} else if (row->argument == NULL && value != NULL) {
		snprintf(r->message, r->size, "--%s takes no value", row->name);
		return false;
	}
	return take(r->o, row, value, r->message, r->size);
}

static bool read_long(struct reader *r, const char *arg)
{
	const char *equal = strchr(arg, '=');
	size_t len = equal ? (size_t)(equal - arg) : strlen(arg);
	const struct row *row = find_long(arg, len);

	if (row == NULL) {
		snprintf(r->message, r->size, "unknown option: --%.*s",
			 (int)(len > 60 ? 60 : len), arg);
		return false;
	}
	return take_with(r, row, equal ? equal + 1 : NULL);
}

/* "-w72", "-w 72", letters without values in a row. */
static bool read_letters(struct reader *r, const char *arg)
{
	for (; *arg != '\0'; arg++) {
		const struct row *row = find_letter(*arg);

		if (row == NULL) {
			snprintf(r->message, r->size, "unknown option: -%c",
				 *arg);
			return false;
		}
		if (row->argument != NULL)
			return take_with(r, row, arg[1] ? arg + 1 : NULL);
		if (!take_with(r, row, NULL))
			return false;
	}
	return true;
}

bool options_read(struct options *o, int argc, char **argv, char *message,
		  size_t size)
{
	struct reader r = {o, argc, 1, argv, message, size};
	bool only_inputs = false;

	*o = (struct options){.inputs = argv + 1};
	for (; r.at < argc; r.at++) {
		char *arg = argv[r.at];

		if (only_inputs || arg[0] != '-' || arg[1] == '\0')
			o->inputs[o->input_count++] = arg;
		else if (!strcmp(arg, "--"))
			only_inputs = true;
		else if (arg[1] == '-' ? !read_long(&r, arg + 2)
				       : !read_letters(&r, arg + 1))
			return false;
	}
	return true;
}

int options_help(void)
{
	int bad = printf("usage: pith [OPTION]... [FILE]...\n"
			 "Print the article of web pages, nothing else. "
			 "Without FILE, or where FILE is -,\n"
			 "read standard input. Pages may be compressed "
			 "(gzip, zlib, deflate).\n\n") < 0;

	for (size_t i = 0; i < ROWS; i++) {
		char left[32];

		snprintf(left, sizeof(left), "%c%c%s --%s%s%s",
			 rows[i].letter ? '-' : ' ',
			 rows[i].letter ? rows[i].letter : ' ',
			 rows[i].letter ? "," : " ", rows[i].name,
			 rows[i].argument ? " " : "",
			 rows[i].argument ? rows[i].argument : "");
		bad |= printf("  %-24s %s\n", left, rows[i].help) < 0;
	}
	bad |=
	    printf("\nExit status: 0 text was written, 1 no article, 2 usage, "
		   "3 input or output,\n6 a page was refused. "
		   "See pith(1).\n") < 0;
	return bad ? -1 : 0;
}
