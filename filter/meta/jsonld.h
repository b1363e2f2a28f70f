/* SPDX-License-Identifier: MIT
 *
 * jsonld.h: what a page's JSON-LD says of it. Included by meta.c only. */
#ifndef META_JSONLD_H
#define META_JSONLD_H

#include "meta/candidate.h"

/* Add candidates from JSON-LD scripts: of the thing that the page is about
 * (SOURCE_JSONLD) and of those around it (SOURCE_JSONLD_OTHER). A script that
 * no mending makes JSON is passed over. */
enum pith_status jsonld_read(struct candidates *c, const struct str *scripts,
			     size_t count) PITH_CHECKED;

#endif
