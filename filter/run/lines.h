/* SPDX-License-Identifier: MIT
 *
 * lines.h: JSON lines: a page and what else came in a line, and what of it
 * goes out again. Included by run/. */
#ifndef RUN_LINES_H
#define RUN_LINES_H

#include <jansson.h>
#include <stdbool.h>

#include "base/buf.h"
#include "run/options.h"
#include "source/item.h"

/* A line that was read. Starts zeroed. */
struct line {
	json_t *root; /* owns what html and url show */
	struct str json;
	struct str page; /* the HTML or text of the page */
	bool text;	 /* it is plain text */
	const char *url; /* or NULL */
	const struct options *options;
};

/* Before the first line: jansson goes on without the bytes that it finds no
 * memory for, and so is made to end the process (EXIT_MEMORY). */
void line_begin_process(void);

/* Read a line, which must live as long as l. PITH_FAILED: it is no JSON
 * object, or has no page; what was read can be passed on all the same. */
enum pith_status line_read(struct line *l, struct str json,
			   const struct options *options,
			   struct err *err) PITH_CHECKED;

/* Free what it holds. */
void line_free(struct line *l);

/* Put the members of l into the JSON object that ends out, but those that held
 * the page and those the object has already: bytes as they stood. */
enum pith_status line_pass(const struct line *l, struct buf *out,
			   struct err *err) PITH_CHECKED;

/* Append s as a JSON string, with quotes; bad UTF-8 becomes U+FFFD. */
enum pith_status line_quote(struct buf *out, struct str s,
			    struct err *err) PITH_CHECKED;

/* Append the name of an input: null for standard input. */
enum pith_status line_input(struct buf *out, struct str name,
			    struct err *err) PITH_CHECKED;

/* Put into the JSON object that ends out where the item is from: its input,
 * and of a record of an archive the offset. A JSON line says so itself, in
 * members of its own choice. With --resume all have all of it: the next run
 * goes on behind the last line. */
enum pith_status line_place(const struct item *item,
			    const struct options *options, struct buf *out,
			    struct err *err) PITH_CHECKED;

/* Append the line of a page that gave only an error, in the item's part. */
enum pith_status line_error(const struct item *item,
			    const struct options *options, struct buf *out,
			    struct err *err) PITH_CHECKED;

/* The next member of an object, both as they stand: *rest begins as the
 * object's text, which must be valid JSON, and moves on. False at its end. */
bool line_member(struct str *rest, struct str *name, struct str *value);

#endif
