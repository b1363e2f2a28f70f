/* SPDX-License-Identifier: MIT
 *
 * choose_title.c: the title that most of a page agrees on. Each candidate, and
 * each with a part at a separator taken off, is a reading; readings that say
 * the same add up.
 *
 *   "Why birds sing | The Example"  ─>  whole, "Why birds sing" (the rest is
 *                                       the site: more), "The Example"
 */
#include "meta/choose.h"

#include <math.h>
#include <string.h>

#include "base/utf8.h"
#include "meta/clean.h"

enum { READINGS = 64, FROM_SOURCE = 4, READING_MAX = 400 };

/* How a reading came about. */
enum cut { CUT_NONE, CUT_LAST, CUT_ALL, CUT_FIRST, CUT_END };

/* What is said of a reading. */
enum feature {
	IS_H1,
	IS_HEADLINE, /* what gather_heading found */
	IS_NEAR,     /* an h1 there */
	OF_ARTICLE,  /* one of these, and the page says it is an article */
	OG_LAST,     /* OpenGraph's, without its last part */
	TITLE_WHOLE, /* the title element's: */
	TITLE_ALL,   /* up to its first separator */
	TITLE_FIRST, /* after it */
	SOURCES,     /* kinds of source that agree, up to three */
	LENGTH,	     /* logarithm of its words, CJK characters as halves */
	SLUG,	     /* share of its words that are in the URL's path */
	IN_TITLE,    /* share of its words that are in the title element */
	LIKE_TITLE,  /* share of words in both of those in either */
	IN_SUMMARY,  /* share of its words that are in the description */
	PARTS,	     /* other readings that are whole in it, up to three */
	HOME_SITE,   /* the site's name, on its first page */
	FEATURES
};

/* Logits; docs/metadata.md says how they were fitted, and to what. */
static const double weights[FEATURES] = {
    [IS_H1] = 1.3,	[IS_HEADLINE] = -0.8, [IS_NEAR] = 0.6,
    [OF_ARTICLE] = 1.3, [OG_LAST] = 0.4,      [TITLE_WHOLE] = -0.3,
    [TITLE_ALL] = 0.7,	[TITLE_FIRST] = -1.4, [SOURCES] = 0.8,
    [LENGTH] = 1.4,	[SLUG] = 2.1,	      [IN_TITLE] = 1.3,
    [LIKE_TITLE] = 1.3, [IN_SUMMARY] = 0.8,   [PARTS] = -0.9,
    [HOME_SITE] = 1.1,
};

struct reading {
	struct str text, key;
	unsigned sources;  /* bit by enum source */
	unsigned features; /* bit by enum feature, of those up to TITLE_FIRST */
};

struct readings {
	const struct choice *c;
	struct arena *arena;
	struct reading list[READINGS];
	size_t count;
	struct str site_key, host_key, path_key, title_key, summary_key;
	bool article; /* the page says it is one */
};

/* Does a key, without its spaces, stand in the host's? */
static bool names_host(struct str key, struct str host)
{
	char data[2][128];
	size_t n[2] = {0};

	for (size_t i = 0; i < key.len && n[0] < sizeof(data[0]); i++)
		if (key.data[i] != ' ')
			data[0][n[0]++] = key.data[i];
	for (size_t i = 0; i < host.len && n[1] < sizeof(data[1]); i++)
		if (host.data[i] != ' ')
			data[1][n[1]++] = host.data[i];
	return n[0] >= 3 && n[0] < sizeof(data[0]) &&
	       str_find_nocase((struct str){data[1], n[1]},
			       (struct str){data[0], n[0]}, 0) != SIZE_MAX;
}

static bool names_site(const struct readings *r, struct str key)
{
	return (key.len > 0 && str_equal(key, r->site_key)) ||
	       names_host(key, r->host_key);
}

/* Which feature a text from a source has, cut so; FEATURES: none. */
static enum feature feature_of(enum source source, enum cut cut)
{
	static const struct {
		uint8_t source, cut, feature;
	} table[] = {
	    {SOURCE_HEADING, CUT_NONE, IS_H1},
	    {SOURCE_TEXT, CUT_NONE, IS_HEADLINE},
	    {SOURCE_OPENGRAPH, CUT_LAST, OG_LAST},
	    {SOURCE_TITLE, CUT_NONE, TITLE_WHOLE},
	    {SOURCE_TITLE, CUT_ALL, TITLE_ALL},
	    {SOURCE_TITLE, CUT_FIRST, TITLE_FIRST},
	};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		if (table[i].source == source && table[i].cut == cut)
			return (enum feature)table[i].feature;
	return FEATURES;
}

