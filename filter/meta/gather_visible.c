/* SPDX-License-Identifier: MIT
 *
 * gather_visible.c: candidates from what a reader sees near the headline. */
#include <string.h>

#include "meta/clean.h"
#include "meta/gather.h"

enum {
	BEFORE = 12, /* blocks before the headline that may be a byline */
	AFTER = 16,  /* and after it */
	BYLINE_CHARS = 160, /* a longer block is a paragraph */
	TITLE_WORDS = 64,   /* of a title that are compared */
	HEADING_MAX = 400,  /* bytes */
	/* half-hundredths of likeness to the title */
	LIKE_H1 = 60,
	LIKE_HEADING = 30,
	LIKE_TEXT = 120
};

/* The share of an element in a block: its span, or all of it. */
static struct str share(const struct page *page, uint32_t e, uint32_t block)
{
	const struct block *b = &page->blocks[block];

	if (tag_flags((enum tag)page->elems[e].tag) & TAG_IS_BLOCK)
		return b->text;
	for (uint32_t i = 0; i < b->span_count; i++) {
		const struct span *s = &page->spans[b->first_span + i];

		if (s->elem == e)
			return (struct str){b->text.data + s->start,
					    s->end - s->start};
	}
	return (struct str){NULL, 0};
}

struct str gather_text(struct arena *arena, const struct page *page, uint32_t e,
		       size_t most)
{
	const struct elem *m = &page->elems[e];
	char *data = arena_alloc(arena, most + 1);
	size_t n = 0;

	if (data == NULL)
		return (struct str){NULL, 0};
	for (uint32_t b = m->first_block; b < page->block_count && n < most;
	     b++) {
		/* a button in a heading is none of its text */
		struct str s = page->blocks[b].kind == BLOCK_CONTROL
				   ? (struct str){NULL, 0}
				   : share(page, e, b);

		if (b >= m->last_block && b > m->first_block)
			break;
		if (s.len > most - n - (n > 0))
			break;
		if (s.len == 0)
			continue;
		if (n > 0)
			data[n++] = '\n';
		memcpy(data + n, s.data, s.len);
		n += s.len;
	}
	data[n] = '\0';
	return (struct str){data, n};
}

/* Hashes of the words of a text, ASCII in lower case. No product: all that is
 * asked is whether two words are the same, and every byte waits for the one
 * before. */
static size_t words_of(struct str s, uint64_t *out)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len && n < TITLE_WORDS; i++) {
		uint64_t h = 0;

		for (; i < s.len; i++) {
			unsigned char c = (unsigned char)s.data[i];

			if (c < 0x80)
				c = (unsigned char)ascii_word[c];
			if (c == 0)
				break;
			h = (h << 9 | h >> 55) ^ c;
		}
		if (h != 0)
			out[n++] = h;
	}
	return n;
}

/* Twice the words two texts share, in hundredths of all their words. */
static unsigned likeness(const uint64_t *a, size_t n, const uint64_t *b,
			 size_t m)
{
	unsigned common = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < m; j++)
			if (a[i] == b[j]) {
				common++;
				break;
			}
	return n + m > 0 ? 200 * common / (unsigned)(n + m) : 0;
}

uint32_t gather_heading(const struct page *page)
{
	uint64_t title[TITLE_WORDS], words[TITLE_WORDS];
	size_t n = words_of(page->title, title);
	unsigned most = 0;
	uint32_t best = 0;

	for (uint32_t b = 0; b < page->block_count; b++) {
		const struct block *block = &page->blocks[b];
		unsigned score;

		/* a text that is no heading must be about as long as the title
		 */
		if (block->text.len > HEADING_MAX ||
		    (block->kind != BLOCK_HEADING &&
		     (block->text.len > 4 * page->title.len ||
		      5 * block->text.len < page->title.len)))
			continue;
		score =
		    2 * likeness(title, n, words, words_of(block->text, words));
		if (block->kind == BLOCK_HEADING)
			score += block->level == 1 ? LIKE_H1 : LIKE_HEADING;
		else if (score < LIKE_TEXT)
			continue; /* a heading without the tag */
		if (score > most) {
			most = score;
			best = b;
		}
	}
	return best;
}

static bool is_near(uint32_t block, uint32_t heading)
{
	return block + BEFORE >= heading && block <= heading + AFTER;
}

enum { SAYS_AUTHOR = 1, SAYS_DATE = 2 };

/* Parts of class names and ids, in lower case. */
static const struct {
	struct str text;
	uint8_t says;
} class_parts[] = {
    {{"author", 6}, SAYS_AUTHOR},
    {{"byline", 6}, SAYS_AUTHOR | SAYS_DATE},
    {{"by-line", 7}, SAYS_AUTHOR | SAYS_DATE},
    {{"contributor", 11}, SAYS_AUTHOR},
    {{"date", 4}, SAYS_DATE},
    {{"poster", 6}, SAYS_AUTHOR},
    {{"postedby", 8}, SAYS_AUTHOR},
    {{"posted", 6}, SAYS_DATE},
    {{"posted-by", 9}, SAYS_AUTHOR},
    {{"publish", 7}, SAYS_DATE},
    {{"time", 4}, SAYS_DATE},
    {{"user-name", 9}, SAYS_AUTHOR},
    {{"username", 8}, SAYS_AUTHOR},
    {{"writer", 6}, SAYS_AUTHOR},
};

