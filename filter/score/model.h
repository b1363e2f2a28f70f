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
 * sums do not depend on the order, nor results on the compiler. A byte is
 * enough for each: what hundreds of them lose by rounding nearly cancels.
 *
 * Where trees leave doubt about a page, networks that look at blocks beside
 * their neighbours have a say as well: see net.h. They cost more, and where
 * trees are sure they gain nothing. */
#ifndef SCORE_MODEL_H
#define SCORE_MODEL_H

#include "base/err.h"
#include "score/feature.h"
#include "score/lexicon.h"
#include "score/net.h"
#include "score/score.h"

enum {
	MODEL_VERSION = 3,
	MODEL_DEPTH = 6,
	MODEL_LEAVES = 1 << MODEL_DEPTH,
	MODEL_TILE = 128,	 /* blocks scored at a time */
	MODEL_COLUMNS_MAX = 256, /* features that trees ask for */
	MODEL_BORDERS_MAX = 254, /* of one feature */
	MODEL_CURVE = 21	 /* points of the confidence curve */
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
	const int8_t *leaves;		  /* MODEL_LEAVES a tree */
	uint32_t column_count, border_count, tree_count;
	float scale, offset;
	struct lexicon lexicon;
	/* Real F1 where the expected one is 0, 1/20 … 1. */
	const float *curve;
	/* Of each border: how much of what was learned from lies above it, in
	 * 255ths; NULL: half. */
	const uint8_t *above;
	/* What networks are told, of weight 0 from the last one to a multiple
	 * of NET_HIDDEN_STEP, and they. */
	const struct net_input *inputs;
	uint32_t input_count;
	const struct net *nets;
	uint32_t net_count;
	/* Networks are asked about pages of which trees lead to expect an F1
	 * below this; then so much of a logit is the trees', and the rest the
	 * networks', whose scales have it. */
	float doubt, trees_part;
};

/* The model the program was built with. */
extern const struct model model_builtin;

/* The blocks of a page and what is known of them. */
struct model_input {
	uint32_t count; /* blocks */
	/* Fill in what a block's features say; those that the whole page shares
	 * already stand in the row. */
	void (*read)(const void *survey, uint32_t block, float *row);
	const void *survey;
	const float *common; /* a row of FEATURE_COUNT to begin with */
};

/* Logits of all blocks by the trees, a tile at a time, so that a page of a
 * million blocks needs no more memory for features than a page of fifty. */
enum pith_status model_score(struct arena *arena, const struct model *m,
			     const struct model_input *in,
			     float *logits) PITH_CHECKED;

/* What networks made of a page's blocks, for model_explain, in its arena; NULL
 * as long as they were not asked. */
struct model_trace {
	const struct net_gates *gates[NETS_MAX];
};

/* Let the networks change the logits. trace: is filled in unless NULL. */
enum pith_status model_refine(struct arena *arena, const struct model *m,
			      const struct model_input *in, float *logits,
			      struct model_trace *trace) PITH_CHECKED;

/* How much each feature moved a block's logit from the one to expect of any
 * block. What a level of a tree decides counts for its feature, against the
 * mean of both sides as often as blocks went there: what is the same for nearly
 * all blocks moves nothing. Of trees alone, the sum is the difference. What a
 * network makes of a block's own features counts by its slope (net_explain);
 * what it has from other blocks is no feature's. */
void model_explain(const struct model *m, const struct model_trace *trace,
		   uint32_t block, const float *row, float *shares);

/* The F1 that pages with this expected F1 turned out to have. */
double model_confidence(const struct model *m, double expected);

#endif
