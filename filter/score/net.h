/* SPDX-License-Identifier: MIT
 *
 * net.h: small neural networks over the sequence of a page's blocks, whose
 * logits are added to those of the trees. Included by score/ and train/ only.
 *
 *   block i-1      block i       block i+1
 *   features       features      features
 *      │ steps        │             │        log2(1 + scale × |feature|) × 256
 *      v              v             v
 *    first          first         first ───> mean of the page
 *      │  ╲        ╱  │  ╲       ╱  │             │
 *      │    ──> + <── │ ──> + <──   │             │ joins the sums of layer 0
 *      v        v     v     v       v             │
 *    layer 0  …  at distances of their own  …  <──┘
 *      v              v             v
 *    logit += scale × (out · [first | last layer | mean])
 *
 * Everything is a whole number: sums do not depend on the order, nor results on
 * compiler or processor. Of a sum over inputs in [-2047, 2047] or units in
 * [0, 4095] (a unit is in 256ths) a unit is made by
 *
 *   unit = min((sum > 0 ? sum : 0) >> shift, 4095)
 *
 * and a layer adds that to the unit it had, again up to 4095. No sum may leave
 * 32 bits, whatever comes in: net_fits. */
#ifndef SCORE_NET_H
#define SCORE_NET_H

#include "base/arena.h"
#include "score/feature.h"

enum {
	NETS_MAX = 4,
	NET_LAYERS_MAX = 6,
	NET_DISTANCE_MAX = 64,
	NET_HIDDEN_MAX = 64,
	NET_HIDDEN_STEP = 16, /* hidden units and inputs come in so many */
	NET_INPUTS_MAX = (FEATURE_COUNT + NET_HIDDEN_STEP - 1) /
			 NET_HIDDEN_STEP * NET_HIDDEN_STEP,
	NET_SHIFT_MAX = 30,
	NET_INPUT_LARGEST = 2047,
	NET_UNIT_LARGEST = 4095
};

struct model;

/* What a network is told of a feature. */
struct net_input {
	uint16_t feature; /* enum feature */
	int16_t mean;	  /* steps, over what was learned from */
	float scale;	  /* steps = log2(1 + scale × |feature|) × 256 */
};

/* Weights of a matrix of `hidden` rows lie in pairs of neighbouring inputs, of
 * all units for two inputs, then of all units for the next two:
 * [inputs / 2][hidden][2]. So one vector holds what a pair of inputs does to
 * many units. */
struct net_layer {
	uint8_t distance, shift;
	const int32_t *bias;	/* [hidden] */
	const int16_t *weights; /* in pairs; inputs: the block `distance`
				 * before, the block itself, the one after */
};

struct net {
	uint8_t hidden, layer_count, shift; /* shift: of the first layer */
	const int16_t *first;		    /* in pairs; the model's inputs */
	const int32_t *bias;		    /* [hidden] */
	const int16_t *context;		    /* [hidden][hidden] by the mean */
	struct net_layer layers[NET_LAYERS_MAX];
	const int16_t *out; /* [3][hidden]: first, last layer, mean */
	int32_t out_bias;
	float scale;
};

/* What a layer did to the units of a block, a bit each: those that it moved,
 * and those that came to the largest value. */
struct net_gates {
	uint64_t moved, full;
};

/* The nets of a model at work on one page. */
struct net_work;

/* Sums that the input_count inputs of a net can reach stay within 32 bits. */
bool net_fits(const struct net *n, uint32_t input_count);

/* The place of the weight of an input and a unit among pairs. */
size_t net_place(unsigned hidden, unsigned input, unsigned unit);

/* Begin a page of `count` blocks, in the arena. trace: keep gates for
 * net_explain. */
enum pith_status net_begin(struct arena *arena, const struct model *m,
			   uint32_t count, bool trace,
			   struct net_work **out) PITH_CHECKED;

/* The features of some blocks: rows of FEATURE_COUNT for `count` blocks from
 * `from` on. Blocks come in order, each once. */
void net_read(struct net_work *w, const float *rows, uint32_t from,
	      uint32_t count);

/* Add the logits of all blocks, once all were read. */
enum pith_status net_finish(struct net_work *w, float *logits) PITH_CHECKED;

/* The gates of a net: layer_count + 1 a block, the first layer's first. NULL
 * without trace. They live as long as the arena's content. */
const struct net_gates *net_gates(const struct net_work *w, unsigned net);

/* Add to shares how much each feature of a block moved its logit: what its
 * steps are off their mean, times the slope of the net's output. The slope is
 * that of the block's own way through the net, gates as they stood: neither
 * neighbours nor the page's mean count. gates: of this block. */
void net_explain(const struct model *m, const struct net *n,
		 const struct net_gates *gates, const float *row,
		 float *shares);

#endif
