/* SPDX-License-Identifier: MIT
 *
 * options.c: the option table of pith(1), its reading and its help. */
#include "run/options.h"

#include <errno.h>
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum take {
	TAKE_FLAG,   /* sets a bool */
	TAKE_TEXT,   /* sets a const char * */
	TAKE_COUNT,  /* sets an int64_t of 0 or more */
	TAKE_CHOICE, /* sets an int: which word of a list */
	TAKE_NUMBER, /* sets options.numbers[row.number] */
	TAKE_SHARE,  /* the same, from 0 to 1, in thousandths */
	TAKE_SWITCH, /* sets options.numbers[row.number]: "--x" to row.at,
		      * "--no-x" to 0 */
	TAKE_BODY,   /* sets options.numbers[PITH_JSON_BODY] */
	TAKE_FILTER, /* adds to options.filter */
	TAKE_FETCH   /* goes on to pith-fetch */
};

struct row {
	const char *name; /* long name, sorted */
	char letter;	  /* short name, or 0 */
	enum take take;
	const char *argument; /* what it takes, or NULL */
	size_t at; /* of what is set, in struct options; of a switch: to what */
	enum pith_option number;
	const char *const *words; /* of a choice, ended by NULL */
	const char *help;
};

enum {
	REASONS = 6, /* given for each block of a report */
	BIAS = 1000  /* of --recall, in thousandths of a logit; less for
		      * --precision */
};

#define AT(field) offsetof(struct options, field)

/* In the order of the enums. */
static const char *const formats[] = {"text",	 "markdown", "md",
				      "html",	 "json",     "jsonl",
				      "explain", "report",   NULL};
static const char *const inputs[] = {"auto", "html",  "text",
				     "warc", "jsonl", NULL};
static const char *const sandboxes[] = {"auto", "require", "none", NULL};

#define FLAG(name, letter, field, help)                                        \
	{                                                                      \
		name, letter, TAKE_FLAG, NULL, AT(field), 0, NULL, help        \
	}
#define TEXT(name, letter, argument, field, help)                              \
	{                                                                      \
		name, letter, TAKE_TEXT, argument, AT(field), 0, NULL, help    \
	}
#define COUNT(name, letter, field, help)                                       \
	{                                                                      \
		name, letter, TAKE_COUNT, "N", AT(field), 0, NULL, help        \
	}
#define CHOICE(name, letter, argument, field, words, help)                     \
	{                                                                      \
		name, letter, TAKE_CHOICE, argument, AT(field), 0, words, help \
	}
#define NUMBER(name, letter, argument, number, help)                           \
	{                                                                      \
		name, letter, TAKE_NUMBER, argument, 0, number, NULL, help     \
	}
#define SWITCH(name, number, on, help)                                         \
	{                                                                      \
		name, 0, TAKE_SWITCH, NULL, on, number, NULL, help             \
	}
#define FETCH(name, letter, argument, help)                                    \
	{                                                                      \
		name, letter, TAKE_FETCH, argument, 0, 0, NULL, help           \
	}

