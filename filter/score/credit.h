/* SPDX-License-Identifier: MIT
 *
 * credit.h: short lines beside a text that are no part of it. Included by
 * select.c only. */
#ifndef SCORE_CREDIT_H
#define SCORE_CREDIT_H

#include "page/block.h"

/* Does a block say whose the text is, where it is from or how it is filed, as
 * "Copyright © 2012 …", "Source: …" or "Tags: …", in one of some thirty
 * languages? */
bool credit_block(const struct block *block);

/* Is all of it a button or a mark, as "Read more" or "Advertisement"? */
bool credit_is_button(const struct block *block);

#endif
