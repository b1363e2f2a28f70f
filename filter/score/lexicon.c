/* SPDX-License-Identifier: MIT
 *
 * lexicon.c: cuts names into tokens and looks them up. */
#include "score/lexicon.h"

#include <string.h>

enum { PART_MIN = 2, PART_MAX = 24, ADDRESS_WORDS = 8 };

static const uint64_t OFFSET = 0xcbf29ce484222325u, PRIME = 0x100000001b3u;
static const uint64_t ADDRESS = 0x9ae16a3b2f90404fu; /* words of addresses */

static uint32_t fold(uint64_t hash)
{
	return (uint32_t)(hash ^ hash >> 32);
}

struct tokens {
	uint32_t *keys;
	unsigned count;
	bool once; /* each */
};

static void add(struct tokens *t, uint64_t hash)
{
	uint32_t key = fold(hash);

	for (unsigned i = 0; t->once && i < t->count; i++)
		if (t->keys[i] == key)
			return;
	if (t->count < LEXICON_TOKENS_MAX)
		t->keys[t->count++] = key;
}

/* One name: "postBody-12" gives "postbody-0", "post" and "body". */
static void add_name(struct tokens *t, const char *s, size_t len)
{
	uint64_t whole = OFFSET, part = OFFSET;
	size_t letters = 0, parts = 0;
	char before = 0;

	for (size_t i = 0; i < len; i++) {
		size_t from = i;
		char c, low;
		bool letter;

		/* nearly all of it */
		for (; i < len && (unsigned char)(s[i] - 'a') < 26; i++) {
			part = (part ^ (unsigned char)s[i]) * PRIME;
			whole = (whole ^ (unsigned char)s[i]) * PRIME;
		}
		letters += i - from;
		if (i > from)
			before = s[i - 1];
		if (i == len)
			break;
		c = s[i];
		low = ascii_lower(c);
		letter = ascii_alpha(c) || (unsigned char)c >= 0x80;
		if (letters > 0 &&
		    (!letter || (c != low && ascii_alpha(before) &&
				 before == ascii_lower(before)))) {
			if (letters >= PART_MIN && letters <= PART_MAX)
				add(t, part);
			parts++;
			letters = 0;
			part = OFFSET;
		}
		if (letter) {
			part = (part ^ (unsigned char)low) * PRIME;
			letters++;
		}
		if (!ascii_digit(c))
			whole = (whole ^ (unsigned char)low) * PRIME;
		else if (!ascii_digit(before))
			whole = (whole ^ '0') * PRIME;
		before = c;
	}
	if (letters >= PART_MIN && letters <= PART_MAX)
		add(t, part);
	if (parts > 0)
		add(t, whole);
}

/* The words of a link's address, with its site left out; where it leads to
 * another site that counts as a word. */
static void add_address(struct tokens *t, struct str v)
{
	size_t at = 0, words = 0;

	if (v.len > 0 && v.data[0] == '#')
		add(t, (ADDRESS ^ '#') * PRIME);
	while (at < v.len && v.data[at] != ':' && v.data[at] != '/')
		at++;
	at = at + 2 < v.len && v.data[at] == ':' && v.data[at + 1] == '/'
		 ? at + 3
		 : 0;
	while (at < v.len && words < ADDRESS_WORDS) {
		uint64_t part = ADDRESS;
		size_t from = at;

		for (; at < v.len && ascii_alpha(v.data[at]); at++)
			part =
			    (part ^ (unsigned char)(v.data[at] | 0x20)) * PRIME;
		if (at - from >= PART_MIN && at - from <= PART_MAX) {
			add(t, part);
			words++;
		}
		at++; /* what parts words */
	}
}

static void add_attr(struct tokens *t, const struct attr_value *a)
{
	struct str v = a->value;
	size_t from = 0;

	if (a->attr == ATTR_HREF) {
		add_address(t, v);
		return;
	}
	for (size_t at = 0; at <= v.len; at++) {
		if (at < v.len && !ascii_space(v.data[at]))
			continue;
		if (at > from)
			add_name(t, v.data + from, at - from);
		from = at + 1;
	}
}

unsigned lexicon_attr(const struct attr_value *a, uint32_t *keys)
{
	struct tokens t = {keys, 0, false};

	add_attr(&t, a);
	return t.count;
}

unsigned lexicon_tokens(const struct elem *e, uint32_t *keys)
{
	struct tokens t = {keys, 0, true};

	for (unsigned i = 0; i < e->attr_count; i++)
		if (lexicon_reads(e->attrs[i].attr))
			add_attr(&t, &e->attrs[i]);
	return t.count;
}

uint32_t lexicon_label(uint64_t hash)
{
	return fold((hash ^ '=') * PRIME);
}

