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

#include <string.h>

#include "base/utf8.h"
#include "meta/clean.h"

enum { READINGS = 64, FROM_SOURCE = 4, READING_MAX = 400 };

/* How a reading came about. */
enum cut { CUT_NONE, CUT_LAST, CUT_ALL, CUT_FIRST, CUT_COUNT };

struct reading {
	struct str text, key;
	int score;	  /* hundredths of a logit */
	unsigned sources; /* bit by enum source */
	unsigned marks;	  /* of MARK_ */
};

enum {
	MARK_NEAR = 1, /* an h1 at the headline */
	MARK_SITE = 2, /* what was cut off names the site */
	MARK_OTHER = 4 /* what was cut off does not */
};

/* Hundredths of a logit by source and cut. Fitted to half of the domains of a
 * set of pages, rounded; docs/metadata.md has the command. */
static const int16_t weights[SOURCE_URL + 1][CUT_COUNT] = {
    [SOURCE_HEADING] = {88, 0, 0, 0},
    [SOURCE_TEXT] = {39, 0, 0, 0},
    [SOURCE_OPENGRAPH] = {19, 46, 0, 0},
    [SOURCE_JSONLD] = {5, 0, 0, 0},
    [SOURCE_TITLE] = {-7, 12, 0, -60},
    [SOURCE_JSONLD_OTHER] = {-20, 0, 0, -20},
};

enum {
	W_NEAR = 84,
	W_CUT_SITE = 74,
	W_CUT_OTHER = 47,
	W_IS_SITE = -56,
	W_ONE_WORD = -114,
	W_SLUG = 200, /* times the share of its words in the URL */
	W_AGREE = 71  /* for each kind of source, up to three */
};

struct readings {
	const struct choice *c;
	struct arena *arena;
	struct reading list[READINGS];
	size_t count;
	struct str site_key, host_key;
};

/* Without its spaces, is one of two the beginning or end of the other? */
static bool squeezed_match(struct str a, struct str host)
{
	char squeezed[128];
	size_t n = 0;

	for (size_t i = 0; i < a.len && n < sizeof(squeezed); i++)
		if (a.data[i] != ' ')
			squeezed[n++] = a.data[i];
	if (n < 3 || n == sizeof(squeezed) || host.len < 3)
		return false;
	return str_find_nocase(host, (struct str){squeezed, n}, 0) != SIZE_MAX;
}

static bool names_site(const struct readings *r, struct str key)
{
	return (key.len > 0 && str_equal(key, r->site_key)) ||
	       squeezed_match(key, r->host_key);
}

static enum pith_status add(struct readings *r, struct str text,
			    enum source source, enum cut cut, unsigned marks)
{
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
	if (!(at->sources & 1u << source))
		at->score += weights[source][cut];
	at->sources |= 1u << source;
	at->marks |= marks;
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

/* What is cut off from a text decides what the cut is worth. */
static enum pith_status add_part(struct readings *r, struct str part,
				 struct str rest, enum source source,
				 enum cut cut)
{
	struct str key = clean_key(r->arena, rest);
	unsigned mark;

	if (key.data == NULL)
		return arena_status(r->arena);
	mark = names_site(r, key) ? MARK_SITE
	       : cut != CUT_FIRST ? MARK_OTHER
				  : 0;
	return add(r, part, source, cut, mark);
}

static enum pith_status add_readings(struct readings *r, struct str s,
				     enum source source, unsigned marks)
{
	size_t first = SIZE_MAX, after_first = 0, last = 0, after_last = 0;
	enum pith_status status = add(r, s, source, CUT_NONE, marks);
	bool bar = false;

	for (size_t i = 1; i < s.len; i++) {
		size_t n = separator(s, i);

		if (n == 0)
			continue;
		if (first == SIZE_MAX) {
			first = i;
			after_first = i + n;
		}
		last = i;
		after_last = i + n;
		bar = true;
		i += n - 1;
	}
	if (!bar || status != PITH_OK)
		return status;
	status = add_part(r, (struct str){s.data, last},
			  (struct str){s.data + after_last, s.len - after_last},
			  source, CUT_LAST);
	if (status == PITH_OK && first != last)
		status = add_part(
		    r, (struct str){s.data, first},
		    (struct str){s.data + after_first, s.len - after_first},
		    source, CUT_ALL);
	if (status == PITH_OK)
		status = add_part(
		    r, (struct str){s.data + after_first, s.len - after_first},
		    (struct str){s.data, first}, source, CUT_FIRST);
	return status;
}

/* The share of a key's words that stand in the URL's path, in hundredths. */
static int slug_share(struct str key, struct str path)
{
	int words = 0, found = 0;

	for (size_t i = 0; i < key.len;) {
		size_t end = i;

		while (end < key.len && key.data[end] != ' ')
			end++;
		words++;
		for (size_t at = 0;
		     (at = str_find_nocase(path,
					   (struct str){key.data + i, end - i},
					   at)) != SIZE_MAX;
		     at++) {
			size_t to = at + end - i;

			if ((at == 0 || (!ascii_alpha(path.data[at - 1]) &&
					 !ascii_digit(path.data[at - 1]))) &&
			    (to == path.len || (!ascii_alpha(path.data[to]) &&
						!ascii_digit(path.data[to])))) {
				found++;
				break;
			}
		}
		i = end + 1;
	}
	return words > 0 ? 100 * found / words : 0;
}

static int score(const struct readings *r, const struct reading *k)
{
	int n = k->score, agree = 0;

	for (unsigned s = k->sources; s != 0; s &= s - 1)
		agree++;
	n += W_AGREE * (agree < 3 ? agree : 3);
	n += k->marks & MARK_NEAR ? W_NEAR : 0;
	n += k->marks & MARK_SITE ? W_CUT_SITE : 0;
	n += k->marks & MARK_OTHER ? W_CUT_OTHER : 0;
	n += names_site(r, k->key) ? W_IS_SITE : 0;
	n += memchr(k->key.data, ' ', k->key.len) == NULL ? W_ONE_WORD : 0;
	return n + W_SLUG * slug_share(k->key, r->c->path) / 100;
}

enum pith_status choose_title(const struct choice *c, struct str *out)
{
	struct arena *arena = c->candidates->arena;
	struct readings *r = arena_calloc(arena, 1, sizeof(*r));
	unsigned seen[SOURCE_URL + 1] = {0};
	enum pith_status status = PITH_OK;
	int best = 0;

	*out = (struct str){NULL, 0};
	if (r == NULL)
		return arena_status(arena);
	r->c = c;
	r->arena = arena;
	r->site_key = clean_key(arena, c->sitename);
	r->host_key = clean_key(arena, c->host);
	if (r->site_key.data == NULL || r->host_key.data == NULL)
		return arena_status(arena);
	for (size_t i = 0; i < c->candidates->count && !status; i++) {
		const struct candidate *k = &c->candidates->list[i];
		uint32_t b;

		if (k->field != FIELD_TITLE || seen[k->source]++ >= FROM_SOURCE)
			continue;
		b = k->elem == NO_ELEM ? 0
				       : c->page->elems[k->elem].first_block;
		status = add_readings(r, k->text, (enum source)k->source,
				      k->source == SOURCE_HEADING &&
					      b + 2 >= c->heading &&
					      b <= c->heading + 1
					  ? MARK_NEAR
					  : 0);
	}
	for (size_t i = 0; i < r->count && !status; i++) {
		int n = score(r, &r->list[i]);

		if (out->data == NULL || n > best) {
			best = n;
			*out = r->list[i].text;
		}
	}
	return status;
}
