/* SPDX-License-Identifier: MIT
 *
 * score_model_test.c: a model file is read as it was written, or refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/model.h"

enum { SIZE_MAX_FILE = 1 << 16 };

/* A file in the making. */
struct file {
	unsigned char data[SIZE_MAX_FILE];
	size_t len;
};

static void add(struct file *f, const void *data, size_t len)
{
	assert_true(f->len + len <= SIZE_MAX_FILE);
	memcpy(f->data + f->len, data, len);
	f->len += len;
}

static void add_int(struct file *f, uint64_t v, unsigned bytes)
{
	for (unsigned i = 0; i < bytes; i++) {
		unsigned char byte = (unsigned char)(v >> (8 * i));
		add(f, &byte, 1);
	}
}

static void add_float(struct file *f, float v)
{
	uint32_t bits;

	memcpy(&bits, &v, sizeof(bits));
	add_int(f, bits, 4);
}

static void seal(struct file *f)
{
	add_int(f, str_hash((struct str){(char *)f->data, f->len}), 8);
}

/* What a test may want wrong. */
struct flaw {
	unsigned version, column, border;
	float second, scale, odds_order;
	const char *feature;
	int curve_over, above;
	/* of the network */
	const char *input;
	float input_scale, net_scale, doubt, part;
	unsigned inputs, nets, hidden, layers, shift, zero, distance, by;
	int32_t bias, layer_bias, out_bias;
	int16_t context;
};

/* Without a network, and with one. */
static const struct flaw sound = {
    .version = MODEL_VERSION,
    .border = 1,
    .second = 20,
    .scale = 0.04f,
    .feature = "words",
};

static const struct flaw netted = {
    .version = MODEL_VERSION,
    .border = 1,
    .second = 20,
    .scale = 0.04f,
    .feature = "words",
    .input = "commas",
    .input_scale = 1,
    .net_scale = 0.25f,
    .doubt = 0.75f,
    .part = 0.5f,
    .inputs = 2,
    .nets = 1,
    .hidden = 16,
    .layers = 1,
    .shift = 1,
    .distance = 3,
    .by = 2,
    .out_bias = 7,
};

/* A network of two inputs. Unit 0 is half of their sum; unit 1, after one
 * layer, half of what unit 0 is here and three blocks before and after. */
static void add_net(struct file *f, const struct flaw *w)
{
	for (unsigned i = 0; i < w->inputs; i++) {
		const char *name = i == 0 ? "words" : w->input;

		add_int(f, strlen(name), 1);
		add(f, name, strlen(name));
		add_float(f, w->input_scale);
		add_int(f, 256, 2);
	}
	if (w->nets == 0)
		return;
	add_int(f, w->hidden, 1);
	add_int(f, w->layers, 1);
	add_int(f, w->shift, 1);
	add_int(f, w->zero, 1);
	for (unsigned l = 0; l < w->layers; l++) {
		add_int(f, w->distance, 1);
		add_int(f, w->by, 1);
	}
	add_float(f, w->net_scale);
	add_int(f, (uint32_t)w->out_bias, 4);
	for (unsigned h = 0; h < w->hidden; h++)
		add_int(f, h == 1 ? (uint32_t)w->bias : 0, 4);
	for (unsigned h = 0; h < w->hidden; h++)
		for (unsigned k = 0; k < w->inputs; k++)
			add_int(f, h == 0, 2);
	for (unsigned k = 0; k < w->hidden * w->hidden; k++)
		add_int(f, k == 17 ? (uint16_t)w->context : 0, 2);
	for (unsigned l = 0; l < w->layers; l++) {
		for (unsigned h = 0; h < w->hidden; h++)
			add_int(f, h == 1 ? (uint32_t)w->layer_bias : 0, 4);
		for (unsigned h = 0; h < w->hidden; h++)
			for (unsigned k = 0; k < 3 * w->hidden; k++)
				add_int(f, h == 1 && k % w->hidden == 0 ? 2 : 0,
					2);
	}
	for (unsigned k = 0; k < 3 * w->hidden; k++)
		add_int(f, k == w->hidden + 1 ? 5 : 0, 2);
}

