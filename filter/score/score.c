/* SPDX-License-Identifier: MIT
 *
 * score.c: survey, features, trees and selection of one page. */
#include "score/score.h"

#include <math.h>
#include <string.h>

#include "score/feature.h"
#include "score/model.h"
#include "score/select.h"
#include "score/survey.h"

/* The features that moved a block most, in order. */
static void find_reasons(const struct model *model,
			 const struct model_trace *trace, uint32_t block,
			 const float *row, unsigned count, struct reason *out)
{
	float shares[FEATURE_COUNT];

	model_explain(model, trace, block, row, shares);
	for (unsigned k = 0; k < count; k++) {
		unsigned best = 0;

		for (unsigned f = 1; f < FEATURE_COUNT; f++)
			if (fabsf(shares[f]) > fabsf(shares[best]))
				best = f;
		out[k] =
		    (struct reason){(uint16_t)best, row[best], shares[best]};
		shares[best] = 0;
	}
}

static void read_features(const void *survey, uint32_t block, float *row)
{
	feature_block(survey, block, row);
}

/* Why each block got its logit. */
static enum pith_status give_reasons(struct arena *arena,
				     const struct model *model,
				     const struct model_input *in,
				     const struct model_trace *trace,
				     unsigned reasons, struct reason *out)
{
	enum pith_status status = PITH_OK;
	float row[FEATURE_COUNT];

	memcpy(row, in->common, sizeof(row));
	for (uint32_t i = 0; i < in->count && status == PITH_OK; i++) {
		in->read(in->survey, i, row);
		find_reasons(model, trace, i, row, reasons,
			     out + (size_t)i * reasons);
		status = arena_check_time(arena);
	}
	return status;
}

/* A page on its way from blocks to what is kept. */
struct choice {
	struct arena *arena;
	const struct survey *survey;
	const struct model *model;
	const struct model_input *in;
	const struct score_options *options;
	float *raw, *logits; /* the trees', and what the cut goes by */
	struct model_trace trace;
};

static enum pith_status rank(struct choice *c,
			     const struct score_options *options,
			     const float *raw, struct selection *out)
{
	return select_rank(c->arena, c->survey, options, raw, c->logits, out);
}

/* Choose by the trees and the networks. */
static enum pith_status ask_networks(struct choice *c, bool trace,
				     struct selection *out)
{
	size_t size = c->in->count * sizeof(*c->raw);
	float *refined = arena_alloc(c->arena, size);
	enum pith_status status;

	if (refined == NULL)
		return arena_status(c->arena);
	memcpy(refined, c->raw, size);
	status = model_refine(c->arena, c->model, c->in, refined,
			      trace ? &c->trace : NULL);
	if (status == PITH_OK)
		status = rank(c, c->options, refined, out);
	if (status == PITH_OK)
		select_finish(c->survey, c->model, c->options, c->logits, out);
	return status;
}

/* Score the blocks and choose among them: by trees, and where those leave doubt
 * by networks as well, unless those leave nothing of the page. The doubt is the
 * same whatever the options. */
static enum pith_status choose(struct choice *c, bool trace,
			       struct selection *out)
{
	static const struct score_options plain = {.bias = 0};
	const struct score_options *options = c->options;
	enum pith_status status =
	    model_score(c->arena, c->model, c->in, c->raw);
	bool doubt;

	if (status == PITH_OK)
		status = rank(c, &plain, c->raw, out);
	if (status != PITH_OK)
		return status;
	doubt = c->model->net_count > 0 &&
		out->confidence < (double)c->model->doubt;
	if (doubt) {
		status = ask_networks(c, trace, out);
		if (status != PITH_OK || out->found)
			return status;
		c->trace = (struct model_trace){{NULL}};
	}
	if (doubt || options->bias != 0 || options->threshold != 0)
		status = rank(c, options, c->raw, out);
	if (status == PITH_OK)
		select_finish(c->survey, c->model, options, c->logits, out);
	return status;
}

enum pith_status score_page(struct arena *arena, const struct page *page,
			    const struct model *model,
			    const struct score_options *options,
			    struct selection *out)
{
	unsigned reasons =
	    options->reasons < FEATURE_COUNT ? options->reasons : FEATURE_COUNT;
	float row[FEATURE_COUNT] = {0};
	struct survey survey;
	struct model_input in = {page->block_count, read_features, &survey,
				 row};
	struct choice c = {arena,   &survey, model, &in,
			   options, NULL,    NULL,  {{NULL}}};
	enum pith_status status;

	*out = (struct selection){.found = false};
	if (model == NULL)
		c.model = &model_builtin;
	out->verdicts = arena_calloc(arena, in.count, sizeof(*out->verdicts));
	c.raw = arena_alloc(arena, in.count * sizeof(*c.raw));
	c.logits = arena_alloc(arena, in.count * sizeof(*c.logits));
	if (reasons > 0)
		out->reasons = arena_calloc(arena, (size_t)in.count * reasons,
					    sizeof(*out->reasons));
	if (out->verdicts == NULL || c.raw == NULL || c.logits == NULL ||
	    (reasons > 0 && out->reasons == NULL))
		return arena_status(arena);
	if (in.count == 0)
		return PITH_OK;
	status = survey_make(arena, page, &c.model->lexicon, &survey);
	if (status != PITH_OK)
		return status;
	feature_page(&survey, row);
	status = choose(&c, reasons > 0, out);
	if (status == PITH_OK && reasons > 0)
		status = give_reasons(arena, c.model, &in, &c.trace, reasons,
				      out->reasons);
	return status;
}

const char *score_feature_name(unsigned feature)
{
	return feature_name(feature);
}

const char *score_feature_meaning(unsigned feature)
{
	return feature_meaning(feature);
}

unsigned score_feature_count(void)
{
	return FEATURE_COUNT;
}