static const struct row rows[] = {
    TEXT("base", 0, "URL", base, "address of pages that come without one"),
    SWITCH("blocks", PITH_WITH_BLOCKS, 1, "JSON lists all blocks of a page"),
    {"body", 0, TAKE_BODY, "LIST", 0, 0, NULL,
     "of JSON: text, markdown, html, with commas (text)"},
    SWITCH("captions", PITH_WITH_CAPTIONS, 2,
	   "all captions (those like the text)"),
    TEXT("charset", 0, "NAME", charset,
	 "encoding of the pages, whatever they say"),
    SWITCH("comments", PITH_WITH_COMMENTS, 1,
	   "readers' comments after the article (no)"),
    FETCH("delay", 0, "TIME", "with a URL: between two requests to a host (1)"),
    FLAG("explain", 0, explain, "each block, kept or dropped, and why"),
    FLAG("features", 0, features, "list what blocks are judged by, and exit"),
    FETCH("feed", 0, "URL", "fetch the pages of a feed or sitemap"),
    TEXT("files-from", 0, "FILE", files_from,
	 "read names of files from FILE, one a line"),
    {"filter", 0, TAKE_FILTER, "KEY=VALUE", 0, 0, NULL,
     "only pages whose status, type, url or lang fits"},
    CHOICE("format", 'f', "FORMAT", format, formats,
	   "text, markdown, html, json, jsonl, explain, report"),
    FLAG("help", 'h', help, "print this and exit"),
    TEXT("html-field", 0, "NAME", html_field, "of JSON lines: the page (html)"),
    SWITCH("images", PITH_WITH_IMAGES, 1, "images in Markdown and HTML (no)"),
    FETCH("input", 'i', "FILE", "fetch the URLs in FILE, one a line"),
    CHOICE("input-format", 'I', "FORMAT", input, inputs,
	   "auto, html, text, warc or jsonl (auto)"),
    COUNT("jobs", 'j', jobs, "worker processes (one for each processor)"),
    COUNT("limit", 0, limit, "stop after N pages"),
    SWITCH("links", PITH_WITH_LINKS, 1, "links in Markdown and HTML (yes)"),
    NUMBER("max-attrs", 0, "N", PITH_MAX_ATTRS,
	   "attributes read of one tag (64)"),
    NUMBER("max-depth", 0, "N", PITH_MAX_DEPTH,
	   "nested elements; deeper ones are flattened (512)"),
    NUMBER("max-input", 0, "SIZE", PITH_MAX_INPUT,
	   "bytes of a page as it comes (32M)"),
    NUMBER("max-memory", 0, "SIZE", PITH_MAX_MEMORY,
	   "bytes of memory for a page's tree (512M)"),
    NUMBER("max-page", 0, "SIZE", PITH_MAX_PAGE,
	   "bytes of a page after decompression (64M)"),
    NUMBER("max-ratio", 0, "N", PITH_MAX_RATIO,
	   "bytes out per compressed byte, after 1M (200)"),
    NUMBER("max-time", 0, "MS", PITH_MAX_TIME,
	   "milliseconds for a page; 0 is no limit (10000)"),
    SWITCH("metadata", PITH_WITH_METADATA, 2,
	   "title, date … above text and Markdown (no)"),
    TEXT("model", 0, "FILE", model, "score by this model"),
    NUMBER("now", 0, "SECONDS", PITH_NOW,
	   "take this for the present, since 1970"),
    FLAG("null", '0', null, "names in that list end in NUL"),
    TEXT("output", 'o', "FILE", output,
	 "write to FILE, or to a file per page in DIR/"),
    FLAG("precision", 0, precision, "keep less: what is likely only"),
    FLAG("quiet", 'q', quiet, "no progress on a terminal"),
    FLAG("recall", 0, recall, "keep more, also where there seems no article"),
    FLAG("recursive", 'r', recursive, "read the pages in folders"),
    TEXT("report", 0, "FILE", report,
	 "the same as --explain, as HTML to look at, in FILE"),
    FLAG("resume", 0, resume, "go on with the -o FILE of a run that ended"),
    CHOICE("sandbox", 0, "WHEN", sandbox, sandboxes,
	   "auto, require or none (auto)"),
    COUNT("skip", 0, skip, "pass over the first N pages"),
    FETCH("state", 0, "FILE", "with a URL: remember pages in FILE"),
    FLAG("stats", 0, stats, "print totals as JSON to stderr"),
    SWITCH("tables", PITH_WITH_TABLES, 1, "tables of data (yes)"),
    FLAG("text", 0, text, "pages are plain text that lost its markup: -I text"),
    TEXT("text-field", 0, "NAME", text_field,
	 "of JSON lines: plain text (text)"),
    {"threshold", 0, TAKE_SHARE, "P", 0, PITH_THRESHOLD, NULL,
     "keep blocks of this probability and above, 0 to 1"},
    SWITCH("title", PITH_WITH_TITLE, 1, "the title comes first (no)"),
    FLAG("unordered", 0, unordered, "write pages as they are done"),
    TEXT("url-field", 0, "NAME", url_field, "of JSON lines: the URL (url)"),
    FLAG("version", 'V', version, "print the version and exit"),
    NUMBER("width", 'w', "N", PITH_WIDTH,
	   "wrap lines at N columns; 0 is never (0)"),
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

/* From 0 to less than 1, in thousandths. */
static bool read_share(const char *s, int64_t *out)
{
	char *end;
	double share;

	if (s == NULL)
		return false;
	share = strtod(s, &end);
	if (end == s || *end != '\0' || !(share >= 0 && share < 1))
		return false;
	*out = (int64_t)(share * 1000 + 0.5);
	return *out < 1000;
}

/* Which of the words is it? */
static bool read_choice(const char *const *words, const char *s, int *out)
{
	for (int i = 0; words[i] != NULL; i++) {
		if (strcmp(words[i], s) != 0)
			continue;
		*out = i;
		return true;
	}
	return false;
}

static bool add_fetch(struct options *o, const struct row *row,
		      const char *value)
{
	if (o->fetch_count + 2 > OPTIONS_FETCH)
		return false;
	o->fetch[o->fetch_count++] = row->name;
	o->fetch[o->fetch_count++] = value;
	return true;
}

/* "text,markdown": a bit for each. */
static bool read_body(const char *s, int64_t *out)
{
	static const char *const names[] = {
	    [PITH_TEXT] = "text",
	    [PITH_MARKDOWN] = "markdown",
	    [PITH_HTML] = "html",
	};

	*out = 0;
	while (*s != '\0') {
		size_t n = strcspn(s, ",");
		int i = 0;

		while (i <= PITH_HTML &&
		       (strlen(names[i]) != n || memcmp(names[i], s, n) != 0))
			i++;
		if (i > PITH_HTML)
			return false;
		*out |= INT64_C(1) << i;
		s += n + (s[n] == ',');
	}
	return true;
}

static bool take(struct options *o, const struct row *row, const char *value,
		 char *message, size_t size)
{
	void *field = (char *)o + row->at;
	const char *text = value != NULL ? value : "";
	bool good = true;

	switch (row->take) {
	case TAKE_FLAG:
		*(bool *)field = true;
		break;
	case TAKE_TEXT:
		*(const char **)field = text;
		break;
	case TAKE_COUNT:
		good = read_number(text, field) && *(int64_t *)field >= 0;
		break;
	case TAKE_CHOICE:
		good = read_choice(row->words, text, field);
		break;
	case TAKE_NUMBER:
		good = read_number(text, &o->numbers[row->number]);
		o->given[row->number] = true;
		break;
	case TAKE_SHARE:
		good = read_share(value, &o->numbers[row->number]);
		o->given[row->number] = true;
		break;
	case TAKE_SWITCH:
		o->numbers[row->number] = value == NULL ? (int64_t)row->at : 0;
		o->given[row->number] = true;
		break;
	case TAKE_BODY:
		good = read_body(text, &o->numbers[PITH_JSON_BODY]);
		o->given[PITH_JSON_BODY] = true;
		break;
	case TAKE_FILTER:
		good = filter_add(&o->filter, text);
		break;
	case TAKE_FETCH:
		good = add_fetch(o, row, text);
		break;
	}
	if (!good)
		snprintf(message, size, "--%s: not a %s: %.100s", row->name,
			 row->take == TAKE_NUMBER || row->take == TAKE_COUNT ||
				 row->take == TAKE_SHARE
			     ? "number"
			     : row->argument,
			 text);
	return good;
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

	if (row == NULL && len > 3 && !strncmp(arg, "no-", 3)) {
		row = find_long(arg + 3, len - 3);
		if (row != NULL && row->take == TAKE_SWITCH && equal == NULL)
			return take(r->o, row, "no", r->message, r->size);
		row = NULL;
	}
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

/* Options that stand for others. */
static void settle(struct options *o)
{
	if (o->precision || o->recall) {
		o->numbers[PITH_BIAS] = o->recall ? BIAS : -BIAS;
		o->given[PITH_BIAS] = true;
	}
	if (o->explain)
		o->format = FORMAT_EXPLAIN;
	if (o->report != NULL) {
		o->format = FORMAT_REPORT;
		o->output = o->report;
	}
	if (o->format == FORMAT_EXPLAIN || o->format == FORMAT_REPORT) {
		o->numbers[PITH_REASONS] = REASONS;
		o->given[PITH_REASONS] = true;
	}
}

bool options_read(struct options *o, int argc, char **argv, char *message,
		  size_t size)
{
	struct reader r = {o, argc, 1, argv, message, size};
	bool only_inputs = false;

	*o = (struct options){.inputs = argv + 1,
			      .jobs = -1,
			      .limit = -1,
			      .html_field = "html",
			      .text_field = "text",
			      .url_field = "url"};
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
	settle(o);
	if (o->text)
		o->input = INPUT_TEXT;
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
