/* SPDX-License-Identifier: MIT
 *
 * pith.c: the library's front door: leads one page through all stages, decode
 * to render. Implements include/pith.h.
 *
 *   pith_feed    bytes > decode > charset > thin        as they come
 *   pith_finish  parse > block > score > select         and the metadata
 *   pith_render  text, Markdown, HTML, JSON             of what was found
 *
 * Plain text is gathered after charset, cut into lines by plain_build, and
 * scored and selected by plain_score.
 */
#include "pith_handle.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "meta/body.h"
#include "meta/meta.h"
#include "meta/store.h"
#include "page/charset.h"
#include "page/decode.h"
#include "page/parse.h"
#include "page/sniff.h"
#include "page/text.h"
#include "page/thin.h"
#include "render/article.h"
#include "render/view.h"
#include "score/plain_score.h"

enum {
	KEPT_BYTES = 1 << 20,	/* of a buffer, from page to page */
	MAX_TOKEN = 256 * 1024, /* bytes of a tag; a longer one is dropped */
	SHELL_BYTES = 200, /* of text that may be all a page of scripts shows */
	SHELL_TIMES = 4	   /* as much has its data, if that is the article */
};

/* What to expect of text that the page does not show: F1 of articleBody on
 * news pages that have one, of what store_read finds on articles that have it
 * in their data too; a description is a sentence of many. */
static const double DATA_CONFIDENCE = 0.8, STORE_CONFIDENCE = 0.75,
		    DESCRIPTION_CONFIDENCE = 0.2;

static const char *const origin_names[] = {
    [PITH_ORIGIN_NONE] = "none",
    [PITH_ORIGIN_PAGE] = "page",
    [PITH_ORIGIN_DATA] = "data",
    [PITH_ORIGIN_DESCRIPTION] = "description",
};

static enum pith_status take_plain(void *user, const char *data, size_t len)
{
	struct pith *p = user;

	return charset_feed(p->charset, data, len);
}

/* Find out whether the text held so far is the start of markup; all: there is
 * no more. A page of nothing is markup. */
static enum pith_status sniff(struct pith *p, bool all)
{
	struct str start = buf_str(&p->text);

	if (sniff_markup(start) || (all && text_is_blank(start))) {
		enum pith_status status =
		    thin_feed(p->thin, start.data, start.len);

		p->kind = PITH_INPUT_HTML;
		buf_reset(&p->text, KEPT_BYTES);
		return status;
	}
	if (all || start.len >= SNIFF_BYTES)
		p->kind = PITH_INPUT_TEXT;
	return PITH_OK;
}

static enum pith_status take_utf8(void *user, const char *data, size_t len)
{
	struct pith *p = user;
	enum pith_status status;

	if (p->kind == PITH_INPUT_HTML)
		return thin_feed(p->thin, data, len);
	status = buf_append(&p->text, data, len, &p->err);
	if (status == PITH_OK && p->kind == PITH_INPUT_AUTO)
		status = sniff(p, false);
	return status;
}

enum pith_status pith_new(pith **out)
{
	struct pith *p = calloc(1, sizeof(*p));

	*out = NULL;
	if (p == NULL)
		return PITH_FATAL;
	handle_set_defaults(p);
	arena_init(&p->arena, &p->err);
	for (int i = 0; i < PITH_FORMAT_COUNT; i++)
		buf_init(&p->written[i], SIZE_MAX / 2, "text");
	buf_init(&p->comments, SIZE_MAX / 2, "text");
	buf_init(&p->text, SIZE_MAX / 2, "a page");
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
	model_free(p->model);
	arena_free(&p->arena);
	for (int i = 0; i < PITH_FORMAT_COUNT; i++)
		buf_free(&p->written[i]);
	buf_free(&p->comments);
	buf_free(&p->text);
	free(p);
}

enum pith_status pith_preload(pith *p)
{
	enum pith_status status;

	err_clear(&p->err);
	status = charset_preload(p->charset);
	return status == PITH_FAILED ? PITH_WARN : status;
}

enum pith_status pith_load_model(pith *p, const void *data, size_t len)
{
	struct model *model = NULL;
	enum pith_status status = PITH_OK;

	err_clear(&p->err);
	if (data != NULL)
		status = model_load((struct str){data, len}, &model, &p->err);
	if (status != PITH_OK)
		return status;
	model_free(p->model);
	p->model = model;
	return PITH_OK;
}

enum pith_status pith_begin(pith *p, const char *url, const char *charset)
{
	const int64_t *o = p->options;
	struct decode_limits decode = {(size_t)o[PITH_MAX_INPUT],
				       (size_t)o[PITH_MAX_PAGE],
				       (size_t)o[PITH_MAX_RATIO]};
	struct thin_limits thin = {(size_t)o[PITH_MAX_PAGE],
				   (size_t)o[PITH_MAX_DEPTH],
				   (size_t)o[PITH_MAX_ATTRS], MAX_TOKEN};