static uint32_t bucket_of(uint32_t key)
{
	return key >> (32 - LEXICON_BITS);
}

static uint16_t packed(uint32_t key)
{
	return (uint16_t)(key >> LEXICON_LOW);
}

uint32_t lexicon_pack(const uint32_t *whole, const int8_t *whole_odds,
		      uint32_t count, uint16_t *keys, int8_t *odds,
		      uint16_t *starts)
{
	uint32_t at = 0, bucket = 0;

	for (uint32_t i = 0; i < count; i++) {
		if (i > 0 &&
		    whole[i] >> LEXICON_LOW == whole[i - 1] >> LEXICON_LOW)
			continue;
		while (bucket <= bucket_of(whole[i]))
			starts[bucket++] = (uint16_t)at;
		keys[at] = packed(whole[i]);
		odds[at++] = whole_odds[i];
	}
	while (bucket < LEXICON_STARTS)
		starts[bucket++] = (uint16_t)at;
	return at;
}

enum { WINDOW = 8, AHEAD = 16 };

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* How much more a is than b, or 0. */
static uint32_t over(uint32_t a, uint32_t b)
{
	return a > b ? a - b : 0;
}

/* Keys are hashes, evenly spread: one can only stand near where its share of
 * its bucket says. As in all that follows no branch depends on a key, but those
 * that are hardly ever taken: the processor can go on while memory is on its
 * way. */
static uint32_t window_of(const struct lexicon *l, uint32_t key)
{
	const uint16_t *start = &l->starts[bucket_of(key)];
	uint32_t low = start[0], share = start[1] - low;
	uint32_t at = over(packed(key) * share >> 16, WINDOW / 2);

	return least(low + least(at, over(share, WINDOW)), l->count - WINDOW);
}

typedef int16_t eight __attribute__((vector_size(16)));

/* Place of a key among eight, from 1; 0 if it is none of those after the first
 * `from`, up to number `to`. */
static uint32_t place_in(const uint16_t *keys, uint16_t key, uint32_t from,
			 uint32_t to)
{
	static const eight places = {1, 2, 3, 4, 5, 6, 7, 8};
	union {
		eight places;
		uint64_t fours[2];
	} u;
	eight all;
	uint64_t both;

	memcpy(&all, keys, sizeof(all));
	u.places = (all == (int16_t)key) & (places > (int16_t)from) &
		   (places <= (int16_t)to) & places;
	both = u.fours[0] | u.fours[1];
	both |= both >> 32;
	return (both | both >> 16) & 15;
}

/* The window may reach into other buckets, whose keys are not meant. */
static int16_t find_from(const struct lexicon *l, uint32_t at, uint32_t key)
{
	const uint16_t *start = &l->starts[bucket_of(key)];
	uint32_t low = start[0], end = start[1], place;
	uint16_t k = packed(key);
	int known;

	while ((at > low) & (l->keys[at] > k)) /* one key in a hundred */
		at--;
	while ((at + WINDOW < end) & (l->keys[at + WINDOW - 1] < k))
		at++;
	place = place_in(l->keys + at, k, over(low, at),
			 least(over(end, at), WINDOW));
	known = -(place != 0);
	return (int16_t)((l->odds[at + place + (uint32_t)known] & known) |
			 (LEXICON_NONE & ~known));
}

/* A lexicon of less than a window. */
static int16_t find_among_few(const struct lexicon *l, uint32_t key)
{
	const uint16_t *start;

	if (l->count == 0)
		return LEXICON_NONE;
	start = &l->starts[bucket_of(key)];
	for (uint32_t i = start[0]; i < start[1]; i++)
		if (l->keys[i] == packed(key))
			return l->odds[i];
	return LEXICON_NONE;
}

void lexicon_find_all(const struct lexicon *l, const uint32_t *keys,
		      size_t count, int16_t *odds)
{
	uint32_t at[AHEAD];

	if (l->count < WINDOW) {
		for (size_t i = 0; i < count; i++)
			odds[i] = find_among_few(l, keys[i]);
		return;
	}
	for (size_t i = 0; i < count + AHEAD; i++) {
		size_t due = i - AHEAD;

		if (i >= AHEAD)
			odds[due] = find_from(l, at[due % AHEAD], keys[due]);
		if (i < count) {
			at[i % AHEAD] = window_of(l, keys[i]);
			__builtin_prefetch(&l->keys[at[i % AHEAD]]);
			__builtin_prefetch(&l->odds[at[i % AHEAD]]);
		}
	}
}

int lexicon_find(const struct lexicon *l, uint32_t key)
{
	int16_t odds;

	lexicon_find_all(l, &key, 1, &odds);
	return odds;
}
