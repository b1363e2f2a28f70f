/* SPDX-License-Identifier: MIT
 *
 * plain_score.c: survey, features, trees and selection of one plain text. */
#include "score/plain_score.h"

#include "score/model.h"
#include "score/plain_feature.h"

#include "score/plain.inc"

_Static_assert((int)PLAIN_COUNT <= (int)FEATURE_COUNT,
	       "rows of features have room for those of lines");

static void read_features(const void *survey, uint32_t line, float *row)
{
	plain_feature(survey, line, row);
}

enum pith_status plain_score(struct arena *arena, const struct plain *plain,
			     const struct score_options *options,
			     struct selection *out)
{
	static const float common[FEATURE_COUNT];
	uint32_t count = plain->page.block_count;
	struct plain_survey survey;
	struct model_input input = {count, read_features, &survey, common};
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
		status = model_score(arena, &model_plain, &input, logits);
	if (status != PITH_OK)
		return status;
	plain_select(&survey, logits, options, out);
	out->confidence = model_confidence(&model_plain, out->confidence);
	return PITH_OK;
}