/* One tree that asks whether a block has more than 5 or 20 words; one token. */
static void build(struct file *f, const struct flaw *w)
{
	f->len = 0;
	add(f, "pithmodl", 8);
	add_int(f, w->version, 4);
	add_int(f, 1, 4); /* columns */
	add_int(f, 2, 4); /* borders */
	add_int(f, 1, 4); /* trees */
	add_int(f, 2, 4); /* tokens */
	add_int(f, MODEL_CURVE, 4);
	add_int(f, w->inputs, 4);
	add_int(f, w->nets, 4);
	add_int(f, strlen(w->feature), 1);
	add_int(f, 2, 1);
	add(f, w->feature, strlen(w->feature));
	add_float(f, 5);
	add_float(f, w->second);
	add_int(f, 51, 1); /* a fifth of what was learned from is above 5 */
	add_int(f, (unsigned)w->above, 1);
	for (unsigned i = 0; i < MODEL_DEPTH; i++) {
		add_int(f, w->column, 1);
		add_int(f, i == 0 ? 0 : w->border, 1);
	}
	for (unsigned i = 0; i < MODEL_LEAVES; i++)
		add_int(f, i == 0 ? (uint8_t)-75 : i == 1 ? 25 : 100, 1);
	add_float(f, w->scale);
	add_float(f, -1);
	add_float(f, w->doubt);
	add_float(f, w->part);
	add_net(f, w);
	add_int(f, w->odds_order > 0 ? 0x90 : 0x70, 4);
	add_int(f, 0x80, 4);
	add_int(f, (uint8_t)-16, 1);
	add_int(f, 16, 1);
	for (unsigned i = 0; i < MODEL_CURVE; i++)
		add_float(f, (float)i / 20 + (float)w->curve_over);
	seal(f);
}

static enum pith_status load(const struct file *f, struct model **m,
			     struct err *err)
{
	err_clear(err);
	return model_load((struct str){(const char *)f->data, f->len}, m, err);
}

/* A survey of ours: how many words each block has. */
static void read_words(const void *survey, uint32_t block, float *row)
{
	row[FEATURE_WORDS] = ((const float *)survey)[block];
}

static float score_words(const struct model *m, float words)
{
	/* The last block of three tiles; the others must not matter. */
	float survey[3 * MODEL_TILE - 7], logits[3 * MODEL_TILE - 7];
	const uint32_t count = sizeof(survey) / sizeof(survey[0]);
	const float common[FEATURE_COUNT] = {0};
	struct model_input input = {count, read_words, survey, common};
	struct err err = {0};
	struct arena arena;

	arena_init(&arena, &err);
	for (uint32_t i = 0; i < count; i++)
		survey[i] = (float)(i % 30);
	survey[count - 1] = words;
	assert_int_equal(model_score(&arena, m, &input, logits), PITH_OK);
	arena_free(&arena);
	for (uint32_t i = 0; i + 1 < count; i++)
		assert_float_equal(logits[i],
				   survey[i] > 20  ? 3
				   : survey[i] > 5 ? 0
						   : -4,
				   1e-6);
	return logits[count - 1];
}

static void test_sound_file(void **state)
{
	struct file f;
	struct err err = {0};
	struct model *m;
	float shares[FEATURE_COUNT], row[FEATURE_COUNT] = {0};

	(void)state;
	build(&f, &sound);
	assert_int_equal(load(&f, &m, &err), PITH_OK);
	assert_float_equal(score_words(m, 5), -4, 1e-6);
	assert_float_equal(score_words(m, 6), 0, 1e-6);
	assert_float_equal(score_words(m, 21), 3, 1e-6);
	assert_int_equal(lexicon_find(&m->lexicon, 0x70), -16);
	assert_int_equal(lexicon_find(&m->lexicon, 0x80), 16);
	assert_int_equal(lexicon_find(&m->lexicon, 0x90), LEXICON_NONE);
	assert_true(fabs(model_confidence(m, 0.33) - 0.33) < 1e-6);
	/* the only feature has moved all there is to move */
	row[FEATURE_WORDS] = 21;
	model_explain(m, NULL, 0, row, shares);
	assert_true(shares[FEATURE_WORDS] > 0);
	/* against what to expect: nothing is above 20, so leaf 0 four times
	 * out of five, and leaf 1 once */
	assert_true(fabs(shares[FEATURE_WORDS] - (4 - (-3 * .8 + 1 * .2))) <
		    1e-5);
	row[FEATURE_WORDS] = 1;
	model_explain(m, NULL, 0, row, shares);
	assert_true(fabs(shares[FEATURE_WORDS] - (-3 - (-3 * .8 + 1 * .2))) <
		    1e-5);
	assert_true(shares[FEATURE_HIDDEN] == 0);
	model_free(m);
}

