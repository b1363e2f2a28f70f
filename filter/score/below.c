/* SPDX-License-Identifier: MIT
 *
 * below.c: tells an article from the comments and teasers below it. To the
 * classifier a thread below a text looks as one of a forum does, where it is
 * what the page is for, and a teaser as the first lines of a story. What stands
 * above it says what it is. */
#include "score/below.h"

#include <string.h>

#include "score/label.h"

enum {
	LABEL_WORDS = 16,
	/* Words of the article before: a heading begins something new, other
	 * text must have more to end. */
	HEADING_AFTER = 30,
	TEXT_AFTER = 100,
	OTHERS_AFTER = 30
};

/* By so much must the mean logit of the article be above that of teasers. */
static const double OTHERS_BELOW = 0.5;

static const struct below nothing = {0, 0};

static enum label read_block(const struct block *b)
{
	return b->text.len < LABEL_BYTES && b->words <= LABEL_WORDS
		   ? label_of(b->text)
		   : LABEL_NONE;
}

/* Links lead to comments that are elsewhere. */
static bool heads_comments(const struct block *b)
{
	return (b->kind == BLOCK_HEADING || b->link_chars * 2 <= b->chars) &&
	       read_block(b) == LABEL_COMMENTS;
}

/* Does the page say of its address that it is one of a forum? */
static bool is_thread(const struct page *page)
{
	static const char *const words[] = {
	    "forum",	 "communit",  "discussion", "thread",
	    "topic",	 "board.",    "boards.",    "/board",
	    "questions", "viewtopic", "answers"};

	for (uint32_t i = 0; i < page->elem_count; i++) {
		const struct elem *e = &page->elems[i];
		struct str address = {NULL, 0};

		if (e->tag == TAG_LINK &&
		    str_equal_nocase(str_trim(elem_attr(e, ATTR_REL)),
				     STR("canonical")))
			address = elem_attr(e, ATTR_HREF);
		else if (e->tag == TAG_META &&
			 str_equal_nocase(elem_attr(e, ATTR_PROPERTY),
					  STR("og:url")))
			address = elem_attr(e, ATTR_CONTENT);
		for (size_t k = 0; k < sizeof(words) / sizeof(words[0]); k++)
			if (str_find_nocase(
				address,
				(struct str){words[k], strlen(words[k])},
				0) != SIZE_MAX)
				return true;
	}
	return false;
}

/* Mean logit of what is kept of some blocks, by words; false if nothing is. */
static bool mean_kept(const struct survey *s, const float *logits,
		      const struct selection *out, struct below range,
		      double *mean)
{
	double sum = 0, weight = 0;

	for (uint32_t i = range.first; i < range.end; i++) {
		double w = (double)s->page->blocks[i].words + 0.1;

		if (!out->verdicts[i].kept)
			continue;
		sum += w * (double)logits[i];
		weight += w;
	}
	*mean = weight > 0 ? sum / weight : 0;
	return weight > 0;
}

/* Is what is kept before a range likelier than what is kept in it? By more than
 * `least`. */
static bool stands_below(const struct survey *s, const float *logits,
			 const struct selection *out, struct below range,
			 double least)
{
	double article, other;

	return mean_kept(s, logits, out, range, &other) &&
	       mean_kept(s, logits, out, (struct below){0, range.first},
			 &article) &&
	       article > other + least;
}

/* One behind the last block that is kept. */
static uint32_t end_of_kept(const struct survey *s, const struct selection *out)
{
	uint32_t end = s->count;

	while (end > 0 && !out->verdicts[end - 1].kept)
		end--;
	return end;
}

struct below below_comments(const struct survey *s, const float *logits,
			    const struct selection *out)
{
	const struct block *blocks = s->page->blocks;
	uint32_t end = end_of_kept(s, out), label = NO_ELEM;
	struct below range;
	float words = 0;

	for (uint32_t i = 0; i < end && label == NO_ELEM; i++) {
		int least = blocks[i].kind == BLOCK_HEADING ? HEADING_AFTER
							    : TEXT_AFTER;

		if (words >= (float)least && heads_comments(&blocks[i]))
			label = i;
		if (out->verdicts[i].kept)
			words += blocks[i].words;
	}
	if (label == NO_ELEM)
		return nothing;
	range = (struct below){label, s->count};
	if (!stands_below(s, logits, out, range, 0) || is_thread(s->page))
		return nothing;
	for (uint32_t i = 0; i < end; i++)
		if (i != label && heads_comments(&blocks[i]))
			return nothing;
	return range;
}

/* A label, and what stands behind it in the innermost element around both. */
static struct below under_label(const struct page *page, uint32_t label)
{
	const struct elem *e = &page->elems[page->blocks[label].elem];

	while (e->last_block <= label + 1 && e->parent != NO_ELEM)
		e = &page->elems[e->parent];
	return (struct below){label, e->last_block};
}

struct below below_others(const struct survey *s, const float *logits,
			  const struct selection *out, uint32_t from)
{
	const struct block *blocks = s->page->blocks;
	uint32_t end = end_of_kept(s, out);
	float words = 0;

	for (uint32_t i = 0; i < end; i++) {
		struct below range;

		if (i >= from && words >= OTHERS_AFTER &&
		    read_block(&blocks[i]) == LABEL_OTHERS) {
			range = under_label(s->page, i);
			if (stands_below(s, logits, out, range, OTHERS_BELOW))
				return range;
		}
		if (out->verdicts[i].kept)
			words += blocks[i].words;
	}
	return nothing;
}
