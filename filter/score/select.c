/* SPDX-License-Identifier: MIT
 *
 * select.c: the rules that make an article of scored blocks, in the order in
 * which they apply. Each was kept because cross-validation gained by it:
 * docs/accuracy.md has the figures. */
#include "score/select.h"

#include <math.h>
#include <string.h>

#include "score/below.h"
#include "score/byline.h"
#include "score/credit.h"
#include "score/gap.h"
#include "score/pointer.h"
#include "score/repeat.h"

enum {
	NOTICE_WORDS = 30, /* what noscript says of scripts is shorter */
	BYLINE_REACH = 3,  /* blocks kept before the text begins */
	BYLINE_TEXT = 30   /* words below it, at least */
};

/* Found by cross-validation; flat around these values. */
static const float GROUP_SHARE = 0.6f; /* of a block's group in its logit */
static const float DOUBT = 0.2f;       /* no block above it: no article */
/* Nor is there one where so few words are kept and none of them is likely:
 * the links of an empty page. */
static const float DOUBT_TOP = 0.5f, DOUBT_WORDS = 10;
#define SHARED 2.5 /* deviation of the error that logits of a page share */

static const char *const names[RULE_COUNT] = {
#define SELECT_NAME(id, name) name,
    SELECT_RULES(SELECT_NAME)
#undef SELECT_NAME
};

const char *score_rule_name(unsigned rule)
{
	return rule < RULE_COUNT ? names[rule] : "";
}

bool score_rule_is_comment(unsigned rule)
{
	return rule == RULE_COMMENT;
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
	float odds; /* e to the power of the sharpened logit */
	uint32_t block;
};

static unsigned byte_of(const struct rank *r, unsigned shift)
{
	uint32_t bits;

	memcpy(&bits, &r->odds, sizeof(bits));
	return ~bits >> shift & 0xff;
}

/* Sort by odds, the highest first; blocks of the same odds stay in order. Odds
 * are positive, and such numbers are in the order of their bits. */
static void sort_ranks(struct rank *ranks, struct rank *room, uint32_t count)
{
	for (unsigned shift = 0; shift < 32; shift += 8) {
		uint32_t places[256] = {0}, at = 0;
		struct rank *sorted = room;

		for (uint32_t i = 0; i < count; i++)
			places[byte_of(&ranks[i], shift)]++;
		for (unsigned k = 0; k < 256; k++) {
			uint32_t n = places[k];

			places[k] = at;
			at += n;
		}
		for (uint32_t i = 0; i < count; i++)
			sorted[places[byte_of(&ranks[i], shift)]++] = ranks[i];
		room = ranks;
		ranks = sorted;
	}
}

/* Words as the cut weighs them: labels without a word weigh a little. */
static double weight_of(const struct block *b)
{
	return b->words > 0 ? (double)b->words : 0.1;
}

/* Add to f1[k] what keeping the k + 1 best blocks is worth if all odds of the
 * page are off by the same factor: 2 Σk p·w / (Σk w + Σall p·w). */
static void add_expected(const struct survey *s, const struct rank *ranks,
			 uint32_t count, double factor, double *hits,
			 double *f1)
{
	const struct block *blocks = s->page->blocks;
	double all = 0, hit = 0, kept = 0;

	for (uint32_t i = 0; i < count; i++) {
		double odds = (double)ranks[i].odds * factor;

		hits[i] =
		    weight_of(&blocks[ranks[i].block]) * odds / (1 + odds);
		all += hits[i];
	}
	for (uint32_t i = 0; i < count; i++) {
		hit += hits[i];
		kept += weight_of(&blocks[ranks[i].block]);
		f1[i] += 2 * hit / (kept + all);
	}
}

/* How many of the best blocks to keep: those of the threshold and above, or as
 * many as give the largest expected F1. */