static enum pith_status add(struct readings *r, struct str text,
			    enum source source, enum cut cut, bool near)
{
	enum feature feature = feature_of(source, cut);
	struct reading *at = NULL;
	struct str key;

	text = str_trim(text);
	if (text.len == 0 || text.len > READING_MAX)
		return PITH_OK;
	key = clean_key(r->arena, text);
	if (key.data == NULL)
		return arena_status(r->arena);
	if (key.len == 0)
		return PITH_OK;
	for (size_t i = 0; i < r->count && at == NULL; i++)
		if (str_equal(r->list[i].key, key))
			at = &r->list[i];
	if (at == NULL) {
		if (r->count == READINGS)
			return PITH_OK;
		at = &r->list[r->count++];
		*at = (struct reading){.text = text, .key = key};
	}
	at->sources |= 1u << source;
	if (feature < FEATURES)
		at->features |= 1u << feature;
	if (near)
		at->features |= 1u << IS_NEAR;
	return PITH_OK;
}

/* Length of a separator at s[i], 0 if there is none: a sign between spaces, or
 * a bar. */
static size_t separator(struct str s, size_t i)
{
	static const char *const signs[] = {"|",
					    "-",
					    "\xe2\x80\x93",
					    "\xe2\x80\x94",
					    "\xc2\xb7",
					    "\xe2\x80\xa2",
					    "\xc2\xbb",
					    "\xc2\xab",
					    ":",
					    "::",
					    "||",
					    "~",
					    "/"};
	size_t at = i, n;

	if (s.data[i] == '|')
		return 1;
	if (s.data[i] != ' ')
		return 0;
	at++;
	for (size_t k = 0; k < sizeof(signs) / sizeof(signs[0]); k++) {
		n = strlen(signs[k]);
		if (s.len - at > n && !memcmp(s.data + at, signs[k], n) &&
		    s.data[at + n] == ' ')
			return n + 2;
	}
	return 0;
}

/* A text, and what is left of it where it is cut at its first or last
 * separator. */
static enum pith_status add_readings(struct readings *r, struct str s,
				     enum source source, bool near)
{
	size_t first = 0, after_first = 0, last = 0, after_last = 0;
	enum pith_status status = add(r, s, source, CUT_NONE, near);

	for (size_t i = 1; i < s.len; i++) {
		size_t n = separator(s, i);

		if (n == 0)
			continue;
		if (first == 0) {
			first = i;
			after_first = i + n;
		}
		last = i;
		after_last = i + n;
		i += n - 1;
	}
	if (first == 0)
		return status;
	if (status == PITH_OK)
		status =
		    add(r, (struct str){s.data, last}, source, CUT_LAST, false);
	if (status == PITH_OK && first != last)
		status =
		    add(r, (struct str){s.data, first}, source, CUT_ALL, false);
	if (status == PITH_OK)
		status = add(
		    r, (struct str){s.data + after_first, s.len - after_first},
		    source, CUT_FIRST, false);
	if (status == PITH_OK && first != last)
		status = add(
		    r, (struct str){s.data + after_last, s.len - after_last},
		    source, CUT_END, false);
	return status;
}

/* The next word of a key from *at on; empty at its end. */
static struct str next_word(struct str key, size_t *at)
{
	size_t from = *at, end = from;

	while (end < key.len && key.data[end] != ' ')
		end++;
	*at = end + 1;
	return (struct str){key.data + from, end > from ? end - from : 0};
}

/* Does one key stand in another, in whole words? */
static bool stands_in(struct str key, struct str in)
{
	size_t at = 0;

	for (; (at = str_find_nocase(in, key, at)) != SIZE_MAX; at++)
		if ((at == 0 || in.data[at - 1] == ' ') &&
		    (at + key.len == in.len || in.data[at + key.len] == ' '))
			return true;
	return false;
}

/* Words of a key, and those of them that another has. */
static unsigned count_words(struct str key, struct str in, unsigned *common)
{
	unsigned n = 0;

	*common = 0;
	for (size_t at = 0; at < key.len; n++)
		*common += stands_in(next_word(key, &at), in);
	return n;
}

static unsigned count_cjk(struct str key)
{
	unsigned n = 0;
	uint32_t c;

	for (size_t i = 0; i < key.len; n += utf8_is_cjk(c))
		i += utf8_decode(key.data + i, key.len - i, &c);
	return n;
}

