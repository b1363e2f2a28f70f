/* SPDX-License-Identifier: MIT
 *
 * score_tile_test.c: every way to ask trees gives the numbers that one block
 * and one question at a time give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "score/model_tile.h"

enum { COLUMNS = 9, BORDERS = 254, TREES = 601, MANY_TREES = 4096 };

/* A model of any numbers, the most and the least of each kind among them. */
static struct {
	struct model_column columns[COLUMNS];
	float borders[COLUMNS * BORDERS];
	struct model_split splits[MANY_TREES * MODEL_DEPTH];
	int8_t leaves[TREES * MODEL_LEAVES];
} parts;

static const struct model model = {.columns = parts.columns,
				   .borders = parts.borders,
				   .splits = parts.splits,
				   .leaves = parts.leaves,
				   .column_count = COLUMNS,
				   .border_count = COLUMNS * BORDERS,
				   .tree_count = TREES};

static uint32_t seed = 1;

/* A number below n. */
static uint32_t any(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (uint32_t)((uint64_t)seed * n >> 32);
}

static void make_model(void)
{
	for (unsigned c = 0; c < COLUMNS; c++) {
		parts.columns[c] = (struct model_column){
		    (uint16_t)(c * 7), (uint16_t)(c * BORDERS),
		    c == 0 ? BORDERS : (uint16_t)(1 + any(BORDERS))};
		for (unsigned n = 0; n < BORDERS; n++)
			parts.borders[c * BORDERS + n] = (float)n - 99.5f;
	}
	for (unsigned i = 0; i < MANY_TREES * MODEL_DEPTH; i++) {
		unsigned c = any(COLUMNS);

		parts.splits[i] = (struct model_split){
		    (uint8_t)c, (uint8_t)any(parts.columns[c].count)};
	}
	for (unsigned i = 0; i < TREES * MODEL_LEAVES; i++)
		parts.leaves[i] = any(9) == 0	? INT8_MIN
				  : any(9) == 0 ? INT8_MAX
						: (int8_t)any(256);
}

/* Aligned as vectors want it; what is not set yet is no number of ours. */
static struct tile *new_tile(void)
{
	struct tile *t = aligned_alloc(64, (sizeof(*t) + 63) / 64 * 64);

	assert_non_null(t);
	memset(t, 0xa5, sizeof(*t));
	return t;
}

/* Bins of a quad, found one by one, are those that a way finds. */
static void check_bins(const struct tile_way *way, struct tile *t, unsigned q)
{
	for (unsigned i = 0; i < TILE_ROWS; i++)
		for (unsigned f = 0; f < FEATURE_COUNT; f++)
			t->rows[i][f] = (float)any(300) - 120;
	way->turn(t);
	for (unsigned c = 0; c < COLUMNS; c++) {
		const struct model_column *column = &parts.columns[c];
		const float *borders = parts.borders + column->first;
		tile_bytes *bins = &t->bins[c][q];

		way->bin(t, column, borders, bins);
		for (unsigned i = 0; i < TILE_ROWS; i++) {
			float value = t->rows[i][column->feature];
			int below = 0;

			for (unsigned n = 0; n < column->count; n++)
				below += value > borders[n];
			assert_int_equal((*bins)[i], below - TILE_ZERO);
		}
	}
}

/* What the trees have for a block, one question at a time. */
static int32_t sum_of(const struct tile *t, unsigned block)
{
	int32_t sum = 0;

	for (unsigned tree = 0; tree < TREES; tree++) {
		const struct model_split *s = &parts.splits[tree * MODEL_DEPTH];
		unsigned leaf = 0;

		for (unsigned k = 0; k < MODEL_DEPTH; k++) {
			int8_t bin = t->bins[s[k].column][block / TILE_ROWS]
					    [block % TILE_ROWS];

			leaf |= (unsigned)(bin + TILE_ZERO > s[k].border) << k;
		}
		sum += parts.leaves[tree * MODEL_LEAVES + leaf];
	}
	return sum;
}

static void check_way(const struct tile_way *way)
{
	static const uint32_t counts[] = {
	    1, 16, 31, 32, 33, 64, 65, 97, MODEL_TILE - 1, MODEL_TILE};
	struct tile *t = new_tile();

	for (unsigned k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
		for (unsigned q = 0; q < TILE_QUADS; q++)
			check_bins(way, t, q);
		way->sum(&model, counts[k], t);
		for (unsigned i = 0; i < counts[k]; i++)
			assert_int_equal(t->sums[i], sum_of(t, i));
	}
	free(t);
}

/* Many trees whose leaves are all the least, or all the most: what a sum is
 * kept in on the way must hold them. */
static void check_extremes(const struct tile_way *way)
{
	static int8_t leaves[MANY_TREES * MODEL_LEAVES];
	static const int8_t extremes[] = {INT8_MIN, INT8_MAX};
	struct model many = model;
	struct tile *t = new_tile();

	many.leaves = leaves;
	many.tree_count = MANY_TREES;
	for (unsigned q = 0; q < TILE_QUADS; q++)
		check_bins(way, t, q);
	for (unsigned k = 0; k < 2; k++) {
		memset(leaves, extremes[k], sizeof(leaves));
		way->sum(&many, MODEL_TILE, t);
		for (unsigned i = 0; i < MODEL_TILE; i++)
			assert_int_equal(t->sums[i], extremes[k] * MANY_TREES);
	}
	free(t);
}

static void test_any(void **state)
{
	(void)state;
	check_way(&tile_way_any);
	check_extremes(&tile_way_any);
}

static void test_avx2(void **state)
{
	const struct tile_way *way = tile_way_avx2();

	(void)state;
	if (way == NULL) {
		print_message("no AVX2 here\n");
		skip();
	}
	check_way(way);
	check_extremes(way);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_any),
	    cmocka_unit_test(test_avx2),
	};

	make_model();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
