/* SPDX-License-Identifier: MIT
 *
 * feature_tree.c: reads the features of containers, names, anchors, cards and
 * groups off the survey. */
#include "score/feature_tree.h"

static float ratio(float a, float b)
{
	return b > 0 ? a / b : 0;
}

/* Tags in order of how much of their text is content on the web at large, so
 * that one comparison parts the two. */
static float tag_rank(enum tag tag)
{
	switch (tag) {
	case TAG_NAV:
		return 0;
	case TAG_FOOTER:
		return 1;
	case TAG_BUTTON:
		return 2;
	case TAG_FORM:
		return 3;
	case TAG_ASIDE:
		return 4;
	case TAG_HEADER:
		return 5;
	case TAG_LI:
		return 6;
	case TAG_UL:
		return 7;
	case TAG_CUSTOM:
		return 8;
	case TAG_FIGCAPTION:
	case TAG_FIGURE:
		return 9;
	case TAG_H5:
	case TAG_H6:
		return 10;
	case TAG_H4:
		return 11;
	case TAG_DIV:
		return 12;
	case TAG_SECTION:
		return 13;
	case TAG_TABLE:
	case TAG_TBODY:
	case TAG_TR:
		return 15;
	case TAG_TD:
	case TAG_TH:
		return 16;
	case TAG_H1:
		return 17;
	case TAG_H3:
		return 18;
	case TAG_H2:
		return 19;
	case TAG_OL:
	case TAG_DL:
	case TAG_DD:
	case TAG_DT:
		return 20;
	case TAG_BODY:
		return 21;
	case TAG_MAIN:
		return 22;
	case TAG_ARTICLE:
		return 23;
	case TAG_BLOCKQUOTE:
		return 24;
	case TAG_P:
		return 25;
	case TAG_PRE:
		return 26;
	default:
		return 14;
	}
}

static void fill_up(const struct survey *s, uint32_t e, float *f)
{
	const struct sums *from = survey_from(s, e), *to = survey_to(s, e);
	const struct elem *elem = &s->page->elems[e];
	const struct node *n = &s->nodes[e];
	float words = (float)(to->words - from->words);
	float blocks = (float)(elem->last_block - elem->first_block);

	f[0] = words / 2;
	f[1] = ratio((float)(to->links - from->links), words);
	f[2] = ratio((float)(to->longs - from->longs), words);
	f[3] = blocks;
	f[4] = ratio(n->weight, s->best_weight);
	f[5] = ratio((float)(to->shorts - from->shorts), blocks);
	f[6] = n->low;
	f[7] = n->high;
	f[8] = tag_rank((enum tag)elem->tag);
}

static void fill_containers(const struct survey *s, uint32_t e, float *row)
{
	static const unsigned at[] = {FEATURE_UP0_WORDS, FEATURE_UP1_WORDS,
				      FEATURE_UP2_WORDS, FEATURE_UP3_WORDS,
				      FEATURE_UP4_WORDS, FEATURE_UP6_WORDS};
	static const unsigned up[] = {0, 1, 2, 3, 4, 6};
	unsigned level = 0;

	for (unsigned k = 0; k < 6; k++) {
		while (level < up[k]) {
			if (s->page->elems[e].parent != NO_ELEM)
				e = s->page->elems[e].parent;
			level++;
		}
		fill_up(s, e, row + at[k]);
	}
}

static void fill_anchor(const struct survey *s, uint32_t block, unsigned a,
			float *f)
{
	const struct page *p = s->page;
	uint32_t anchor = s->anchors[a], e = p->blocks[block].elem;
	const struct elem *x = &p->elems[anchor];
	float shared = s->nodes[e].shared[a];

	f[0] = (float)x->depth - shared;
	f[1] = (float)p->elems[e].depth - shared;
	f[2] = block < x->first_block ? -1 : block >= x->last_block ? 1 : 0;
	f[3] = 0;
	if (block < x->first_block)
		f[3] = -(float)(s->sums[x->first_block].words -
				s->sums[block].words) /
		       2;
	else if (block >= x->last_block)
		f[3] = (float)(s->sums[block].words -
			       s->sums[x->last_block].words) /
		       2;
}

