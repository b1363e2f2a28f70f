/* SPDX-License-Identifier: MIT
 *
 * lines.c: plain texts in, what training needs of their lines out. Run by
 * plain.py beside it.
 *
 * usage: lines names | lines keys | lines rows LEXICONS | lines select LEXICONS
 *   names   prints the names of the features
 *   stdin   records: int32 which lexicon, int32 length, UTF-8 text; for select
 *           float32 logit [lines]
 *   stdout  a record a text: int32 lines; uint32 start, end [lines] in the
 *           cleaned text; float32 words [lines]; then
 *   keys    int32 keys; int32 end of each line's keys [lines]; uint32 keys
 *   rows    float32 features [lines][features]
 *   select  uint8 kept [lines]; float32 confidence
 *   LEXICONS int32 count, then each: int32 n, uint32 keys [n], int8 odds [n] */
#include "pipe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/plain.h"
#include "score/plain_feature.h"
#include "score/plain_score.h"
#include "score/plain_word.h"

enum { MEMORY = 1 << 30, LEXICONS_MAX = 64 };

static void put_int(size_t v)
{
	put(&(int32_t){(int32_t)v}, sizeof(int32_t), 1);
}

/* All words that the lexicon may know: those of the line as a whole first. */
static void put_keys(const struct page *p)
{
	uint32_t total = 0;
	struct plain_keys k;

	for (uint32_t i = 0; i < p->block_count; i++) {
		plain_keys(p->blocks[i].text, &k);
		total += 5 + k.count;
	}
	put_int(total);
	total = 0;
	for (uint32_t i = 0; i < p->block_count; i++) {
		plain_keys(p->blocks[i].text, &k);
		put_int(total += 5 + k.count);
	}
	for (uint32_t i = 0; i < p->block_count; i++) {
		plain_keys(p->blocks[i].text, &k);
		put((uint32_t[]){k.label, k.first, k.first2, k.last, k.last2},
		    sizeof(uint32_t), 5);
		put(k.words, sizeof(uint32_t), k.count);
	}
}

static void put_selection(struct arena *arena, const struct plain_survey *s)
{
	struct score_options options = {.bias = 0};
	struct selection out = {.verdicts = must(arena_calloc(
				    arena, s->count, sizeof(struct verdict)))};
	float *logits = must(arena_calloc(arena, s->count, sizeof(*logits)));

	get(stdin, logits, sizeof(*logits), s->count);
	plain_select(s, logits, &options, &out);
	for (uint32_t i = 0; i < s->count; i++)
		put(&(uint8_t){out.verdicts[i].kept}, 1, 1);
	put(&(float){(float)out.confidence}, sizeof(float), 1);
}

static void put_text(struct arena *arena, struct str text,
		     const struct lexicon *lexicon, bool select)
{
	struct plain plain;
	struct plain_survey survey;
	float row[PLAIN_COUNT];
	uint32_t n;

	if (plain_build(arena, text, &plain) != PITH_OK)
		die(arena->err->text);
	n = plain.page.block_count;
	put_int(n);
	for (uint32_t i = 0; i < n; i++)
		put_int((size_t)(plain.lines[i].data - plain.text.data));
	for (uint32_t i = 0; i < n; i++)
		put_int((size_t)(plain.lines[i].data - plain.text.data) +
			plain.lines[i].len);
	for (uint32_t i = 0; i < n; i++)
		put(&plain.page.blocks[i].words, sizeof(float), 1);
	if (lexicon == NULL) {
		put_keys(&plain.page);
		return;
	}
	if (plain_survey(arena, &plain, lexicon, &survey) != PITH_OK)
		die(arena->err->text);
	if (select) {
		put_selection(arena, &survey);
		return;
	}
	for (uint32_t i = 0; i < n; i++) {
		plain_feature(&survey, i, row);
		put(row, sizeof(row), 1);
	}
}

int main(int argc, char **argv)
{
	struct lexicon lexicons[LEXICONS_MAX];
	struct err err = {0};
	struct arena arena;
	char *data = NULL;
	int32_t head[2], count = 0;
	bool select = argc == 3 && !strcmp(argv[1], "select");
	FILE *f;

	if (argc == 2 && !strcmp(argv[1], "names")) {
		for (unsigned i = 0; i < PLAIN_COUNT; i++)
			puts(plain_feature_name(i));
		return fflush(stdout) != 0;
	}
	if (select || (argc == 3 && !strcmp(argv[1], "rows"))) {
		f = fopen(argv[2], "rb");
		if (f == NULL)
			die("cannot read the lexicons");
		get(f, &count, sizeof(count), 1);
		if (count < 1 || count > LEXICONS_MAX)
			die("bad lexicons");
		for (int32_t i = 0; i < count; i++)
			lexicons[i] = read_lexicon(f);
		fclose(f);
	} else if (argc != 2 || strcmp(argv[1], "keys")) {
		die("usage: lines names | keys | rows LEXICONS | "
		    "select LEXICONS");
	}
	arena_init(&arena, &err);
	while (fread(head, sizeof(head), 1, stdin) == 1) {
		if (head[1] < 0 ||
		    (count > 0 && (head[0] < 0 || head[0] >= count)))
			die("bad record");
		data = must(realloc(data, (size_t)head[1] + 1));
		get(stdin, data, 1, (size_t)head[1]);
		arena_reset(&arena, MEMORY, 0);
		put_text(&arena, (struct str){data, (size_t)head[1]},
			 count > 0 ? &lexicons[head[0]] : NULL, select);
	}
	if (fflush(stdout) != 0)
		die(strerror(errno));
	free(data);
	arena_free(&arena);
	return 0;
}
