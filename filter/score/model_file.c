/* SPDX-License-Identifier: MIT
 *
 * model_file.c: reads a model from a file's bytes, which may be anything.
 *
 *   "pithmodl"  uint32: version, columns, borders, trees, tokens, curve points,
 *               inputs, networks
 *   columns     a column: uint8 length of name, uint8 borders, name
 *   borders     float32 each, rising within a column
 *   above       uint8 a border: 255ths of blocks above it, falling
 *   splits      a tree: 6 × uint8 column, uint8 border
 *   leaves      a tree: 64 × int8
 *   scale       float32; offset, doubt, trees' part: float32 each
 *   inputs      an input: uint8 length of name, name, float32 scale, int16 mean
 *   networks    a network, as in struct net:
 *                 uint8 hidden, layers, shift, 0
 *                 a layer: uint8 distance, shift
 *                 float32 scale, int32 bias of out
 *                 int32 bias[hidden], int16 first[hidden][inputs]
 *                 int16 context[hidden][hidden]
 *                 a layer: int32 bias[hidden], int16 weights[hidden][3 hidden]
 *                 int16 out[3 hidden]
 *   lexicon     uint32 keys, rising; int8 odds
 *   curve       float32 each, from 0 to 1
 *   digest      uint64: FNV-1a of all bytes before it
 *
 * All numbers are little-endian. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/model.h"

enum { TREES_MAX = 20000, COLUMNS_MAX = 256 };

struct cursor {
	const unsigned char *at;
	size_t left;
	struct err *err;
};

/* A loaded model and all it points to, in one piece. */
struct loaded {
	struct model model;
	struct model_column columns[COLUMNS_MAX];
	float borders[COLUMNS_MAX * MODEL_BORDERS_MAX];
	uint8_t above[COLUMNS_MAX * MODEL_BORDERS_MAX];
	float curve[MODEL_CURVE];
	uint16_t starts[LEXICON_STARTS];
	struct net_input inputs[NET_INPUTS_MAX];
	struct net nets[NETS_MAX];
	struct model_split *splits;
	int8_t *leaves;
	uint16_t *keys;
	int8_t *odds;
	int32_t *tables[NETS_MAX]; /* what each of nets points to */
};

static enum pith_status refuse(struct cursor *c, const char *why)
{
	return err_set(c->err, PITH_CAUSE_MODEL, "model file: %s", why);
}

/* The next size bytes, or NULL if so many are not there. */
static const unsigned char *take(struct cursor *c, size_t size)
{
	const unsigned char *p = c->at;

	if (c->left < size)
		return NULL;
	c->at += size;
	c->left -= size;
	return p;
}

static uint32_t u32(const unsigned char *p)
{
	return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 |
	       (uint32_t)p[3] << 24;
}

static int16_t i16(const unsigned char *p)
{
	return (int16_t)(p[0] | p[1] << 8);
}

static float f32(const unsigned char *p)
{
	uint32_t bits = u32(p);
	float f;

	memcpy(&f, &bits, sizeof(f));
	return f;
}

static enum pith_status read_head(struct cursor *c, struct model *m)
{
	const unsigned char *p = take(c, 8 + 8 * 4);

	if (p == NULL || memcmp(p, "pithmodl", 8) != 0)
		return refuse(c, "not a model");
	if (u32(p + 8) != MODEL_VERSION)
		return refuse(c, "of another version");
	m->column_count = u32(p + 12);
	m->border_count = u32(p + 16);
	m->tree_count = u32(p + 20);
	m->lexicon.count = u32(p + 24);
	m->input_count = u32(p + 32);
	m->net_count = u32(p + 36);
	if (m->input_count > FEATURE_COUNT || m->net_count > NETS_MAX)
		return refuse(c, "too large");
	if (m->column_count > COLUMNS_MAX || m->tree_count > TREES_MAX ||
	    m->border_count > m->column_count * MODEL_BORDERS_MAX ||
	    m->lexicon.count > LEXICON_MAX || u32(p + 28) != MODEL_CURVE)
		return refuse(c, "too large");
	return PITH_OK;
}

static enum pith_status read_columns(struct cursor *c, struct loaded *l)
{
	uint32_t first = 0;

