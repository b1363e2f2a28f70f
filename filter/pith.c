/* SPDX-License-Identifier: MIT
 *
 * pith.c: the library's front door: leads one page through all stages, decode
 * to render. Implements include/pith.h.
 *
 *   pith_feed    bytes > decode > charset > thin        as they come
 *   pith_finish  parse > block > score > select > render
 */
#include "pith.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "page/block.h"
#include "page/charset.h"
#include "page/decode.h"
#include "page/parse.h"
#include "page/thin.h"
#include "render/render.h"
#include "score/score.h"

enum state { STATE_IDLE, STATE_FED, STATE_REFUSED };

struct pith {
	int64_t options[PITH_OPTION_COUNT];
	enum state state;
	enum pith_status refusal; /* what refused the page */
	struct err err;
	struct decode *decode;
	struct charset *charset;
	struct thin *thin;
	struct arena arena;
	struct buf text;
	struct pith_article article;
};

/* Range and default of each number, as pith.h documents them. */
static const struct {
	const char *name;
	int64_t least, most, initial;
} option_table[PITH_OPTION_COUNT] = {
    [PITH_MAX_INPUT] = {"max-input", 1, INT64_C(1) << 40, 32 << 20},
    [PITH_MAX_PAGE] = {"max-page", 1, INT64_C(1) << 31, 64 << 20},
    [PITH_MAX_RATIO] = {"max-ratio", 2, 1 << 20, 200},
    [PITH_MAX_MEMORY] = {"max-memory", 1 << 20, INT64_C(1) << 40, 512 << 20},
    [PITH_MAX_DEPTH] = {"max-depth", 16, 512, 512},
    [PITH_MAX_ATTRS] = {"max-attrs", 1, 1024, 64},
    [PITH_MAX_TIME] = {"max-time", 0, 86400000, 10000},
    [PITH_WIDTH] = {"width", 0, 10000, 0},
    [PITH_BIAS] = {"bias", -20000, 20000, 0},
};

static enum pith_status take_plain(void *user, const char *data, size_t len)
{
	struct pith *p = user;

	return charset_feed(p->charset, data, len);
}

static enum pith_status take_utf8(void *user, const char *data, size_t len)
{
	struct pith *p = user;

	return thin_feed(p->thin, data, len);
}

enum pith_status pith_new(pith **out)
{
	struct pith *p = calloc(1, sizeof(*p));

	*out = NULL;
	if (p == NULL)
		return PITH_FATAL;
	for (int i = 0; i < PITH_OPTION_COUNT; i++)
		p->options[i] = option_table[i].initial;
	arena_init(&p->arena, &p->err);
	buf_init(&p->text, SIZE_MAX / 2, "text");
	if (decode_new(&p->decode, take_plain, p, &p->err) != PITH_OK ||
	    charset_new(&p->charset, take_utf8, p, &p->err) != PITH_OK ||
	    thin_new(&p->thin, &p->err) != PITH_OK) {
		pith_free(p);
		return PITH_FATAL;
	}
	*out = p;
	return PITH_OK;
}

void pith_free(pith *p)
{
	if (p == NULL)
		return;
	decode_free(p->decode);
	charset_free(p->charset);
	thin_free(p->thin);
	arena_free(&p->arena);
	buf_free(&p->text);
	free(p);
}

enum pith_status pith_set(pith *p, enum pith_option option, int64_t value)
{
	if ((unsigned)option >= PITH_OPTION_COUNT) {
		err_clear(&p->err);
		(void)err_set(&p->err, PITH_CAUSE_ARGUMENT, "no such option");
		return PITH_FAILED;
	}
	if (value < option_table[option].least ||
	    value > option_table[option].most) {
		err_clear(&p->err);
		(void)err_set(&p->err, PITH_CAUSE_ARGUMENT,
			      "%s must be from %lld to %lld",
			      option_table[option].name,
			      (long long)option_table[option].least,
			      (long long)option_table[option].most);
		return PITH_FAILED;
	}
	p->options[option] = value;
	return PITH_OK;
}

int64_t pith_get(const pith *p, enum pith_option option)
{
	return (unsigned)option < PITH_OPTION_COUNT ? p->options[option] : 0;
}

enum pith_status pith_preload(pith *p)
{
	enum pith_status status;

	err_clear(&p->err);
	status = charset_preload(p->charset);
	return status == PITH_FAILED ? PITH_WARN : status;
}

enum pith_status pith_begin(pith *p, const char *url, const char *charset)
{
	const int64_t *o = p->options;
	struct decode_limits decode = {(size_t)o[PITH_MAX_INPUT],
				       (size_t)o[PITH_MAX_PAGE],
				       (size_t)o[PITH_MAX_RATIO]};
	struct thin_limits thin = {(size_t)o[PITH_MAX_PAGE],
				   (size_t)o[PITH_MAX_DEPTH],
				   (size_t)o[PITH_MAX_ATTRS], 256 * 1024};

