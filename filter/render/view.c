/* SPDX-License-Identifier: MIT
 *
 * view.c: switches on and off what selection found; looks for comments. */
#include "render/view.h"

#include <string.h>

#include "meta/clean.h"
#include "meta/date.h"
#include "render/outline.h"
#include "render/picture.h"

enum {
	COMMENT_WORDS = 3, /* a shorter block is a name or a button */
	DATE_WORDS_MAX = 8 /* a longer block with a date is a comment */
};

/* What an element inherits from those around it. */
enum { IN_COMMENT = 1, IN_FORM = 2 };

/* Class names and ids of boxes of comments begin so, or have it after a hyphen
 * or underscore; the second list takes names out again. */
static const struct str comment_names[] = {
    {"comment", 7},  {"disqus", 6},	  {"dsq", 3},	      {"kommentar", 9},
    {"reaction", 8}, {"commentaire", 11}, {"comentario", 10}, {"reply", 5},
};
static const struct str other_names[] = {
    {"form", 4},   {"count", 5},   {"link", 4},	  {"off", 3},  {"closed", 6},
    {"button", 6}, {"respond", 7}, {"number", 6}, {"open", 4}, {"icon", 4},
};

static bool begins_word(struct str s, size_t at)
{
	return at == 0 || ascii_space(s.data[at - 1]) ||
	       s.data[at - 1] == '-' || s.data[at - 1] == '_';
}

/* Does a class attribute or id name a box of comments? */
static bool names_comments(struct str names)
{
	for (size_t i = 0; i < names.len;) {
		size_t end = i;
		bool comment = false, other = false;
		struct str word;

		while (end < names.len && !ascii_space(names.data[end]))
			end++;
		word = (struct str){names.data + i, end - i};
		for (size_t k = 0;
		     k < sizeof(comment_names) / sizeof(comment_names[0]);
		     k++) {
			size_t at = str_find_nocase(word, comment_names[k], 0);

			comment |= at != SIZE_MAX && begins_word(word, at);
		}
		for (size_t k = 0;
		     k < sizeof(other_names) / sizeof(other_names[0]); k++)
			other |= str_find_nocase(word, other_names[k], 0) !=
				 SIZE_MAX;
		if (comment && !other)
			return true;
		i = end + 1;
	}
	return false;
}

static bool is_comment_box(const struct elem *e)
{
	return names_comments(elem_attr(e, ATTR_CLASS)) ||
	       names_comments(elem_attr(e, ATTR_ID)) ||
	       str_find_nocase(elem_attr(e, ATTR_ITEMTYPE), STR("/Comment"),
			       0) != SIZE_MAX ||
	       str_equal_nocase(elem_attr(e, ATTR_ITEMPROP), STR("comment"));
}

/* The kept block with most words: what is around it is the article's. */
static uint32_t longest_kept(const struct page *p, const struct selection *s)
{
	uint32_t best = UINT32_MAX;

	for (uint32_t b = 0; b < p->block_count; b++)
		if (s->verdicts[b].kept &&
		    (best == UINT32_MAX ||
		     p->blocks[b].words > p->blocks[best].words))
			best = b;
	return best;
}

/* A block of a comment that says something: no name, date or button. */
static bool is_said(const struct block *b)
{
	struct date date;

	if (b->kind == BLOCK_CONTROL || b->words < COMMENT_WORDS ||
	    b->link_words * 2 > b->words)
		return false;
	return b->words > DATE_WORDS_MAX ||
	       !date_read(b->text, DATE_DAY_FIRST, &date, NULL);
}

static enum pith_status find_comments(struct document *d)
{
	const struct page *p = d->page;
	uint32_t article = longest_kept(p, &d->article.selection);
	struct verdict *verdicts =
	    arena_calloc(d->arena, p->block_count + 1u, sizeof(*verdicts));
	uint8_t *flags = arena_calloc(d->arena, p->elem_count + 1u, 1);
	bool labelled = false;