	for (uint32_t i = 0; i < l->model.column_count; i++) {
		const unsigned char *p = take(c, 2), *name;
		unsigned feature;

		name = p ? take(c, p[0]) : NULL;
		if (name == NULL)
			return refuse(c, "cut short");
		feature = feature_find((struct str){(const char *)name, p[0]});
		if (feature == FEATURE_COUNT)
			return refuse(c, "asks for an unknown feature");
		if (p[1] > MODEL_BORDERS_MAX)
			return refuse(c, "too many borders");
		l->columns[i] = (struct model_column){(uint16_t)feature,
						      (uint16_t)first, p[1]};
		first += p[1];
	}
	if (first != l->model.border_count)
		return refuse(c, "borders do not add up");
	for (uint32_t i = 0; i < l->model.column_count; i++) {
		for (unsigned b = 0; b < l->columns[i].count; b++) {
			const unsigned char *p = take(c, 4);
			float *border = &l->borders[l->columns[i].first + b];

			if (p == NULL)
				return refuse(c, "cut short");
			*border = f32(p);
			if (!isfinite(*border) ||
			    (b > 0 && *border <= border[-1]))
				return refuse(c, "borders do not rise");
		}
	}
	return PITH_OK;
}

static enum pith_status read_shares(struct cursor *c, struct loaded *l)
{
	size_t count = l->model.border_count;
	const unsigned char *p = take(c, count);

	if (p == NULL)
		return refuse(c, "cut short");
	if (count > 0)
		memcpy(l->above, p, count);
	for (uint32_t i = 0; i < l->model.column_count; i++)
		for (unsigned b = 1; b < l->columns[i].count; b++)
			if (l->above[l->columns[i].first + b] >
			    l->above[l->columns[i].first + b - 1])
				return refuse(c, "shares do not fall");
	return PITH_OK;
}

static enum pith_status read_trees(struct cursor *c, struct loaded *l)
{
	size_t trees = l->model.tree_count;
	const unsigned char *p = take(c, trees * MODEL_DEPTH * 2);

	if (p == NULL)
		return refuse(c, "cut short");
	l->splits = malloc((trees * MODEL_DEPTH + 1) * sizeof(*l->splits));
	l->leaves = malloc(trees * MODEL_LEAVES + 1);
	if (l->splits == NULL || l->leaves == NULL)
		return err_set(c->err, PITH_CAUSE_MEMORY,
			       "no memory for a model");
	for (size_t i = 0; i < trees * MODEL_DEPTH; i++) {
		struct model_split s = {p[2 * i], p[2 * i + 1]};

		if (s.column >= l->model.column_count ||
		    s.border >= l->columns[s.column].count)
			return refuse(c, "a tree asks for what is not there");
		l->splits[i] = s;
	}
	p = take(c, trees * MODEL_LEAVES);
	if (p == NULL)
		return refuse(c, "cut short");
	memcpy(l->leaves, p, trees * MODEL_LEAVES);
	p = take(c, 16);
	if (p == NULL)
		return refuse(c, "cut short");
	l->model.scale = f32(p);
	l->model.offset = f32(p + 4);
	l->model.doubt = f32(p + 8);
	l->model.trees_part = f32(p + 12);
	if (!(fabsf(l->model.scale) <= 1) || !(fabsf(l->model.offset) <= 1e6f))
		return refuse(c, "scale or offset out of range");
	if (!(l->model.doubt >= 0 && l->model.doubt <= 2) ||
	    !(l->model.trees_part >= 0 && l->model.trees_part <= 1))
		return refuse(c, "doubt or trees' part out of range");
	return PITH_OK;
}

static enum pith_status read_inputs(struct cursor *c, struct loaded *l)
{
	bool seen[FEATURE_COUNT] = {false};
	uint32_t count = l->model.input_count;

	for (uint32_t i = 0; i < count; i++) {
		const unsigned char *length = take(c, 1), *name, *p;
		struct net_input *input = &l->inputs[i];
		unsigned feature;

		name = length ? take(c, *length) : NULL;
		p = name ? take(c, 6) : NULL;
		if (p == NULL)
			return refuse(c, "cut short");
		feature =
		    feature_find((struct str){(const char *)name, *length});
		if (feature == FEATURE_COUNT)
			return refuse(c, "asks for an unknown feature");
		if (seen[feature])
			return refuse(c, "asks for a feature twice");
		seen[feature] = true;
		*input =
		    (struct net_input){(uint16_t)feature, i16(p + 4), f32(p)};
		if (!isfinite(input->scale) || input->scale < 0)
			return refuse(c, "an input's scale is out of range");
	}
	l->model.input_count =
	    (count + NET_HIDDEN_STEP - 1) / NET_HIDDEN_STEP * NET_HIDDEN_STEP;
	return PITH_OK;
}

