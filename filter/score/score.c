/* SPDX-License-Identifier: MIT
 *
 * score.c: survey, features, trees and selection of one page. */
#include "score/score.h"

#include "score/feature.h"
#include "score/model.h"
#include "score/select.h"
#include "score/survey.h"

/* Logits of all blocks, a tile at a time, so that a page of a million blocks
 * needs no more memory for features than a page of fifty. */
static enum pith_status score_blocks(struct arena *arena,
				     const struct survey *s,
				     const struct model *model, float *logits)
{
	float(*rows)[FEATURE_COUNT] =
	    arena_calloc(arena, MODEL_TILE, sizeof(*rows));

	if (rows == NULL)
		return arena_status(arena);
	for (unsigned i = 0; i < MODEL_TILE; i++)
		feature_page(s, rows[i]);
	for (uint32_t from = 0; from < s->count; from += MODEL_TILE) {
		uint32_t count = s->count - from;
		enum pith_status status = arena_check_time(arena);

		if (status != PITH_OK)
			return status;
		if (count > MODEL_TILE)
			count = MODEL_TILE;
		for (uint32_t i = 0; i < count; i++)
			feature_block(s, from + i, rows[i]);
		model_score(model, (const float(*)[FEATURE_COUNT])rows, count,
			    logits + from);
	}
	return PITH_OK;
}

enum pith_status score_page(struct arena *arena, const struct page *page,
			    const struct model *model,
			    const struct score_options *options,
			    struct selection *out)
{
	struct survey survey;
	float *logits;
	enum pith_status status;

	*out = (struct selection){NULL, 0, false};
	out->verdicts =
	    arena_calloc(arena, page->block_count, sizeof(*out->verdicts));
	logits = arena_alloc(arena, page->block_count * sizeof(*logits));
	if (out->verdicts == NULL || logits == NULL)
		return arena_status(arena);
	if (page->block_count == 0)
		return PITH_OK;
	if (model == NULL)
		model = &model_builtin;
	status = survey_make(arena, page, &model->lexicon, &survey);
	if (status == PITH_OK)
		status = score_blocks(arena, &survey, model, logits);
	if (status == PITH_OK)
		status =
		    select_blocks(arena, &survey, model, options, logits, out);
	return status;
}
