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

struct job {
	const struct survey *survey;
	const struct model *model;
	float *logits;
	struct reason *reasons;
	unsigned reason_count; /* of a block */
};

/* Logits of all blocks, a tile at a time, so that a page of a million blocks
 * needs no more memory for features than a page of fifty. */
static enum pith_status score_blocks(struct arena *arena, const struct job *job)
{
	const struct survey *s = job->survey;
	float(*rows)[FEATURE_COUNT] =
	    arena_calloc(arena, MODEL_TILE, sizeof(*rows));
	uint32_t(*answers)[MODEL_WORDS] = arena_alloc(
	    arena, (job->model->border_count + 1u) * sizeof(*answers));

	if (rows == NULL || answers == NULL)
		return arena_status(arena);
	feature_page(s, rows[0]);
	for (unsigned i = 1; i < MODEL_TILE; i++)
		memcpy(rows[i], rows[0], sizeof(rows[0]));
	for (uint32_t from = 0; from < s->count; from += MODEL_TILE) {
		uint32_t count = s->count - from;
		enum pith_status status = arena_check_time(arena);

		if (status != PITH_OK)
			return status;
		if (count > MODEL_TILE)
			count = MODEL_TILE;
		for (uint32_t i = 0; i < count; i++)
			feature_block(s, from + i, rows[i]);
		model_score(job->model, (const float(*)[FEATURE_COUNT])rows,
			    count, answers, job->logits + from);
		for (uint32_t i = 0; job->reason_count > 0 && i < count; i++)
			find_reasons(job->model, rows[i], job->reason_count,
				     job->reasons + (size_t)(from + i) *
							job->reason_count);
	}
	return PITH_OK;
}

enum pith_status score_page(struct arena *arena, const struct page *page,
			    const struct model *model,
			    const struct score_options *options,
			    struct selection *out)
{
	struct survey survey;
	struct job job = {.survey = &survey,
			  .model = model != NULL ? model : &model_builtin,
			  .reason_count = options->reasons};
	enum pith_status status;

	*out = (struct selection){.found = false};
	if (job.reason_count > FEATURE_COUNT)
		job.reason_count = FEATURE_COUNT;
	out->verdicts =
	    arena_calloc(arena, page->block_count, sizeof(*out->verdicts));
	job.logits =
	    arena_alloc(arena, page->block_count * sizeof(*job.logits));
	if (job.reason_count > 0)
		job.reasons = out->reasons = arena_calloc(
		    arena, (size_t)page->block_count * job.reason_count,
		    sizeof(*job.reasons));
	if (out->verdicts == NULL || job.logits == NULL ||
	    (job.reason_count > 0 && job.reasons == NULL))
		return arena_status(arena);
	if (page->block_count == 0)
		return PITH_OK;
	status = survey_make(arena, page, &job.model->lexicon, &survey);
	if (status == PITH_OK)
		status = score_blocks(arena, &job);
	if (status == PITH_OK)
		status = select_blocks(arena, &survey, job.model, options,
				       job.logits, out);
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
