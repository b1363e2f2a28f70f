/* SPDX-License-Identifier: MIT
 *
 * nodes.c: facts about elements, in two passes down the tree. */
#include "score/nodes.h"

#include <string.h>

#include "score/names.h"
#include "score/table.h"

enum {
	CARD_ALIKE = 3 /* siblings alike that make cards of them */
};

/* What it means to stand in an element. */
static const uint32_t kin_of[TAG_COUNT] = {
    [TAG_NAV] = KIN_NAV,
    [TAG_ASIDE] = KIN_ASIDE,
    [TAG_FOOTER] = KIN_FOOTER,
    [TAG_HEADER] = KIN_HEADER,
    [TAG_MAIN] = KIN_MAIN,
    [TAG_ARTICLE] = KIN_ARTICLE,
    [TAG_FORM] = KIN_FORM,
    [TAG_FIGURE] = KIN_FIGURE,
    [TAG_TABLE] = KIN_TABLE,
    [TAG_UL] = KIN_LIST,
    [TAG_OL] = KIN_LIST,
    [TAG_DL] = KIN_LIST,
    [TAG_MENU] = KIN_LIST,
    [TAG_SECTION] = KIN_SECTION,
    [TAG_NOSCRIPT] = KIN_NOSCRIPT,
    [TAG_DETAILS] = KIN_DETAILS,
    [TAG_DIALOG] = KIN_DIALOG,
    [TAG_ADDRESS] = KIN_ADDRESS,
    [TAG_BLOCKQUOTE] = KIN_BLOCKQUOTE,
    [TAG_BUTTON] = KIN_BUTTON,
    [TAG_A] = KIN_LINK,
    [TAG_PRE] = KIN_PRE,
    [TAG_H1] = KIN_HEADING,
    [TAG_H2] = KIN_HEADING,
    [TAG_H3] = KIN_HEADING,
    [TAG_H4] = KIN_HEADING,
    [TAG_H5] = KIN_HEADING,
    [TAG_H6] = KIN_HEADING,
};

static uint64_t mix(uint64_t h, uint64_t v)
{
	h = (h ^ v) * 0x9e3779b97f4a7c15u;
	return h ^ h >> 29;
}

/* Elements that may be one of many alike without being a card. */
static bool is_text_level(enum tag tag)
{
	return (tag_flags(tag) & (TAG_IS_HEADING | TAG_IS_VOID)) != 0 ||
	       !(tag_flags(tag) & TAG_IS_BLOCK) || tag == TAG_P ||
	       tag == TAG_PRE || tag == TAG_BLOCKQUOTE || tag == TAG_BODY;
}

struct maker {
	struct survey *s;
	struct names names;
	struct table paths, classes, families;
	uint64_t *path_hash, *class_hash;
	uint32_t *family;  /* of an element: its number among families */
	uint32_t *sizes;   /* of a family */
	uint32_t *largest; /* words of its largest member, in halves */
};

/* What html stands in. */
static const struct node outermost = {
    .card = NO_ELEM, .shelf = NO_ELEM, .article = NO_ELEM, .section = NO_ELEM};

/* First pass: what comes down from the ancestors. */
static void enter(struct maker *m, uint32_t i)
{
	struct survey *s = m->s;
	const struct elem *e = &s->page->elems[i];
	enum tag tag = (enum tag)e->tag;
	struct node *n = &s->nodes[i];
	bool root = e->parent == NO_ELEM;
	const struct node *up = root ? &outermost : &s->nodes[e->parent];
	struct name names;
	uint64_t path = root ? 1 : m->path_hash[e->parent];
	uint64_t classes = root ? 1 : m->class_hash[e->parent];
	uint64_t own = 0;
	uint32_t words;

	names_next(&m->names, e, &names);
	*n = (struct node){.kin = kin_of[tag] | up->kin,
			   .card = NO_ELEM,
			   .shelf = NO_ELEM,
			   .article = up->article,
			   .section = up->section,
			   .lists = up->lists};
	if (root || tag_flags(tag) & TAG_IS_BLOCK) {
		own = mix(names.classes, tag);
		path = mix(path, tag);
		classes = mix(classes, own);
		n->path = table_number(&m->paths, path);
		n->classes = table_number(&m->classes, classes);
	} else {
		n->path = up->path;
		n->classes = up->classes;
	}
	m->path_hash[i] = path;
	m->class_hash[i] = classes;
	if (tag == TAG_ARTICLE && n->article == NO_ELEM)
		n->article = i;
	if (tag == TAG_ARTICLE || tag == TAG_SECTION || tag == TAG_MAIN ||
	    tag == TAG_ASIDE)
		n->section = i;
	if (kin_of[tag] == KIN_LIST && n->lists < UINT16_MAX)
		n->lists++;
	m->family[i] = NO_ELEM;
	if (!root && !is_text_level(tag)) {
		m->family[i] = table_number(&m->families, mix(own, e->parent));
		n->order = m->sizes[m->family[i]]++;
		words = survey_to(s, i)->words - survey_from(s, i)->words;
		if (words > m->largest[m->family[i]])
			m->largest[m->family[i]] = words;
	}
	n->low = names.low;
	n->high = names.high;
	n->low_up = up->low_up < n->low ? up->low_up : n->low;
	n->high_up = up->high_up > n->high ? up->high_up : n->high;
	n->sum_up = up->sum_up + n->low + n->high;
	n->known = (uint16_t)(up->known + names.known);
}

