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

/* Score the blocks and choose among them: by trees, and where those leave doubt
 * by networks as well. The doubt is the same whatever the options. */
static enum pith_status choose(struct arena *arena, const struct survey *s,
			       const struct model *model,
			       const struct score_options *options,
			       unsigned reasons, struct selection *out)
{
	static const struct score_options plain = {.bias = 0};
	float row[FEATURE_COUNT] = {0};
	struct model_input in = {s->count, read_features, s, row};
	struct model_trace trace = {{NULL}};
	float *raw = arena_alloc(arena, 2 * (size_t)s->count * sizeof(*raw));
	float *logits = raw + s->count;
	enum pith_status status;
	bool doubt;

	if (raw == NULL)
		return arena_status(arena);
	feature_page(s, row);
	status = model_score(arena, model, &in, raw);
	if (status == PITH_OK)
		status = select_rank(arena, s, &plain, raw, logits, out);
	doubt = model->net_count > 0 && out->confidence < (double)model->doubt;
	if (status == PITH_OK && doubt)
		status = model_refine(arena, model, &in, raw,
				      reasons > 0 ? &trace : NULL);
	if (status == PITH_OK &&
	    (doubt || options->bias != 0 || options->threshold != 0))
		status = select_rank(arena, s, options, raw, logits, out);
	if (status != PITH_OK)
		return status;
	select_finish(s, model, options, logits, out);
	return reasons == 0 ? PITH_OK
			    : give_reasons(arena, model, &in, &trace, reasons,
					   out->reasons);
}

enum pith_status score_page(struct arena *arena, const struct page *page,
			    const struct model *model,
			    const struct score_options *options,
			    struct selection *out)
{
	unsigned reasons =
	    options->reasons < FEATURE_COUNT ? options->reasons : FEATURE_COUNT;
	struct survey survey;
	enum pith_status status;

	*out = (struct selection){.found = false};
	if (model == NULL)
		model = &model_builtin;
	out->verdicts =
	    arena_calloc(arena, page->block_count, sizeof(*out->verdicts));
	if (reasons > 0)
		out->reasons =
		    arena_calloc(arena, (size_t)page->block_count * reasons,
				 sizeof(*out->reasons));
	if (out->verdicts == NULL || (reasons > 0 && out->reasons == NULL))
		return arena_status(arena);
	if (page->block_count == 0)
		return PITH_OK;
	status = survey_make(arena, page, &model->lexicon, &survey);
	if (status == PITH_OK)
		status = choose(arena, &survey, model, options, reasons, out);
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
