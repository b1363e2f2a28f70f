/* SPDX-License-Identifier: MIT
 *
 * model_file.c: reads a model from a file's bytes, which may be anything.
 *
 *   "pithmodl"  uint32: version, columns, borders, trees, tokens, curve points
 *   columns     a column: uint8 length of name, uint8 borders, name
 *   borders     float32 each, rising within a column
 *   above       uint8 a border: 255ths of blocks above it, falling
 *   splits      a tree: 6 × uint8 column, uint8 border
 *   leaves      a tree: 64 × int16
 *   scale       float32; offset, float32
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
	struct model_split *splits;
	int16_t *leaves;
	uint32_t *keys;
	int8_t *odds;
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

static float f32(const unsigned char *p)
{
	uint32_t bits = u32(p);
	float f;

	memcpy(&f, &bits, sizeof(f));
	return f;
}

static enum pith_status read_head(struct cursor *c, struct model *m)
{
	const unsigned char *p = take(c, 8 + 6 * 4);

	if (p == NULL || memcmp(p, "pithmodl", 8) != 0)
		return refuse(c, "not a model");
	if (u32(p + 8) != MODEL_VERSION)
		return refuse(c, "of another version");
	m->column_count = u32(p + 12);
	m->border_count = u32(p + 16);
	m->tree_count = u32(p + 20);
	m->lexicon.count = u32(p + 24);
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
	l->leaves = malloc((trees * MODEL_LEAVES + 1) * sizeof(*l->leaves));
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
	p = take(c, trees * MODEL_LEAVES * 2);
	if (p == NULL)
		return refuse(c, "cut short");
	for (size_t i = 0; i < trees * MODEL_LEAVES; i++)
		l->leaves[i] = (int16_t)(p[2 * i] | p[2 * i + 1] << 8);
	p = take(c, 8);
	if (p == NULL)
		return refuse(c, "cut short");
	l->model.scale = f32(p);
	l->model.offset = f32(p + 4);
	if (!(fabsf(l->model.scale) <= 1) || !(fabsf(l->model.offset) <= 1e6f))
		return refuse(c, "scale or offset out of range");
	return PITH_OK;
}

static enum pith_status read_lexicon(struct cursor *c, struct loaded *l)
{
	size_t count = l->model.lexicon.count;
	const unsigned char *keys = take(c, count * 4), *odds;

	odds = keys ? take(c, count) : NULL;
	if (odds == NULL)
		return refuse(c, "cut short");
	l->keys = malloc((count + 1) * sizeof(*l->keys));
	l->odds = malloc(count + 1);
	if (l->keys == NULL || l->odds == NULL)
		return err_set(c->err, PITH_CAUSE_MEMORY,
			       "no memory for a model");
	for (size_t i = 0; i < count; i++) {
		l->keys[i] = u32(keys + 4 * i);
		l->odds[i] = (int8_t)odds[i];
		if (i > 0 && l->keys[i] <= l->keys[i - 1])
			return refuse(c, "tokens are not sorted");
	}
	lexicon_index(l->keys, l->model.lexicon.count, l->starts);
	l->model.lexicon.keys = l->keys;
	l->model.lexicon.odds = l->odds;
	l->model.lexicon.starts = l->starts;
	return PITH_OK;
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
	free(l);
}
