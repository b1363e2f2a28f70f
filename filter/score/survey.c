/* SPDX-License-Identifier: MIT
 *
 * survey.c: the part of a survey that concerns blocks, and the page's head. */
#include "score/survey.h"

#include <string.h>

#include "score/head.h"
#include "score/levels.h"
#include "score/nodes.h"
#include "score/table.h"

enum {
	LONG_WORDS = 12, /* words of a long block */
	LABEL_WORDS = 6	 /* words of a label */
};

static bool is_long(const struct block *b)
{
	return b->words >= LONG_WORDS && b->link_words * 3 < b->words;
}

static uint32_t halves(float words)
{
	return (uint32_t)(words * 2);
}

static void read_elems(struct survey *s)
{
	const struct page *p = s->page;
	uint32_t article_end = 0; /* of the last outermost one */

	for (uint32_t i = 0; i < p->elem_count; i++) {
		const struct elem *e = &p->elems[i];

		switch ((enum tag)e->tag) {
		case TAG_H1:
			if (s->h1 == NO_ELEM && e->last_block > e->first_block)
				s->h1 = e->first_block;
			break;
		case TAG_FORM:
			s->forms++;
			break;
		case TAG_INPUT:
		case TAG_BUTTON:
			s->inputs++;
			break;
		case TAG_IMG:
			s->images++;
			break;
		case TAG_ARTICLE:
			if (i >= article_end) {
				uint32_t words = survey_to(s, i)->words -
						 survey_from(s, i)->words;
				article_end = e->end;
				s->articles++;
				if (words > s->largest_article)
					s->largest_article = words;
			}
			break;
		default:
			break;
		}
	}
}

static void add_sums(struct survey *s, uint32_t i)
{
	const struct block *b = &s->page->blocks[i];
	const struct texture *texture = &s->textures[i];
	struct sums *next = &s->sums[i + 1];

	*next = s->sums[i];
	next->words += halves(b->words);
	next->links += halves(b->link_words);
	next->longs += is_long(b) ? halves(b->words) : 0;
	next->commas += texture->comma;
	next->sentences += texture->sentences;
	next->headings += b->kind == BLOCK_HEADING;
	next->items += b->kind == BLOCK_ITEM;
	next->shorts += b->words < LABEL_WORDS;
	next->linked += b->words >= 3 && b->link_words * 5 >= b->words * 4;
}

/* Nearest headings and long blocks, before and after. */
static void find_neighbours(struct survey *s)
{
	const struct block *blocks = s->page->blocks;
	uint32_t head = NO_ELEM, near = NO_ELEM;

	for (uint32_t i = 0; i < s->count; i++) {
		if (blocks[i].kind == BLOCK_HEADING)
			head = i;
		s->head[i] = head;
		s->long_before[i] = near;
		if (is_long(&blocks[i])) {
			near = i;
			if (s->first_long == NO_ELEM)
				s->first_long = i;
		}
	}
	head = s->count;
	near = NO_ELEM;
	for (uint32_t i = s->count; i-- > 0;) {
		s->next_head[i] = head;
		s->long_after[i] = near;
		if (blocks[i].kind == BLOCK_HEADING)
			head = i;
		if (is_long(&blocks[i]))
			near = i;
	}
}

static void add_to_group(struct group *g, const struct survey *s, uint32_t i)
{
	const struct block *b = &s->page->blocks[i];

	if (g->blocks++ == 0)
		g->first = i;
	g->last = i;
	g->words += halves(b->words);
	g->links += halves(b->link_words);
	g->longs += is_long(b) ? halves(b->words) : 0;
	g->sentences += s->textures[i].sentences;
}

static enum pith_status make_groups(struct survey *s, struct arena *arena)
{
	struct table twins;
	enum pith_status status = table_init(&twins, arena, s->count);