	(void)url; /* links stay as they are in plain text */
	err_clear(&p->err);
	arena_reset(&p->arena, (size_t)o[PITH_MAX_MEMORY],
		    (uint64_t)o[PITH_MAX_TIME]);
	buf_reset(&p->text, 1 << 20);
	decode_begin(p->decode, &decode);
	thin_begin(p->thin, &thin);
	p->state = STATE_IDLE;
	p->refusal = charset_begin(p->charset, charset);
	if (p->refusal == PITH_OK)
		p->state = STATE_FED;
	return p->refusal;
}

enum pith_status pith_feed(pith *p, const void *data, size_t len)
{
	enum pith_status status;

	if (p->state == STATE_IDLE) {
		status = pith_begin(p, NULL, NULL);
		if (status != PITH_OK)
			return status;
	}
	if (p->state == STATE_REFUSED)
		return p->refusal;
	arena_resume(&p->arena);
	status = decode_feed(p->decode, data, len);
	if (status == PITH_OK)
		status = arena_check_time(&p->arena);
	arena_pause(&p->arena);
	if (status != PITH_OK) {
		p->refusal = status;
		p->state = STATE_REFUSED;
	}
	return status;
}

/* The blocks as the caller sees them. */
static enum pith_status publish(struct pith *p, const struct page *page,
				const struct selection *selection)
{
	struct pith_block *blocks =
	    arena_calloc(&p->arena, page->block_count + 1u, sizeof(*blocks));

	if (blocks == NULL)
		return arena_status(&p->arena);
	for (uint32_t i = 0; i < page->block_count; i++) {
		const struct block *b = &page->blocks[i];
		const struct verdict *v = &selection->verdicts[i];
		struct str path = block_path(page, b, &p->arena);

		if (path.data == NULL)
			return arena_status(&p->arena);
		blocks[i] = (struct pith_block){
		    .text = {b->text.data, b->text.len},
		    .path = {path.data, path.len},
		    .score = v->score,
		    .kind = (enum pith_block_kind)b->kind,
		    .level = b->level,
		    .kept = v->kept,
		    .rule = score_rule_name(v->rule),
		};
	}
	p->article.blocks = blocks;
	p->article.block_count = page->block_count;
	return PITH_OK;
}

/* From thinned markup to the article. */
static enum pith_status extract(struct pith *p)
{
	struct thin_page thin;
	struct GumboInternalOutput *tree;
	struct page page;
	struct selection selection;
	struct shape shape;
	struct score_options options = {.bias = (double)p->options[PITH_BIAS] /
						1000};
	enum pith_status status = thin_finish(p->thin, &thin);

	if (status == PITH_OK)
		status = parse_markup(&p->arena, thin.markup, &tree);
	if (status == PITH_OK)
		status = block_build(&p->arena, tree, &thin, &page);
	if (status == PITH_OK)
		status =
		    score_page(&p->arena, &page, NULL, &options, &selection);
	if (status == PITH_OK)
		status = shape_build(&p->arena, &page, &selection, &shape);
	if (status == PITH_OK)
		status = render_text(&page, &selection, &shape,
				     (unsigned)p->options[PITH_WIDTH], &p->text,
				     &p->err);
	if (status == PITH_OK)
		status = publish(p, &page, &selection);
	if (status != PITH_OK)
		return status;
	p->article.text = (struct pith_text){p->text.data, p->text.len};
	p->article.origin =
	    p->text.len > 0 ? PITH_ORIGIN_PAGE : PITH_ORIGIN_NONE;
	p->article.confidence = selection.confidence;
	p->article.title = (struct pith_text){page.title.data, page.title.len};
	p->article.language =
	    (struct pith_text){page.language.data, page.language.len};
	p->article.charset = charset_name(p->charset);
	return PITH_OK;
}

enum pith_status pith_finish(pith *p, const struct pith_article **out)
{
	enum pith_status status = PITH_OK, cut = PITH_OK;

	*out = NULL;
	p->article = (struct pith_article){.charset = ""};
	if (p->state == STATE_IDLE)
		status = pith_begin(p, NULL, NULL);
	if (p->state == STATE_REFUSED)
		status = p->refusal;
	arena_resume(&p->arena);
	if (status == PITH_OK) {
		cut = decode_finish(p->decode);
		if (cut != PITH_WARN)
			status = cut;
	}
	if (status == PITH_OK)
		status = charset_finish(p->charset);
	if (status == PITH_OK)
		status = extract(p);
	arena_pause(&p->arena);
	p->state = STATE_IDLE;
	if (status != PITH_OK)
		return status;
	*out = &p->article;
	return cut;
}

const char *pith_error(const pith *p)
{
	return p->err.text;
}

enum pith_cause pith_error_cause(const pith *p)
{
	return p->err.cause;
}

const char *pith_version(void)
{
	return PITH_VERSION;
}
