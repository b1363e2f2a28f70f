/* SPDX-License-Identifier: MIT
 *
 * options.h: the command line of pith(1), read by one table. Included by
 * main.c and run/. */
#ifndef RUN_OPTIONS_H
#define RUN_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pith.h"
#include "run/config.h"
#include "source/filter.h"

enum format {
	FORMAT_TEXT,
	FORMAT_MARKDOWN,
	FORMAT_MD, /* the same */
	FORMAT_HTML,
	FORMAT_JSON,
	FORMAT_JSONL, /* the same: an object a line */
	FORMAT_EXPLAIN,
	FORMAT_REPORT
};

/* What the inputs are. INPUT_HTML and INPUT_TEXT: each one is a page. */
enum input_kind { INPUT_AUTO, INPUT_HTML, INPUT_TEXT, INPUT_WARC, INPUT_LINES };

enum sandbox_mode { SANDBOX_AUTO, SANDBOX_REQUIRE, SANDBOX_NONE };

/* Words for pith-fetch at most. */
enum { OPTIONS_FETCH = 64 };

/* Texts belong to argv, the environment or config, or are static. */
struct options {
	struct config config;
	char **inputs; /* names of files and URLs, "-" for stdin */
	size_t input_count;
	const char *files_from; /* NULL, or a list of more names */
	bool null, recursive;
	int input;	     /* enum input_kind */
	const char *charset; /* NULL: found by content */
	const char *base;    /* NULL, or the URL of pages without one */
	const char *html_field, *text_field, *url_field;
	struct filter filter;
	int64_t skip, limit; /* pages; limit -1: all */
	int format;	     /* enum format */
	const char *output;  /* NULL or "-": stdout; "DIR/": a file a page */
	bool unordered, resume, stats, quiet;
	int64_t jobs; /* -1: one for each processor */
	int sandbox;  /* enum sandbox_mode */
	/* for pith-fetch: name and value of each option in turn */
	const char *fetch[OPTIONS_FETCH];
	size_t fetch_count;
	bool fetch_lists; /* -i or --feed is among them, which have URLs */
	int64_t numbers[PITH_OPTION_COUNT];
	bool given[PITH_OPTION_COUNT]; /* numbers that were set */
	const char *report;	       /* NULL, or the file of a report */
	const char *model;	       /* NULL, or the file of a model */
	bool features, help, version;
	int completion; /* enum shell, or -1 */
};

extern const struct option_table options_table;

/* Read the file of settings, the environment and argv, where inputs may be
 * mixed with options, and "--" ends options. */
enum pith_status options_read(struct options *o, int argc, char **argv,
			      struct complaint *c) PITH_CHECKED;

/* What they are when nobody says anything. */
void options_init(struct options *o);

static inline void options_free(struct options *o)
{
	config_free(&o->config);
}

/* Is an object a line written for each page? */
static inline bool options_lines(const struct options *o)
{
	return o->format == FORMAT_JSON || o->format == FORMAT_JSONL;
}

/* A number that was given, or what the library takes without. */
static inline int64_t options_number(const struct options *o,
				     enum pith_option which, int64_t initial)
{
	return o->given[which] ? o->numbers[which] : initial;
}

/* The text of --help, to stdout. Returns 0, or -1 if the write failed. */
int options_help(void);

#endif
