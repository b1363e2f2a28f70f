/* SPDX-License-Identifier: MIT
 *
 * feature.c: reads the features of a block off the survey of its page: those
 * of its text, its neighbours, its place and its page. */
#include "score/feature.h"

#include <string.h>

#include "score/feature_tree.h"

static const struct {
	const char *name, *meaning;
} table[FEATURE_COUNT] = {
#define FEATURE_ROW(id, name, meaning) {name, meaning},
    FEATURE_TABLE(FEATURE_ROW)
#undef FEATURE_ROW
};

const char *feature_name(unsigned feature)
{
	return feature < FEATURE_COUNT ? table[feature].name : "";
}

const char *feature_meaning(unsigned feature)
{
	return feature < FEATURE_COUNT ? table[feature].meaning : "";
}

unsigned feature_find(struct str name)
{
	for (unsigned i = 0; i < FEATURE_COUNT; i++)
		if (str_equal(name, (struct str){table[i].name,
						 strlen(table[i].name)}))
			return i;
	return FEATURE_COUNT;
}

/* a / b, and 0 where b is none. */
static float ratio(float a, float b)
{
	return b > 0 ? a / b : 0;
}

static void fill_text(const struct survey *s, uint32_t i, float *row)
{
	const struct block *b = &s->page->blocks[i];
	const struct texture *t = &s->textures[i];
	float chars = (float)b->chars, words = b->words;
	float letters = (float)t->upper + (float)t->lower + (float)t->letter;

	row[FEATURE_WORDS] = words;
	row[FEATURE_CHARS] = chars;
	row[FEATURE_WORD_LENGTH] = ratio(chars, words);
	row[FEATURE_LINK_SHARE] = ratio((float)b->link_chars, chars);
	row[FEATURE_PLAIN_WORDS] = words - b->link_words;
	row[FEATURE_UPPER] = ratio((float)t->upper, chars);
	row[FEATURE_DIGITS] = ratio((float)t->digit, chars);
	row[FEATURE_COMMAS] = ratio((float)t->comma, words);
	row[FEATURE_COMMA_COUNT] = (float)t->comma;
	row[FEATURE_ENDS] = ratio((float)t->end, words);
	row[FEATURE_SENTENCES] = (float)t->sentences;
	row[FEATURE_SENTENCE_LENGTH] =
	    t->sentences ? words / (float)t->sentences : 2 * words;
	row[FEATURE_QUOTES] = ratio((float)t->quote, words);
	row[FEATURE_BARS] = ratio((float)t->bar, words);
	row[FEATURE_MONEY] = (float)t->money;
	row[FEATURE_MARKS] = (float)t->marks;
	row[FEATURE_OTHERS] = ratio((float)t->other, chars);
	row[FEATURE_YEARS] = (float)t->years;
	row[FEATURE_LINES] = (float)t->lines;
	row[FEATURE_TRAILS] = t->trails;
	row[FEATURE_FIRST] = t->first;
	row[FEATURE_LAST] = t->last;
	row[FEATURE_CASELESS] = ratio((float)t->letter, letters);
	row[FEATURE_LABEL] = s->label[i];
	row[FEATURE_OPENING_LABEL] = s->openings[i][0];
	row[FEATURE_OPENING3_LABEL] = s->openings[i][1];
	row[FEATURE_TWINS] = (float)s->twins[s->twin[i]].blocks;
	row[FEATURE_TWIN_BEFORE] = s->twins[s->twin[i]].first < i;
}

/* Levels from block i up to the element it shares with another. */
static float levels_to(const struct survey *s, uint32_t i, enum level other)
{
	return s->levels[i].to[other];
}

static void fill_head(const struct survey *s, uint32_t i, float *row)
{
	const struct echo *e = &s->echoes[i];

	row[FEATURE_TITLE_OF] =
	    ratio((float)e->title_of, (float)s->title_count);
	row[FEATURE_IN_TITLE] = ratio((float)e->in_title, (float)e->words);
	row[FEATURE_IN_ABOUT] = ratio((float)e->in_about, (float)e->words);
	row[FEATURE_FROM_HEADLINE] = -1e6f;
	row[FEATURE_HEADLINE_SAME] = -1;
	if (s->headline == NO_ELEM)
		return;
	row[FEATURE_FROM_HEADLINE] =
	    ((float)s->sums[i].words - (float)s->sums[s->headline].words) / 2;
	row[FEATURE_HEADLINE_SAME] = levels_to(s, i, LEVEL_HEADLINE);
}