static void fill_names(const struct survey *s, const struct block *b,
		       float *row)
{
	const struct page *p = s->page;
	const struct node *own = &s->nodes[b->elem];
	float low = 0, high = 0, sum = 0, inline_low = 0;
	uint32_t e = b->elem;
	int inside = 0;

	for (unsigned up = 0; up < 4 && e != NO_ELEM; up++) {
		const struct node *n = &s->nodes[e];

		low = n->low < low ? n->low : low;
		high = n->high > high ? n->high : high;
		sum += n->low + n->high;
		e = p->elems[e].parent;
	}
	row[FEATURE_LOW_NEAR] = low;
	row[FEATURE_HIGH_NEAR] = high;
	row[FEATURE_SUM_NEAR] = sum;
	row[FEATURE_LOW_FAR] = e == NO_ELEM ? 0 : s->nodes[e].low_up;
	row[FEATURE_HIGH_FAR] = e == NO_ELEM ? 0 : s->nodes[e].high_up;
	row[FEATURE_SUM_ALL] = (float)own->sum_up;
	row[FEATURE_MEAN_ALL] = ratio((float)own->sum_up, own->known);
	e = b->elem;
	for (unsigned up = 0;
	     up < 12 && e != NO_ELEM && !elem_within(p, s->anchors[0], e);
	     up++) {
		inside = s->nodes[e].low < inside ? s->nodes[e].low : inside;
		e = p->elems[e].parent;
	}
	row[FEATURE_LOW_INSIDE] = (float)inside;
	for (e = b->common; e != b->elem && e != NO_ELEM;
	     e = p->elems[e].parent)
		if (s->nodes[e].low < inline_low)
			inline_low = s->nodes[e].low;
	row[FEATURE_INLINE_LOW] = inline_low;
}

static void fill_kin(const struct survey *s, const struct block *b, float *row)
{
	static const struct {
		uint32_t kin;
		unsigned feature;
	} kins[] = {
	    {KIN_NAV, FEATURE_IN_NAV},
	    {KIN_ASIDE, FEATURE_IN_ASIDE},
	    {KIN_FOOTER, FEATURE_IN_FOOTER},
	    {KIN_HEADER, FEATURE_IN_HEADER},
	    {KIN_MAIN, FEATURE_IN_MAIN},
	    {KIN_ARTICLE, FEATURE_IN_ARTICLE},
	    {KIN_FORM, FEATURE_IN_FORM},
	    {KIN_FIGURE, FEATURE_IN_FIGURE},
	    {KIN_TABLE, FEATURE_IN_TABLE},
	    {KIN_NOSCRIPT, FEATURE_IN_NOSCRIPT},
	    {KIN_DIALOG | KIN_DETAILS, FEATURE_IN_DIALOG},
	    {KIN_ADDRESS, FEATURE_IN_ADDRESS},
	    {KIN_BLOCKQUOTE, FEATURE_IN_QUOTE},
	};
	const struct elem *e = &s->page->elems[b->elem];
	const struct node *n = &s->nodes[b->elem];

	for (unsigned i = 0; i < sizeof(kins) / sizeof(kins[0]); i++)
		row[kins[i].feature] = (n->kin & kins[i].kin) != 0;
	row[FEATURE_IN_LINK] = (s->nodes[b->common].kin & KIN_LINK) != 0;
	row[FEATURE_TAG] = tag_rank((enum tag)e->tag);
	row[FEATURE_KIND] = b->kind;
	row[FEATURE_LEVEL] = b->level;
	row[FEATURE_DEPTH] = e->depth;
	row[FEATURE_LISTS] = n->lists;
	row[FEATURE_BREAKS] = b->breaks;
	row[FEATURE_FIRST_IN_ITEM] = b->first_in_item;
	row[FEATURE_HIDDEN] =
	    (s->page->elems[b->common].flags & ELEM_IS_HIDDEN) != 0;
	row[FEATURE_ARIA_HIDDEN] =
	    (s->page->elems[b->common].flags & ELEM_IS_ARIA_HIDDEN) != 0;
	row[FEATURE_BEST_ABOVE] = ratio(n->best, s->best_weight);
}

/* Words, share in links and in long text of an element. */
static float measure(const struct survey *s, uint32_t e, float *links,
		     float *longs)
{
	const struct sums *from = survey_from(s, e), *to = survey_to(s, e);
	float words = (float)(to->words - from->words);

	*links = ratio((float)(to->links - from->links), words);
	*longs = ratio((float)(to->longs - from->longs), words);
	return words;
}

static float parent_share(const struct survey *s, uint32_t e)
{
	float unused, words;

	if (s->page->elems[e].parent != NO_ELEM)
		e = s->page->elems[e].parent;
	words = measure(s, e, &unused, &unused);
	return ratio(words, (float)s->sums[s->count].words);
}

