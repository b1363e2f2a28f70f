/* SPDX-License-Identifier: MIT
 *
 * pointer.h: lines in the middle of a text that lead away from it. Included by
 * select.c only. */
#ifndef SCORE_POINTER_H
#define SCORE_POINTER_H

#include "page/block.h"

/* Does a block name another page to read, as "Also read: …"? Its text is a
 * phrase of that kind, in one of some thirty languages, and a link: a mark such
 * as a colon ends the phrase, or the link begins there. */
bool pointer_block(const struct page *page, const struct block *block);

#endif