static void fill_spans(const struct survey *s, uint32_t i, float *row)
{
	const struct page *p = s->page;
	const struct block *b = &p->blocks[i];
	uint32_t links = 0, images = 0, emphasis = 0, reach = 0;
	const struct node *node;
	int low = 0, high = 0;

	for (uint32_t k = 0; k < b->span_count; k++) {
		const struct span *span = &p->spans[b->first_span + k];

		switch ((enum tag)p->elems[span->elem].tag) {
		case TAG_A:
			links++;
			node = &s->nodes[span->elem];
			low = node->low < low ? node->low : low;
			high = node->high > high ? node->high : high;
			break;
		case TAG_IMG:
			images++;
			break;
		case TAG_B:
		case TAG_STRONG:
		case TAG_EM:
		case TAG_I:
			if (span->end > reach) {
				emphasis +=
				    span->end -
				    (span->start > reach ? span->start : reach);
				reach = span->end;
			}
			break;
		default:
			break;
		}
	}
	row[FEATURE_LINK_COUNT] = (float)links;
	row[FEATURE_LINK_LOW] = (float)low;
	row[FEATURE_LINK_HIGH] = (float)high;
	row[FEATURE_LINK_WORDS] = ratio(b->link_words, (float)links);
	row[FEATURE_EMPHASIS] = ratio((float)emphasis, (float)b->text.len);
	row[FEATURE_IMAGES] = (float)images;
	row[FEATURE_INLINE] = ratio((float)b->span_count, b->words);
}

/* One neighbour; j may be outside of the page. */
static void fill_beside(const struct survey *s, uint32_t i, int64_t j,
			enum level level, float *f)
{
	const struct page *p = s->page;
	const struct block *a = &p->blocks[i], *b;
	const struct node *x = &s->nodes[a->elem], *y;

	if (j < 0 || j >= (int64_t)s->count) {
		for (unsigned k = 0; k < 7; k++)
			f[k] = -1;
		return;
	}
	b = &p->blocks[j];
	y = &s->nodes[b->elem];
	f[0] = b->words;
	f[1] = ratio(b->link_words, b->words);
	f[2] = levels_to(s, i, level);
	f[3] = x->classes == y->classes ? 2 : x->path == y->path ? 1 : 0;
	f[4] = b->kind;
	f[5] = s->label[j];
	f[6] = s->textures[j].last == TEXTURE_END;
}

/* Words of a range of blocks, share in links, share in long text. */
static void fill_range(const struct survey *s, uint32_t from, uint32_t to,
		       float *words, float *links, float *longs)
{
	const struct sums *a = &s->sums[from], *b = &s->sums[to];
	float total = (float)(b->words - a->words);

	*words = total / 2;
	*links = ratio((float)(b->links - a->links), total);
	*longs = ratio((float)(b->longs - a->longs), total);
}

static void fill_neighbours(const struct survey *s, uint32_t i, float *row)
{
	uint32_t from = i < 4 ? 0 : i - 4;
	uint32_t to = s->count - i <= 4 ? s->count : i + 5;
	uint32_t near = s->long_before[i];

	fill_beside(s, i, (int64_t)i - 1, LEVEL_BEFORE,
		    row + FEATURE_BEFORE_WORDS);
	fill_beside(s, i, (int64_t)i + 1, LEVEL_AFTER,
		    row + FEATURE_AFTER_WORDS);
	fill_beside(s, i, (int64_t)i - 2, LEVEL_BEFORE2,
		    row + FEATURE_BEFORE2_WORDS);
	fill_beside(s, i, (int64_t)i + 2, LEVEL_AFTER2,
		    row + FEATURE_AFTER2_WORDS);
	fill_range(s, from, to, &row[FEATURE_WINDOW_WORDS],
		   &row[FEATURE_WINDOW_LINKS], &row[FEATURE_WINDOW_LONGS]);
	row[FEATURE_LONG_BEFORE] = row[FEATURE_LONG_AFTER] = -1;
	row[FEATURE_LONG_BEFORE_SAME] = row[FEATURE_LONG_AFTER_SAME] = -1;
	if (near != NO_ELEM) {
		row[FEATURE_LONG_BEFORE] =
		    (float)(s->sums[i].words - s->sums[near + 1].words) / 2;
		row[FEATURE_LONG_BEFORE_SAME] =
		    levels_to(s, i, LEVEL_LONG_BEFORE);
	}
	near = s->long_after[i];
	if (near != NO_ELEM) {
		row[FEATURE_LONG_AFTER] =
		    (float)(s->sums[near].words - s->sums[i + 1].words) / 2;
		row[FEATURE_LONG_AFTER_SAME] =
		    levels_to(s, i, LEVEL_LONG_AFTER);
	}
}

static void fill_heading(const struct survey *s, uint32_t i, float *row)
{
	uint32_t head = s->head[i], next = s->next_head[i];
	float words;

	row[FEATURE_HEAD_LEVEL] = row[FEATURE_HEAD_WORDS] = -1;
	row[FEATURE_HEAD_SAME] = -1;
	row[FEATURE_HEAD_LABEL] = 0;
	row[FEATURE_HEAD_NEXT] =
	    (float)(s->sums[next].words - s->sums[i].words) / 2;
	fill_range(s, head == NO_ELEM ? 0 : head + 1, next, &words,
		   &row[FEATURE_HEAD_LINKS], &row[FEATURE_HEAD_LONGS]);
	if (head == NO_ELEM)
		return;
	row[FEATURE_HEAD_LEVEL] = s->page->blocks[head].level;
	row[FEATURE_HEAD_LABEL] = s->label[head];
	row[FEATURE_HEAD_WORDS] =
	    (float)(s->sums[i].words - s->sums[head].words) / 2;
	row[FEATURE_HEAD_SAME] = levels_to(s, i, LEVEL_HEAD);
}

