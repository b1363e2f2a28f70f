/* SPDX-License-Identifier: MIT
 *
 * net_explain.c: what features did to a block's logit by way of a network. */
#include "score/net_way.h"

#include <math.h>
#include <string.h>

#include "score/model.h"

/* How the sum of out grows with the sums of a block's first units. */
static void find_slopes(const struct net *n, const struct net_gates *gates,
			float *slopes)
{
	unsigned hidden = n->hidden;

	for (unsigned h = 0; h < hidden; h++)
		slopes[h] = n->out[hidden + h];
	for (unsigned l = n->layer_count; l-- > 0;) {
		const struct net_gates *g = &gates[l + 1];
		float part = ldexpf(1, -n->layers[l].shift);
		float below[NET_HIDDEN_MAX] = {0};

		for (unsigned h = 0; h < hidden; h++)
			below[h] = g->full >> h & 1 ? 0 : slopes[h];
		for (unsigned h = 0; h < hidden; h++) {
			float slope = slopes[h] * part;

			if (!(g->moved >> h & 1))
				continue;
			for (unsigned k = 0; k < hidden; k++) {
				float weight = n->layers[l].weights[net_place(
				    hidden, hidden + k, h)];

				below[k] += weight * slope;
			}
		}
		memcpy(slopes, below, hidden * sizeof(*slopes));
	}
	for (unsigned h = 0; h < hidden; h++) {
		slopes[h] += n->out[h];
		slopes[h] *= gates[0].moved >> h & 1 ? ldexpf(1, -n->shift) : 0;
	}
}

void net_explain(const struct model *m, const struct net *n,
		 const struct net_gates *gates, const float *row, float *shares)
{
	float slopes[NET_HIDDEN_MAX];

	find_slopes(n, gates, slopes);
	for (uint32_t k = 0; k < m->input_count; k++) {
		const struct net_input *input = &m->inputs[k];
		float slope = 0;
		int16_t steps;

		for (unsigned h = 0; h < n->hidden; h++)
			slope +=
			    slopes[h] * n->first[net_place(n->hidden, k, h)];
		net_way_any.read(&row[input->feature], &input->scale, 1,
				 &steps);
		slope *= n->scale;
		shares[input->feature] += slope * (float)(steps - input->mean);
	}
}
