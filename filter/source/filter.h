/* SPDX-License-Identifier: MIT
 *
 * filter.h: which pages of an archive are wanted, by what is known before they
 * are read. Included by source/ and run/. */
#ifndef SOURCE_FILTER_H
#define SOURCE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* --filter KEY=VALUE[,VALUE…], as often as wanted: one value of each key given
 * must fit.
 *
 *   status=200,203   HTTP status; 4xx for all of a hundred; any
 *   type=text/html   media type; text/ for all that begin so; any
 *   url=PATTERN      shell pattern over the whole URL; no commas
 *   lang=de,en       lang attribute of the page; de also takes de-AT */
enum filter_key {
	FILTER_STATUS,
	FILTER_TYPE,
	FILTER_URL,
	FILTER_LANG,
	FILTER_KEYS
};

enum { FILTER_RULES = 32 };

struct filter {
	struct {
		enum filter_key key;
		const char *value;
	} rules[FILTER_RULES];
	size_t count;
	bool given[FILTER_KEYS];
};

/* Add "KEY=VALUE"; the text must outlive the filter. False if it is no such
 * thing, or one too many. */
bool filter_add(struct filter *f, const char *rule);

/* Without a rule only status 200, and pages without a status, are taken. */
bool filter_status(const struct filter *f, int status);

/* Without a rule: HTML, XHTML, plain text, and pages without a type. */
bool filter_type(const struct filter *f, struct str type);

/* A page without a URL or language fits no rule about it. */
bool filter_url(const struct filter *f, struct str url);
bool filter_lang(const struct filter *f, struct str lang);

#endif
