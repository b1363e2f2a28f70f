/* SPDX-License-Identifier: MIT
 *
 * model.h: boosted trees over quantised features, with the lexicon they were
 * learned with. The built-in model is model.inc; others come from files that
 * train/ writes. Included by score/ and train/ only.
 *
 *   feature 3.5 ─ borders 1 2 4 8 ─> bin 2         once a feature and block
 *   tree: 6 × (feature, border) ─> 6 bits ─> leaf  once a tree and block
 *   logit = sum of leaves × scale + offset
 *
 * Trees are oblivious: all nodes of a level ask the same question, so that one
 * comparison serves a tile of blocks at a time. Leaves are whole numbers:
 * sums do not depend on the order, nor results on the compiler. */
#ifndef SCORE_MODEL_H
#define SCORE_MODEL_H

#include "base/err.h"
#include "score/feature.h"
#include "score/lexicon.h"
#include "score/score.h"

enum {
	MODEL_VERSION = 1,
	MODEL_DEPTH = 6,
	MODEL_LEAVES = 1 << MODEL_DEPTH,
	MODEL_TILE = 64,	      /* blocks scored at a time */
	MODEL_WORDS = MODEL_TILE / 4, /* four answers a word */
	MODEL_BORDERS_MAX = 254,      /* of one feature */
	MODEL_CURVE = 21	      /* points of the confidence curve */
};

/* A feature that the trees ask for. */
struct model_column {
	uint16_t feature; /* enum feature */
	uint16_t first;	  /* of its borders, which are sorted */
	uint16_t count;
};

/* bin(column) > border */
struct model_split {
	uint8_t column, border;
};

struct model {
	const struct model_column *columns;
	const float *borders;
	const struct model_split *splits; /* MODEL_DEPTH a tree */
	const int16_t *leaves;		  /* MODEL_LEAVES a tree */
	uint32_t column_count, border_count, tree_count;
	float scale, offset;
	struct lexicon lexicon;
	/* Real F1 where the expected one is 0, 1/20 … 1. */
	const float *curve;
};

/* The model the program was built with. */
extern const struct model model_builtin;

/* Logits of count blocks (at most MODEL_TILE) from their feature rows. answers
 * is room to work in, one row a border of the model. */
void model_score(const struct model *m, const float (*rows)[FEATURE_COUNT],
		 unsigned count, uint32_t (*answers)[MODEL_WORDS],
		 float *logits);

/* How much each feature moved a block's logit: their sum is the logit less the
 * same for all blocks. What a level of a tree decides counts for its feature,
 * against the mean of both sides. */
void model_explain(const struct model *m, const float *row, float *shares);

/* The F1 that pages with this expected F1 turned out to have. */
double model_confidence(const struct model *m, double expected);

#endif
