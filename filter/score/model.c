/* SPDX-License-Identifier: MIT
 *
 * model.c: evaluates boosted trees over tiles of blocks. */
#include "score/model.h"

#include <string.h>

#include "score/model.inc"

/* The bins of one feature for a tile: how many borders are below each. */
static void quantise(const float *borders, unsigned count, const float *values,
		     uint8_t *bins)
{
	memset(bins, 0, MODEL_TILE);
	for (unsigned b = 0; b < count; b++) {
		float border = borders[b];
		for (unsigned i = 0; i < MODEL_TILE; i++)
			bins[i] = (uint8_t)(bins[i] + (values[i] > border));
	}
}

static void add_tree(const struct model_split *splits, const int16_t *leaves,
		     uint8_t (*bins)[MODEL_TILE], int32_t *sums)
{
	uint8_t leaf[MODEL_TILE] = {0};

	for (unsigned level = 0; level < MODEL_DEPTH; level++) {
		const uint8_t *bin = bins[splits[level].column];
		uint8_t border = splits[level].border;
		uint8_t bit = (uint8_t)(1u << level);

		for (unsigned i = 0; i < MODEL_TILE; i++)
			leaf[i] |= (uint8_t) - (bin[i] > border) & bit;
	}
	for (unsigned i = 0; i < MODEL_TILE; i++)
		sums[i] += leaves[leaf[i]];
}

void model_score(const struct model *m, const float (*rows)[FEATURE_COUNT],
		 unsigned count, float *logits)
{
	uint8_t bins[256][MODEL_TILE];
	float values[MODEL_TILE];
	int32_t sums[MODEL_TILE] = {0};

	for (unsigned c = 0; c < m->column_count; c++) {
		const struct model_column *column = &m->columns[c];

		for (unsigned i = 0; i < MODEL_TILE; i++)
			values[i] = i < count ? rows[i][column->feature] : 0;
		quantise(m->borders + column->first, column->count, values,
			 bins[c]);
	}
	for (uint32_t t = 0; t < m->tree_count; t++)
		add_tree(m->splits + (size_t)t * MODEL_DEPTH,
			 m->leaves + (size_t)t * MODEL_LEAVES, bins, sums);
	for (unsigned i = 0; i < count; i++)
		logits[i] = (float)sums[i] * m->scale + m->offset;
}

/* Mean of the leaves whose low `level` bits are those of leaf. */
static float mean_leaf(const int16_t *leaves, unsigned leaf, unsigned level)
{
	unsigned step = 1u << level, count = MODEL_LEAVES / step;
	int32_t sum = 0;

	for (unsigned i = leaf & (step - 1); i < MODEL_LEAVES; i += step)
		sum += leaves[i];
	return (float)sum / (float)count;
}

void model_explain(const struct model *m, const float *row, float *shares)
{
	for (unsigned f = 0; f < FEATURE_COUNT; f++)
		shares[f] = 0;
	for (uint32_t t = 0; t < m->tree_count; t++) {
		const int16_t *leaves = m->leaves + (size_t)t * MODEL_LEAVES;
		float before = mean_leaf(leaves, 0, 0);
		unsigned leaf = 0;

		for (unsigned level = 0; level < MODEL_DEPTH; level++) {
			const struct model_split *s =
			    &m->splits[(size_t)t * MODEL_DEPTH + level];
			const struct model_column *c = &m->columns[s->column];
			float border = m->borders[c->first + s->border], mean;

			leaf |= (unsigned)(row[c->feature] > border) << level;
			mean = mean_leaf(leaves, leaf, level + 1);
			shares[c->feature] += (mean - before) * m->scale;
			before = mean;
		}
	}
}

double model_confidence(const struct model *m, double expected)
{
	double at = expected * (MODEL_CURVE - 1);
	int low = (int)at;

	if (!(at > 0))
		return m->curve[0];
	if (low >= MODEL_CURVE - 1)
		return m->curve[MODEL_CURVE - 1];
	return m->curve[low] +
	       (at - low) * (double)(m->curve[low + 1] - m->curve[low]);
}
