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
	COMMENTS_WORDS = 6, /* of a label */
	OTHERS_WORDS = 6,
	TITLE_WORDS = 20, /* and of what the article is called behind it */
	LABELS_MOST = 32, /* of other texts: each is looked through */
	/* Words of the article before: a heading begins something new, other
	 * text must have more to end. */
	HEADING_AFTER = 30,
	TEXT_AFTER = 100,
	OTHERS_AFTER = 30
};

/* By so much must the mean logit of the article be above that of teasers. */
static const double OTHERS_BELOW = 0.5;

static const struct below nothing = {0, 0};

/* Does a text begin with a number, as "46 comments on …" does? */
static bool may_count(struct str text)
{
	return strchr("0123456789{(OoTtNn", text.data[0]) != NULL;
}

/* What cannot be a label is not read: that takes time. Links lead to comments
 * that are elsewhere. */
static bool heads_comments(const struct block *b)
{
	return b->text.len < LABEL_BYTES &&
	       (b->words <= COMMENTS_WORDS ||
		(b->words <= TITLE_WORDS && may_count(b->text))) &&
	       (b->kind == BLOCK_HEADING || b->link_chars * 2 <= b->chars) &&
	       label_is_comments(b->text);
}

static bool heads_others(const struct block *b)
{
	return b->text.len < LABEL_BYTES && b->words <= OTHERS_WORDS &&
	       label_is_others(b->text);
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

/* Logits of what is kept, by words. */
static void add_block(struct below_mean *m, const struct block *b, float logit)
{
	double weight = (double)b->words + 0.1;

	m->sum += weight * (double)logit;
	m->weight += weight;
}

static struct below_mean add_kept(const struct survey *s, const float *logits,
				  const struct selection *out,
				  struct below range)
{
	struct below_mean m = {0, 0};

	for (uint32_t i = range.first; i < range.end; i++)
		if (out->verdicts[i].kept)
			add_block(&m, &s->page->blocks[i], logits[i]);
	return m;
}

/* Is an article likelier than something else that is kept, by more than
 * `least`? */
static bool stands_above(struct below_mean article, struct below_mean other,
			 double least)
{
	return article.weight > 0 && other.weight > 0 &&
	       article.sum / article.weight > other.sum / other.weight + least;
}

/* One behind the last block that is kept. */
static uint32_t end_of_kept(const struct survey *s, const struct selection *out)
{
	uint32_t end = s->count;

	while (end > 0 && !out->verdicts[end - 1].kept)
		end--;
	return end;
}

static uint32_t path_of(const struct survey *s, uint32_t block)
{
	return s->nodes[s->page->blocks[block].elem].path;
}

/* Do other chapters follow, with headings of the same kind at the same place?
 * Then the label is that of one, in a manual that tells how comments are
 * written. */
static bool is_chapter(const struct survey *s, const struct selection *out,
		       uint32_t label)
{
	const struct block *blocks = s->page->blocks;

	if (blocks[label].kind != BLOCK_HEADING)
		return false;
	for (uint32_t i = label + 1; i < s->count; i++)
		if (blocks[i].kind == BLOCK_HEADING && out->verdicts[i].kept &&
		    path_of(s, i) == path_of(s, label))
			return true;
	return false;
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
	if (!stands_above(add_kept(s, logits, out, (struct below){0, label}),
			  add_kept(s, logits, out, range), 0) ||
	    is_chapter(s, out, label) || is_thread(s->page))
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

struct below_walk below_begin(const struct survey *s,
			      const struct selection *out)
{
	return (struct below_walk){.end = end_of_kept(s, out)};
}

bool below_others(const struct survey *s, const float *logits,
		  const struct selection *out, struct below_walk *walk,
		  struct below *range)
{
	for (; walk->at < walk->end && walk->labels < LABELS_MOST; walk->at++) {
		const struct block *b = &s->page->blocks[walk->at];

		if (walk->words >= OTHERS_AFTER && heads_others(b)) {
			walk->labels++;
			*range = under_label(s->page, walk->at);
			if (stands_above(walk->before,
					 add_kept(s, logits, out, *range),
					 OTHERS_BELOW)) {
				walk->at = range->end;
				return true;
			}
		}
		if (out->verdicts[walk->at].kept) {
			walk->words += b->words;
			add_block(&walk->before, b, logits[walk->at]);
		}
	}
	return false;
}
