/* SPDX-License-Identifier: MIT
 *
 * article.h: the public article, made from a document. Included by pith.c. */
#ifndef RENDER_ARTICLE_H
#define RENDER_ARTICLE_H

#include "pith.h"
#include "render/render.h"

/* Fill in the metadata and blocks of *a, in d's arena; text, origin and
 * confidence are the caller's. */
enum pith_status article_publish(const struct document *d,
				 struct pith_article *a) PITH_CHECKED;

#endif
