/* SPDX-License-Identifier: MIT
 *
 * article.c: what was found in a page as pith.h shows it. */
#include "render/article.h"

static struct pith_text text_of(struct str s)
{
	return (struct pith_text){s.data, s.len};
}

/* The path of block i; of siblings with the same tag it is the same. */
static struct str path_of(const struct document *d,
			  const struct pith_block *blocks, uint32_t i)
{
	const struct page *page = d->page;
	const struct elem *e = &page->elems[page->blocks[i].elem], *before;

	if (i > 0) {
		before = &page->elems[page->blocks[i - 1].elem];
		if (before->parent == e->parent && before->tag == e->tag)
			return (struct str){blocks[i - 1].path.data,
					    blocks[i - 1].path.len};
	}
	return block_path(page, &page->blocks[i], d->arena);
}

/* The blocks as the caller sees them. */
static enum pith_status publish_blocks(const struct document *d,
				       struct pith_article *a)
{
	const struct page *page = d->page;
	struct pith_block *blocks =
	    arena_calloc(d->arena, page->block_count + 1u, sizeof(*blocks));

	if (blocks == NULL)
		return arena_status(d->arena);
	for (uint32_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];
		const struct verdict *v = &d->article.selection.verdicts[i];
		struct str path = path_of(d, blocks, i);

		if (path.data == NULL)
			return arena_status(d->arena);
		blocks[i] = (struct pith_block){
		    .text = text_of(b->text),
		    .path = text_of(path),
		    .score = v->score,
		    .kind = (enum pith_block_kind)b->kind,
		    .level = b->level,
		    .kept = v->kept,
		    .rule = score_rule_name(v->rule),
		};
	}
	a->blocks = blocks;
	a->block_count = page->block_count;
	return PITH_OK;
}

static enum pith_status publish_list(const struct document *d,
				     const struct str *list, size_t n,
				     const struct pith_text **out)
{
	struct pith_text *texts = arena_calloc(d->arena, n + 1, sizeof(*texts));

	if (texts == NULL)
		return arena_status(d->arena);
	for (size_t i = 0; i < n; i++)
		texts[i] = text_of(list[i]);
	*out = texts;
	return PITH_OK;
}

enum pith_status article_publish(const struct document *d,
				 struct pith_article *a)
{
	const struct metadata *meta = d->meta;
	enum pith_status status = publish_blocks(d, a);

	a->charset = d->charset;
	a->title = text_of(meta->title);
	a->language = text_of(meta->language);
	a->url = text_of(meta->url);
	a->canonical = text_of(meta->canonical);
	a->published = text_of(meta->published);
	a->modified = text_of(meta->modified);
	a->sitename = text_of(meta->sitename);
	a->description = text_of(meta->description);
	a->image = text_of(meta->image);
	a->license = text_of(meta->license);
	a->type = text_of(meta->type);
	a->author_count = meta->author_count;
	a->tag_count = meta->tag_count;
	if (status == PITH_OK)
		status = publish_list(d, meta->authors, meta->author_count,
				      &a->authors);
	if (status == PITH_OK)
		status = publish_list(d, meta->tags, meta->tag_count, &a->tags);
	return status;
}
