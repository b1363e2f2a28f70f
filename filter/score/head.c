/* SPDX-License-Identifier: MIT
 *
 * head.c: finds what a page says of itself, and where it says it again. */
#include "score/head.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

enum { HEADLINE_WORDS = 40 };

/* Words of a text, one at a time: a CJK character is one. */
struct words {
	struct str text;
	size_t at;
};

static bool next_word(struct words *w, uint64_t *hash)
{
	const uint64_t prime = 0x100000001b3u; /* of FNV-1a */
	uint64_t h = 0xcbf29ce484222325u;
	bool in_word = false;

	while (w->at < w->text.len) {
		uint32_t c = (unsigned char)w->text.data[w->at];
		size_t n;

		if (c < 0x80) {
			unsigned char low = (unsigned char)ascii_word[c];

			if (low != 0) {
				h = (h ^ low) * prime;
				in_word = true;
			} else if (in_word) {
				break;
			}
			w->at++;
			continue;
		}
		n = utf8_decode(w->text.data + w->at, w->text.len - w->at, &c);
		if (utf8_is_cjk(c)) {
			if (in_word)
				break;
			w->at += n;
			*hash = c;
			return true;
		}
		if (utf8_is_word(c)) {
			in_word = true;
			h = (h ^ c) * prime;
		} else if (in_word) {
			break;
		}
		w->at += n;
	}
	*hash = h;
	return in_word;
}

static int compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

/* The different words of a text, sorted; SURVEY_WORDS at most. */
static unsigned sorted_words(struct str text, uint64_t *out)
{
	struct words w = {text, 0};
	unsigned count = 0, kept = 0;

	while (count < SURVEY_WORDS && next_word(&w, &out[count]))
		count++;
	qsort(out, count, sizeof(*out), compare);
	for (unsigned i = 0; i < count; i++)
		if (kept == 0 || out[i] != out[kept - 1])
			out[kept++] = out[i];
	return kept;
}

/* Place of a word among sorted ones, or count. */
static unsigned find_word(const uint64_t *words, unsigned count, uint64_t word)
{
	unsigned low = 0, high = count;

	while (low < high) {
		unsigned middle = (low + high) / 2;
		if (words[middle] < word)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && words[low] == word ? low : count;
}

/* Which words the title and the description may have, by some bits of their
 * hashes: nearly all words are in neither, and need not be searched for. */
enum { IN_TITLE = 1, IN_ABOUT = 2, HEARD = 1024 };

static void hear(uint8_t *heard, const uint64_t *words, unsigned count,
		 uint8_t where)
{
	for (unsigned i = 0; i < count; i++)
		heard[words[i] % HEARD] |= where;
}

static void listen(const struct survey *s, const uint8_t *heard,
		   struct str text, struct echo *e)
{
	struct words w = {text, 0};
	uint64_t word, seen = 0, opening = 0;
	unsigned count = 0, in_title = 0, title_of = 0, in_about = 0;
	uint32_t keys[OPENINGS] = {0};

	while (count < SURVEY_WORDS && next_word(&w, &word)) {
		uint8_t where = heard[word % HEARD];

		opening = (opening ^ word) * 0x9e3779b97f4a7c15u;
		count++;
		if (count > 1 && count < 2 + OPENINGS)
			keys[count - 2] =
			    lexicon_label(opening ^ opening >> 29);
		if (where & IN_TITLE) {
			unsigned at =
			    find_word(s->title_words, s->title_count, word);

			if (at < s->title_count) {
				in_title++;
				title_of += !(seen >> at & 1);
				seen |= (uint64_t)1 << at;
			}
		}
		if (where & IN_ABOUT)
			in_about += find_word(s->about_words, s->about_count,
					      word) < s->about_count;
	}
	*e = (struct echo){.words = (uint8_t)count,
			   .in_title = (uint8_t)in_title,
			   .title_of = (uint8_t)title_of,
			   .in_about = (uint8_t)in_about};
	memcpy(e->openings, keys, sizeof(keys));
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

static void find_headline(struct survey *s)
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

enum pith_status head_read(struct arena *arena, struct survey *s)
{
	const struct page *p = s->page;
	struct str title = {NULL, 0}, about = {NULL, 0};
	uint8_t heard[HEARD] = {0};

	s->echoes = arena_alloc(arena, s->count * sizeof(*s->echoes));
	if (s->echoes == NULL)
		return arena_status(arena);
	for (uint32_t i = 0; i < p->elem_count; i++)
		if (p->elems[i].tag == TAG_META)
			read_meta(s, &p->elems[i], &title, &about);
	s->title_count =
	    sorted_words(title.len > 0 ? title : p->title, s->title_words);
	s->about_count = sorted_words(about, s->about_words);
	hear(heard, s->title_words, s->title_count, IN_TITLE);
	hear(heard, s->about_words, s->about_count, IN_ABOUT);
	for (uint32_t i = 0; i < s->count; i++)
		listen(s, heard, p->blocks[i].text, &s->echoes[i]);
	find_headline(s);
	return PITH_OK;
}
