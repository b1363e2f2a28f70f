/* SPDX-License-Identifier: MIT
 *
 * language.h: the programming language a pre says it is in. Included by
 * render/ only. */
#ifndef RENDER_LANGUAGE_H
#define RENDER_LANGUAGE_H

#include "page/block.h"

/* From the class names of a pre, the code in it or the boxes around it:
 * "language-c", "lang-c", "highlight-source-c", "brush: c", "sourceCode c".
 * Letters, digits and +-#._ only; empty if nothing says it. */
struct str language_of_code(const struct page *page, const struct block *block);

#endif
