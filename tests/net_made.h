/* SPDX-License-Identifier: MIT
 *
 * net_made.h: networks of any numbers, and what they say of rows of any
 * features, one unit and one weight at a time. Included by unit tests. */
#ifndef TESTS_NET_MADE_H
#define TESTS_NET_MADE_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/model.h"

enum { INPUTS = 32, HIDDEN = NET_HIDDEN_MAX, BLOCKS = 400, LAYERS = 3 };

/* A net with its numbers row by row, and as struct net has them. */
struct made {
	int16_t first[HIDDEN][INPUTS], weights[LAYERS][HIDDEN][3 * HIDDEN];
	int16_t context[HIDDEN * HIDDEN], out[3 * HIDDEN];
	int32_t bias[HIDDEN], biases[LAYERS][HIDDEN];
	int16_t first_pairs[HIDDEN * INPUTS];
	int16_t pairs[LAYERS][3 * HIDDEN * HIDDEN];
	struct net net;
};

static struct made made[2];
static struct net nets[2];
static struct net_input inputs[INPUTS];
static struct model model = {.inputs = inputs,
			     .input_count = INPUTS,
			     .nets = nets,
			     .net_count = 2,
			     .offset = 0.5f,
			     .trees_part = 0.25f};
static float rows[BLOCKS][FEATURE_COUNT];
static uint32_t seed = 1;

/* A number below n. */
static uint32_t any(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)seed * n >> 32);
}

/* One of -n … n. */
static int any_of(int n)
{
	return (int)any(2 * (uint32_t)n + 1) - n;
}

/* Numbers in pairs from those row by row. */
static void pair(const int16_t *from, size_t stride, unsigned count,
		 unsigned hidden, int16_t *out)
{
	for (unsigned k = 0; k < count; k += 2)
		for (unsigned h = 0; h < hidden; h++)
			for (unsigned i = 0; i < 2; i++)
				*out++ = from[h * stride + k + i];
}

static void tie(struct made *d, unsigned hidden, unsigned layers)
{
	struct net *n = &d->net;

	n->hidden = (uint8_t)hidden;
	n->layer_count = (uint8_t)layers;
	pair(d->first[0], INPUTS, INPUTS, hidden, d->first_pairs);
	n->first = d->first_pairs;
	n->bias = d->bias;
	n->context = d->context;
	n->out = d->out;
	for (unsigned l = 0; l < layers; l++) {
		pair(d->weights[l][0], 3 * HIDDEN, 3 * hidden, hidden,
		     d->pairs[l]);
		n->layers[l].bias = d->biases[l];
		n->layers[l].weights = d->pairs[l];
	}
}

/* A net of any numbers of such a size that all kinds of units occur. */
static void make_net(struct made *d, unsigned hidden, unsigned layers,
		     const uint8_t *distances)
{
	memset(d, 0, sizeof(*d));
	for (unsigned h = 0; h < hidden; h++) {
		for (unsigned k = 0; k < INPUTS; k++)
			d->first[h][k] = (int16_t)any_of(9000);
		d->bias[h] = any_of(9000000);
		for (unsigned l = 0; l < layers; l++) {
			for (unsigned k = 0; k < 3 * hidden; k++)
				d->weights[l][h][k] = (int16_t)any_of(2000);
			d->biases[l][h] = any_of(9000000);
		}
	}
	for (unsigned k = 0; k < hidden * hidden; k++)
		d->context[k] = (int16_t)any_of(2000);
	for (unsigned k = 0; k < 3 * hidden; k++)
		d->out[k] = (int16_t)any_of(4000);
	d->net.shift = 13;
	d->net.out_bias = any_of(1000000);
	d->net.scale = 1.7e-8f;
	for (unsigned l = 0; l < layers; l++)
		d->net.layers[l] =
		    (struct net_layer){.distance = distances[l], .shift = 14};
	tie(d, hidden, layers);
	assert_true(net_fits(&d->net, INPUTS));
}

/* Steps as the words say: 256 an octave, straight in between. */
static int steps_of(float value, float scale)
{
	float grown = fabsf(value) * scale;
	float number = 1 + grown;
	int power, steps;
	double part;

	if (isnan(number))
		return 0;
	if (isinf(number))
		return value < 0 ? -2047 : 2047;
	part = frexp((double)number, &power);
	steps = (power - 1) * 256 + (int)((2 * part - 1) * 256);
	steps = steps < 2047 ? steps : 2047;
	return value < 0 ? -steps : steps;
}

static int64_t unit_of(int64_t sum, unsigned shift)
{
	sum = sum > 0 ? sum >> shift : 0;
	return sum < 4095 ? sum : 4095;
}

/* The sum of out of each block, as net.h draws it. */
static void find_outs(const struct made *d, unsigned count, int64_t *outs)
{
	static int64_t first[BLOCKS][HIDDEN], now[BLOCKS][HIDDEN],
	    next[BLOCKS][HIDDEN];
	const struct net *n = &d->net;
	int64_t mean[HIDDEN] = {0};

	for (unsigned i = 0; i < count; i++)
		for (unsigned h = 0; h < n->hidden; h++) {
			int64_t sum = d->bias[h];

			for (unsigned k = 0; k < INPUTS; k++)
				sum += d->first[h][k] *
				       steps_of(rows[i][inputs[k].feature],
						inputs[k].scale);
			first[i][h] = unit_of(sum, n->shift);
			mean[h] += first[i][h];
		}
	for (unsigned h = 0; h < n->hidden; h++)
		mean[h] /= count;
	memcpy(now, first, sizeof(now));
	for (unsigned l = 0; l < n->layer_count; l++) {
		for (unsigned i = 0; i < count; i++)
			for (unsigned h = 0; h < n->hidden; h++) {
				const int16_t *w = d->weights[l][h];
				int64_t sum = d->biases[l][h];

				for (unsigned k = 0; k < 3u * n->hidden; k++) {
					long at = (long)i +
						  ((long)(k / n->hidden) - 1) *
						      n->layers[l].distance;

					if (at >= 0 && at < (long)count)
						sum += w[k] *
						       now[at][k % n->hidden];
				}
				for (unsigned k = 0; k < n->hidden && l == 0;
				     k++)
					sum += d->context[h * n->hidden + k] *
					       mean[k];
				sum = unit_of(sum, n->layers[l].shift);
				sum += now[i][h];
				next[i][h] = sum < 4095 ? sum : 4095;
			}
		memcpy(now, next, sizeof(now));
	}
	for (unsigned i = 0; i < count; i++) {
		outs[i] = n->out_bias;
		for (unsigned h = 0; h < n->hidden; h++)
			outs[i] += d->out[h] * first[i][h] +
				   d->out[n->hidden + h] * now[i][h] +
				   d->out[2 * n->hidden + h] * mean[h];
	}
}

#endif