	if (verdicts == NULL || flags == NULL)
		return arena_status(d->arena);
	for (uint32_t i = 1; i < p->elem_count; i++) {
		const struct elem *e = &p->elems[i];

		flags[i] = flags[e->parent];
		if (e->tag == TAG_FORM || e->tag == TAG_NAV)
			flags[i] |= IN_FORM;
		if (e->tag != TAG_BODY && e->attr_count > 0 &&
		    !(article >= e->first_block && article < e->last_block) &&
		    is_comment_box(e))
			flags[i] |= IN_COMMENT;
	}
	for (uint32_t b = 0; b < p->block_count; b++) {
		uint8_t in = flags[p->blocks[b].elem];
		bool found;

		verdicts[b] = d->article.selection.verdicts[b];
		found = score_rule_is_comment(verdicts[b].rule);
		verdicts[b].kept =
		    !verdicts[b].kept &&
		    (in == IN_COMMENT || (found && labelled && in == 0)) &&
		    article != UINT32_MAX && b > article &&
		    is_said(&p->blocks[b]);
		labelled |= found;
		d->has_comments |= verdicts[b].kept;
	}
	d->comments.selection =
	    (struct selection){.verdicts = verdicts, .found = d->has_comments};
	return shape_build(d->arena, p, &d->comments.selection,
			   &d->comments.shape);
}

/* A heading that says what the title says, before any other text. */
static enum pith_status drop_title(struct document *d, struct verdict *verdicts)
{
	struct str title = clean_key(d->arena, d->meta->title);

	if (title.data == NULL)
		return arena_status(d->arena);
	for (uint32_t b = 0; b < d->page->block_count; b++) {
		struct str key;

		if (!verdicts[b].kept)
			continue;
		if (d->page->blocks[b].kind != BLOCK_HEADING)
			break;
		key = clean_key(d->arena, d->page->blocks[b].text);
		if (key.data == NULL)
			return arena_status(d->arena);
		if (str_equal(key, title))
			verdicts[b].kept = false;
	}
	return PITH_OK;
}

static void switch_captions(struct document *d, struct verdict *verdicts,
			    int captions)
{
	for (uint32_t b = 0; b < d->page->block_count; b++) {
		if (d->page->blocks[b].kind != BLOCK_CAPTION)
			continue;
		if (captions == 0)
			verdicts[b].kept = false;
		else if (captions == 2 && !verdicts[b].kept)
			verdicts[b].kept = picture_is_of_article(
			    d->page, &d->article.selection,
			    d->page->blocks[b].elem);
	}
}

enum pith_status view_build(struct document *d,
			    const struct selection *selection,
			    const struct view_options *o)
{
	const struct page *p = d->page;
	struct verdict *verdicts =
	    arena_calloc(d->arena, p->block_count + 1u, sizeof(*verdicts));
	enum pith_status status;

	if (verdicts == NULL)
		return arena_status(d->arena);
	if (p->block_count > 0)
		memcpy(verdicts, selection->verdicts,
		       p->block_count * sizeof(*verdicts));
	d->article.selection = *selection;
	d->article.selection.verdicts = verdicts;
	d->has_comments = false;
	switch_captions(d, verdicts, o->captions);
	if (o->title) {
		status = drop_title(d, verdicts);
		if (status != PITH_OK)
			return status;
	}
	status =
	    shape_build(d->arena, p, &d->article.selection, &d->article.shape);
	if (status == PITH_OK && !o->tables) {
		for (uint32_t b = 0; b < p->block_count; b++)
			if (outline_table(&d->article.shape, &p->blocks[b]) !=
			    NO_ELEM)
				verdicts[b].kept = false;
		status = shape_build(d->arena, p, &d->article.selection,
				     &d->article.shape);
	}
	if (status == PITH_OK && o->comments)
		status = find_comments(d);
	return status;
}

bool view_is_empty(const struct document *d)
{
	for (uint32_t b = 0; b < d->page->block_count; b++)
		if (d->article.selection.verdicts[b].kept)
			return false;
	return true;
}