static uint32_t kept_of(const struct rank *ranks, const double *f1,
			uint32_t count, double threshold,
			const struct selection *out)
{
	uint32_t best = 0;

	if (threshold > 0) {
		while (best < count &&
		       (double)out->verdicts[ranks[best].block].score >=
			   threshold)
			best++;
		return best;
	}
	for (uint32_t i = 0; i < count; i++)
		if (f1[i] > f1[best])
			best = i;
	return best + 1;
}

/* Keep the best blocks, as many as give the largest expected F1. The blocks
 * of a page are right or wrong together: their logits share an error, normal
 * with deviation SHARED, over which the expectation is taken. */
static enum pith_status cut(struct arena *arena, const struct survey *s,
			    const struct score_options *options,
			    const float *logits, struct selection *out)
{
	/* the middles of seven equal parts of the normal distribution */
	static const double parts[] = {-1.4652, -0.7916, -0.3661, 0,
				       0.3661,	0.7916,	 1.4652};
	enum { PARTS = sizeof(parts) / sizeof(parts[0]) };
	const double sharpen = sqrt(1 + 0.346 * SHARED * SHARED);
	struct rank *ranks =
	    arena_alloc(arena, 2 * (size_t)s->count * sizeof(*ranks));
	double *hits = arena_alloc(arena, s->count * sizeof(*hits));
	double *f1 = arena_calloc(arena, s->count, sizeof(*f1));
	uint32_t count = 0, keep;

	out->confidence = 0;
	if (ranks == NULL || hits == NULL || f1 == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->count; i++) {
		double logit = sharpen * (double)logits[i];

		if (out->verdicts[i].rule != RULE_CUT)
			continue;
		logit = logit < -40 ? -40 : logit > 40 ? 40 : logit;
		ranks[count++] = (struct rank){(float)exp(logit), i};
	}
	if (count == 0)
		return PITH_OK;
	sort_ranks(ranks, ranks + count, count);
	for (unsigned k = 0; k < PARTS; k++)
		add_expected(s, ranks, count, exp(SHARED * parts[k]), hits, f1);
	keep = kept_of(ranks, f1, count, options->threshold, out);
	for (uint32_t i = 0; i < keep; i++) {
		out->verdicts[ranks[i].block].kept = true;
		out->verdicts[ranks[i].block].rule = RULE_SCORE;
	}
	out->confidence = keep > 0 ? f1[keep - 1] / PARTS : 0;
	return PITH_OK;
}

/* The h1 that repeats the page's title: metadata has it. */
static void drop_title(const struct survey *s, struct selection *out)
{
	const struct echo *e;

	if (s->h1 == NO_ELEM)
		return;
	e = &s->echoes[s->h1];
	if (e->words > 0 && e->in_title * 5 >= e->words * 4)
		out->verdicts[s->h1].rule = RULE_TITLE;
}

/* The label, which may have been dropped before, and what stands under it. */
static void drop_range(struct selection *out, struct below range,
		       enum select_rule rule)
{
	for (uint32_t i = range.first; i < range.end; i++)
		if (out->verdicts[i].kept || i == range.first)
			select_drop(out, i, rule);
}

/* What readers wrote below the article, and what other articles say. */
static void drop_below(const struct survey *s, const float *logits,
		       struct selection *out)
{
	struct below range = below_comments(s, logits, out);
	struct below_walk walk;

	drop_range(out, range, RULE_COMMENT);
	walk = below_begin(s, out);
	while (below_others(s, logits, out, &walk, &range))
		drop_range(out, range, RULE_OTHER);
}

/* The rule by which a block that is kept is none of the article's text; if
 * there is none, the one that kept it. */
static unsigned aside_rule(const struct survey *s, const struct selection *out,
			   uint32_t i)
{
	const struct block *b = &s->page->blocks[i];

	if (gap_is_picture(s, out, i))
		return RULE_CAPTION;
	if (pointer_block(s->page, b))
		return RULE_POINTER;
	if (credit_block(b))
		return RULE_CREDIT;
	if (credit_is_button(b))
		return RULE_BUTTON;
	return out->verdicts[i].rule;
}