/* Readability's idea: a paragraph speaks for the elements around it. */
static void spread_weights(struct survey *s)
{
	static const float share[] = {1.0f, 0.5f, 0.33f, 0.25f};

	for (uint32_t b = 0; b < s->count; b++) {
		const struct block *block = &s->page->blocks[b];
		const struct texture *texture = &s->textures[b];
		const struct elem *e = &s->page->elems[block->elem];
		uint32_t at = e->last_block - e->first_block > 1 ? block->elem
								 : e->parent;
		float points = (float)block->chars / 100.0f;

		if (block->words < 5 || block->link_words * 2 > block->words)
			continue;
		points = 1.0f + (float)texture->comma +
			 (points > 3.0f ? 3.0f : points);
		for (unsigned up = 0; up < 4 && at != NO_ELEM; up++) {
			s->nodes[at].weight += points * share[up];
			at = s->page->elems[at].parent;
		}
	}
}

/* Second pass: weights, families and cards. */
static void weigh(struct maker *m, uint32_t i)
{
	struct survey *s = m->s;
	const struct elem *e = &s->page->elems[i];
	struct node *n = &s->nodes[i];
	const struct node *up =
	    e->parent == NO_ELEM ? &outermost : &s->nodes[e->parent];
	uint32_t words = survey_to(s, i)->words - survey_from(s, i)->words;
	uint32_t links = survey_to(s, i)->links - survey_from(s, i)->links;

	if (words > 0)
		n->weight *= 1.0f - (float)links / (float)words;
	n->best = up->best > n->weight ? up->best : n->weight;
	if (m->family[i] != NO_ELEM) {
		n->alike = m->sizes[m->family[i]];
		n->largest = m->largest[m->family[i]];
	}
	n->card = n->alike >= CARD_ALIKE ? i : up->card;
	n->shelf = up->shelf != NO_ELEM	    ? up->shelf
		   : n->alike >= CARD_ALIKE ? i
					    : NO_ELEM;
}

/* Anchors: the deepest elements that hold 70, 52 and 90 % of the long text
 * (of those that do, each is inside the one before), and the heaviest. */
static void find_anchors(struct survey *s)
{
	static const float share[ANCHORS - 1] = {0.70f, 0.52f, 0.90f};
	const struct sums *all = &s->sums[s->count];
	bool any = all->longs > 0;
	float total = (float)(any ? all->longs : all->words);

	for (unsigned a = 0; a < ANCHORS; a++)
		s->anchors[a] = 0;
	s->best_weight = 0;
	for (uint32_t k = 0; k < s->filled_count; k++) {
		uint32_t i = s->filled[k];
		const struct sums *to = survey_to(s, i);
		const struct sums *from = survey_from(s, i);
		float held = (float)(any ? to->longs - from->longs
					 : to->words - from->words);

		for (unsigned a = 0; a < ANCHORS - 1; a++)
			if (held >= share[a] * total)
				s->anchors[a] = i;
		if (s->nodes[i].weight > s->best_weight) {
			s->best_weight = s->nodes[i].weight;
			s->anchors[ANCHORS - 1] = i;
		}
	}
}

static void share_anchors(struct survey *s)
{
	for (uint32_t k = 0; k < s->filled_count; k++) {
		uint32_t i = s->filled[k];
		const struct elem *e = &s->page->elems[i];

		for (unsigned a = 0; a < ANCHORS; a++)
			s->nodes[i].shared[a] =
			    elem_within(s->page, s->anchors[a], i) ? e->depth
			    : e->parent == NO_ELEM
				? 0
				: s->nodes[e->parent].shared[a];
	}
}

/* List the elements with text. The others have no facts: nothing with text
 * stands in them. */
static enum pith_status find_filled(struct arena *arena, struct survey *s)
{
	const struct page *p = s->page;
	uint32_t i = 0;

	s->filled = arena_alloc(arena, p->elem_count * sizeof(*s->filled));
	if (s->filled == NULL)
		return arena_status(arena);
	while (i < p->elem_count) {
		bool empty = p->elems[i].first_block >= p->elems[i].last_block;

		s->filled[s->filled_count] = i;
		s->filled_count += !empty;
		i = empty ? p->elems[i].end : i + 1;
	}
	return PITH_OK;
}

enum pith_status nodes_make(struct arena *arena, const struct lexicon *lexicon,
			    struct survey *s)
{
	uint32_t count = s->page->elem_count;
	struct maker m = {.s = s};
	enum pith_status status = find_filled(arena, s);

	if (status == PITH_OK)
		status = names_make(arena, s, lexicon, &m.names);
	if (status == PITH_OK)
		status = table_init(&m.paths, arena, s->filled_count);
	if (status == PITH_OK)
		status = table_init(&m.classes, arena, s->filled_count);
	if (status == PITH_OK)
		status = table_init(&m.families, arena, s->filled_count);
	if (status != PITH_OK)
		return status;
	s->nodes = arena_alloc(arena, count * sizeof(*s->nodes));
	m.path_hash = arena_alloc(arena, count * sizeof(*m.path_hash));
	m.class_hash = arena_alloc(arena, count * sizeof(*m.class_hash));
	m.family = arena_alloc(arena, count * sizeof(*m.family));
	m.sizes = arena_calloc(arena, count, sizeof(*m.sizes));
	m.largest = arena_calloc(arena, count, sizeof(*m.largest));
	if (s->nodes == NULL || m.largest == NULL || m.path_hash == NULL ||
	    m.class_hash == NULL || m.family == NULL || m.sizes == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->filled_count; i++)
		enter(&m, s->filled[i]);
	s->path_count = m.paths.count;
	s->class_count = m.classes.count;
	spread_weights(s);
	for (uint32_t i = 0; i < s->filled_count; i++)
		weigh(&m, s->filled[i]);
	find_anchors(s);
	share_anchors(s);
	return PITH_OK;
}
