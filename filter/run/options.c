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
	TAKE_PRESET, /* sets an int to most, or 0 */
	TAKE_TEXT,   /* sets a const char * */
	TAKE_COUNT,  /* sets an int64_t of 0 or more */
	TAKE_CHOICE, /* sets an int: which of the words */
	TAKE_NUMBER, /* sets options.numbers[row.at] */
	TAKE_SHARE,  /* the same, from 0 to 1, in thousandths */
	TAKE_SWITCH, /* the same, to row.most or 0 */
	TAKE_BODY,   /* the same, a bit for each word */
	TAKE_FILTER, /* adds to options.filter */
	TAKE_FETCH   /* goes on to pith-fetch */
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
/* These are where enum pith_format has them. */
static const char *const bodies[] = {"text", "markdown", "html", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", NULL};

#define ROW(name, letter, flags, take, at, most, argument, words, help)        \
	{                                                                      \
		name, letter, flags, take, at, 0, most, argument, words, help  \
	}
#define FLAG(name, letter, flags, field, help)                                 \
	ROW(name, letter, flags, TAKE_FLAG, AT(field), 0, NULL, NULL, help)
#define PRESET(name, field, to, help)                                          \
	ROW(name, 0, 0, TAKE_PRESET, AT(field), to, NULL, NULL, help)
#define TEXT(name, letter, flags, argument, field, help)                       \
	ROW(name, letter, flags, TAKE_TEXT, AT(field), 0, argument, NULL, help)
#define COUNT(name, letter, flags, field, help)                                \
	ROW(name, letter, flags, TAKE_COUNT, AT(field), 0, "N", NULL, help)
#define CHOICE(name, letter, flags, argument, field, words, help)              \
	ROW(name, letter, flags, TAKE_CHOICE, AT(field), 0, argument, words,   \
	    help)
#define NUMBER(name, letter, argument, number, help)                           \
	ROW(name, letter, 0, TAKE_NUMBER, number, 0, argument, NULL, help)
#define SWITCH(name, number, on, help)                                         \
	ROW(name, 0, 0, TAKE_SWITCH, number, on, NULL, NULL, help)
#define FETCH(name, letter, flags, argument, help)                             \
	ROW(name, letter, flags, TAKE_FETCH, 0, 0, argument, NULL, help)

static const struct option_row rows[] = {
    TEXT("base", 0, 0, "URL", base, "address of pages that come without one"),
    SWITCH("blocks", PITH_WITH_BLOCKS, 1, "JSON lists all blocks of a page"),
    ROW("body", 0, OPTION_LIST, TAKE_BODY, PITH_JSON_BODY, 0, "LIST", bodies,
	"of JSON: text, markdown, html, with commas (text)"),
    SWITCH("captions", PITH_WITH_CAPTIONS, 2,
	   "all captions (those of tables like the text)"),
    TEXT("charset", 0, 0, "NAME", charset,
	 "encoding of the pages, whatever they say"),
    SWITCH("comments", PITH_WITH_COMMENTS, 1,
	   "readers' comments after the article (no)"),
    CHOICE("completion", 0, OPTION_ENDS, "SHELL", completion, shells,
	   "print completions for bash, zsh or fish, and exit"),
    TEXT("config", 0, OPTION_SOURCE, "FILE", config.file,
	 "settings, instead of ~/.config/pith/config"),
    FETCH("delay", 0, OPTION_FETCH, "TIME",
	  "with a URL: between two requests to a host (1)"),
    PRESET("explain", format, FORMAT_EXPLAIN,
	   "each block, kept or dropped, and why"),
    FLAG("features", 0, OPTION_ENDS, features,
	 "list what blocks are judged by, and exit"),
    FETCH("feed", 0, OPTION_RUN, "URL", "fetch the pages of a feed or sitemap"),
    TEXT("files-from", 0, OPTION_RUN, "FILE", files_from,
	 "read names of files from FILE, one a line"),
    ROW("filter", 0, 0, TAKE_FILTER, AT(filter), 0, "KEY=VALUE", NULL,
	"only pages whose status, type, url or lang fits"),
    CHOICE("format", 'f', 0, "FORMAT", format, formats,
	   "text, markdown, html, json, jsonl, explain, report"),
    FLAG("help", 'h', OPTION_ENDS, help, "print this and exit"),
    TEXT("html-field", 0, 0, "NAME", html_field,
	 "of JSON lines: the page (html)"),
    SWITCH("images", PITH_WITH_IMAGES, 1, "images in Markdown and HTML (no)"),
    FETCH("input", 'i', OPTION_RUN, "FILE",
	  "fetch the URLs in FILE, one a line"),
    CHOICE("input-format", 'I', 0, "FORMAT", input, inputs,
	   "auto, html, text, warc or jsonl (auto)"),
    COUNT("jobs", 'j', 0, jobs, "worker processes (one for each processor)"),
    COUNT("limit", 0, OPTION_RUN, limit, "stop after N pages"),
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
    TEXT("model", 0, 0, "FILE", model, "score by this model"),
    FLAG("no-config", 0, OPTION_SOURCE, config.none, "read no settings"),
    NUMBER("now", 0, "SECONDS", PITH_NOW,
	   "take this for the present, since 1970"),
    FLAG("null", '0', OPTION_RUN, null, "names in that list end in NUL"),
    TEXT("output", 'o', OPTION_RUN, "FILE", output,
	 "write to FILE, or to a file per page in DIR/"),
    SWITCH("precision", PITH_BIAS, -BIAS, "keep less: what is likely only"),
    FLAG("quiet", 'q', 0, quiet, "no progress on a terminal"),
    SWITCH("recall", PITH_BIAS, BIAS,
	   "keep more, also where there seems no article"),
    FLAG("recursive", 'r', 0, recursive, "read the pages in folders"),
    TEXT("report", 0, OPTION_RUN, "FILE", report,
	 "the same as --explain, as HTML to look at, in FILE"),
    FLAG("resume", 0, OPTION_RUN, resume,
	 "go on with the -o FILE of a run that ended"),
    CHOICE("sandbox", 0, 0, "WHEN", sandbox, sandboxes,
	   "auto, require or none (auto)"),
    COUNT("skip", 0, OPTION_RUN, skip, "pass over the first N pages"),
    FETCH("state", 0, OPTION_FETCH, "FILE",
	  "with a URL: remember pages in FILE"),
    FLAG("stats", 0, 0, stats, "print totals as JSON to stderr"),
    SWITCH("tables", PITH_WITH_TABLES, 1, "tables of data (yes)"),
    PRESET("text", input, INPUT_TEXT,
	   "pages are plain text that lost its markup: -I text"),
    TEXT("text-field", 0, 0, "NAME", text_field,
	 "of JSON lines: plain text (text)"),
    ROW("threshold", 0, 0, TAKE_SHARE, PITH_THRESHOLD, 0, "P", NULL,
	"keep blocks of this probability and above, 0 to 1"),
    SWITCH("title", PITH_WITH_TITLE, 1, "the title comes first (no)"),
    FLAG("unordered", 0, 0, unordered, "write pages as they are done"),
    TEXT("url-field", 0, 0, "NAME", url_field, "of JSON lines: the URL (url)"),
    FLAG("version", 'V', OPTION_ENDS, version, "print the version and exit"),
    NUMBER("width", 'w', "N", PITH_WIDTH,
	   "wrap lines at N columns; 0 is never (0)"),
};

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

static bool add_fetch(struct options *o, const struct option_row *row,
		      const char *value)
{
	if (o->fetch_count + 2 > OPTIONS_FETCH)
		return false;
	o->fetch_lists |= row->flags != OPTION_FETCH;
	o->fetch[o->fetch_count++] = row->name;
	o->fetch[o->fetch_count++] = value;
	return true;
}

/* "text,markdown": a bit for each. */
static bool read_body(const char *s, int64_t *out)
{
	*out = 0;
	while (*s != '\0') {
		size_t n = strcspn(s, ",");
		int i = 0;

		while (bodies[i] != NULL &&
		       (strlen(bodies[i]) != n || memcmp(bodies[i], s, n) != 0))
			i++;
		if (bodies[i] == NULL)
			return false;
		*out |= INT64_C(1) << i;
		s += n + (s[n] == ',');
	}
	return true;
}

static enum pith_status take(void *options, const struct option_row *row,
			     bool on, const char *value)
{
	struct options *o = options;
	void *field = (char *)o + row->at;
	bool good = true;

	switch ((enum take)row->take) {
	case TAKE_FLAG:
		*(bool *)field = on;
		break;
	case TAKE_PRESET:
		*(int *)field = on ? (int)row->most : 0;
		break;
	case TAKE_TEXT:
		*(const char **)field = value;
		break;
	case TAKE_COUNT:
		good = read_number(value, field) && *(int64_t *)field >= 0;
		break;
	case TAKE_CHOICE:
		good = read_choice(row->words, value, field);
		break;
	case TAKE_NUMBER:
		good = read_number(value, &o->numbers[row->at]);
		o->given[row->at] = true;
		break;
	case TAKE_SHARE:
		good = read_share(value, &o->numbers[row->at]);
		o->given[row->at] = true;
		break;
	case TAKE_SWITCH:
		o->numbers[row->at] = on ? row->most : 0;
		o->given[row->at] = true;
		break;
	case TAKE_BODY:
		good = read_body(value, &o->numbers[row->at]);
		o->given[row->at] = true;
		break;
	case TAKE_FILTER:
		good = filter_add(field, value);
		break;
	case TAKE_FETCH:
		good = add_fetch(o, row, value);
		break;
	}
	return good ? PITH_OK : PITH_FAILED;
}

const struct option_table options_table = {
    .program = "pith",
    .variables = "PITH_",
    .rows = rows,
    .count = sizeof(rows) / sizeof(rows[0]),
    .files = true,
    .config = AT(config),
    .take = take,
};

/* Options that stand for others. */
static void settle(struct options *o)
{
	if (o->report != NULL) {
		o->format = FORMAT_REPORT;
		o->output = o->report;
	}
	if (o->format == FORMAT_EXPLAIN || o->format == FORMAT_REPORT) {
		o->numbers[PITH_REASONS] = REASONS;
		o->given[PITH_REASONS] = true;
	}
}

void options_init(struct options *o)
{
	*o = (struct options){.jobs = -1,
			      .limit = -1,
			      .completion = -1,
			      .html_field = "html",
			      .text_field = "text",
			      .url_field = "url"};
}

enum pith_status options_read(struct options *o, int argc, char **argv,
			      struct complaint *c)
{
	enum pith_status status;

	options_init(o);
	o->inputs = argv + 1;
	status = config_load(&options_table, o, argc, argv, &o->input_count, c);
	settle(o);
	return status;
}

int options_help(void)
{
	int bad = printf("usage: pith [OPTION]... [FILE | URL]...\n"
			 "Print the article of web pages, nothing else. "
			 "Without FILE, or where FILE is -,\n"
			 "read standard input. Pages may be compressed "
			 "(gzip, zlib, deflate).\n\n") < 0;

	bad |= option_help(&options_table, 24) < 0;
	bad |= printf("\nA switch is turned off with no- before its name. "
		      "pith.conf(5) sets options\nfor all runs.\n"
		      "Exit status: 0 text was written, 1 no article, 2 usage, "
		      "3 input or output,\n6 a page was refused. "
		      "See pith(1).\n") < 0;
	return bad ? -1 : 0;
}
