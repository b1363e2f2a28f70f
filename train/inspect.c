/* SPDX-License-Identifier: MIT
 *
 * inspect.c: what the program sees in pages and makes of them, for training:
 * features, what networks say, or verdicts. Run by the Python files beside it.
 *
 * usage: inspect features [LEXICONS]
 *        inspect networks MODEL
 *        inspect verdicts BIAS MODEL...
 *        inspect names       (prints the names of the features)
 *   stdin     lines: numbers of lexicons or models (-1: none) with commas
 *             between, space, file; a record is written for each number
 *   stdout    once: int32 features; then a record a page, of int32, float32
 * record of features: blocks; features [blocks][features]; elem [blocks]; label
 * and openings [blocks][3]; words [blocks]; and, without LEXICONS: elems,
 * tokens; parent [elems]; first token [elems + 1]; tokens; end of each text;
 * texts; length of the title; title.
 *
 * record of networks: blocks; features [blocks][features], by the model's own
 * lexicon; what its networks add to the logits [blocks].
 *
 * record of verdicts: blocks; confidence; found; score [blocks]; uint8 kept
 * [blocks]; uint8 rule [blocks].
 *
 * LEXICONS: int32 count, then each: int32 n, uint32 keys [n], int8 odds [n]. */
#include "pipe.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/block.h"
#include "page/charset.h"
#include "page/decode.h"
#include "page/thin.h"
#include "score/feature.h"
#include "score/model.h"
#include "score/score.h"

enum { MEMORY = 1 << 30, LABEL_WORDS = 6, LINE = 4096, PIECE = 1 << 16 };
enum { MODELS_MAX = 64, MODEL_BYTES = 16 << 20 };

/* The stages before scoring. */
struct way {
	struct err err;
	struct decode *decode;
	struct charset *charset;
	struct thin *thin;
	struct arena arena;
};

