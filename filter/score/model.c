/* SPDX-License-Identifier: MIT
 *
 * model.c: evaluates boosted trees over tiles of blocks. */
#include "score/model_tile.h"

#include <stdalign.h>
#include <stddef.h>
#include <string.h>

#include "score/model.inc"

enum {
	ROWS = 64,  /* of features, for networks */
	TREES = 4,  /* added at a time */
	GROUP = 64, /* to that many blocks */
	GROUP_QUADS = GROUP / TILE_ROWS,
	FLIP = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? 0 : 3
};

_Static_assert(MODEL_LEAVES <= 128, "which leaf is a signed byte");
_Static_assert(alignof(tile_bytes) <= alignof(max_align_t),
	       "an arena gives these");

static void turn_any(struct tile *t)
{
	for (unsigned f = 0; f < FEATURE_COUNT; f++)
		for (unsigned i = 0; i < TILE_ROWS; i++)
			t->features[f][i] = t->rows[i][f];
}

static void bin_any(const struct tile *t, const struct model_column *column,
		    const float *borders, tile_bytes *out)
{
	const float *of = t->features[column->feature];
	/* rows k, 4 + k, 8 + k and 12 + k, so that the bytes of four vectors
	 * make one vector of bytes in the order of rows */
	tile_floats values[4];
	tile_ints below[4] = {{0}};

	for (unsigned k = 0; k < 4; k++) {
		const float *row = &of[k ^ FLIP];

		values[k] = (tile_floats){row[0], row[4], row[8], row[12]};
	}
	for (unsigned n = 0; n < column->count; n++)
		for (unsigned k = 0; k < 4; k++)
			below[k] -= values[k] > borders[n];
	*out = (tile_bytes)((below[0] | below[1] << 8 | below[2] << 16 |
			     below[3] << 24) ^
			    (int32_t)0x80808080);
}

/* The leaf of each block of a group in a tree: its answers are the leaf's
 * bits. */
static void find_leaves(const struct tile *t, const struct model_split *s,
			unsigned group, tile_bytes *leaves)
{
	for (unsigned q = 0; q < GROUP_QUADS; q++)
		leaves[q] = (tile_bytes){0};
	for (unsigned k = 0; k < MODEL_DEPTH; k++) {
		const tile_bytes *bins =
		    &t->bins[s[k].column][group * GROUP_QUADS];
		int8_t border = (int8_t)(s[k].border ^ TILE_ZERO);

		for (unsigned q = 0; q < GROUP_QUADS; q++)
			leaves[q] |= (bins[q] > border) & (int8_t)(1 << k);
	}
}

/* Add what some trees have for each block of a group. */
static void add_trees(const struct model *m, uint32_t tree, uint32_t count,
		      unsigned group, struct tile *t)
{
	const int8_t *leaves = m->leaves + (size_t)tree * MODEL_LEAVES;
	int32_t *sums = t->sums + (size_t)group * GROUP;
	union {
		tile_bytes bytes[GROUP_QUADS];
		uint8_t leaf[GROUP];
	} at[TREES];

	for (uint32_t i = 0; i < count; i++)
		find_leaves(t, m->splits + (size_t)(tree + i) * MODEL_DEPTH,
			    group, at[i].bytes);
	if (count == TREES) {
		for (unsigned j = 0; j < GROUP; j++)
			sums[j] += leaves[at[0].leaf[j]] +
				   leaves[MODEL_LEAVES + at[1].leaf[j]] +
				   leaves[2 * MODEL_LEAVES + at[2].leaf[j]] +
				   leaves[3 * MODEL_LEAVES + at[3].leaf[j]];
		return;
	}
	for (uint32_t i = 0; i < count; i++)
		for (unsigned j = 0; j < GROUP; j++)
			sums[j] += leaves[i * MODEL_LEAVES + at[i].leaf[j]];
}

static void sum_any(const struct model *m, uint32_t count, struct tile *t)
{
	memset(t->sums, 0, sizeof(t->sums));
	for (unsigned g = 0; g * GROUP < count; g++)
		for (uint32_t tree = 0; tree < m->tree_count; tree += TREES)
			add_trees(m, tree,
				  m->tree_count - tree < TREES
				      ? m->tree_count - tree
				      : TREES,
				  g, t);
}

const struct tile_way tile_way_any = {turn_any, bin_any, sum_any};

/* Columns with as many borders come one after another: how often to compare
 * can then be foretold. */
