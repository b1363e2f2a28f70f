/* SPDX-License-Identifier: MIT
 *
 * words_model.h: a model that knows one thing, whether a block has more than
 * five words, and what selection makes of a page by it. Included by unit
 * tests. */
#ifndef TESTS_WORDS_MODEL_H
#define TESTS_WORDS_MODEL_H

#include <math.h>
#include <string.h>

#include "score/model.h"
#include "score/score.h"

static const struct model_column columns[] = {{FEATURE_WORDS, 0, 1}};
static const float borders[] = {5};
static const struct model_split splits[MODEL_DEPTH] = {{0, 0}, {0, 0}, {0, 0},
						       {0, 0}, {0, 0}, {0, 0}};
static const float curve[MODEL_CURVE] = {
    0,	  .05f, .1f,  .15f, .2f,  .25f, .3f,  .35f, .4f,  .45f, .5f,
    .55f, .6f,	.65f, .7f,  .75f, .8f,	.85f, .9f,  .95f, 1};

struct result {
	struct err err;
	struct arena arena;
	struct page page;
	struct selection selection;
};

/* Networks that say 5, and -9, of every block, whatever it is. */
static const int16_t nothing[NET_HIDDEN_STEP * NET_HIDDEN_STEP];
static const int32_t no_bias[NET_HIDDEN_STEP];
static const struct net_input inputs[NET_HIDDEN_STEP];
static const struct net yes = {.hidden = NET_HIDDEN_STEP,
			       .first = nothing,
			       .bias = no_bias,
			       .context = nothing,
			       .out = nothing,
			       .out_bias = 5,
			       .scale = 1};
static const struct net no = {.hidden = NET_HIDDEN_STEP,
			      .first = nothing,
			      .bias = no_bias,
			      .context = nothing,
			      .out = nothing,
			      .out_bias = -9,
			      .scale = 1};

#define LONG                                                                   \
	"One two three four five six seven eight nine ten eleven twelve "      \
	"thirteen fourteen fifteen sixteen."

#define PROSE_A "<div class=a><p>One two three four five six seven.</div>"
#define PROSE_B "<div class=b><p>Eight nine ten eleven twelve thirteen.</div>"

/* Score a page; short blocks get the logit `low`, longer ones `high`, and the
 * network is asked if the F1 to expect is below `doubt`. */
static void run_doubting(struct result *r, const char *html, float low,
			 float high, const struct score_options *options,
			 float doubt, const struct net *net)
{
	int8_t leaves[MODEL_LEAVES];
	struct model m = {.columns = columns,
			  .borders = borders,
			  .splits = splits,
			  .leaves = leaves,
			  .column_count = 1,
			  .border_count = 1,
			  .tree_count = 1,
			  .scale = 0.1f,
			  .curve = curve,
			  .inputs = inputs,
			  .input_count = NET_HIDDEN_STEP,
			  .nets = net,
			  .net_count = 1,
			  .doubt = doubt,
			  .trees_part = 0.5f};
	struct GumboInternalOutput *tree;

	for (unsigned i = 0; i < MODEL_LEAVES; i++)
		leaves[i] = (int8_t)lroundf((i & 1 ? high : low) * 10);
	memset(r, 0, sizeof(*r));
	arena_init(&r->arena, &r->err);
	arena_reset(&r->arena, 64 << 20, 0);
	assert_int_equal(
	    parse_markup(&r->arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(&r->arena, tree, NULL, &r->page), PITH_OK);
	assert_int_equal(
	    score_page(&r->arena, &r->page, &m, options, &r->selection),
	    PITH_OK);
}

static void run(struct result *r, const char *html, float low, float high,
		const struct score_options *options)
{
	run_doubting(r, html, low, high, options, 0, &yes);
}

/* "text" is kept or dropped by a rule. */
static void expect(struct result *r, const char *text, bool kept,
		   const char *rule)
{
	for (uint32_t i = 0; i < r->page.block_count; i++) {
		const struct verdict *v = &r->selection.verdicts[i];

		if (strcmp(r->page.blocks[i].text.data, text) != 0)
			continue;
		assert_string_equal(score_rule_name(v->rule), rule);
		assert_int_equal(v->kept, kept);
		return;
	}
	fail_msg("no block \"%s\"", text);
}

static const struct score_options plain = {.bias = 0};

#endif