/* Numbers of four bytes; *to moves on behind them. NULL if they are not there.
 */
static const int32_t *read_biases(struct cursor *c, unsigned count,
				  int32_t **to)
{
	const unsigned char *p = take(c, 4 * (size_t)count);
	int32_t *out = *to;

	for (unsigned i = 0; p != NULL && i < count; i++)
		out[i] = (int32_t)u32(p + 4 * (size_t)i);
	*to += count;
	return p == NULL ? NULL : out;
}

/* A matrix's weights, row by row; *to moves on behind room for `places` of
 * them a row. In pairs, or as they are. NULL if they are not there. */
static const int16_t *read_weights(struct cursor *c, unsigned rows,
				   unsigned count, unsigned places, bool pairs,
				   int16_t **to)
{
	const unsigned char *p = take(c, 2 * (size_t)rows * count);
	int16_t *out = *to;

	for (unsigned r = 0; p != NULL && r < rows; r++)
		for (unsigned i = 0; i < count; i++, p += 2)
			out[pairs ? net_place(rows, i, r)
				  : (size_t)r * count + i] = i16(p);
	*to += (size_t)rows * places;
	return p == NULL ? NULL : out;
}

/* What a net points to: its shape is known and fits. */
static enum pith_status read_tables(struct cursor *c, struct net *n,
				    uint32_t inputs, uint32_t places,
				    int32_t **tables)
{
	unsigned hidden = n->hidden;
	size_t biases = hidden * (n->layer_count + 1u);
	size_t weights = (size_t)hidden * (places + hidden + 3) +
			 (size_t)n->layer_count * hidden * hidden * 3;
	int32_t *bias =
	    calloc(1, biases * sizeof(int32_t) + weights * sizeof(int16_t));
	int16_t *weight;
	bool whole;

	*tables = bias;
	if (bias == NULL)
		return err_set(c->err, PITH_CAUSE_MEMORY,
			       "no memory for a model");
	weight = (int16_t *)(bias + biases);
	n->bias = read_biases(c, hidden, &bias);
	n->first = read_weights(c, hidden, inputs, places, true, &weight);
	n->context = read_weights(c, hidden, hidden, hidden, false, &weight);
	whole = n->bias != NULL && n->first != NULL && n->context != NULL;
	for (unsigned i = 0; i < n->layer_count; i++) {
		struct net_layer *l = &n->layers[i];

		l->bias = read_biases(c, hidden, &bias);
		l->weights = read_weights(c, hidden, 3 * hidden, 3 * hidden,
					  true, &weight);
		whole = whole && l->bias != NULL && l->weights != NULL;
	}
	n->out = read_weights(c, 1, 3 * hidden, 3 * hidden, false, &weight);
	if (!whole || n->out == NULL)
		return refuse(c, "cut short");
	if (!net_fits(n, places))
		return refuse(c, "a network's sums are too large");
	return PITH_OK;
}

static enum pith_status read_net(struct cursor *c, struct loaded *l,
				 uint32_t inputs, unsigned which)
{
	struct net *n = &l->nets[which];
	const unsigned char *p = take(c, 4), *layers;
	bool fits;

	layers = p ? take(c, 2 * (size_t)p[1]) : NULL;
	if (layers == NULL)
		return refuse(c, "cut short");
	*n = (struct net){.hidden = p[0], .layer_count = p[1], .shift = p[2]};
	fits = p[0] > 0 && p[0] <= NET_HIDDEN_MAX &&
	       p[0] % NET_HIDDEN_STEP == 0 && p[1] <= NET_LAYERS_MAX &&
	       p[2] <= NET_SHIFT_MAX && p[3] == 0;
	for (unsigned i = 0; fits && i < n->layer_count; i++) {
		const unsigned char *layer = layers + 2 * (size_t)i;

		n->layers[i].distance = layer[0];
		n->layers[i].shift = layer[1];
		fits = layer[0] > 0 && layer[0] <= NET_DISTANCE_MAX &&
		       layer[1] <= NET_SHIFT_MAX;
	}
	p = take(c, 8);
	if (p == NULL)
		return refuse(c, "cut short");
	n->scale = f32(p);
	n->out_bias = (int32_t)u32(p + 4);
	if (!fits || !(fabsf(n->scale) <= 1))
		return refuse(c, "a network's shape or scale is out of range");
	return read_tables(c, n, inputs, l->model.input_count,
			   &l->tables[which]);
}

