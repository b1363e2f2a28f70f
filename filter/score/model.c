/* SPDX-License-Identifier: MIT
 *
 * model.c: evaluates boosted trees over tiles of blocks. */
#include "score/model.h"

#include <string.h>

#include "score/model.inc"

_Static_assert(MODEL_DEPTH == 6, "add_tree has six answers");

/* Ask a feature's borders: 1 for each value that is above. */
static void ask(const float *borders, unsigned count, const float *values,
		uint8_t (*answers)[MODEL_TILE])
{
	for (unsigned b = 0; b < count; b++) {
		uint8_t *restrict answer = answers[b];
		float border = borders[b];

		for (unsigned i = 0; i < MODEL_TILE; i++)
			answer[i] = values[i] > border;
	}
}

/* The leaf that a tree's answers lead to, for each block of the tile. */
static void find_leaves(const struct model *m, const struct model_split *s,
			uint8_t (*answers)[MODEL_TILE], uint8_t *restrict leaf)
{
	const uint8_t *a[MODEL_DEPTH];

	for (unsigned k = 0; k < MODEL_DEPTH; k++)
		a[k] = answers[m->columns[s[k].column].first + s[k].border];
	for (unsigned i = 0; i < MODEL_TILE; i++) {
		unsigned high = a[5][i] * 4u + a[4][i] * 2u + a[3][i];
		unsigned low = a[2][i] * 4u + a[1][i] * 2u + a[0][i];

		leaf[i] = (uint8_t)(high * 8 + low);
	}
}

void model_score(const struct model *m, const float (*rows)[FEATURE_COUNT],
		 unsigned count, uint8_t (*answers)[MODEL_TILE], float *logits)
{
	uint8_t leaf[MODEL_TILE];
	float values[MODEL_TILE] = {0};
	int32_t sums[MODEL_TILE] = {0};

	for (unsigned c = 0; c < m->column_count; c++) {
		const struct model_column *column = &m->columns[c];

		for (unsigned i = 0; i < count; i++)
			values[i] = rows[i][column->feature];
		ask(m->borders + column->first, column->count, values,
		    answers + column->first);
	}
	for (uint32_t t = 0; t < m->tree_count; t++) {
		const int16_t *leaves = m->leaves + (size_t)t * MODEL_LEAVES;

		find_leaves(m, m->splits + (size_t)t * MODEL_DEPTH, answers,
			    leaf);
		for (unsigned i = 0; i < count; i++)
			sums[i] += leaves[leaf[i]];
	}
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