	s->paths = arena_calloc(arena, s->path_count, sizeof(*s->paths));
	s->classes = arena_calloc(arena, s->class_count, sizeof(*s->classes));
	s->twins = arena_calloc(arena, s->count, sizeof(*s->twins));
	if (s->paths == NULL || s->classes == NULL || s->twins == NULL ||
	    status != PITH_OK)
		return arena_status(arena);
	for (uint32_t i = 0; i < s->count; i++) {
		const struct node *n = &s->nodes[s->page->blocks[i].elem];

		s->twin[i] = table_number(&twins, s->textures[i].hash);
		add_to_group(&s->paths[n->path], s, i);
		add_to_group(&s->classes[n->classes], s, i);
		add_to_group(&s->twins[s->twin[i]], s, i);
	}
	return PITH_OK;
}

/* Log-odds of keys; what the lexicon does not have counts nothing, nor does
 * key 0. */
static void look_up(const struct lexicon *lexicon, const uint32_t *keys,
		    size_t count, int16_t *odds)
{
	lexicon_find_all(lexicon, keys, count, odds);
	for (size_t i = 0; i < count; i++)
		if (keys[i] == 0 || odds[i] == LEXICON_NONE)
			odds[i] = 0;
}

static void read_labels(struct survey *s, const struct lexicon *lexicon,
			uint32_t *keys)
{
	for (uint32_t i = 0; i < s->count; i++)
		keys[i] = s->page->blocks[i].words <= LABEL_WORDS
			      ? lexicon_label(s->textures[i].hash)
			      : 0;
	look_up(lexicon, keys, s->count, s->label);
}

static void read_openings(struct survey *s, const struct lexicon *lexicon,
			  uint32_t *keys)
{
	for (uint32_t i = 0; i < s->count; i++)
		memcpy(&keys[(size_t)i * OPENINGS], s->echoes[i].openings,
		       sizeof(s->echoes[i].openings));
	look_up(lexicon, keys, (size_t)s->count * OPENINGS, s->openings[0]);
}

static bool allocate(struct survey *s, struct arena *arena)
{
	size_t n = s->count;

	s->textures = arena_alloc(arena, n * sizeof(*s->textures));
	s->echoes = arena_alloc(arena, n * sizeof(*s->echoes));
	s->sums = arena_calloc(arena, n + 1, sizeof(*s->sums));
	s->twin = arena_alloc(arena, n * sizeof(*s->twin));
	s->head = arena_alloc(arena, n * sizeof(*s->head));
	s->next_head = arena_alloc(arena, n * sizeof(*s->next_head));
	s->long_before = arena_alloc(arena, n * sizeof(*s->long_before));
	s->long_after = arena_alloc(arena, n * sizeof(*s->long_after));
	s->openings = arena_alloc(arena, n * sizeof(*s->openings));
	s->label = arena_alloc(arena, n * sizeof(*s->label));
	return s->textures && s->echoes && s->sums && s->twin && s->head &&
	       s->next_head && s->long_before && s->long_after && s->openings &&
	       s->label;
}

enum pith_status survey_make(struct arena *arena, const struct page *page,
			     const struct lexicon *lexicon, struct survey *out)
{
	struct survey *s = out;
	struct texture_words words;
	enum pith_status status;
	struct head head;
	uint32_t *keys;

	*s = (struct survey){.page = page,
			     .count = page->block_count,
			     .h1 = NO_ELEM,
			     .first_long = NO_ELEM,
			     .headline = NO_ELEM};
	keys = arena_alloc(arena, s->count * OPENINGS * sizeof(*keys));
	if (keys == NULL || !allocate(s, arena))
		return arena_status(arena);
	head_begin(&head, s);
	for (uint32_t i = 0; i < s->count; i++) {
		texture_read(page->blocks[i].text, &s->textures[i], &words);
		s->echoes[i] = head_listen(&head, &words);
		add_sums(s, i);
	}
	read_labels(s, lexicon, keys);
	find_neighbours(s);
	status = nodes_make(arena, lexicon, s);
	if (status == PITH_OK)
		status = make_groups(s, arena);
	if (status != PITH_OK)
		return status;
	read_elems(s);
	head_finish(s);
	status = levels_make(arena, s);
	if (status == PITH_OK)
		read_openings(s, lexicon, keys);
	return status;
}
