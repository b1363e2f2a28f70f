/* SPDX-License-Identifier: MIT
 *
 * select.c: the rules that make an article of scored blocks, in the order in
 * which they apply. Each was kept because cross-validation gained by it:
 * docs/accuracy.md has the figures. */
#include "score/select.h"

#include <math.h>
#include <stdlib.h>

/* Found by cross-validation; flat around these values. */
static const float GROUP_SHARE = 0.3f; /* of a block's group in its logit */
static const float DOUBT = 0.25f;      /* no block above it: no article */

static const char *const names[RULE_COUNT] = {
#define SELECT_NAME(id, name) name,
    SELECT_RULES(SELECT_NAME)
#undef SELECT_NAME
};

const char *score_rule_name(unsigned rule)
{
	return rule < RULE_COUNT ? names[rule] : "";
}

/* Blocks with the same tags and classes above them share an opinion. */
static enum pith_status average_groups(struct arena *arena,
				       const struct survey *s, float *logits)
{
	struct mean {
		double sum, weight;
	} *means = arena_calloc(arena, s->page->elem_count, sizeof(*means));

	if (means == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->count; i++) {
		const struct block *b = &s->page->blocks[i];
		struct mean *m = &means[s->nodes[b->elem].classes];
		double weight = sqrt((double)b->words + 1);

		m->sum += weight * (double)logits[i];
		m->weight += weight;
	}
	for (uint32_t i = 0; i < s->count; i++) {
		const struct mean *m =
		    &means[s->nodes[s->page->blocks[i].elem].classes];

		logits[i] =
		    (float)((1 - (double)GROUP_SHARE) * (double)logits[i] +
			    (double)GROUP_SHARE * m->sum / m->weight);
	}
	return PITH_OK;
}

struct rank {
	float score;
	uint32_t block;
};

static int compare_ranks(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;

	if (x->score > y->score)
		return -1;
	if (x->score < y->score)
		return 1;
	return x->block < y->block ? -1 : x->block > y->block;
}

/* Words as the cut weighs them: labels without a word weigh a little. */
static double weight_of(const struct block *b)
{
	return b->words > 0 ? (double)b->words : 0.1;
}

/* Keep the k best blocks with the largest expected F1:
 * 2 Σk p·w / (Σk w + Σall p·w). */
static enum pith_status cut(struct arena *arena, const struct survey *s,
			    struct selection *out)
{
	struct rank *ranks = arena_alloc(arena, s->count * sizeof(*ranks));
	double all = 0, hit = 0, kept = 0, best = 0;
	uint32_t k = 0;

	if (ranks == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->count; i++) {
		const struct verdict *v = &out->verdicts[i];
		bool open = v->rule == RULE_CUT;

		ranks[i] = (struct rank){open ? v->score : -1, i};
		if (open)
			all +=
			    (double)v->score * weight_of(&s->page->blocks[i]);
	}
	qsort(ranks, s->count, sizeof(*ranks), compare_ranks);
	for (uint32_t i = 0; i < s->count && ranks[i].score >= 0; i++) {
		double w = weight_of(&s->page->blocks[ranks[i].block]);
		double f1;

		hit += (double)ranks[i].score * w;
		kept += w;
		f1 = 2 * hit / (kept + all);
		if (f1 > best) {
			best = f1;
			k = i + 1;
		}
	}
	for (uint32_t i = 0; i < k; i++) {
		out->verdicts[ranks[i].block].kept = true;
		out->verdicts[ranks[i].block].rule = RULE_SCORE;
	}
	out->confidence = best;
	return PITH_OK;
}

static void drop_title(const struct survey *s, struct selection *out)
{
	const struct block *b;
	uint64_t words[64];
	unsigned count, same = 0;

	if (s->h1 == NO_ELEM || s->title_count == 0)
		return;
	b = &s->page->blocks[s->h1];
	count = survey_words(b->text, words, 64);
	for (unsigned i = 0, j = 0; i < count && j < s->title_count;) {
		if (words[i] == s->title_words[j]) {
			same++;
			i++;
			j++;
		} else if (words[i] < s->title_words[j]) {
			i++;
		} else {
			j++;
		}
	}
	if (count > 0 && same * 5 >= count * 4)
		out->verdicts[s->h1].rule = RULE_TITLE;
}

enum pith_status select_blocks(struct arena *arena, const struct survey *s,
			       const struct model *model,
			       const struct score_options *options,
			       float *logits, struct selection *out)
{
	enum pith_status status = average_groups(arena, s, logits);
	float top = 0;

	if (status != PITH_OK)
		return status;
	for (uint32_t i = 0; i < s->count; i++) {
		double logit = (double)logits[i] + options->bias;
		float score = (float)(1 / (1 + exp(-logit)));

		out->verdicts[i] = (struct verdict){score, false, RULE_CUT};
		top = score > top ? score : top;
	}
	drop_title(s, out);
	status = cut(arena, s, out);
	if (status != PITH_OK)
		return status;
	out->found = top >= DOUBT;
	out->confidence = model_confidence(model, out->confidence);
	for (uint32_t i = 0; i < s->count; i++)
		if (!out->found && !options->keep_doubt) {
			out->verdicts[i].kept = false;
			out->verdicts[i].rule = RULE_DOUBT;
		}
	return PITH_OK;
}
