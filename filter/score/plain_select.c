/* SPDX-License-Identifier: MIT
 *
 * plain_select.c: from the logits of lines to the lines that are kept. Without
 * markup a doubt is a reason to keep: a line of junk that stays is a smaller
 * loss than a line of the article that goes. Only where nothing much can be
 * lost, at a word or two before the first paragraph or after the last, a doubt
 * is a reason to drop. */
#include <math.h>

#include "score/plain_score.h"
#include "score/plain_survey.h"
#include "score/select.h"

/* Found by cross-validation: docs/plain-text.md. */
static const float KEEP_LONG = 0.2f;   /* text at least as likely is kept, */
static const float KEEP_SHORT = 0.25f; /* and short lines as likely as that; */
static const float HEADING =
    0.06f;			   /* those between two paragraphs that stay; */
static const float STUB = 0.7f;	   /* words before the first paragraph, */
static const float TAIL = 0.95f;   /* and one or two lines after the last */
static const float AFTER = 0.4f;   /* and such among more lines after it */
static const float CERTAIN = 0.5f; /* what those paragraphs have at least */
static const float DOUBT = 0.25f;  /* no line above it: no article */

enum { HEADING_LINES = 2, HEADING_WORDS = 16, STUB_WORDS = 3 };

/* The text that is kept for certain: lines first to last. */
struct extent {
	uint32_t first, last;
};

static struct extent find_extent(const struct plain_survey *s,
				 const struct selection *out)
{
	struct extent e = {NO_ELEM, 0};

	for (uint32_t i = 0; i < s->count; i++) {
		if (!s->lines[i].is_long || out->verdicts[i].score < CERTAIN)
			continue;
		if (e.first == NO_ELEM)
			e.first = i;
		e.last = i;
	}
	return e;
}

/* A word or two that end no sentence, or more numbers than words. */
static bool is_stub(const struct plain_line *line)
{
	const struct texture *t = &line->texture;

	return !line->is_long && t->sentences == 0 &&
	       (line->words <= STUB_WORDS ||
		t->digit > t->upper + t->lower + t->letter);
}

/* A heading between two paragraphs that stay belongs to the second. */
static bool is_heading(const struct plain_survey *s, uint32_t i,
		       const struct selection *out)
{
	const struct plain_line *line = &s->lines[i];

	return !line->is_long && line->words > 0 &&
	       line->words <= HEADING_WORDS &&
	       line->run_end - line->run_first <= HEADING_LINES &&
	       line->long_before != NO_ELEM && line->long_after != NO_ELEM &&
	       out->verdicts[line->long_before].score >= KEEP_SHORT &&
	       out->verdicts[line->long_after].score >= KEEP_SHORT;
}

/* The score from which on a line is kept. */
static float least_score(const struct plain_survey *s, uint32_t i,
			 struct extent extent, const struct selection *out)
{
	const struct plain_line *line = &s->lines[i];

	if (line->is_long)
		return KEEP_LONG;
	if (i > extent.first && i < extent.last && is_heading(s, i, out))
		return HEADING;
	if (extent.first != NO_ELEM && is_stub(line)) {
		if (i < extent.first)
			return STUB;
		if (i > extent.last)
			return line->run_end - line->run_first <= HEADING_LINES
				   ? TAIL
				   : AFTER;
	}
	return KEEP_SHORT;
}

/* The F1 that the kept lines are expected to have. */
static double expect(const struct plain_survey *s, const struct selection *out)
{
	double all = 0, hit = 0, kept = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const struct verdict *v = &out->verdicts[i];
		double w = (double)s->lines[i].words + 0.1;

		all += (double)v->score * w;
		if (v->kept) {
			hit += (double)v->score * w;
			kept += w;
		}
	}
	return kept > 0 ? 2 * hit / (kept + all) : 0;
}

void plain_select(const struct plain_survey *s, const float *logits,
		  const struct score_options *options, struct selection *out)
{
	struct extent extent;
	float top = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		double logit = (double)logits[i] + options->bias;
		float score = (float)(1 / (1 + exp(-logit)));

		out->verdicts[i] = (struct verdict){score, false, RULE_CUT};
		top = score > top ? score : top;
	}
	out->found = options->threshold > 0 || top >= DOUBT;
	extent = find_extent(s, out);
	for (uint32_t i = 0; i < s->count; i++) {
		struct verdict *v = &out->verdicts[i];
		float least;

		if (!out->found && !options->keep_doubt) {
			v->rule = RULE_DOUBT;
			continue;
		}
		least = options->threshold > 0 ? (float)options->threshold
					       : least_score(s, i, extent, out);
		v->kept = v->score >= least;
		v->rule = v->kept ? RULE_SCORE : RULE_CUT;
	}
	out->confidence = expect(s, out);
}
