/* SPDX-License-Identifier: MIT
 *
 * head.c: finds what a page says of itself, and where it says it again. */
#include "score/head.h"

enum { HEADLINE_WORDS = 40 };

/* Number of a word among others, from 1; 0 if it is not there. */
static unsigned find_word(const struct head_words *w, uint64_t word)
{
	unsigned at = w->first[word % HEAD_PLACES];

	while (at > 0 && w->hashes[at - 1] != word)
		at = w->next[at - 1];
	return at;
}

static void read_words(struct str text, struct head_words *out)
{
	struct texture_words words;
	struct texture unused;

	*out = (struct head_words){.count = 0};
	texture_read(text, &unused, &words);
	for (unsigned i = 0; i < words.count; i++) {
		uint64_t word = words.hashes[i];
		uint8_t *first = &out->first[word % HEAD_PLACES];

		if (find_word(out, word) > 0)
			continue;
		out->hashes[out->count] = word;
		out->next[out->count] = *first;
		*first = (uint8_t)++out->count;
	}
}

struct echo head_listen(const struct head *h, const struct texture_words *words)
{
	struct echo e = {.words = (uint8_t)words->count};
	uint64_t seen = 0, opening = 0;

	for (unsigned i = 0; i < words->count && i < 1 + OPENINGS; i++) {
		opening = (opening ^ words->hashes[i]) * 0x9e3779b97f4a7c15u;
		if (i > 0)
			e.openings[i - 1] =
			    lexicon_label(opening ^ opening >> 29);
	}
	for (unsigned i = 0; i < words->count; i++) {
		size_t place = words->hashes[i] % HEAD_PLACES;
		unsigned at;

		if ((h->title.first[place] | h->about.first[place]) == 0)
			continue; /* nearly all */
		at = find_word(&h->title, words->hashes[i]);
		e.in_about += find_word(&h->about, words->hashes[i]) > 0;
		if (at == 0)
			continue;
		e.in_title++;
		e.title_of += !(seen >> (at - 1) & 1);
		seen |= (uint64_t)1 << (at - 1);
	}
	return e;
}

/* How well a block would do as the headline, 0 to 1 and a little more. */
static float headline_fit(const struct survey *s, uint32_t i)
{
	const struct block *b = &s->page->blocks[i];
	const struct echo *e = &s->echoes[i];
	float fit;

	if (b->words > HEADLINE_WORDS || e->title_of == 0 ||
	    (e->title_of < 2 && s->title_count > 3))
		return 0;
	fit = (float)e->title_of * (float)e->title_of /
	      ((float)e->words * (float)s->title_count);
	if (fit < 0.2f)
		return 0;
	if (b->kind == BLOCK_HEADING)
		fit += b->level == 1 ? 0.3f : 0.2f;
	if (b->link_words * 2 > b->words)
		fit -= 0.3f;
	return fit;
}

void head_finish(struct survey *s)
{
	for (uint32_t i = 0; i < s->count; i++) {
		float fit = headline_fit(s, i);

		if (fit > s->headline_fit) {
			s->headline_fit = fit;
			s->headline = i;
		}
	}
	if (s->headline == NO_ELEM)
		s->headline = s->h1;
}

/* Names and contents of meta elements that say what the page is. */
static void read_meta(struct survey *s, const struct elem *e, struct str *title,
		      struct str *about)
{
	struct str name = elem_attr(e, ATTR_PROPERTY);
	struct str content = elem_attr(e, ATTR_CONTENT);

	if (name.len == 0)
		name = elem_attr(e, ATTR_NAME);
	if (content.len == 0)
		return;
	if (str_equal_nocase(name, STR("og:title"))) {
		*title = content;
	} else if (str_equal_nocase(name, STR("description")) ||
		   str_equal_nocase(name, STR("og:description"))) {
		if (about->len < content.len)
			*about = content;
	} else if (str_equal_nocase(name, STR("og:type"))) {
		s->type = TYPE_OTHER;
		if (str_equal_nocase(content, STR("article")))
			s->type = TYPE_ARTICLE;
		else if (str_find_nocase(content, STR("product"), 0) !=
			 SIZE_MAX)
			s->type = TYPE_PRODUCT;
		else if (str_equal_nocase(content, STR("website")))
			s->type = TYPE_WEBSITE;
	}
}

void head_begin(struct head *h, struct survey *s)
{
	const struct page *p = s->page;
	struct str title = {NULL, 0}, about = {NULL, 0};

	for (uint32_t i = 0; i < p->elem_count; i++)
		if (p->elems[i].tag == TAG_META)
			read_meta(s, &p->elems[i], &title, &about);
	read_words(title.len > 0 ? title : p->title, &h->title);
	read_words(about, &h->about);
	s->title_count = h->title.count;
}
