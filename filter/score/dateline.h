/* SPDX-License-Identifier: MIT
 *
 * dateline.h: the line above a text that says when it was written. Included by
 * select.c only. */
#ifndef SCORE_DATELINE_H
#define SCORE_DATELINE_H

#include "page/block.h"

/* Is the block a date with its year and perhaps a time, in any language, and
 * hardly anything else: "14 March 2031", "Updated: 2031.03.14 09:12"? */
bool dateline_block(const struct block *block);

#endif
