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
static void find_reasons(const struct model *model, const float *row,
			 unsigned count, struct reason *out)
{
	float shares[FEATURE_COUNT];

	model_explain(model, row, shares);
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

/* Logits of all blocks, and what moved them most. */
static enum pith_status score_blocks(struct arena *arena,
				     const struct survey *s,
				     const struct model *model,
				     unsigned reasons, struct reason *out,
				     float *logits)
{
	float row[FEATURE_COUNT] = {0};
	struct model_input input = {s->count, read_features, s, row};
	enum pith_status status;

	feature_page(s, row);
	status = model_score(arena, model, &input, logits);
	for (uint32_t i = 0; reasons > 0 && i < s->count && status == PITH_OK;
	     i++) {
		feature_block(s, i, row);
		find_reasons(model, row, reasons, out + (size_t)i * reasons);
		status = arena_check_time(arena);
	}
	return status;
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
	float *logits;

	*out = (struct selection){.found = false};
	if (model == NULL)
		model = &model_builtin;
	out->verdicts =
	    arena_calloc(arena, page->block_count, sizeof(*out->verdicts));
	logits = arena_alloc(arena, page->block_count * sizeof(*logits));
	if (reasons > 0)
		out->reasons =
		    arena_calloc(arena, (size_t)page->block_count * reasons,
				 sizeof(*out->reasons));
	if (out->verdicts == NULL || logits == NULL ||
	    (reasons > 0 && out->reasons == NULL))
		return arena_status(arena);
	if (page->block_count == 0)
		return PITH_OK;
	status = survey_make(arena, page, &model->lexicon, &survey);
	if (status == PITH_OK)
		status = score_blocks(arena, &survey, model, reasons,
				      out->reasons, logits);
	if (status == PITH_OK)
		status =
		    select_blocks(arena, &survey, model, options, logits, out);
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