static void fill_sections(const struct survey *s, const struct block *b,
			  float *row)
{
	const struct node *n = &s->nodes[b->elem];
	const struct sums *all = &s->sums[s->count];
	float longs, words;

	row[FEATURE_SECTION_WORDS] = row[FEATURE_SECTION_LINKS] = -1;
	row[FEATURE_SECTION_SHARE] = row[FEATURE_ARTICLE_SHARE] = -1;
	if (n->section != NO_ELEM) {
		words =
		    measure(s, n->section, &row[FEATURE_SECTION_LINKS], &longs);
		row[FEATURE_SECTION_WORDS] = words / 2;
		row[FEATURE_SECTION_SHARE] =
		    ratio(longs * words, (float)all->longs);
	}
	if (n->article != NO_ELEM)
		row[FEATURE_ARTICLE_SHARE] =
		    ratio(measure(s, n->article, &longs, &longs),
			  (float)s->largest_article);
}

/* Place and size of an element among its siblings alike. */
static void fill_family(const struct survey *s, uint32_t e, float *order,
			float *size)
{
	*order = (float)s->nodes[e].order;
	*size =
	    ratio((float)(survey_to(s, e)->words - survey_from(s, e)->words),
		  (float)s->nodes[e].largest);
}

static void fill_cards(const struct survey *s, const struct block *b,
		       float *row)
{
	const struct node *n = &s->nodes[b->elem];
	float unused;

	for (unsigned f = FEATURE_CARD_ALIKE; f <= FEATURE_CARD_SHARE; f++)
		row[f] = -1;
	if (n->card == NO_ELEM)
		return;
	row[FEATURE_CARD_ALIKE] = (float)s->nodes[n->card].alike;
	row[FEATURE_CARD_WORDS] = measure(s, n->card, &row[FEATURE_CARD_LINKS],
					  &row[FEATURE_CARD_LONGS]) /
				  2;
	row[FEATURE_CARD_UP] = (float)s->page->elems[b->elem].depth -
			       (float)s->page->elems[n->card].depth;
	row[FEATURE_CARD_SHARE] = parent_share(s, n->card);
	fill_family(s, n->card, &row[FEATURE_CARD_ORDER],
		    &row[FEATURE_CARD_SIZE]);
	fill_family(s, n->shelf, &row[FEATURE_SHELF_ORDER],
		    &row[FEATURE_SHELF_SIZE]);
	row[FEATURE_CARD_HEADINGS] = (float)(survey_to(s, n->card)->headings -
					     survey_from(s, n->card)->headings);
	row[FEATURE_CARD_LINKED] =
	    ratio((float)(survey_to(s, n->card)->linked -
			  survey_from(s, n->card)->linked),
		  (float)(s->page->elems[n->card].last_block -
			  s->page->elems[n->card].first_block));
	row[FEATURE_SHELF_ALIKE] = (float)s->nodes[n->shelf].alike;
	row[FEATURE_SHELF_WORDS] =
	    measure(s, n->shelf, &row[FEATURE_SHELF_LINKS], &unused) / 2;
	row[FEATURE_SHELF_SHARE] = parent_share(s, n->shelf);
}

static void fill_group(const struct survey *s, const struct group *g, float *f)
{
	const struct sums *all = &s->sums[s->count];
	float words = (float)g->words;

	f[0] = ratio(words, (float)all->words);
	f[1] = (float)g->blocks;
	f[2] = ratio((float)g->links, words);
	f[3] = ratio((float)g->longs, words);
	f[4] = ratio(words / 2, (float)g->blocks);
	f[5] = (float)(g->last - g->first) / (float)s->count;
}

void feature_tree(const struct survey *s, uint32_t block, float *row)
{
	const struct block *b = &s->page->blocks[block];
	const struct node *n = &s->nodes[b->elem];

	fill_kin(s, b, row);
	fill_names(s, b, row);
	fill_containers(s, b->elem, row);
	fill_anchor(s, block, 0, row + FEATURE_MOST_DOWN);
	fill_anchor(s, block, 1, row + FEATURE_HALF_DOWN);
	fill_anchor(s, block, 2, row + FEATURE_NEARLY_DOWN);
	fill_anchor(s, block, 3, row + FEATURE_HEAVY_DOWN);
	fill_sections(s, b, row);
	fill_cards(s, b, row);
	fill_group(s, &s->paths[n->path], row + FEATURE_PATH_SHARE);
	fill_group(s, &s->classes[n->classes], row + FEATURE_CLASS_SHARE);
}