	err_clear(&p->err);
	arena_reset(&p->arena, (size_t)o[PITH_MAX_MEMORY],
		    (uint64_t)o[PITH_MAX_TIME]);
	for (int i = 0; i < PITH_FORMAT_COUNT; i++) {
		buf_reset(&p->written[i], KEPT_BYTES);
		p->written[i].ceiling = (size_t)o[PITH_MAX_MEMORY];
	}
	buf_reset(&p->comments, KEPT_BYTES);
	p->comments.ceiling = (size_t)o[PITH_MAX_MEMORY];
	buf_reset(&p->text, KEPT_BYTES);
	p->text.ceiling = (size_t)o[PITH_MAX_PAGE];
	p->kind = (enum pith_input)o[PITH_INPUT];
	p->outcome = OUTCOME_NONE;
	p->meta = (struct metadata){.url = {NULL, 0}};
	decode_begin(p->decode, &decode);
	thin_begin(p->thin, &thin);
	p->state = STATE_IDLE;
	p->refusal = charset_begin(p->charset, charset);
	if (p->refusal == PITH_OK && url != NULL) {
		p->meta.url =
		    arena_copy(&p->arena, (struct str){url, strlen(url)});
		if (p->meta.url.data == NULL)
			p->refusal = arena_status(&p->arena);
	}
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

static struct pith_text text_of(struct str s)
{
	return (struct pith_text){s.data, s.len};
}

/* The present. */
static int64_t now_of(const struct pith *p)
{
	int64_t now = p->options[PITH_NOW];

	return now > 0 ? now : (int64_t)time(NULL);
}

/* From thinned markup to blocks. */
static enum pith_status read_page(struct pith *p)
{
	struct thin_page thin;
	struct GumboInternalOutput *tree;
	enum pith_status status = thin_finish(p->thin, &thin);

	if (status == PITH_OK)
		status = parse_markup(&p->arena, thin.markup, &tree);
	if (status == PITH_OK)
		status = block_build(&p->arena, tree, &thin, &p->page);
	return status;
}

static bool is_plain(const struct pith *p)
{
	return p->kind == PITH_INPUT_TEXT;
}

/* Fill the document from a selection, as the switches say. */
static enum pith_status set_document(struct pith *p,
				     const struct selection *selection)
{
	const int64_t *o = p->options;
	struct view_options options = {
	    .title = o[PITH_WITH_TITLE] != 0,
	    .comments = o[PITH_WITH_COMMENTS] != 0,
	    .tables = o[PITH_WITH_TABLES] != 0,
	    .captions = (int)o[PITH_WITH_CAPTIONS],
	};

	p->document = (struct document){
	    .page = &p->page,
	    .plain = is_plain(p) ? &p->plain : NULL,
	    .meta = &p->meta,
	    .arena = &p->arena,
	    .title = o[PITH_WITH_TITLE] != 0,
	    .images = o[PITH_WITH_IMAGES] != 0,
	    .links = o[PITH_WITH_LINKS] != 0,
	    .metadata = o[PITH_WITH_METADATA] > 0,
	    .front_matter = o[PITH_WITH_METADATA] > 1,
	    .width = (unsigned)o[PITH_WIDTH],
	};
	return view_build(&p->document, selection, &options);
}

/* Bytes of text that are kept. */
static size_t kept_bytes(const struct pith *p)
{
	const struct verdict *verdicts = p->document.article.selection.verdicts;
	size_t n = 0;

	for (uint32_t i = 0; verdicts != NULL && i < p->page.block_count; i++)
		if (verdicts[i].kept)
			n += p->page.blocks[i].text.len;
	return n;
}

/* The page shows no article, but `shown` bytes: take it from where the page
 * says it, as a page of its own, all of whose blocks are kept. */
static enum pith_status fall_back(struct pith *p, size_t shown)
{
	struct selection *selection = &p->selection;
	struct str text, markup;
	enum pith_origin origin = PITH_ORIGIN_DATA;
	struct thin_limits limits = {(size_t)p->options[PITH_MAX_PAGE],
				     (size_t)p->options[PITH_MAX_DEPTH],
				     (size_t)p->options[PITH_MAX_ATTRS],
				     MAX_TOKEN};
	struct metadata meta = p->meta;
	double confidence = DATA_CONFIDENCE;
	enum pith_status status = PITH_OK;

