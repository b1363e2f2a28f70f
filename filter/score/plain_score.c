/* SPDX-License-Identifier: MIT
 *
 * plain_score.c: survey, features, trees and selection of one plain text. */
#include "score/plain_score.h"

#include "score/model.h"
#include "score/plain_feature.h"

#include "score/plain.inc"

_Static_assert((int)PLAIN_COUNT <= (int)FEATURE_COUNT,
	       "rows of features have room for those of lines");

/* As score_blocks of score.c, with other features in the same rows. */
static enum pith_status score_lines(struct arena *arena,
				    const struct plain_survey *s, float *logits)
{
	float(*rows)[FEATURE_COUNT] =
	    arena_calloc(arena, MODEL_TILE, sizeof(*rows));
	uint32_t(*answers)[MODEL_WORDS] = arena_alloc(
	    arena, (model_plain.border_count + 1u) * sizeof(*answers));

	if (rows == NULL || answers == NULL)
		return arena_status(arena);
	for (uint32_t from = 0; from < s->count; from += MODEL_TILE) {
		uint32_t count = s->count - from;
		enum pith_status status = arena_check_time(arena);

		if (status != PITH_OK)
			return status;
		if (count > MODEL_TILE)
			count = MODEL_TILE;
		for (uint32_t i = 0; i < count; i++)
			plain_feature(s, from + i, rows[i]);
		model_score(&model_plain, (const float(*)[FEATURE_COUNT])rows,
			    count, answers, logits + from);
	}
	return PITH_OK;
}

enum pith_status plain_score(struct arena *arena, const struct plain *plain,
			     const struct score_options *options,
			     struct selection *out)
{
	struct plain_survey survey;
	uint32_t count = plain->page.block_count;
	enum pith_status status;
	float *logits;

	*out = (struct selection){.confidence = 0};
	out->verdicts = arena_calloc(arena, count, sizeof(*out->verdicts));
	logits = arena_calloc(arena, count, sizeof(*logits));
	if (out->verdicts == NULL || logits == NULL)
		return arena_status(arena);
	if (count == 0)
		return PITH_OK;
	status = plain_survey(arena, plain, &model_plain.lexicon, &survey);
	if (status == PITH_OK)
		status = score_lines(arena, &survey, logits);
	if (status != PITH_OK)
		return status;
	plain_select(&survey, logits, options, out);
	out->confidence = model_confidence(&model_plain, out->confidence);
	return PITH_OK;
}