static void fill_place(const struct survey *s, uint32_t i, float *row)
{
	const struct sums *here = &s->sums[i], *all = &s->sums[s->count];

	row[FEATURE_AT_BLOCK] = (float)i / (float)s->count;
	row[FEATURE_AT_WORD] = ratio((float)here->words, (float)all->words);
	row[FEATURE_AT_LONG] = ratio((float)here->longs, (float)all->longs);
	row[FEATURE_FROM_BODY] = (float)here->words / 2;
	row[FEATURE_FROM_H1] = -1e6f;
	row[FEATURE_H1_SAME] = -1;
	row[FEATURE_FROM_LONG] = -1e6f;
	if (s->h1 != NO_ELEM) {
		row[FEATURE_FROM_H1] =
		    ((float)here->words - (float)s->sums[s->h1].words) / 2;
		row[FEATURE_H1_SAME] = levels_to(s, i, LEVEL_H1);
	}
	if (s->first_long != NO_ELEM)
		row[FEATURE_FROM_LONG] = (float)i - (float)s->first_long;
}

void feature_block(const struct survey *s, uint32_t block, float *row)
{
	fill_text(s, block, row);
	fill_head(s, block, row);
	fill_spans(s, block, row);
	feature_tree(s, block, row);
	fill_neighbours(s, block, row);
	fill_heading(s, block, row);
	fill_place(s, block, row);
}

/* Share of a page's words and links in an element. */
static void fill_element(const struct survey *s, uint32_t e, float *share,
			 float *links)
{
	const struct sums *from = survey_from(s, e), *to = survey_to(s, e);
	float words = (float)(to->words - from->words);

	*share = ratio(words, (float)s->sums[s->count].words);
	*links = ratio((float)(to->links - from->links), words);
}

static void fill_kinds(const struct survey *s, float *row)
{
	uint32_t money = 0, cards = 0, items = 0;

	for (uint32_t i = 0; i < s->count; i++) {
		const struct block *b = &s->page->blocks[i];

		money += s->textures[i].money > 0;
		items += b->item != NO_ELEM;
		if (s->nodes[b->elem].card != NO_ELEM)
			cards += (uint32_t)(b->words * 2);
	}
	row[FEATURE_PAGE_MONEY] = (float)money;
	row[FEATURE_PAGE_ITEMS] = ratio((float)items, (float)s->count);
	row[FEATURE_PAGE_CARDS] =
	    ratio((float)cards, (float)s->sums[s->count].words);
}

void feature_page(const struct survey *s, float *row)
{
	const struct sums *all = &s->sums[s->count];
	float words = (float)all->words, unused;
	uint32_t most = s->anchors[0], heavy = s->anchors[ANCHORS - 1];

	row[FEATURE_PAGE_WORDS] = words / 2;
	row[FEATURE_PAGE_BLOCKS] = (float)s->count;
	row[FEATURE_PAGE_LINKS] = ratio((float)all->links, words);
	row[FEATURE_PAGE_LONGS] = ratio((float)all->longs, words);
	row[FEATURE_PAGE_LONG_WORDS] = (float)all->longs / 2;
	row[FEATURE_PAGE_BEST] = s->best_weight;
	fill_element(s, most, &row[FEATURE_PAGE_MOST],
		     &row[FEATURE_PAGE_MOST_LINKS]);
	fill_element(s, heavy, &row[FEATURE_PAGE_HEAVY], &unused);
	row[FEATURE_PAGE_MOST_DEPTH] = (float)s->page->elems[most].depth -
				       (float)s->page->elems[heavy].depth;
	row[FEATURE_PAGE_ARTICLES] = (float)s->articles;
	row[FEATURE_PAGE_LARGEST] = ratio((float)s->largest_article, words);
	row[FEATURE_PAGE_FORMS] = (float)s->forms;
	row[FEATURE_PAGE_INPUTS] = (float)s->inputs;
	row[FEATURE_PAGE_IMAGES] = (float)s->images;
	row[FEATURE_PAGE_HEADINGS] = (float)all->headings;
	row[FEATURE_PAGE_SHORTS] = ratio((float)all->shorts, (float)s->count);
	row[FEATURE_PAGE_SENTENCE] = ratio(words / 2, (float)all->sentences);
	row[FEATURE_PAGE_TYPE] = (float)s->type;
	row[FEATURE_PAGE_HEADLINE] = s->headline_fit;
	fill_kinds(s, row);
}
