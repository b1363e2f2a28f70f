/* SPDX-License-Identifier: MIT
 *
 * net_test.c: every way to evaluate networks gives the numbers that one unit
 * and one weight at a time give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "net_made.h"
#include "score/net_way.h"

/* Rows of all sorts of features, the odd ones among them. */
static void make_rows(void)
{
	static const float odd[] = {NAN,   -NAN,   INFINITY, -INFINITY,
				    3e38f, -3e38f, -0.f,     1e-40f,
				    1,	   -1,	   254.499f, 254.5f};

	for (unsigned i = 0; i < BLOCKS; i++)
		for (unsigned f = 0; f < FEATURE_COUNT; f++)
			rows[i][f] =
			    any(10) == 0
				? odd[any(sizeof(odd) / sizeof(odd[0]))]
			    : any(3) == 0 ? 0
					  : (float)any_of(3000) / 64;
	for (unsigned k = 0; k < INPUTS; k++)
		inputs[k] = (struct net_input){(uint16_t)(k * 5 + k % 3), 0,
					       k % 7 == 0 ? 0 : (float)k / 8};
}

/* Both nets by a way, rows read a few at a time, give those outs. */
static void check_page(const struct net_way *way, unsigned count)
{
	static int64_t outs[2][BLOCKS];
	static float logits[BLOCKS];
	struct err err = {0};
	struct arena arena;
	struct net_work *work;

	for (unsigned k = 0; k < 2; k++) {
		nets[k] = made[k].net;
		find_outs(&made[k], count, outs[k]);
	}
	arena_init(&arena, &err);
	assert_int_equal(
	    net_begin_way(&arena, &model, count, any(2) == 0, way, &work),
	    PITH_OK);
	for (unsigned i = 0; i < count;) {
		unsigned some = 1 + any(40);

		some = some < count - i ? some : count - i;
		net_read(work, rows[i], i, some);
		i += some;
	}
	for (unsigned i = 0; i < count; i++)
		logits[i] = (float)i;
	assert_int_equal(net_finish(work, logits), PITH_OK);
	for (unsigned i = 0; i < count; i++) {
		float want = (float)i;

		for (unsigned k = 0; k < 2; k++) {
			float more = (float)outs[k][i] * nets[k].scale;

			want += more;
		}
		assert_true(logits[i] == want);
	}
	arena_free(&arena);
}

static void check_way(const struct net_way *way)
{
	static const unsigned counts[] = {1,  2,  3,  4,   5,	8,   9,
					  16, 63, 65, 127, 129, 200, BLOCKS};

	make_rows();
	for (unsigned k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
		unsigned hidden = 16 * (1 + k % 4);

		make_net(&made[0], hidden, k % (LAYERS + 1),
			 (uint8_t[]){(uint8_t)(1 + any(64)), 1, 64});
		make_net(&made[1], 16 * (1 + any(4)), LAYERS,
			 (uint8_t[]){1, 2, (uint8_t)(1 + k)});
		check_page(way, counts[k]);
	}
	for (unsigned d = 1; d <= NET_DISTANCE_MAX; d++) {
		make_net(&made[0], 16, 1, (uint8_t[]){(uint8_t)d});
		make_net(&made[1], 16, 0, NULL);
		check_page(way, 3 + any(100));
	}
}

static void test_any(void **state)
{
	(void)state;
	check_way(&net_way_any);
}

static void test_avx2(void **state)
{
	const struct net_way *way = net_way_avx2();

	(void)state;
	if (way == NULL) {
		print_message("no AVX2 here\n");
		skip();
	}
	check_way(way);
}

static void check_steps(const struct net_way *way)
{
	static const struct {
		float value;
		int steps;
	} known[] = {{0, 0},
		     {-0.f, 0},
		     {1, 256},
		     {-1, -256},
		     {2, 384},
		     {3, 512},
		     {7, 768},
		     {254.25f, 2046},
		     {254.5f, 2047},
		     {-255, -2047},
		     {3e38f, 2047},
		     {INFINITY, 2047},
		     {-INFINITY, -2047},
		     {NAN, 0},
		     {-NAN, 0}};
	float values[16], scales[16];
	int16_t got[16];

	for (unsigned k = 0; k < sizeof(known) / sizeof(known[0]); k++) {
		for (unsigned i = 0; i < 16; i++) {
			values[i] =
			    i % 2 == 0 ? known[k].value : known[k].value / 4;
			scales[i] = i % 2 == 0 ? 1 : 4;
		}
		way->read(values, scales, 16, got);
		for (unsigned i = 0; i < 16; i++)
			assert_int_equal(got[i], known[k].steps);
	}
	/* infinity times nothing */
	values[0] = INFINITY;
	scales[0] = 0;
	way->read(values, scales, 16, got);
	assert_int_equal(got[0], 0);
}

static void test_steps(void **state)
{
	(void)state;
	check_steps(&net_way_any);
	if (net_way_avx2() != NULL)
		check_steps(net_way_avx2());
}

static void read_row(const void *survey, uint32_t block, float *row)
{
	(void)survey;
	memcpy(row, rows[block], sizeof(rows[block]));
}

/* A model has its trees' logits and those of all nets, over several tiles. */
static void test_model(void **state)
{
	static int64_t outs[2][BLOCKS];
	static float logits[BLOCKS];
	const float common[FEATURE_COUNT] = {0};
	struct model_input in = {BLOCKS, read_row, NULL, common};
	struct model_trace trace;
	struct err err = {0};
	struct arena arena;

	(void)state;
	make_rows();
	for (unsigned k = 0; k < 2; k++) {
		make_net(&made[k], 32, 2, (uint8_t[]){1, 4});
		nets[k] = made[k].net;
		find_outs(&made[k], BLOCKS, outs[k]);
	}
	arena_init(&arena, &err);
	for (unsigned traced = 0; traced < 2; traced++) {
		assert_int_equal(model_score(&arena, &model, &in, logits),
				 PITH_OK);
		assert_true(logits[BLOCKS - 1] == model.offset);
		assert_int_equal(model_refine(&arena, &model, &in, logits,
					      traced ? &trace : NULL),
				 PITH_OK);
		for (unsigned i = 0; i < BLOCKS; i++) {
			float want = model.offset * model.trees_part;

			for (unsigned k = 0; k < 2; k++) {
				float more = (float)outs[k][i] * nets[k].scale;

				want += more;
			}
			assert_true(logits[i] == want);
		}
	}
	assert_non_null(trace.gates[0]);
	assert_non_null(trace.gates[1]);
	in.count = 0;
	assert_int_equal(model_refine(&arena, &model, &in, NULL, &trace),
			 PITH_OK);
	in.count = BLOCKS;
	arena_reset(&arena, 20000, 0);
	assert_int_not_equal(model_refine(&arena, &model, &in, logits, NULL),
			     PITH_OK);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_steps),
	    cmocka_unit_test(test_any),
	    cmocka_unit_test(test_avx2),
	    cmocka_unit_test(test_model),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
