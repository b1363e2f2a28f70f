/* SPDX-License-Identifier: MIT
 *
 * gap.c: keeps what stands between blocks that are kept. A row of numbers in an
 * article's table, or a heading of two words, has a low score by itself; what
 * is kept around it says that it belongs there. */
#include "score/gap.h"

#include "score/repeat.h"
#include "score/select.h"

/* Kinds of blocks that are kept with the text around them: on how many sides
 * text of other kinds must be kept, how many blocks away it may be, and the
 * least logit. Code is hardly ever anything but a part of what is before or
 * after it, with the name of a file or a caption between. */
static const struct gap {
	unsigned sides; /* 0: never */
	uint32_t reach;
	float least;
} gaps[BLOCK_CONTROL + 1] = {
    [BLOCK_HEADING] = {2, 1, -2}, [BLOCK_ITEM] = {2, 1, -2},
    [BLOCK_TERM] = {1, 1, -1},	  [BLOCK_DEFINITION] = {1, 1, -1},
    [BLOCK_CELL] = {2, 1, -2},	  [BLOCK_PREFORMATTED] = {1, 3, -4}};

/* Of the source of a quote, or the name of a listing. */
static const float CAPTION_LEAST = -4;

/* Of a term before a definition that is kept by itself. */
static const float TERM_LEAST = -2;

/* A figure of more blocks is a gallery, and one farther out a part of the page:
 * each caption looks at all of its figure. */
enum { FIGURE_BLOCKS = 64, FIGURE_STEPS = 16 };

static bool is_figcaption(const struct survey *s, uint32_t i)
{
	const struct block *b = &s->page->blocks[i];

	return b->kind == BLOCK_CAPTION && (s->nodes[b->elem].kin & KIN_FIGURE);
}

/* The figure around the caption i, if it is near. */
static const struct elem *figure_of(const struct survey *s, uint32_t i)
{
	const struct elem *e = &s->page->elems[s->page->blocks[i].elem];

	for (unsigned step = 0; step < FIGURE_STEPS; step++) {
		if (e->tag == TAG_FIGURE)
			return e;
		if (e->parent == NO_ELEM)
			break;
		e = &s->page->elems[e->parent];
	}
	return NULL;
}

/* Does the caption i name text that is kept, a quote, code or a table? */
static bool is_of_text(const struct survey *s, const struct selection *out,
		       uint32_t i)
{
	const struct elem *figure = figure_of(s, i);

	if (figure == NULL ||
	    figure->last_block - figure->first_block > FIGURE_BLOCKS)
		return false;
	for (uint32_t k = figure->first_block; k < figure->last_block; k++) {
		const struct block *b = &s->page->blocks[k];

		if (out->verdicts[k].kept &&
		    (b->kind == BLOCK_PREFORMATTED || b->kind == BLOCK_CELL ||
		     (b->quotes > 0 && b->kind != BLOCK_CAPTION)))
			return true;
	}
	return false;
}

bool gap_is_picture(const struct survey *s, const struct selection *out,
		    uint32_t i)
{
	return is_figcaption(s, i) && !is_of_text(s, out, i);
}

static void keep(const struct survey *s, const float *logits, uint32_t i,
		 float least, struct selection *out)
{
	if (out->verdicts[i].rule == RULE_CUT && logits[i] > least &&
	    !repeat_is(s, out, i)) {
		out->verdicts[i].kept = true;
		out->verdicts[i].rule = RULE_GAP;
	}
}

/* What is kept for its place is no reason to keep more. */
static bool is_kept(const struct verdict *v)
{
	return v->kept && v->rule != RULE_GAP;
}

/* Is one of `reach` blocks from i on kept, in steps of 1 or -1? Comments and
 * other articles are of another text. */
static bool finds_kept(const struct survey *s, const struct selection *out,
		       uint32_t i, uint32_t step, uint32_t reach)
{
	for (; reach > 0 && i < s->count; reach--, i += step) {
		const struct verdict *v = &out->verdicts[i];

		if (v->rule == RULE_COMMENT || v->rule == RULE_OTHER)
			return false;
		if (is_kept(v))
			return true;
	}
	return false;
}

static bool is_defining(unsigned kind)
{
	return kind == BLOCK_TERM || kind == BLOCK_DEFINITION;
}

/* Where the run of blocks that begins with i ends: of one kind, or of terms and
 * their definitions. */
static uint32_t end_of_run(const struct survey *s, uint32_t i)
{
	const struct block *blocks = s->page->blocks;
	uint32_t end = i + 1;

	while (end < s->count &&
	       (blocks[end].kind == blocks[i].kind ||
		(is_defining(blocks[end].kind) && is_defining(blocks[i].kind))))
		end++;
	return end;
}

/* On how many sides of a run is text kept? A term and its definition are
 * neighbours, too. */
static unsigned sides_kept(const struct survey *s, const struct selection *out,
			   uint32_t i, uint32_t end, uint32_t reach)
{
	unsigned sides =
	    (unsigned)finds_kept(s, out, i - 1, UINT32_MAX, reach) +
	    finds_kept(s, out, end, 1, reach);

	if (is_defining(s->page->blocks[i].kind))
		for (; i < end; i++)
			sides += is_kept(&out->verdicts[i]);
	return sides;
}

/* Keep the terms before definitions that are kept, from the last on. */
static void name_kept(const struct survey *s, const float *logits,
		      struct selection *out)
{
	bool kept = false; /* the definition behind */

	for (uint32_t i = s->count; i-- > 0;) {
		switch (s->page->blocks[i].kind) {
		case BLOCK_TERM:
			if (kept)
				keep(s, logits, i, TERM_LEAST, out);
			break;
		case BLOCK_DEFINITION:
			kept = is_kept(&out->verdicts[i]);
			break;
		default:
			kept = false;
		}
	}
}

void gap_fill(const struct survey *s, const float *logits,
	      struct selection *out)
{
	for (uint32_t i = 0, end; i < s->count; i = end) {
		const struct gap *gap = &gaps[s->page->blocks[i].kind];

		end = end_of_run(s, i);
		if (gap->sides > 0 &&
		    sides_kept(s, out, i, end, gap->reach) >= gap->sides)
			for (uint32_t k = i; k < end; k++)
				keep(s, logits, k, gap->least, out);
	}
	for (uint32_t i = 0; i < s->count; i++)
		if (is_figcaption(s, i) && is_of_text(s, out, i))
			keep(s, logits, i, CAPTION_LEAST, out);
	name_kept(s, logits, out);
}