/* The network's numbers stand where the format says. */
static void test_net(void **state)
{
	const float words[] = {1, 0, 0, 3, 0}, common[FEATURE_COUNT] = {0};
	struct model_input input = {5, read_words, words, common};
	struct file f;
	struct err err = {0};
	struct model *m;
	struct model_trace trace;
	struct arena arena;
	float logits[5], shares[FEATURE_COUNT], row[FEATURE_COUNT] = {0};

	(void)state;
	build(&f, &netted);
	assert_int_equal(load(&f, &m, &err), PITH_OK);
	arena_init(&arena, &err);
	assert_int_equal(model_score(&arena, m, &input, logits), PITH_OK);
	assert_int_equal(model_refine(&arena, m, &input, logits, &trace),
			 PITH_OK);
	/* 256 and 512 steps, so 128 and 256 of unit 0, 192 of unit 1 */
	for (unsigned i = 0; i < 5; i++)
		assert_true(logits[i] ==
			    (i % 3 == 0 ? (7 + 5 * 192) * 0.25f : 1.75f) - 2);
	row[FEATURE_WORDS] = 3;
	model_explain(m, &trace, 3, row, shares);
	/* a quarter a step, of 256 more than in the mean and 256 less */
	assert_float_equal(shares[FEATURE_COMMAS], -256 * 0.25 * 5 / 4, 1e-4);
	model_explain(m, &trace, 1, row, shares);
	assert_true(shares[FEATURE_COMMAS] == 0);
	arena_free(&arena);
	model_free(m);
}

static void refuse(struct flaw w, const char *why)
{
	struct file f;
	struct err err = {0};
	struct model *m;

	build(&f, &w);
	assert_int_equal(load(&f, &m, &err), PITH_FAILED);
	assert_null(m);
	assert_int_equal(err.cause, PITH_CAUSE_MODEL);
	assert_non_null(strstr(err.text, why));
}

static void test_unsound_content(void **state)
{
	struct flaw w;

	(void)state;
	w = sound, w.version = MODEL_VERSION + 1;
	refuse(w, "another version");
	w = sound, w.feature = "wards";
	refuse(w, "unknown feature");
	w = sound, w.column = 1;
	refuse(w, "not there");
	w = sound, w.border = 2;
	refuse(w, "not there");
	w = sound, w.second = 5;
	refuse(w, "do not rise");
	w = sound, w.second = NAN;
	refuse(w, "do not rise");
	w = sound, w.scale = INFINITY;
	refuse(w, "out of range");
	w = sound, w.odds_order = 1;
	refuse(w, "not sorted");
	w = sound, w.above = 52;
	refuse(w, "do not fall");
	w = sound, w.curve_over = 1;
	refuse(w, "confidence");
}

