/* SPDX-License-Identifier: MIT
 *
 * feature_tree.h: the features that come from the elements around a block.
 * Included by feature.c only. */
#ifndef SCORE_FEATURE_TREE_H
#define SCORE_FEATURE_TREE_H

#include "score/feature.h"

/* Set them in a block's row. */
void feature_tree(const struct survey *s, uint32_t block, float *row);

#endif