	if (meta.body.len <= SHELL_TIMES * shown)
		status = store_read(&p->arena, p->page.stores,
				    p->page.store_count, now_of(p), &meta);
	if (status != PITH_OK)
		return status;
	text = meta.body;
	if (text.data != p->meta.body.data)
		confidence = STORE_CONFIDENCE;
	if (text.len == 0 && shown == 0 &&
	    str_equal(meta.type, STR("article"))) {
		text = meta.description;
		origin = PITH_ORIGIN_DESCRIPTION;
		confidence = DESCRIPTION_CONFIDENCE;
	}
	if (text.len <= SHELL_TIMES * shown)
		return PITH_OK;
	p->meta = meta;
	status = body_markup(&p->arena, text, &markup);
	thin_begin(p->thin, &limits);
	if (status == PITH_OK)
		status = thin_feed(p->thin, markup.data, markup.len);
	if (status == PITH_OK)
		status = read_page(p);
	if (status != PITH_OK)
		return status;
	selection->verdicts = arena_calloc(&p->arena, p->page.block_count + 1u,
					   sizeof(*selection->verdicts));
	if (selection->verdicts == NULL)
		return arena_status(&p->arena);
	for (uint32_t i = 0; i < p->page.block_count; i++)
		selection->verdicts[i] = (struct verdict){1, true, 0};
	selection->reasons = NULL;
	p->article.origin = origin;
	selection->confidence = confidence;
	return set_document(p, selection);
}

/* From thinned markup to kept blocks and metadata. */
static enum pith_status judge_page(struct pith *p,
				   const struct score_options *options)
{
	enum pith_status status = read_page(p);

	if (status == PITH_OK)
		status = score_page(&p->arena, &p->page, p->model, options,
				    &p->selection);
	if (status == PITH_OK)
		status = meta_read(&p->arena, &p->page, p->meta.url, now_of(p),
				   &p->meta);
	return status;
}

/* From plain text to kept lines; there is no metadata in it. */
static enum pith_status judge_text(struct pith *p,
				   const struct score_options *options)
{
	enum pith_status status =
	    plain_build(&p->arena, buf_str(&p->text), &p->plain);

	p->page = p->plain.page;
	if (status == PITH_OK)
		status =
		    plain_score(&p->arena, &p->plain, options, &p->selection);
	return status;
}

/* From what was fed to the article. */
static enum pith_status extract(struct pith *p)
{
	struct selection *selection = &p->selection;
	size_t shown;
	bool empty;
	struct score_options options = {
	    .bias = (double)p->options[PITH_BIAS] / 1000,
	    .threshold = (double)p->options[PITH_THRESHOLD] / 1000,
	    .keep_doubt = p->options[PITH_BIAS] > 0,
	    .reasons = (unsigned)p->options[PITH_REASONS],
	};
	enum pith_status status =
	    is_plain(p) ? judge_text(p, &options) : judge_page(p, &options);

	if (status == PITH_OK)
		status = set_document(p, selection);
	if (status != PITH_OK)
		return status;
	empty = view_is_empty(&p->document);
	shown = empty ? 0 : kept_bytes(p);
	p->article.origin = empty ? PITH_ORIGIN_NONE : PITH_ORIGIN_PAGE;
	if (shown < SHELL_BYTES && !is_plain(p))
		status = fall_back(p, shown);
	p->document.charset = charset_name(p->charset);
	p->document.origin = origin_names[p->article.origin];
	p->article.confidence = selection->confidence;
	if (status == PITH_OK)
		status = article_publish(&p->document, &p->article);
	if (status == PITH_OK && p->document.has_comments)
		status = render_text_part(&p->document, &p->document.comments,
					  &p->comments, &p->err);
	p->article.comments = text_of(buf_str(&p->comments));
	return status;
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
	if (status == PITH_OK && p->kind == PITH_INPUT_AUTO)
		status = sniff(p, true);
	if (status == PITH_OK)
		status = extract(p);
	arena_pause(&p->arena);
	p->state = STATE_IDLE;
	p->outcome = status == PITH_OK ? OUTCOME_ARTICLE : OUTCOME_ERROR;
	if (status == PITH_OK)
		status = pith_render(p, PITH_TEXT, &p->article.text);
	if (status != PITH_OK) {
		p->outcome = OUTCOME_ERROR;
		return status;
	}
	*out = &p->article;
	return cut;
}

enum pith_status pith_refuse(pith *p, const char *reason)
{
	enum pith_status status = PITH_OK;

	if (p->state == STATE_IDLE)
		status = pith_begin(p, NULL, NULL);
	if (status != PITH_OK)
		return PITH_FATAL;
	err_clear(&p->err);
	(void)err_set(&p->err, PITH_CAUSE_NONE, "%s", reason);
	p->state = STATE_IDLE;
	p->outcome = OUTCOME_ERROR;
	return PITH_OK;
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
