/* SPDX-License-Identifier: MIT
 *
 * flatten.c: pages in, their blocks out as a text browser or a scraper may
 * write them. Run by plain.py beside it.
 *
 *   stdin   names of files, one a line
 *   stdout  a record a page, all int32: blocks, elems, cuts, bytes of texts,
 *           bytes of the title; kind, level, elem [blocks]; end of each text
 *           [blocks]; end of each block's cuts [blocks]; cuts: places in its
 *           text where an inline element begins or ends; parent [elems];
 *           texts; title */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/block.h"
#include "page/charset.h"
#include "page/decode.h"
#include "page/thin.h"

enum { MEMORY = 1 << 30, LINE = 4096, PIECE = 1 << 16 };

struct way {
	struct err err;
	struct decode *decode;
	struct charset *charset;
	struct thin *thin;
	struct arena arena;
};

static void die(const char *what)
{
	fprintf(stderr, "flatten: %s\n", what);
	exit(1);
}

static void put(const void *data, size_t size)
{
	if (fwrite(data, 1, size, stdout) != size)
		die(strerror(errno));
}

static void put_int(size_t v)
{
	put(&(int32_t){(int32_t)v}, sizeof(int32_t));
}

static void put_page(const struct page *p)
{
	size_t cuts = 0, bytes = 0;

	for (uint32_t i = 0; i < p->block_count; i++) {
		cuts += 2 * p->blocks[i].span_count;
		bytes += p->blocks[i].text.len;
	}
	put_int(p->block_count);
	put_int(p->elem_count);
	put_int(cuts);
	put_int(bytes);
	put_int(p->title.len);
	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(p->blocks[i].kind);
	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(p->blocks[i].level);
	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(p->blocks[i].elem);
	bytes = cuts = 0;
	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(bytes += p->blocks[i].text.len);
	for (uint32_t i = 0; i < p->block_count; i++)
		put_int(cuts += 2 * p->blocks[i].span_count);
	for (uint32_t i = 0; i < p->block_count; i++)
		for (uint32_t s = 0; s < p->blocks[i].span_count; s++) {
			const struct span *span =
			    &p->spans[p->blocks[i].first_span + s];

			put_int(span->start);
			put_int(span->end);
		}
	for (uint32_t i = 0; i < p->elem_count; i++)
		put_int(p->elems[i].parent);
	for (uint32_t i = 0; i < p->block_count; i++)
		put(p->blocks[i].text.data, p->blocks[i].text.len);
	put(p->title.data, p->title.len);
}

static enum pith_status take_plain(void *user, const char *data, size_t len)
{
	struct way *w = user;

	return charset_feed(w->charset, data, len);
}

static enum pith_status take_utf8(void *user, const char *data, size_t len)
{
	struct way *w = user;

	return thin_feed(w->thin, data, len);
}

static void read_page(struct way *w, const char *name)
{
	static const struct decode_limits decode = {1 << 30, 1 << 30, 10000};
	static const struct thin_limits limits = {1 << 30, 512, 64, 256 * 1024};
	char piece[PIECE];
	FILE *f = fopen(name, "rb");
	struct GumboInternalOutput *tree;
	struct thin_page thin;
	struct page page;
	size_t n;

	if (f == NULL)
		die("cannot read a page");
	arena_reset(&w->arena, MEMORY, 0);
	decode_begin(w->decode, &decode);
	thin_begin(w->thin, &limits);
	if (charset_begin(w->charset, NULL) != PITH_OK)
		die(w->err.text);
	while ((n = fread(piece, 1, sizeof(piece), f)) > 0)
		if (decode_feed(w->decode, piece, n) != PITH_OK)
			die(w->err.text);
	fclose(f);
	if (decode_finish(w->decode) > PITH_WARN ||
	    charset_finish(w->charset) != PITH_OK ||
	    thin_finish(w->thin, &thin) != PITH_OK ||
	    parse_markup(&w->arena, thin.markup, &tree) != PITH_OK ||
	    block_build(&w->arena, tree, &thin, &page) != PITH_OK)
		die(w->err.text);
	put_page(&page);
}

int main(void)
{
	struct way way = {.decode = NULL};
	char name[LINE];

	arena_init(&way.arena, &way.err);
	if (decode_new(&way.decode, take_plain, &way, &way.err) != PITH_OK ||
	    charset_new(&way.charset, take_utf8, &way, &way.err) != PITH_OK ||
	    thin_new(&way.thin, &way.err) != PITH_OK)
		die("out of memory");
	while (fgets(name, sizeof(name), stdin) != NULL) {
		name[strcspn(name, "\n")] = '\0';
		read_page(&way, name);
	}
	if (fflush(stdout) != 0)
		die(strerror(errno));
	decode_free(way.decode);
	charset_free(way.charset);
	thin_free(way.thin);
	arena_free(&way.arena);
	return 0;
}
