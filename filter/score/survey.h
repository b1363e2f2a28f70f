/* SPDX-License-Identifier: MIT
 *
 * survey.h: what the features of a page's blocks are computed from: running
 * sums over its blocks, facts about its elements, groups of blocks that look
 * alike. Everything is linear in the size of the page. Included by score/
 * only.
 *
 *   sums   0   12   15   40 …       before block 0, 1, 2, 3 …
 *   nodes  facts of elems[i]; what concerns ancestors is handed down, since
 *          a parent always comes before its children */
#ifndef SCORE_SURVEY_H
#define SCORE_SURVEY_H

#include "page/block.h"
#include "score/lexicon.h"
#include "score/texture.h"

/* Counts over all blocks before one. Words are counted in halves. */
struct sums {
	uint32_t words, links, longs; /* longs: words of long, linkless text */
	uint32_t commas, sentences, headings, items, shorts;
	uint32_t linked; /* blocks that are links of some words */
};

enum { ANCHORS = 4, OPENINGS = 2 };

/* Words of a block, the first of a long one, that the title or the
 * description of the page has too. */
struct echo {
	uint8_t words, in_title, title_of, in_about;
	uint32_t openings[OPENINGS]; /* keys of its first 2 and 3 words */
};

/* The blocks that a block is told from by the levels up from it to what they
 * share. */
enum level {
	LEVEL_BEFORE,
	LEVEL_AFTER,
	LEVEL_BEFORE2,
	LEVEL_AFTER2,
	LEVEL_LONG_BEFORE,
	LEVEL_LONG_AFTER,
	LEVEL_HEAD,
	LEVEL_H1,
	LEVEL_HEADLINE,
	LEVELS
};

enum { LEVELS_MAX = 12 };

struct levels {
	uint8_t to[LEVELS]; /* LEVELS_MAX at most; 0: no such block */
};

/* Kinds of elements to stand in. */
enum kin {
	KIN_NAV = 1,
	KIN_ASIDE = 2,
	KIN_FOOTER = 4,
	KIN_HEADER = 8,
	KIN_MAIN = 16,
	KIN_ARTICLE = 32,
	KIN_FORM = 64,
	KIN_FIGURE = 128,
	KIN_TABLE = 256,
	KIN_LIST = 512,
	KIN_SECTION = 1024,
	KIN_NOSCRIPT = 2048,
	KIN_DETAILS = 4096,
	KIN_DIALOG = 8192,
	KIN_ADDRESS = 16384,
	KIN_BLOCKQUOTE = 32768,
	KIN_BUTTON = 65536,
	KIN_LINK = 131072,
	KIN_PRE = 262144,
	KIN_HEADING = 524288
};

struct node {
	float weight;	   /* Readability-like score of the element */
	float best;	   /* the largest weight among it and its ancestors */
	uint32_t kin;	   /* enum kin, of it and its ancestors */
	uint32_t path;	   /* number of its tag path */
	uint32_t classes;  /* number of its tag and class path */
	uint32_t alike;	   /* siblings with the same tag and class, it counts */
	uint32_t order;	   /* place among them, from 0 */
	uint32_t largest;  /* words of the largest of them, in halves */
	uint32_t card;	   /* innermost element with 3 alike, or NO_ELEM */
	uint32_t shelf;	   /* outermost such element, or NO_ELEM */
	uint32_t article;  /* outermost article element, or NO_ELEM */
	uint32_t section;  /* innermost article, section, main or aside */
	int16_t low, high; /* log-odds of its own tokens */
	int16_t low_up, high_up; /* of it and its ancestors */
	int32_t sum_up;
	uint16_t known;		  /* ancestors and itself with a known token */
	uint16_t shared[ANCHORS]; /* depth of the common ancestor with each */
	uint16_t lists;		  /* lists around it */
};

/* Blocks that look alike. */
struct group {
	uint32_t blocks, words, links, longs, sentences, first, last;
};

struct survey {
	const struct page *page;
	uint32_t count;		  /* blocks */
	struct texture *textures; /* one a block */
	struct sums *sums;	  /* count + 1 */
	struct node *nodes;	  /* one an element; of those with text */
	uint32_t *filled;	  /* the elements with text, in order */
	uint32_t filled_count;
	struct group *paths, *classes, *twins;
	uint32_t path_count, class_count;
	uint32_t *twin;	     /* a block's number in twins: same text */
	uint32_t *head;	     /* last heading at or before a block, or NO_ELEM */
	uint32_t *next_head; /* first heading after it, or count */
	uint32_t *long_before, *long_after; /* nearest long block, or NO_ELEM */
	int16_t (*openings)[OPENINGS]; /* log-odds of a block's first words */
	int16_t *label;		       /* log-odds of a short block's text */
	uint32_t anchors[ANCHORS];     /* elements; see survey.c */
	uint32_t h1;		       /* block of the first h1, or NO_ELEM */
	uint32_t first_long;	       /* first long block, or NO_ELEM */
	float best_weight;
	uint32_t articles;	  /* outermost article elements */
	uint32_t largest_article; /* words of the largest, in halves */
	uint32_t inputs, forms, images, scripts;
	uint32_t headline;     /* block most like the title, or NO_ELEM */
	float headline_fit;    /* 0 to 1 */
	struct echo *echoes;   /* one a block */
	struct levels *levels; /* one a block */
	unsigned title_count;  /* different words of the title */
	uint32_t type;	       /* enum survey_type of og:type */
};

enum survey_type {
	TYPE_NONE,
	TYPE_ARTICLE,
	TYPE_PRODUCT,
	TYPE_WEBSITE,
	TYPE_OTHER
};

/* Make a survey of a page in the arena. */
enum pith_status survey_make(struct arena *arena, const struct page *page,
			     const struct lexicon *lexicon,
			     struct survey *out) PITH_CHECKED;

/* Words of an element's blocks and other sums: those before its end less
 * those before its start. */
static inline const struct sums *survey_from(const struct survey *s,
					     uint32_t elem)
{
	return &s->sums[s->page->elems[elem].first_block];
}

static inline const struct sums *survey_to(const struct survey *s,
					   uint32_t elem)
{
	return &s->sums[s->page->elems[elem].last_block];
}

#endif
