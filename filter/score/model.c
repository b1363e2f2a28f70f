/* SPDX-License-Identifier: MIT
 *
 * model.c: evaluates boosted trees over tiles of blocks. */
#include "score/model.h"

#include "score/model.inc"

_Static_assert(MODEL_DEPTH == 6 && MODEL_TILE == 4 * MODEL_WORDS,
	       "the two functions below say so");

/* Ask a feature's borders which values are above. Answers are 1 or 0, a byte
 * each: word j has those of blocks j, W + j, 2W + j and 3W + j, from the low
 * byte to the high one, so that vectors need not be packed. */
static void ask(const float *borders, unsigned count, const float *values,
		uint32_t (*answers)[MODEL_WORDS])
{
	enum { W = MODEL_WORDS };

	for (unsigned b = 0; b < count; b++) {
		uint32_t *restrict answer = answers[b];
		float border = borders[b];

		for (unsigned j = 0; j < W; j++)
			answer[j] =
			    (values[j] > border ? 1u : 0) |
			    (values[W + j] > border ? 1u << 8 : 0) |
			    (values[2 * W + j] > border ? 1u << 16 : 0) |
			    (values[3 * W + j] > border ? 1u << 24 : 0);
	}
}

/* Add what a tree has for each block: its answers are the bits of a leaf. */
static void add_tree(const struct model *m, uint32_t tree,
		     uint32_t (*answers)[MODEL_WORDS], int32_t *restrict sums)
{
	const struct model_split *s = &m->splits[(size_t)tree * MODEL_DEPTH];
	const int16_t *leaves = &m->leaves[(size_t)tree * MODEL_LEAVES];
	const uint32_t *a[MODEL_DEPTH];
	uint32_t leaf[MODEL_WORDS];

	for (unsigned k = 0; k < MODEL_DEPTH; k++)
		a[k] = answers[m->columns[s[k].column].first + s[k].border];
	for (unsigned j = 0; j < MODEL_WORDS; j++)
		leaf[j] = a[0][j] | a[1][j] << 1 | a[2][j] << 2 | a[3][j] << 3 |
			  a[4][j] << 4 | a[5][j] << 5;
	for (unsigned j = 0; j < MODEL_WORDS; j++) {
		sums[j] += leaves[leaf[j] & 0xff];
		sums[MODEL_WORDS + j] += leaves[leaf[j] >> 8 & 0xff];
		sums[2 * MODEL_WORDS + j] += leaves[leaf[j] >> 16 & 0xff];
		sums[3 * MODEL_WORDS + j] += leaves[leaf[j] >> 24];
	}
}

void model_score(const struct model *m, const float (*rows)[FEATURE_COUNT],
		 unsigned count, uint32_t (*answers)[MODEL_WORDS],
		 float *logits)
{
	float values[MODEL_TILE] = {0};
	int32_t sums[MODEL_TILE] = {0};

	for (unsigned c = 0; c < m->column_count; c++) {
		const struct model_column *column = &m->columns[c];

		for (unsigned i = 0; i < count; i++)
			values[i] = rows[i][column->feature];
		ask(m->borders + column->first, column->count, values,
		    answers + column->first);
	}
	for (uint32_t t = 0; t < m->tree_count; t++)
		add_tree(m, t, answers, sums);
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