static void test_unsound_net(void **state)
{
	struct flaw w;

	(void)state;
	w = netted, w.input = "commaz";
	refuse(w, "unknown feature");
	w = netted, w.input = "words";
	refuse(w, "twice");
	w = netted, w.input_scale = -1;
	refuse(w, "scale");
	w = netted, w.input_scale = NAN;
	refuse(w, "scale");
	w = netted, w.net_scale = 1.5f;
	refuse(w, "scale");
	w = netted, w.net_scale = NAN;
	refuse(w, "scale");
	w = netted, w.doubt = NAN;
	refuse(w, "doubt");
	w = netted, w.doubt = 2.5f;
	refuse(w, "doubt");
	w = netted, w.part = -0.25f;
	refuse(w, "part");
	w = netted, w.part = 1.25f;
	refuse(w, "part");
	w = netted, w.nets = NETS_MAX + 1;
	refuse(w, "too large");
	w = netted, w.inputs = FEATURE_COUNT + 1;
	refuse(w, "too large");
	w = netted, w.hidden = 0;
	refuse(w, "shape");
	w = netted, w.hidden = 24;
	refuse(w, "shape");
	w = netted, w.hidden = NET_HIDDEN_MAX + NET_HIDDEN_STEP;
	refuse(w, "shape");
	w = netted, w.layers = NET_LAYERS_MAX + 1;
	refuse(w, "shape");
	w = netted, w.shift = NET_SHIFT_MAX + 1;
	refuse(w, "shape");
	w = netted, w.by = NET_SHIFT_MAX + 1;
	refuse(w, "shape");
	w = netted, w.zero = 1;
	refuse(w, "shape");
	w = netted, w.distance = 0;
	refuse(w, "shape");
	w = netted, w.distance = NET_DISTANCE_MAX + 1;
	refuse(w, "shape");
	/* the largest that fit are in net_explain_test.c */
	w = netted, w.bias = INT32_MIN;
	refuse(w, "sums");
	w = netted, w.layer_bias = INT32_MAX - 4095 * 6;
	w.context = 1;
	refuse(w, "sums");
	w = netted, w.out_bias = INT32_MAX;
	refuse(w, "sums");
}

static void check_cuts_and_flips(const struct flaw *w)
{
	struct file f, g;
	struct err err = {0};
	struct model *m;

	build(&f, w);
	for (size_t len = 0; len < f.len; len++) {
		g = f;
		g.len = len;
		assert_int_equal(load(&g, &m, &err), PITH_FAILED);
		g.len = len > 8 ? len - 8 : 0; /* cut, but with a fresh seal */
		seal(&g);
		assert_int_equal(load(&g, &m, &err), PITH_FAILED);
	}
	for (size_t at = 0; at < f.len; at++) {
		g = f;
		g.data[at] ^= 0x10;
		assert_int_equal(load(&g, &m, &err), PITH_FAILED);
	}
}

static void test_every_cut_and_flip(void **state)
{
	(void)state;
	check_cuts_and_flips(&sound);
	check_cuts_and_flips(&netted);
}

static void test_builtin(void **state)
{
	const struct model *m = &model_builtin;

	(void)state;
	assert_true(m->tree_count > 0 && m->column_count <= 256);
	for (uint32_t i = 0; i < m->tree_count * MODEL_DEPTH; i++) {
		assert_true(m->splits[i].column < m->column_count);
		assert_true(m->splits[i].border <
			    m->columns[m->splits[i].column].count);
	}
	assert_true(m->net_count <= NETS_MAX);
	assert_true(m->input_count <= NET_INPUTS_MAX &&
		    m->input_count % NET_HIDDEN_STEP == 0);
	for (uint32_t i = 0; i < m->net_count; i++)
		assert_true(net_fits(&m->nets[i], m->input_count));
	for (uint32_t k = 1; k < LEXICON_STARTS; k++)
		for (uint32_t i = m->lexicon.starts[k - 1] + 1u;
		     i < m->lexicon.starts[k]; i++)
			assert_true(m->lexicon.keys[i - 1] <
				    m->lexicon.keys[i]);
	assert_int_equal(m->lexicon.starts[LEXICON_STARTS - 1],
			 m->lexicon.count);
	for (unsigned i = 1; i < MODEL_CURVE; i++)
		assert_true(m->curve[i] >= m->curve[i - 1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_sound_file),
	    cmocka_unit_test(test_unsound_content),
	    cmocka_unit_test(test_net),
	    cmocka_unit_test(test_unsound_net),
	    cmocka_unit_test(test_every_cut_and_flip),
	    cmocka_unit_test(test_builtin),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
