/* SPDX-License-Identifier: MIT
 *
 * model.c: evaluates boosted trees over tiles of blocks. */
#include "score/model.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#include "score/model.inc"

/* Sixteen bytes at a time, which every processor of today takes. */
typedef int8_t bytes __attribute__((vector_size(16)));
typedef int32_t ints __attribute__((vector_size(16)));
typedef float floats __attribute__((vector_size(16)));

enum {
	ROWS = 16, /* blocks whose features are read at a time */
	QUADS = MODEL_TILE / ROWS,
	TREES = 4, /* added at a time */
	ZERO = 0x80,
	FLIP = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 3
};

_Static_assert(MODEL_LEAVES <= 128, "a leaf is a signed byte");
_Static_assert(alignof(bytes) <= alignof(max_align_t), "an arena gives these");

/* What is known of a tile of blocks. A bin is the number of a column's borders
 * that are below the value, less 128, since signed bytes can be compared. */
struct tile {
	float rows[ROWS][FEATURE_COUNT];
	union {
		bytes bytes[QUADS];
		ints ints[QUADS];
	} bins[MODEL_COLUMNS_MAX];
	int32_t sums[MODEL_TILE]; /* of leaves */
};

/* The bins of a column for the rows of a tile. */
static ints find_bins(const struct tile *t, const struct model_column *column,
		      const float *borders)
{
	/* rows k, 4 + k, 8 + k and 12 + k, so that the bytes of four vectors
	 * make one vector of bytes in the order of rows */
	union {
		floats values;
		ints bits;
	} v[4];
	ints below[4] = {{0}}, differ = {0};

	for (unsigned k = 0; k < 4; k++) {
		const float(*row)[FEATURE_COUNT] = &t->rows[k ^ FLIP];
		unsigned f = column->feature;

		v[k].values =
		    (floats){row[0][f], row[4][f], row[8][f], row[12][f]};
		differ |= v[k].bits ^ v[0].bits[0];
	}
	if ((differ[0] | differ[1] | differ[2] | differ[3]) == 0) {
		int32_t n = 0; /* of most columns, nearly always */

		while (n < column->count && v[0].values[0] > borders[n])
			n++;
		n = (int32_t)((uint32_t)(n ^ ZERO) * 0x01010101u);
		return (ints){n, n, n, n};
	}
	for (unsigned n = 0; n < column->count; n++)
		for (unsigned k = 0; k < 4; k++)
			below[k] -= v[k].values > borders[n];
	return (below[0] | below[1] << 8 | below[2] << 16 | below[3] << 24) ^
	       (int32_t)0x80808080;
}

/* The leaf of each block in a tree: its answers are the leaf's bits. */
static void find_leaves(const struct tile *t, const struct model_split *s,
			bytes *leaves)
{
	for (unsigned q = 0; q < QUADS; q++)
		leaves[q] = (bytes){0};
	for (unsigned k = 0; k < MODEL_DEPTH; k++) {
		const bytes *bins = t->bins[s[k].column].bytes;
		int8_t border = (int8_t)(s[k].border ^ ZERO);

		for (unsigned q = 0; q < QUADS; q++)
			leaves[q] |= (bins[q] > border) & (int8_t)(1 << k);
	}
}

/* Add what some trees have for each block. */
static void add_trees(const struct model *m, uint32_t tree, uint32_t count,
		      struct tile *t)
{
	const int16_t *leaves = m->leaves + (size_t)tree * MODEL_LEAVES;
	union {
		bytes bytes[QUADS];
		uint8_t leaf[MODEL_TILE];
	} at[TREES];

