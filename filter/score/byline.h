/* SPDX-License-Identifier: MIT
 *
 * byline.h: the lines above a text that say who wrote it and when. Included by
 * select.c only. */
#ifndef SCORE_BYLINE_H
#define SCORE_BYLINE_H

#include "page/block.h"

/* Is the block a date with its year and perhaps a time, in any language, and
 * hardly anything else: "14 March 2031", "Updated: 2031.03.14 09:12"? */
bool byline_is_date(const struct block *block);

/* Is it "By", in one of some ten languages, and a name? */
bool byline_is_name(const struct block *block);

#endif
