/* SPDX-License-Identifier: MIT
 *
 * net_explain_test.c: what features moved by way of a network is what they
 * moved; sums that could leave 32 bits are seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "net_made.h"

/* Set one number to the last that fits: it does, and the next does not. */
static void check_limit(int32_t *number, int64_t rest)
{
	int32_t old = *number;

	for (int sign = -1; sign <= 1; sign += 2) {
		*number = (int32_t)(sign * (INT32_MAX - rest));
		assert_true(net_fits(&made[0].net, INPUTS));
		*number += sign;
		assert_false(net_fits(&made[0].net, INPUTS));
	}
	*number = INT32_MIN;
	assert_false(net_fits(&made[0].net, INPUTS));
	*number = old;
	assert_true(net_fits(&made[0].net, INPUTS));
}

static int64_t sum_sizes(const int16_t *weights, unsigned count)
{
	int64_t sum = 0;

	for (unsigned k = 0; k < count; k++)
		sum += abs(weights[k]);
	return sum;
}

static void test_limits(void **state)
{
	struct made *d = &made[0];
	unsigned last = 31;

	(void)state;
	make_net(d, 32, 2, (uint8_t[]){1, 4});
	check_limit(&d->bias[last], 2047 * sum_sizes(d->first[last], INPUTS));
	check_limit(&d->biases[0][last],
		    4095 * (sum_sizes(d->weights[0][last], 96) +
			    sum_sizes(d->context + (size_t)last * 32, 32)));
	check_limit(&d->biases[1][last],
		    4095 * sum_sizes(d->weights[1][last], 96));
	check_limit(&d->net.out_bias, 4095 * sum_sizes(d->out, 96));
}

/* A unit that is not always full. */
static unsigned any_free(void)
{
	unsigned h = any(32);

	return h % 8 == 7 ? h - 1 : h;
}

/* A net whose units are far open, far shut or full, whatever inputs of a few
 * steps say, and whose divisions leave nothing: its slopes are exact. */
static void make_firm(struct made *d)
{
	memset(d, 0, sizeof(*d));
	for (unsigned h = 0; h < 32; h++) {
		for (unsigned k = 0; k < INPUTS; k++)
			d->first[h][k] = (int16_t)(4 * any_of(1));
		d->bias[h] = h % 8 == 7 ? 99999 : h % 3 == 0 ? -2000 : 600;
		d->weights[0][h][32 + any_free()] = 8;
		d->weights[0][h][32 + any_free()] = 8;
		d->weights[0][h][any_free()] = 8;
		d->biases[0][h] = h % 8 == 7 || h % 5 != 0 ? 800 : -99999;
		d->weights[1][h][32 + any_free()] = -2;
		d->weights[1][h][64 + any_free()] = 2;
		d->biases[1][h] = h % 8 == 6   ? 99999
				  : h % 4 == 0 ? -9999
					       : 5000;
		d->out[h] = (int16_t)any_of(9);
		d->out[32 + h] = (int16_t)any_of(9);
	}
	d->net.scale = 0.25f;
	d->net.shift = 2;
	d->net.layers[0].distance = 1;
	d->net.layers[0].shift = 3;
	d->net.layers[1].distance = 2;
	d->net.layers[1].shift = 1;
	tie(d, 32, 2);
	assert_true(net_fits(&d->net, INPUTS));
}

static void read_row(const void *survey, uint32_t block, float *row)
{
	(void)survey;
	memcpy(row, rows[block], sizeof(rows[block]));
}

/* The shares of a block's features on a page of some blocks. */
static void explain(unsigned count, unsigned block, float *shares)
{
	const float common[FEATURE_COUNT] = {0};
	struct model_input in = {count, read_row, NULL, common};
	struct model_trace trace;
	float logits[BLOCKS];
	struct err err = {0};
	struct arena arena;

	arena_init(&arena, &err);
	assert_int_equal(model_score(&arena, &model, &in, logits), PITH_OK);
	assert_int_equal(model_refine(&arena, &model, &in, logits, &trace),
			 PITH_OK);
	model_explain(&model, &trace, block, rows[block], shares);
	arena_free(&arena);
}

/* Features move the logit of a block alone as their shares say: from what they
 * are in the mean to what they are. Beside others the shares are the same: what
 * those and the page's mean add is no feature's. */
static void test_explain(void **state)
{
	float alone[FEATURE_COUNT], beside[FEATURE_COUNT];
	unsigned moving = 0;

	(void)state;
	make_firm(&made[0]);
	nets[0] = made[0].net;
	model.net_count = 1;
	for (unsigned k = 0; k < INPUTS; k++)
		inputs[k] = (struct net_input){(uint16_t)(k * 3),
					       (int16_t)any_of(4), 1};
	for (unsigned i = 0; i < 20; i++)
		for (unsigned k = 0; k < INPUTS; k++)
			rows[i][k * 3] = (float)any_of(9) / 256;
	explain(1, 0, alone);
	for (unsigned k = 0; k < INPUTS; k++) {
		float *value = &rows[0][k * 3], old = *value;
		int64_t before, after;

		find_outs(&made[0], 1, &after);
		*value = (float)inputs[k].mean / 256;
		find_outs(&made[0], 1, &before);
		*value = old;
		moving += after != before;
		assert_true(alone[k * 3] == (float)(after - before) / 4);
	}
	assert_true(moving > INPUTS / 2);
	for (unsigned h = 0; h < 32; h++)
		made[0].out[64 + h] = 9;
	memcpy(rows[12], rows[0], sizeof(rows[0]));
	explain(20, 12, beside);
	for (unsigned f = 0; f < FEATURE_COUNT; f++)
		assert_true(alone[f] == beside[f]);
	model.net_count = 2;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_limits),
	    cmocka_unit_test(test_explain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