/* What a class attribute or id says of its element. In one pass: this is
 * asked of many elements. */
static unsigned says(struct str name)
{
	unsigned found = 0, begins = 0;

	for (size_t k = 0; k < sizeof(class_parts) / sizeof(class_parts[0]);
	     k++)
		begins |= 1u << (class_parts[k].text.data[0] - 'a');
	for (size_t i = 0; i + 4 <= name.len; i++) {
		char c = ascii_lower(name.data[i]);

		if (!ascii_alpha(c) || !(begins >> (c - 'a') & 1))
			continue;
		for (size_t k = 0;
		     k < sizeof(class_parts) / sizeof(class_parts[0]); k++) {
			struct str part = class_parts[k].text;

			if (part.data[0] == c && name.len - i >= part.len &&
			    str_equal_nocase(
				(struct str){name.data + i, part.len}, part))
				found |= class_parts[k].says;
		}
	}
	return found;
}

static enum pith_status add_text(struct candidates *c, const struct page *page,
				 enum field field, enum source source,
				 uint32_t e)
{
	struct str s = gather_text(c->arena, page, e, 4 * BYLINE_CHARS);

	if (s.data != NULL && field == FIELD_TITLE)
		s = clean_line(c->arena, s, CLEAN_LINE);
	if (s.data == NULL)
		return arena_status(c->arena);
	return candidate_add(c, field, source, e, s);
}

static enum pith_status read_classes(struct candidates *c,
				     const struct page *page, uint32_t e)
{
	const struct elem *m = &page->elems[e];
	unsigned found =
	    says(elem_attr(m, ATTR_CLASS)) | says(elem_attr(m, ATTR_ID));
	enum pith_status status = PITH_OK;

	if (found & SAYS_AUTHOR)
		status = add_text(c, page, FIELD_AUTHOR, SOURCE_CLASS, e);
	if (status == PITH_OK && found & SAYS_DATE)
		status = add_text(c, page, FIELD_PUBLISHED, SOURCE_CLASS, e);
	return status;
}

static enum pith_status read_elem(struct candidates *c, const struct page *page,
				  uint32_t e, uint32_t heading)
{
	const struct elem *m = &page->elems[e];
	enum pith_status status = PITH_OK;
	struct str s;

	if (m->tag == TAG_TIME) {
		s = str_trim(elem_attr(m, ATTR_DATETIME));
		if (s.len > 0)
			status = candidate_add(c, FIELD_PUBLISHED, SOURCE_TIME,
					       e, s);
		else
			status =
			    add_text(c, page, FIELD_PUBLISHED, SOURCE_TIME, e);
	}
	if (!is_near(m->first_block, heading) || status != PITH_OK ||
	    m->last_block > m->first_block + AFTER)
		return status;
	if (m->tag == TAG_A && str_find_nocase(elem_attr(m, ATTR_REL),
					       STR("author"), 0) != SIZE_MAX)
		return add_text(c, page, FIELD_AUTHOR, SOURCE_LINK, e);
	if (m->tag == TAG_A && (str_find_nocase(elem_attr(m, ATTR_HREF),
						STR("/author"), 0) != SIZE_MAX))
		return add_text(c, page, FIELD_AUTHOR, SOURCE_CLASS, e);
	return read_classes(c, page, e);
}

enum pith_status gather_visible(struct candidates *c, const struct page *page)
{
	uint32_t heading = c->heading;
	enum pith_status status = PITH_OK;

	for (uint32_t e = 0; e < page->elem_count && status == PITH_OK; e++)
		if (page->elems[e].tag == TAG_H1)
			status =
			    add_text(c, page, FIELD_TITLE, SOURCE_HEADING, e);
	if (status == PITH_OK && heading < page->block_count &&
	    page->blocks[heading].kind == BLOCK_HEADING)
		status = add_text(c, page, FIELD_TITLE, SOURCE_TEXT,
				  page->blocks[heading].elem);
	for (uint32_t e = 0; e < page->elem_count && status == PITH_OK; e++)
		if (page->elems[e].attr_count > 0 ||
		    page->elems[e].tag == TAG_TIME)
			status = read_elem(c, page, e, heading);
	for (uint32_t b = 0; b < page->block_count && status == PITH_OK; b++) {
		const struct block *block = &page->blocks[b];

		if (!is_near(b, heading) || block->chars > BYLINE_CHARS)
			continue;
		status = candidate_add(c, FIELD_AUTHOR, SOURCE_TEXT,
				       block->elem, block->text);
		if (status == PITH_OK)
			status = candidate_add(c, FIELD_PUBLISHED, SOURCE_TEXT,
					       block->elem, block->text);
	}
	return status;
}
