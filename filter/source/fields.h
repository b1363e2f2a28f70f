/* SPDX-License-Identifier: MIT
 *
 * fields.h: the "Name: value" lines that begin WARC records and HTTP answers,
 * collected as they come and read one by one. Included by source/ only. */
#ifndef SOURCE_FIELDS_H
#define SOURCE_FIELDS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/str.h"

/* A head: all lines up to the first empty one. */
struct fields {
	struct buf text;
	size_t line; /* where the line in work begins in text */
};

/* Start empty; a head may have at most ceiling bytes. */
void fields_init(struct fields *f, size_t ceiling, const char *what);

/* Free the memory. */
void fields_free(struct fields *f);

/* Begin the next head. */
void fields_begin(struct fields *f);

/* Take bytes from *in, which moves on, up to and with the empty line that ends
 * the head. PITH_EOF: the head is whole. PITH_OK: there may be more to come.
 * PITH_FAILED: over the ceiling. */
enum pith_status fields_feed(struct fields *f, struct str *in,
			     struct err *err) PITH_CHECKED;

/* The first line, without its end; *rest gets what follows. */
struct str fields_first(struct str head, struct str *rest);

/* The next field of *rest, which moves on; lines without a colon are passed
 * over, values trimmed. A value that goes on in a further line keeps the line
 * break inside. False at the end. */
bool fields_next(struct str *rest, struct str *name, struct str *value);

/* A number written in decimal digits alone; false if it is none or too
 * large. */
bool fields_number(struct str s, uint64_t *out);

/* A parameter of a value like "text/html; charset=utf-8", without quotes; of
 * length 0 if it is not there. */
struct str fields_parameter(struct str value, struct str name);

/* What stands before the first ';', trimmed. */
struct str fields_main(struct str value);

#endif
