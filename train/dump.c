/* SPDX-License-Identifier: MIT
 *
 * dump.c: pages in, what training needs of their blocks out: features, texts,
 * tokens of the elements around. Run by the Python files beside it.
 *
 * usage: dump [LEXICONS]
 *   stdin   records: int32 which lexicon (-1: none), int32 length, UTF-8 markup
 *   stdout  once: int32 features; then a record a page, all int32 or float32:
 *           blocks, elems, tokens, text bytes, title bytes;
 *           features [blocks][features]; elem of each block; label of each;
 *           kind of each; cut [blocks] words; parent [elems];
 *           first token [elems + 1]; tokens; text end of each block; texts;
 *           title
 *   LEXICONS int32 count, then each: int32 n, uint32 keys [n], int8 odds [n] */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/block.h"
#include "score/feature.h"
#include "score/lexicon.h"

enum { MEMORY = 1 << 30, LABEL_WORDS = 6 };

static void die(const char *what)
{
	fprintf(stderr, "dump: %s\n", what);
	exit(1);
}

static void *must(void *p)
{
	if (p == NULL)
		die("out of memory");
	return p;
}

static void put(const void *data, size_t size, size_t count)
{
	if (fwrite(data, size, count, stdout) != count)
		die(strerror(errno));
}

static void put_int(uint32_t v)
{
	put(&v, sizeof(v), 1);
}

static void get(FILE *f, void *data, size_t size, size_t count)
{
	if (fread(data, size, count, f) != count)
		die("input ends early");
}

static struct lexicon read_lexicon(FILE *f)
{
	struct lexicon l = {NULL, NULL, 0, NULL};
	uint32_t n, *keys, *starts, at = 0;
	int8_t *odds;

	get(f, &n, sizeof(n), 1);
	keys = must(malloc((n + 1) * sizeof(*keys)));
	odds = must(malloc(n + 1));
	starts = must(malloc(257 * sizeof(*starts)));
	get(f, keys, sizeof(*keys), n);
	get(f, odds, 1, n);
	for (uint32_t top = 0; top <= 256; top++) {
		while (at < n && keys[at] >> 24 < top)
			at++;
		starts[top] = at;
	}
	l = (struct lexicon){keys, odds, n, starts};
	return l;
}

static struct lexicon *read_lexicons(const char *name, uint32_t *count)
{
	FILE *f = fopen(name, "rb");
	struct lexicon *all;

	if (f == NULL)
		die("cannot read the lexicons");
	get(f, count, sizeof(*count), 1);
	all = must(malloc((*count + 1) * sizeof(*all)));
	for (uint32_t i = 0; i < *count; i++)
		all[i] = read_lexicon(f);
	fclose(f);
	return all;
}

static void put_elems(const struct page *p, struct arena *arena)
{
	uint32_t *first =
	    must(arena_alloc(arena, (p->elem_count + 1) * sizeof(*first)));
	uint32_t *keys = must(arena_alloc(
	    arena, (size_t)p->elem_count * LEXICON_TOKENS_MAX * sizeof(*keys)));
	uint32_t count = 0;

	for (uint32_t i = 0; i < p->elem_count; i++) {
		first[i] = count;
		count += lexicon_tokens(&p->elems[i], keys + count);
	}
	first[p->elem_count] = count;
	put_int(count);
	for (uint32_t i = 0; i < p->elem_count; i++)
		put_int(p->elems[i].parent);
	put(first, sizeof(*first), p->elem_count + 1);
	put(keys, sizeof(*keys), count);
}

static void put_blocks(const struct page *p, const struct survey *s)
{
	float row[FEATURE_COUNT] = {0};

	feature_page(s, row);
	for (uint32_t i = 0; i < p->block_count; i++) {
		feature_block(s, i, row);
		put(row, sizeof(row), 1);
	}
	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(p->blocks[i].elem);
	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(p->blocks[i].words <= LABEL_WORDS
			    ? lexicon_label(s->textures[i].hash)
			    : 0);
	for (uint32_t i = 0; i < p->block_count; i++)
		put(&p->blocks[i].words, sizeof(float), 1);
}

static void put_texts(const struct page *p)
{
	uint32_t end = 0;

	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(end += (uint32_t)p->blocks[i].text.len);
	for (uint32_t i = 0; i < p->block_count; i++)
		put(p->blocks[i].text.data, 1, p->blocks[i].text.len);
	put_int((uint32_t)p->title.len);
	put(p->title.data, 1, p->title.len);
}

static void dump(struct arena *arena, struct str markup,
		 const struct lexicon *lexicon, int whole)
{
	struct GumboInternalOutput *tree;
	struct page page;
	struct survey s;

	if (parse_markup(arena, markup, &tree) != PITH_OK ||
	    block_build(arena, tree, NULL, &page) != PITH_OK)
		die(arena->err->text);
	if (page.block_count == 0) {
		put_int(0);
		return;
	}
	if (survey_make(arena, &page, lexicon, &s) != PITH_OK)
		die(arena->err->text);
	put_int(page.block_count);
	put_blocks(&page, &s);
	if (!whole)
		return;
	put_int(page.elem_count);
	put_elems(&page, arena);
	put_texts(&page);
}

int main(int argc, char **argv)
{
	static const struct lexicon none;
	struct err err = {0};
	struct arena arena;
	struct lexicon *lexicons = NULL;
	uint32_t count = 0;
	int32_t head[2];
	char *data = NULL;

	if (argc > 1)
		lexicons = read_lexicons(argv[1], &count);
	arena_init(&arena, &err);
	put_int(FEATURE_COUNT);
	while (fread(head, sizeof(head), 1, stdin) == 1) {
		if (head[0] >= (int32_t)count || head[1] < 0)
			die("bad record");
		data = must(realloc(data, (size_t)head[1] + 1));
		get(stdin, data, 1, (size_t)head[1]);
		arena_reset(&arena, MEMORY, 0);
		dump(&arena, (struct str){data, (size_t)head[1]},
		     head[0] < 0 ? &none : &lexicons[head[0]], argc == 1);
	}
	if (fflush(stdout) != 0)
		die(strerror(errno));
	free(data);
	arena_free(&arena);
	return 0;
}