/* What stands in the article and is not its text. Captions, credits and buttons
 * stay on a page that has nothing else. */
static void drop_asides(const struct survey *s, struct selection *out)
{
	bool text = false;

	for (uint32_t i = 0; i < s->count && !text; i++)
		text = out->verdicts[i].kept &&
		       aside_rule(s, out, i) == out->verdicts[i].rule;
	for (uint32_t i = 0; i < s->count; i++) {
		const struct verdict *v = &out->verdicts[i];
		unsigned rule = v->kept ? aside_rule(s, out, i) : v->rule;

		if (rule != v->rule && (text || rule == RULE_POINTER))
			select_drop(out, i, (enum select_rule)rule);
	}
}

/* Who wrote the text and when: one such line among the first that are kept, and
 * none in the text, else it is a diary, the notes of releases or a thread. */
static void drop_byline(const struct survey *s,
			bool (*is)(const struct block *), struct selection *out)
{
	uint32_t line = NO_ELEM;
	unsigned seen = 0;
	float words = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const struct block *b = &s->page->blocks[i];

		if (!out->verdicts[i].kept)
			continue;
		if (seen >= BYLINE_REACH && line == NO_ELEM)
			return;
		if (is(b)) {
			if (line != NO_ELEM)
				return;
			line = i;
		} else if (line != NO_ELEM) {
			words += b->words;
		}
		seen++;
	}
	if (words >= BYLINE_TEXT)
		select_drop(out, line, RULE_BYLINE);
}

static float words_kept(const struct survey *s, const struct selection *out)
{
	float words = 0;

	for (uint32_t i = 0; i < s->count; i++)
		if (out->verdicts[i].kept)
			words += s->page->blocks[i].words;
	return words;
}

/* Is all that was kept a notice that the page wants scripts? */
static bool is_notice(const struct survey *s, const struct selection *out)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (out->verdicts[i].kept &&
		    !(s->nodes[s->page->blocks[i].elem].kin & KIN_NOSCRIPT))
			return false;
	return words_kept(s, out) < NOTICE_WORDS;
}

enum pith_status select_rank(struct arena *arena, const struct survey *s,
			     const struct score_options *options,
			     const float *raw, float *logits,
			     struct selection *out)
{
	enum pith_status status;

	memcpy(logits, raw, s->count * sizeof(*logits));
	status = average_groups(arena, s, logits);
	if (status != PITH_OK)
		return status;
	for (uint32_t i = 0; i < s->count; i++) {
		float score;

		logits[i] = (float)((double)logits[i] + options->bias);
		score = (float)(1 / (1 + exp(-(double)logits[i])));
		out->verdicts[i] = (struct verdict){score, false, RULE_CUT};
	}
	drop_title(s, out);
	return cut(arena, s, options, logits, out);
}

void select_finish(const struct survey *s, const struct model *model,
		   const struct score_options *options, const float *logits,
		   struct selection *out)
{
	float top = 0;

	for (uint32_t i = 0; i < s->count; i++)
		if (out->verdicts[i].score > top)
			top = out->verdicts[i].score;
	repeat_drop(s, out);
	drop_below(s, logits, out);
	out->found = options->threshold > 0 ||
		     ((top >= DOUBT_TOP ||
		       (top >= DOUBT && words_kept(s, out) >= DOUBT_WORDS)) &&
		      !is_notice(s, out));
	out->confidence = model_confidence(model, out->confidence);
	if (options->threshold == 0 && (out->found || options->keep_doubt))
		gap_fill(s, logits, out);
	drop_asides(s, out);
	drop_byline(s, byline_is_date, out);
	drop_byline(s, byline_is_name, out);
	for (uint32_t i = 0; i < s->count; i++)
		if (!out->found && !options->keep_doubt)
			select_drop(out, i, RULE_DOUBT);
}