	for (uint32_t i = 0; i < count; i++)
		find_leaves(t, m->splits + (size_t)(tree + i) * MODEL_DEPTH,
			    at[i].bytes);
	if (count == TREES) {
		for (unsigned j = 0; j < MODEL_TILE; j++)
			t->sums[j] += leaves[at[0].leaf[j]] +
				      leaves[MODEL_LEAVES + at[1].leaf[j]] +
				      leaves[2 * MODEL_LEAVES + at[2].leaf[j]] +
				      leaves[3 * MODEL_LEAVES + at[3].leaf[j]];
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		for (unsigned j = 0; j < MODEL_TILE; j++)
			t->sums[j] += leaves[i * MODEL_LEAVES + at[i].leaf[j]];
}

static void score_tile(const struct model *m, const struct model_input *in,
		       uint32_t from, uint32_t count, struct tile *t)
{
	memset(t->sums, 0, sizeof(t->sums));
	for (unsigned q = 0; q * ROWS < count; q++) {
		for (uint32_t i = 0; i < ROWS && q * ROWS + i < count; i++)
			in->read(in->survey, from + q * ROWS + i, t->rows[i]);
		for (unsigned c = 0; c < m->column_count; c++)
			t->bins[c].ints[q] =
			    find_bins(t, &m->columns[c],
				      m->borders + m->columns[c].first);
	}
	for (uint32_t tree = 0; tree < m->tree_count; tree += TREES)
		add_trees(m, tree,
			  m->tree_count - tree < TREES ? m->tree_count - tree
						       : TREES,
			  t);
}

enum pith_status model_score(struct arena *arena, const struct model *m,
			     const struct model_input *in, float *logits)
{
	struct tile *t = arena_calloc(arena, 1, sizeof(*t));
	enum pith_status status = PITH_OK;

	if (t == NULL)
		return arena_status(arena);
	for (unsigned i = 0; i < ROWS; i++)
		memcpy(t->rows[i], in->common, sizeof(t->rows[i]));
	for (uint32_t from = 0; from < in->count && status == PITH_OK;
	     from += MODEL_TILE) {
		uint32_t count = in->count - from;

		if (count > MODEL_TILE)
			count = MODEL_TILE;
		score_tile(m, in, from, count, t);
		for (uint32_t i = 0; i < count; i++)
			logits[from + i] =
			    (float)t->sums[i] * m->scale + m->offset;
		status = arena_check_time(arena);
	}
	return status;
}

/* Share of what was learned from that is above a split's border. */
static float share_above(const struct model *m, const struct model_split *s)
{
	unsigned border = m->columns[s->column].first + s->border;

	return m->above == NULL ? 0.5f : (float)m->above[border] / 255;
}

/* What to expect of a tree once its first `level` answers are known, as if the
 * others did not depend on them: means[1 << level | those answers]. Leaves are
 * the last level. */
static void expect(const struct model *m, uint32_t tree, float *means)
{
	const int16_t *leaves = &m->leaves[(size_t)tree * MODEL_LEAVES];

	for (unsigned i = 0; i < MODEL_LEAVES; i++)
		means[MODEL_LEAVES | i] = leaves[i];
	for (unsigned level = MODEL_DEPTH; level-- > 0;) {
		unsigned count = 1u << level;
		float above = share_above(
		    m, &m->splits[(size_t)tree * MODEL_DEPTH + level]);

		for (unsigned i = 0; i < count; i++) {
			float no = means[count << 1 | i];
			float yes = means[count << 1 | count | i];

			means[count | i] = no + (yes - no) * above;
		}
	}
}

void model_explain(const struct model *m, const float *row, float *shares)
{
	float means[2 * MODEL_LEAVES];

	for (unsigned f = 0; f < FEATURE_COUNT; f++)
		shares[f] = 0;
	for (uint32_t t = 0; t < m->tree_count; t++) {
		unsigned at = 1;

		expect(m, t, means);
		for (unsigned level = 0; level < MODEL_DEPTH; level++) {
			const struct model_split *s =
			    &m->splits[(size_t)t * MODEL_DEPTH + level];
			const struct model_column *c = &m->columns[s->column];
			float border = m->borders[c->first + s->border];
			unsigned next = at ^ 3u << level;

			next |= (unsigned)(row[c->feature] > border) << level;
			shares[c->feature] +=
			    (means[next] - means[at]) * m->scale;
			at = next;
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
