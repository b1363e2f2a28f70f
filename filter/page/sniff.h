/* SPDX-License-Identifier: MIT
 *
 * sniff.h: tells markup from plain text by how a page begins. Included by
 * pith.c only. */
#ifndef PAGE_SNIFF_H
#define PAGE_SNIFF_H

#include "base/str.h"

/* Bytes at the start of a page that tell. */
enum { SNIFF_BYTES = 4096 };

/* Is there a tag of an element that HTML knows, a comment, or a doctype in the
 * first SNIFF_BYTES of a page? Once it is there, more bytes change nothing. */
bool sniff_markup(struct str start);

#endif
