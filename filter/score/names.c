/* SPDX-License-Identifier: MIT
 *
 * names.c: reads the names of a page's elements, all at once: they come again
 * and again, and the lexicon is far away in memory. */
#include "score/names.h"

#include <string.h>

enum {
	CLASS_WORDS = 3, /* classes of an element that make it distinct */
	RECENT = 1024	 /* attributes that are remembered */
};

struct maker {
	struct arena *arena;
	struct names *names;
	const struct attr_value *recent[RECENT];
	uint32_t places[RECENT]; /* of those, in the list */
	size_t count, cap, use_count, use_cap;
	uint32_t *keys; /* of all names */
	size_t key_count, key_cap;
};

/* FNV-1a; what an element without classes has. */
#define NO_CLASSES UINT64_C(0xcbf29ce484222325)

/* Hash of an element's first classes, digits left out. */
static uint64_t class_hash(struct str v)
{
	uint64_t h = NO_CLASSES;
	unsigned words = 0;

	for (size_t i = 0; i < v.len && words < CLASS_WORDS; i++) {
		if (ascii_space(v.data[i]))
			words += i > 0 && !ascii_space(v.data[i - 1]);
		else if (!ascii_digit(v.data[i]))
			h = (h ^ (unsigned char)v.data[i]) * 0x100000001b3u;
	}
	return h;
}

/* A place for an attribute, from its length and end. */
static unsigned place_of(const struct attr_value *a)
{
	struct str v = a->value;
	size_t n = v.len < 8 ? v.len : 8;
	uint64_t end = 0;

	if (n > 0)
		memcpy(&end, v.data + v.len - n, n);
	end = (end ^ v.len ^ (uint64_t)a->attr << 32) * 0x9e3779b97f4a7c15u;
	return (unsigned)(end >> 32) % RECENT;
}

/* A name that was not seen lately. */
static enum pith_status add_name(struct maker *m, const struct attr_value *a)
{
	struct name *n;

	if (m->count == m->cap) {
		m->names->list = arena_grow(m->arena, m->names->list, m->count,
					    m->count + 1, sizeof(*n), &m->cap);
		if (m->names->list == NULL)
			return arena_status(m->arena);
	}
	if (m->key_cap - m->key_count < LEXICON_TOKENS_MAX) {
		m->keys = arena_grow(m->arena, m->keys, m->key_count,
				     m->key_count + LEXICON_TOKENS_MAX,
				     sizeof(*m->keys), &m->key_cap);
		if (m->keys == NULL)
			return arena_status(m->arena);
	}
	n = &m->names->list[m->count++];
	*n = (struct name){.tokens = lexicon_attr(a, m->keys + m->key_count)};
	if (a->attr == ATTR_CLASS)
		n->classes = class_hash(a->value);
	m->key_count += n->tokens;
	return PITH_OK;
}

static enum pith_status read_attr(struct maker *m, const struct attr_value *a)
{
	unsigned place = place_of(a);
	const struct attr_value *seen = m->recent[place];
	enum pith_status status;

	if (m->use_count == m->use_cap) {
		m->names->uses = arena_grow(
		    m->arena, m->names->uses, m->use_count, m->use_count + 1,
		    sizeof(*m->names->uses), &m->use_cap);
		if (m->names->uses == NULL)
			return arena_status(m->arena);
	}
	if (seen == NULL || seen->attr != a->attr ||
	    !str_equal(seen->value, a->value)) {
		status = add_name(m, a);
		if (status != PITH_OK)
			return status;
		m->recent[place] = a;
		m->places[place] = (uint32_t)(m->count - 1);
	}
	m->names->uses[m->use_count++] = m->places[place];
	return PITH_OK;
}

/* What the log-odds of some tokens say together. */
static void sum_up(const int16_t *odds, struct name *n)
{
	int low = n->low, high = n->high, known = n->known;

	for (unsigned i = 0; i < n->tokens; i++) {
		int there = odds[i] != LEXICON_NONE, o = odds[i] & -there;

		known |= there;
		low = o < low ? o : low;
		high = o > high ? o : high;
	}
	n->low = (int16_t)low;
	n->high = (int16_t)high;
	n->known = known != 0;
}

static enum pith_status look_up(struct maker *m, const struct lexicon *lexicon)
{
	int16_t *odds = arena_alloc(m->arena, m->key_count * sizeof(*odds));

	if (odds == NULL)
		return arena_status(m->arena);
	lexicon_find_all(lexicon, m->keys, m->key_count, odds);
	for (size_t i = 0; i < m->count; i++) {
		sum_up(odds, &m->names->list[i]);
		odds += m->names->list[i].tokens;
	}
	return PITH_OK;
}

enum { AHEAD = 4 };

enum pith_status names_make(struct arena *arena, const struct survey *s,
			    const struct lexicon *lexicon, struct names *out)
{
	struct maker *m = arena_calloc(arena, 1, sizeof(*m));
	const struct elem *elems = s->page->elems;

	if (m == NULL)
		return arena_status(arena);
	*out = (struct names){.lexicon = lexicon};
	m->arena = arena;
	m->names = out;
	for (uint32_t i = 0; i < s->filled_count; i++) {
		const struct elem *e = &elems[s->filled[i]];

		/* names are far away in memory */
		if (i + AHEAD < s->filled_count &&
		    elems[s->filled[i + AHEAD]].attr_count > 0)
			__builtin_prefetch(
			    elems[s->filled[i + AHEAD]].attrs[0].value.data);
		for (unsigned k = 0; k < e->attr_count; k++) {
			enum pith_status status = PITH_OK;

			if (lexicon_reads(e->attrs[k].attr))
				status = read_attr(m, &e->attrs[k]);
			if (status != PITH_OK)
				return status;
		}
	}
	return look_up(m, lexicon);
}

/* Tokens that are too many do not count, each taken once. */
static void read_first(const struct lexicon *lexicon, const struct elem *e,
		       struct name *n)
{
	uint32_t keys[LEXICON_TOKENS_MAX];
	int16_t odds[LEXICON_TOKENS_MAX];

	*n = (struct name){.classes = n->classes,
			   .tokens = lexicon_tokens(e, keys)};
	lexicon_find_all(lexicon, keys, n->tokens, odds);
	sum_up(odds, n);
}

/* What is small is put together in registers: a structure that is read whole
 * just after its parts were written has to wait for them. */
void names_next(struct names *names, const struct elem *e, struct name *out)
{
	uint64_t classes = NO_CLASSES;
	unsigned tokens = 0;
	int16_t low = 0, high = 0;
	bool known = false;

	for (unsigned i = 0; i < e->attr_count; i++) {
		const struct name *n;

		if (!lexicon_reads(e->attrs[i].attr))
			continue;
		n = &names->list[names->uses[names->next_use++]];
		if (e->attrs[i].attr == ATTR_CLASS)
			classes = n->classes;
		tokens += n->tokens;
		low = n->low < low ? n->low : low;
		high = n->high > high ? n->high : high;
		known |= n->known;
	}
	out->classes = classes;
	out->tokens = tokens;
	out->low = low;
	out->high = high;
	out->known = known;
	if (tokens >= LEXICON_TOKENS_MAX)
		read_first(names->lexicon, e, out);
}