static void order_columns(const struct model *m, struct tile *t)
{
	unsigned starts[MODEL_BORDERS_MAX + 2] = {0};

	for (unsigned c = 0; c < m->column_count; c++)
		starts[m->columns[c].count + 1]++;
	for (unsigned n = 1; n <= MODEL_BORDERS_MAX; n++)
		starts[n] += starts[n - 1];
	for (unsigned c = 0; c < m->column_count; c++)
		t->order[starts[m->columns[c].count]++] = (uint8_t)c;
}

/* The bins of the blocks whose features are in the rows. */
static void bin_rows(const struct model *m, unsigned quad,
		     const struct tile_way *way, struct tile *t)
{
	way->turn(t);
	for (unsigned k = 0; k < m->column_count; k++) {
		unsigned c = t->order[k];

		way->bin(t, &m->columns[c], m->borders + m->columns[c].first,
			 &t->bins[c][quad]);
	}
}

static void score_tile(const struct model *m, const struct model_input *in,
		       uint32_t from, uint32_t count,
		       const struct tile_way *way, struct tile *t)
{
	for (unsigned q = 0; q * TILE_ROWS < count; q++) {
		uint32_t left = count - q * TILE_ROWS;

		if (left > TILE_ROWS)
			left = TILE_ROWS;
		for (uint32_t i = 0; i < left; i++)
			in->read(in->survey, from + q * TILE_ROWS + i,
				 t->rows[i]);
		bin_rows(m, q, way, t);
	}
	way->sum(m, count, t);
}

enum pith_status model_score(struct arena *arena, const struct model *m,
			     const struct model_input *in, float *logits)
{
	const struct tile_way *way = tile_way_avx2();
	struct tile *t = arena_calloc(arena, 1, sizeof(*t));
	enum pith_status status = PITH_OK;

	if (t == NULL)
		return arena_status(arena);
	if (way == NULL)
		way = &tile_way_any;
	order_columns(m, t);
	for (unsigned i = 0; i < TILE_ROWS; i++)
		memcpy(t->rows[i], in->common, FEATURE_COUNT * sizeof(float));
	for (uint32_t from = 0; from < in->count && status == PITH_OK;
	     from += MODEL_TILE) {
		uint32_t count = in->count - from;

		if (count > MODEL_TILE)
			count = MODEL_TILE;
		score_tile(m, in, from, count, way, t);
		for (uint32_t i = 0; i < count; i++)
			logits[from + i] =
			    (float)t->sums[i] * m->scale + m->offset;
		status = arena_check_time(arena);
	}
	return status;
}

enum pith_status model_refine(struct arena *arena, const struct model *m,
			      const struct model_input *in, float *logits,
			      struct model_trace *trace)
{
	float *rows =
	    arena_alloc(arena, (size_t)ROWS * FEATURE_COUNT * sizeof(*rows));
	struct net_work *nets;
	enum pith_status status =
	    net_begin(arena, m, in->count, trace != NULL, &nets);

	if (rows == NULL || status != PITH_OK)
		return arena_status(arena);
	for (unsigned k = 0; k < ROWS; k++)
		memcpy(rows + (size_t)k * FEATURE_COUNT, in->common,
		       FEATURE_COUNT * sizeof(*rows));
	for (uint32_t i = 0; i < in->count && status == PITH_OK; i += ROWS) {
		uint32_t count = in->count - i < ROWS ? in->count - i : ROWS;

		for (uint32_t k = 0; k < count; k++) {
			in->read(in->survey, i + k,
				 rows + (size_t)k * FEATURE_COUNT);
			logits[i + k] *= m->trees_part;
		}
		net_read(nets, rows, i, count);
		status = arena_check_time(arena);
	}
	if (status == PITH_OK)
		status = net_finish(nets, logits);
	for (uint32_t k = 0; trace != NULL && k < m->net_count; k++)
		trace->gates[k] = net_gates(nets, k);
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
	const int8_t *leaves = &m->leaves[(size_t)tree * MODEL_LEAVES];

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

void model_explain(const struct model *m, const struct model_trace *trace,
		   uint32_t block, const float *row, float *shares)
{
	bool refined = m->net_count > 0 && trace->gates[0] != NULL;
	float scale = refined ? m->scale * m->trees_part : m->scale;
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
			shares[c->feature] += (means[next] - means[at]) * scale;
			at = next;
		}
	}
	for (uint32_t k = 0; refined && k < m->net_count; k++) {
		const struct net *n = &m->nets[k];

		net_explain(m, n,
			    trace->gates[k] +
				(size_t)block * (n->layer_count + 1u),
			    row, shares);
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
