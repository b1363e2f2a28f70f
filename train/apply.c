/* SPDX-License-Identifier: MIT
 *
 * apply.c: pages in, verdicts on their blocks out, each page by the model of
 * its fold. Run by the Python files beside it.
 *
 * usage: apply BIAS MODEL...
 *   stdin   records: int32 which model (from 0), int32 length, UTF-8 markup
 *   stdout  a record a page: int32 blocks, float32 confidence, int32 found;
 *           float32 score [blocks]; uint8 kept [blocks]; uint8 rule [blocks] */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "score/model.h"
#include "score/score.h"

enum { MEMORY = 1 << 30, MODELS_MAX = 64, MODEL_BYTES = 16 << 20 };

static void die(const char *what)
{
	fprintf(stderr, "apply: %s\n", what);
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

static struct model *read_model(const char *name, struct err *err)
{
	FILE *f = fopen(name, "rb");
	char *data = must(malloc(MODEL_BYTES));
	struct model *m;
	size_t n;

	if (f == NULL)
		die("cannot read a model");
	n = fread(data, 1, MODEL_BYTES, f);
	fclose(f);
	if (model_load((struct str){data, n}, &m, err) != PITH_OK)
		die(err->text);
	free(data);
	return m;
}

static void apply(struct arena *arena, struct str markup,
		  const struct model *model,
		  const struct score_options *options)
{
	struct GumboInternalOutput *tree;
	struct page page;
	struct selection s;

	if (parse_markup(arena, markup, &tree) != PITH_OK ||
	    block_build(arena, tree, NULL, &page) != PITH_OK ||
	    score_page(arena, &page, model, options, &s) != PITH_OK)
		die(arena->err->text);
	put(&page.block_count, sizeof(uint32_t), 1);
	put(&(float){(float)s.confidence}, sizeof(float), 1);
	put(&(int32_t){s.found}, sizeof(int32_t), 1);
	for (uint32_t i = 0; i < page.block_count; i++)
		put(&s.verdicts[i].score, sizeof(float), 1);
	for (uint32_t i = 0; i < page.block_count; i++)
		put(&(uint8_t){s.verdicts[i].kept}, 1, 1);
	for (uint32_t i = 0; i < page.block_count; i++)
		put(&s.verdicts[i].rule, 1, 1);
}

int main(int argc, char **argv)
{
	struct model *models[MODELS_MAX];
	struct score_options options = {0, false};
	struct err err = {0};
	struct arena arena;
	char *data = NULL;
	int32_t head[2];
	int count = argc - 2;

	if (count < 1 || count > MODELS_MAX)
		die("usage: apply BIAS MODEL...");
	options.bias = strtod(argv[1], NULL);
	for (int i = 0; i < count; i++)
		models[i] = read_model(argv[i + 2], &err);
	arena_init(&arena, &err);
	while (fread(head, sizeof(head), 1, stdin) == 1) {
		if (head[0] < 0 || head[0] >= count || head[1] < 0)
			die("bad record");
		data = must(realloc(data, (size_t)head[1] + 1));
		if (fread(data, 1, (size_t)head[1], stdin) != (size_t)head[1])
			die("input ends early");
		arena_reset(&arena, MEMORY, 0);
		apply(&arena, (struct str){data, (size_t)head[1]},
		      models[head[0]], &options);
	}
	if (fflush(stdout) != 0)
		die(strerror(errno));
	for (int i = 0; i < count; i++)
		model_free(models[i]);
	free(data);
	arena_free(&arena);
	return 0;
}