static void put_int(uint32_t v)
{
	put(&v, sizeof(v), 1);
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
	for (uint32_t i = 0; i < p->block_count; i++) {
		put_int(p->blocks[i].words <= LABEL_WORDS
			    ? lexicon_label(s->textures[i].hash)
			    : 0);
		put(s->echoes[i].openings, sizeof(uint32_t), OPENINGS);
	}
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

static void put_features(struct way *w, const struct page *page,
			 const struct lexicon *lexicon, bool whole)
{
	struct survey s;

	if (page->block_count == 0) {
		put_int(0);
		return;
	}
	if (survey_make(&w->arena, page, lexicon, &s) != PITH_OK)
		die(w->err.text);
	put_int(page->block_count);
	put_blocks(page, &s);
	if (!whole)
		return;
	put_int(page->elem_count);
	put_elems(page, &w->arena);
	put_texts(page);
}

static void put_networks(struct way *w, const struct page *page,
			 const struct model *model)
{
	uint32_t count = page->block_count;
	float(*rows)[FEATURE_COUNT] = must(calloc(count + 1u, sizeof(*rows)));
	float *logits = must(calloc(count + 1u, sizeof(*logits)));
	float row[FEATURE_COUNT] = {0};
	struct net_work *nets;
	struct survey s;

	put_int(count);
	if (count > 0) {
		if (survey_make(&w->arena, page, &model->lexicon, &s) !=
			PITH_OK ||
		    net_begin(&w->arena, model, count, false, &nets) != PITH_OK)
			die(w->err.text);
		feature_page(&s, row);
		for (uint32_t i = 0; i < count; i++) {
			feature_block(&s, i, row);
			memcpy(rows[i], row, sizeof(row));
		}
		net_read(nets, rows[0], 0, count);
		if (net_finish(nets, logits) != PITH_OK)
			die(w->err.text);
	}
	put(rows, sizeof(*rows), count);
	put(logits, sizeof(*logits), count);
	free(rows);
	free(logits);
}

static void put_verdicts(struct way *w, const struct page *page,
			 const struct model *model,
			 const struct score_options *options)
{
	struct selection s;
	float confidence;

	if (score_page(&w->arena, page, model, options, &s) != PITH_OK)
		die(w->err.text);
	confidence = (float)s.confidence;
	put_int(page->block_count);
	put(&confidence, sizeof(confidence), 1);
	put_int(s.found);
	for (uint32_t i = 0; i < page->block_count; i++)
		put(&s.verdicts[i].score, sizeof(float), 1);
	for (uint32_t i = 0; i < page->block_count; i++)
		put(&(uint8_t){s.verdicts[i].kept}, 1, 1);
	for (uint32_t i = 0; i < page->block_count; i++)
		put(&s.verdicts[i].rule, 1, 1);
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

static void open_way(struct way *w)
{
	arena_init(&w->arena, &w->err);
	if (decode_new(&w->decode, take_plain, w, &w->err) != PITH_OK ||
	    charset_new(&w->charset, take_utf8, w, &w->err) != PITH_OK ||
	    thin_new(&w->thin, &w->err) != PITH_OK)
		die("out of memory");
}

static void close_way(struct way *w)
{
	decode_free(w->decode);
	charset_free(w->charset);
	thin_free(w->thin);
	arena_free(&w->arena);
}

static void read_page(struct way *w, const char *name, struct page *page,
		      struct thin_page *thin)
{
	static const struct decode_limits decode = {1 << 30, 1 << 30, 10000};
	static const struct thin_limits limits = {1 << 30, 512, 64, 256 * 1024};
	char piece[PIECE];
	FILE *f = fopen(name, "rb");
	struct GumboInternalOutput *tree;
	size_t n;

	if (f == NULL)
		die("cannot read a page");
	err_clear(&w->err);
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
	    thin_finish(w->thin, thin) != PITH_OK ||
	    parse_markup(&w->arena, thin->markup, &tree) != PITH_OK ||
	    block_build(&w->arena, tree, thin, page) != PITH_OK)
		die(w->err.text);
}

enum what { FEATURES, NETWORKS, VERDICTS };

/* What is asked for, and by which lexicons or models. */
struct job {
	enum what what;
	bool whole; /* without a lexicon: all there is to see */
	struct score_options options;
	struct lexicon *lexicons;
	struct model *models[MODELS_MAX];
	uint32_t count;
};

static bool read_job(int argc, char **argv, struct job *job, struct err *err)
{
	const char *what = argc > 1 ? argv[1] : "";
	int models = argc;

	if (strcmp(what, "features") == 0) {
		job->what = FEATURES;
		job->whole = argc == 2;
		if (!job->whole)
			job->lexicons = read_lexicons(argv[2], &job->count);
	} else if (strcmp(what, "networks") == 0 && argc == 3) {
		job->what = NETWORKS;
		models = 2;
	} else if (strcmp(what, "verdicts") == 0 && argc > 3) {
		job->what = VERDICTS;
		job->options.bias = strtod(argv[2], NULL);
		models = 3;
	} else {
		return false;
	}
	for (int i = models; i < argc && job->count < MODELS_MAX; i++)
		job->models[job->count++] = read_model(argv[i], err);
	return true;
}

/* Write the record of a page for one number; -1: no lexicon, or the built-in
 * model. */
static void answer(struct way *way, const struct job *job, long which,
		   const struct page *page)
{
	static const struct lexicon none;

	if (job->what == FEATURES)
		put_features(way, page,
			     which < 0 ? &none : &job->lexicons[which],
			     job->whole);
	else if (job->what == NETWORKS)
		put_networks(way, page,
			     which < 0 ? &model_builtin : job->models[which]);
	else
		put_verdicts(way, page, which < 0 ? NULL : job->models[which],
			     &job->options);
}

int main(int argc, char **argv)
{
	struct job job = {.options = {.bias = 0}};
	struct way way = {0};
	char line[LINE];

	if (argc == 2 && strcmp(argv[1], "names") == 0) {
		for (unsigned i = 0; i < FEATURE_COUNT; i++)
			puts(feature_name(i));
		return fflush(stdout) == 0 ? 0 : 1;
	}
	if (!read_job(argc, argv, &job, &way.err))
		die("usage: inspect names | features [LEXICONS] | "
		    "networks MODEL | verdicts BIAS MODEL...");
	open_way(&way);
	put_int(FEATURE_COUNT);
	while (fgets(line, sizeof(line), stdin) != NULL) {
		char *name = strchr(line, ' '), *next = line;
		struct page page;
		struct thin_page thin;

		if (name == NULL)
			die("bad line");
		name[strcspn(name, "\n")] = '\0';
		read_page(&way, name + 1, &page, &thin);
		while (next < name) {
			long which = strtol(next, &next, 10);

			if (which >= (long)job.count || next++ > name)
				die("bad line");
			answer(&way, &job, which, &page);
		}
	}
	if (fflush(stdout) != 0)
		die(strerror(errno));
	for (uint32_t i = 0; job.what != FEATURES && i < job.count; i++)
		model_free(job.models[i]);
	free(job.lexicons);
	close_way(&way);
	return 0;
}
