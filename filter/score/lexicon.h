/* SPDX-License-Identifier: MIT
 *
 * lexicon.h: what the names that authors give to elements, and the labels they
 * write, tell of the text there: a learned table from hashed token to log-odds.
 * Included by score/ and train/ only. */
#ifndef SCORE_LEXICON_H
#define SCORE_LEXICON_H

#include "page/block.h"

enum {
	LEXICON_BITS = 12, /* of a key: its bucket */
	LEXICON_LOW = 4,   /* of a key: left out; 16 are between */
	LEXICON_STARTS = (1 << LEXICON_BITS) + 1,
	LEXICON_MAX = UINT16_MAX,
	LEXICON_NONE = -128,	/* log-odds of a token that is not in there */
	LEXICON_TOKENS_MAX = 48 /* of one element; more are not looked at */
};

/* Sorted by key. One step of odds is 1/16 of a natural logit.
 *
 * Of a key of 32 bits the upper ones are known by the bucket, and the lowest
 * are dropped: of 7,000 tokens that are not in there one is taken for one that
 * is. That costs a third less memory than whole keys. */
struct lexicon {
	const uint16_t *keys;
	const int8_t *odds;
	uint32_t count; /* LEXICON_MAX at most */
	/* first entry of each bucket, and the end */
	const uint16_t *starts;
};

/* The keys of an element's class, id, role, itemprop and aria-label: whole
 * tokens, and their parts, each once. Returns how many, up to
 * LEXICON_TOKENS_MAX. */
unsigned lexicon_tokens(const struct elem *e, uint32_t *keys);

/* Is an attribute one of those? Then the keys of it alone, some of them more
 * than once, up to as many. */
static inline bool lexicon_reads(enum attr attr)
{
	static const uint64_t read =
	    UINT64_C(1) << ATTR_CLASS | UINT64_C(1) << ATTR_ID |
	    UINT64_C(1) << ATTR_ROLE | UINT64_C(1) << ATTR_ITEMPROP |
	    UINT64_C(1) << ATTR_ARIA_LABEL | UINT64_C(1) << ATTR_ITEMTYPE |
	    UINT64_C(1) << ATTR_REL | UINT64_C(1) << ATTR_HREF;

	return read >> attr & 1;
}

unsigned lexicon_attr(const struct attr_value *a, uint32_t *keys);

/* The key of a short text as a label, by its texture's hash. */
uint32_t lexicon_label(uint64_t hash);

/* From whole keys, sorted, and their odds: the keys of a lexicon, its odds and
 * its LEXICON_STARTS starts. Of keys that are then the same the first counts.
 * Returns how many are left; odds may be the same array. */
uint32_t lexicon_pack(const uint32_t *whole, const int8_t *whole_odds,
		      uint32_t count, uint16_t *keys, int8_t *odds,
		      uint16_t *starts);

/* The log-odds of a key, or LEXICON_NONE. */
int lexicon_find(const struct lexicon *l, uint32_t key);

/* The same for many at once, whose memory is then waited for together. */
void lexicon_find_all(const struct lexicon *l, const uint32_t *keys,
		      size_t count, int16_t *odds);

#endif