static double score(const struct readings *r, const struct reading *k)
{
	enum { HEADINGS = 1u << IS_H1 | 1u << IS_HEADLINE };
	unsigned common, words = count_words(k->key, r->path_key, &common);
	unsigned title_words, agree = 0, parts = 0;
	double x[FEATURES] = {0}, sum = 0;

	for (unsigned i = 0; i <= TITLE_FIRST; i++)
		x[i] = k->features >> i & 1;
	x[OF_ARTICLE] = r->article && k->features & HEADINGS;
	x[SLUG] = (double)common / words;
	x[LENGTH] = log(words + count_cjk(k->key) / 2.0);
	for (unsigned s = k->sources; s != 0; s &= s - 1)
		agree++;
	x[SOURCES] = agree < 3 ? agree : 3;
	title_words = count_words(r->title_key, k->key, &common);
	(void)count_words(k->key, r->title_key, &common);
	x[IN_TITLE] = (double)common / words;
	x[LIKE_TITLE] = (double)common / (words + title_words - common);
	(void)count_words(k->key, r->summary_key, &common);
	x[IN_SUMMARY] = (double)common / words;
	for (size_t i = 0; i < r->count && parts < 3; i++)
		parts += &r->list[i] != k && stands_in(r->list[i].key, k->key);
	x[PARTS] = parts;
	x[HOME_SITE] = r->path_key.len == 0 && names_site(r, k->key);
	for (unsigned i = 0; i < FEATURES; i++)
		sum += weights[i] * x[i];
	return sum;
}

/* Does the page say it is an article? */
static bool says_article(const struct candidates *c)
{
	static const struct str kinds[] = {
	    {"article", 7}, {"blog", 4}, {"news", 4}};
	bool found = false;

	for (size_t i = 0; i < c->count; i++) {
		const struct candidate *k = &c->list[i];

		if (k->field != FIELD_TYPE)
			continue;
		if (str_find_nocase(k->text, STR("product"), 0) != SIZE_MAX)
			return false;
		for (size_t j = 0; j < sizeof(kinds) / sizeof(kinds[0]); j++)
			found = found || str_find_nocase(k->text, kinds[j],
							 0) != SIZE_MAX;
	}
	return found;
}

/* What readings are compared with. */
static enum pith_status set_keys(struct readings *r)
{
	const struct candidates *c = r->c->candidates;
	const struct candidate *title;
	struct str text = {NULL, 0};

	r->article = says_article(c);
	for (size_t i = 0; i < c->count; i++)
		if (c->list[i].field == FIELD_DESCRIPTION &&
		    c->list[i].text.len > text.len)
			text = c->list[i].text;
	title = candidate_first(c, FIELD_TITLE, SOURCE_TITLE);
	r->site_key = clean_key(r->arena, r->c->sitename);
	r->host_key = clean_key(r->arena, r->c->host);
	r->path_key = clean_key(r->arena, r->c->path);
	r->summary_key = clean_key(r->arena, text);
	r->title_key = clean_key(
	    r->arena, title != NULL ? title->text : (struct str){NULL, 0});
	return r->title_key.data == NULL || r->summary_key.data == NULL ||
		       r->path_key.data == NULL || r->host_key.data == NULL ||
		       r->site_key.data == NULL
		   ? arena_status(r->arena)
		   : PITH_OK;
}

enum pith_status choose_title(const struct choice *c, struct str *out)
{
	struct arena *arena = c->candidates->arena;
	struct readings *r = arena_calloc(arena, 1, sizeof(*r));
	unsigned seen[SOURCE_URL + 1] = {0};
	enum pith_status status;
	double best = 0;

	*out = (struct str){NULL, 0};
	if (r == NULL)
		return arena_status(arena);
	r->c = c;
	r->arena = arena;
	status = set_keys(r);
	for (size_t i = 0; i < c->candidates->count && !status; i++) {
		const struct candidate *k = &c->candidates->list[i];

		if (k->field != FIELD_TITLE || seen[k->source]++ >= FROM_SOURCE)
			continue;
		status = add_readings(r, k->text, (enum source)k->source,
				      k->source == SOURCE_HEADING &&
					  choice_is_near(c, k, 2, 1));
	}
	for (size_t i = 0; i < r->count && !status; i++) {
		double n = score(r, &r->list[i]);

		if (out->data == NULL || n > best) {
			best = n;
			*out = r->list[i].text;
		}
	}
	return status;
}