static enum pith_status read_nets(struct cursor *c, struct loaded *l)
{
	uint32_t inputs = l->model.input_count;
	enum pith_status status = read_inputs(c, l);

	for (unsigned i = 0; i < l->model.net_count && status == PITH_OK; i++)
		status = read_net(c, l, inputs, i);
	return status;
}

static enum pith_status read_tokens(struct cursor *c, struct loaded *l,
				    uint32_t *whole)
{
	uint32_t count = l->model.lexicon.count;
	const unsigned char *keys = take(c, (size_t)count * 4), *odds;

	odds = keys ? take(c, count) : NULL;
	if (odds == NULL)
		return refuse(c, "cut short");
	for (uint32_t i = 0; i < count; i++) {
		whole[i] = u32(keys + 4 * (size_t)i);
		l->odds[i] = (int8_t)odds[i];
		if (i > 0 && whole[i] <= whole[i - 1])
			return refuse(c, "tokens are not sorted");
	}
	l->model.lexicon.count =
	    lexicon_pack(whole, l->odds, count, l->keys, l->odds, l->starts);
	l->model.lexicon.keys = l->keys;
	l->model.lexicon.odds = l->odds;
	l->model.lexicon.starts = l->starts;
	return PITH_OK;
}

static enum pith_status read_lexicon(struct cursor *c, struct loaded *l)
{
	size_t count = (size_t)l->model.lexicon.count + 1;
	uint32_t *whole = malloc(count * sizeof(*whole));
	enum pith_status status;

	l->keys = malloc(count * sizeof(*l->keys));
	l->odds = malloc(count);
	if (whole == NULL || l->keys == NULL || l->odds == NULL)
		status =
		    err_set(c->err, PITH_CAUSE_MEMORY, "no memory for a model");
	else
		status = read_tokens(c, l, whole);
	free(whole);
	return status;
}

static enum pith_status read_curve(struct cursor *c, struct loaded *l)
{
	const unsigned char *p = take(c, MODEL_CURVE * 4);

	if (p == NULL)
		return refuse(c, "cut short");
	for (unsigned i = 0; i < MODEL_CURVE; i++) {
		l->curve[i] = f32(p + 4 * (size_t)i);
		if (!(l->curve[i] >= 0 && l->curve[i] <= 1))
			return refuse(c, "confidence out of range");
	}
	if (c->left != 8)
		return refuse(c, "longer than it says");
	return PITH_OK;
}

static bool digest_fits(struct str bytes)
{
	const unsigned char *p;

	if (bytes.len < 8)
		return false;
	p = (const unsigned char *)bytes.data + bytes.len - 8;
	return str_hash((struct str){bytes.data, bytes.len - 8}) ==
	       (u32(p) | (uint64_t)u32(p + 4) << 32);
}

enum pith_status model_load(struct str bytes, struct model **out,
			    struct err *err)
{
	struct cursor c = {(const unsigned char *)bytes.data, bytes.len, err};
	struct loaded *l = calloc(1, sizeof(*l));
	enum pith_status status;

	*out = NULL;
	if (l == NULL)
		return err_set(err, PITH_CAUSE_MEMORY, "no memory for a model");
	l->model.columns = l->columns;
	l->model.borders = l->borders;
	l->model.curve = l->curve;
	l->model.above = l->above;
	l->model.inputs = l->inputs;
	l->model.nets = l->nets;
	status = read_head(&c, &l->model);
	if (status == PITH_OK && !digest_fits(bytes))
		status = refuse(&c, "damaged");
	if (status == PITH_OK)
		status = read_columns(&c, l);
	if (status == PITH_OK)
		status = read_shares(&c, l);
	if (status == PITH_OK)
		status = read_trees(&c, l);
	if (status == PITH_OK)
		status = read_nets(&c, l);
	if (status == PITH_OK)
		status = read_lexicon(&c, l);
	if (status == PITH_OK)
		status = read_curve(&c, l);
	l->model.splits = l->splits;
	l->model.leaves = l->leaves;
	if (status != PITH_OK) {
		model_free(&l->model);
		return status;
	}
	*out = &l->model;
	return PITH_OK;
}

void model_free(struct model *m)
{
	/* model is the first member of struct loaded */
	struct loaded *l = (struct loaded *)(void *)m;

	if (l == NULL)
		return;
	free(l->splits);
	free(l->leaves);
	free(l->keys);
	free(l->odds);
	for (unsigned i = 0; i < NETS_MAX; i++)
		free(l->tables[i]);
	free(l);
}
