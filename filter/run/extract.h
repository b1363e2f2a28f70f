/* SPDX-License-Identifier: MIT
 *
 * extract.h: one page, as a source handed it over, through the library, to the
 * bytes that are written. Runs in the sandbox. Included by main.c and run/. */
#ifndef RUN_EXTRACT_H
#define RUN_EXTRACT_H

#include "pith.h"
#include "run/exit.h"
#include "run/options.h"
#include "source/coding.h"
#include "source/http.h"
#include "source/item.h"

/* What became of a page. Texts belong to the extractor and live until the next
 * page. */
struct result {
	enum exit_code code;
	bool wanted;	   /* false: --filter passes over its language */
	struct str output; /* may be empty */
	struct str error;  /* one line, or empty */
	struct str url;	   /* that a JSON line named, or empty */
};

/* Not a page, but an input that could not be read? */
static inline bool item_is_unread(const struct item *item)
{
	return item->cause == PITH_CAUSE_ARGUMENT;
}

struct extract {
	const struct options *options;
	pith *page;
	struct err err;
	const struct item *item;
	struct coding coding;
	struct chunked chunks;
	bool chunked, begun;
	enum pith_status status; /* of the page so far */
	struct buf line, output, url;
};

/* The exit code for an item that failed. */
static inline enum exit_code exit_of_item(const struct item *item)
{
	if (item->outcome != 0)
		return (enum exit_code)item->outcome;
	return item->cause == PITH_CAUSE_ARGUMENT ? EXIT_IO : EXIT_REFUSED;
}

/* Make the handle and open all that a page may need: nothing is opened after.
 * PITH_FATAL with x->err. */
enum pith_status extract_init(struct extract *x,
			      const struct options *options) PITH_CHECKED;

/* Free it all. */
void extract_free(struct extract *x);

/* Begin the page of an item, whose body is fed and not looked at. */
void extract_begin(struct extract *x, const struct item *item);

/* Take bytes of its body. True while more of them matter. */
bool extract_feed(struct extract *x, const char *data, size_t len);

/* Did the page find no memory? */
bool extract_is_short(const struct extract *x);

/* End the page. */
void extract_finish(struct extract *x, struct result *result);

#endif
