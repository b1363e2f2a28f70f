/* SPDX-License-Identifier: MIT
 *
 * extract.c: one page through the library.
 *
 *   body ─ chunks ─ brotli, zstd ─ pith_feed … pith_finish ─ output
 */
#include "run/extract.h"

#include <stdio.h>
#include <string.h>

#include "run/lines.h"
#include "source/file.h"

/* JSON lines and what becomes of them; far above any page. */
enum {
	LINE_MAX_SIZE = 512 * 1024 * 1024,
	LINE_KEEP = 1024 * 1024,
	MODEL_MAX_SIZE = 64 * 1024 * 1024
};

/* Hand the file of a model to the library. */
static enum pith_status load_model(struct extract *x, const char *name)
{
	struct buf model;
	struct file f;
	enum pith_status status = PITH_OK;
	ssize_t n = 1;

	if (file_open(&f, name) != 0)
		return err_set(&x->err, PITH_CAUSE_ARGUMENT, "%s: %s", name,
			       strerror(f.error));
	buf_init(&model, MODEL_MAX_SIZE, "a model");
	while (status == PITH_OK && n > 0) {
		status = buf_reserve(&model, 65536, &x->err);
		if (status == PITH_OK)
			n = file_read(&f, model.data + model.len, 65536);
		if (status == PITH_OK && n > 0)
			model.len += (size_t)n;
	}
	if (n < 0)
		status = err_set(&x->err, PITH_CAUSE_ARGUMENT, "%s: %s", name,
				 strerror(f.error));
	file_close(&f);
	if (status == PITH_OK) {
		status = pith_load_model(x->page, model.data, model.len);
		if (status != PITH_OK)
			status = err_set(&x->err, PITH_CAUSE_ARGUMENT, "%s: %s",
					 name, pith_error(x->page));
	}
	buf_free(&model);
	return status;
}

enum pith_status extract_init(struct extract *x, const struct options *options)
{
	*x = (struct extract){.options = options};
	buf_init(&x->line, LINE_MAX_SIZE, "a JSON line");
	buf_init(&x->output, LINE_MAX_SIZE, "output");
	buf_init(&x->url, LINE_MAX_SIZE, "a URL");
	if (pith_new(&x->page) != PITH_OK)
		return err_set(&x->err, PITH_CAUSE_MEMORY, "no memory");
	for (int i = 0; i < PITH_OPTION_COUNT; i++) {
		if (!options->given[i])
			continue;
		if (pith_set(x->page, (enum pith_option)i,
			     options->numbers[i]) != PITH_OK)
			return err_set(&x->err, PITH_CAUSE_ARGUMENT, "%s",
				       pith_error(x->page));
	}
	if (options->charset != NULL &&
	    pith_begin(x->page, NULL, options->charset) != PITH_OK)
		return err_set(&x->err, PITH_CAUSE_ARGUMENT, "--charset: %s",
			       pith_error(x->page));
	if (options->model != NULL && load_model(x, options->model) != PITH_OK)
		return PITH_FAILED;
	if (pith_preload(x->page) == PITH_FATAL)
		return err_set(&x->err, PITH_CAUSE_MEMORY, "%s",
			       pith_error(x->page));
	return PITH_OK;
}

void extract_free(struct extract *x)
{
	pith_free(x->page);
	coding_end(&x->coding);
	buf_free(&x->line);
	buf_free(&x->output);
	buf_free(&x->url);
}

/* A part of the item as a C string, in buf; NULL if it is empty or has a NUL
 * in it. */
static const char *c_string(const struct item *item, enum item_part part,
			    struct buf *buf, struct err *err)
{
	struct str s = item_get(item, part);

	if (s.len == 0 || memchr(s.data, '\0', s.len) != NULL)
		return NULL;
	buf->len = 0;
	if (buf_append(buf, s.data, s.len, err) != PITH_OK ||
	    buf_push(buf, '\0', err) != PITH_OK)
		return NULL;
	return buf->data;
}

/* What the library knows before the bytes come. A charset that an HTTP header
 * made up must not cost the page. */
static enum pith_status begin_page(struct extract *x, const char *url,
				   const char *charset, enum pith_input kind)
{
	enum pith_status status = pith_set(x->page, PITH_INPUT, kind);

	if (status != PITH_OK)
		return status;
	if (url == NULL)
		url = x->options->base;
	if (x->options->charset != NULL)
		charset = x->options->charset;
	status = pith_begin(x->page, url, charset);
	if (status == PITH_FAILED && x->options->charset == NULL)
		status = pith_begin(x->page, url, NULL);
	x->begun = status == PITH_OK;
	return status;
}

static enum pith_status feed_library(void *user, const char *data, size_t len)
{
	struct extract *x = user;

	return len > 0 ? pith_feed(x->page, data, len) : PITH_OK;
}

/* Markup or plain text, by the options, by the media type, or by content. */
static enum pith_input kind_of(const struct extract *x)
{
	struct str type = item_get(x->item, ITEM_TYPE);

	if (x->options->input == INPUT_TEXT)
		return PITH_INPUT_TEXT;
	if (x->options->input == INPUT_HTML)
		return PITH_INPUT_HTML;
	if (type.len == 0)
		return PITH_INPUT_AUTO;
	return str_equal_nocase(type, STR("text/plain")) ? PITH_INPUT_TEXT
							 : PITH_INPUT_HTML;
}

void extract_begin(struct extract *x, const struct item *item)
{
	const char *url, *charset;

	err_clear(&x->err);
	x->item = item;
	x->begun = false;
	x->status = PITH_OK;
	x->chunked = item->chunked;
	x->chunks = (struct chunked){.left = 0};
	buf_reset(&x->line, LINE_KEEP);
	buf_reset(&x->output, LINE_KEEP);
	if (item->kind != ITEM_PAGE || item_get(item, ITEM_ERROR).len > 0)
		return;
	charset = c_string(item, ITEM_CHARSET, &x->output, &x->err);
	url = c_string(item, ITEM_URL, &x->line, &x->err);
	if (x->err.cause == PITH_CAUSE_NONE)
		x->status = begin_page(x, url, charset, kind_of(x));
	else
		x->status = PITH_FATAL;
	buf_reset(&x->line, LINE_KEEP);
	buf_reset(&x->output, LINE_KEEP);
	if (x->status == PITH_OK)
		x->status =
		    coding_begin(&x->coding, item_get(item, ITEM_CODINGS),
				 feed_library, x, &x->err);
}

/* A body that its head calls chunked often is so no longer: from the first
 * byte that is no chunk on, it is taken as it is. */
static enum pith_status feed_chunks(struct extract *x, struct str in)
{
	enum pith_status status = PITH_OK;

	while (status == PITH_OK && x->chunked && in.len > 0) {
		struct str out;

		switch (chunked_next(&x->chunks, &in, &out)) {
		case CHUNKED_DATA:
			status = coding_feed(&x->coding, out.data, out.len);
			break;
		case CHUNKED_DAMAGE:
			x->chunked = false;
			break;
		case CHUNKED_END:
		case CHUNKED_WANT:
			return PITH_OK;
		}
	}
	if (status == PITH_OK && in.len > 0)
		status = coding_feed(&x->coding, in.data, in.len);
	return status;
}

bool extract_feed(struct extract *x, const char *data, size_t len)
{
	if (x->status != PITH_OK)
		return false;
	if (x->item->kind == ITEM_LINE)
		x->status = buf_append(&x->line, data, len, &x->err);
	else if (x->begun)
		x->status = feed_chunks(x, (struct str){data, len});
	return x->status == PITH_OK;
}

/* The error of the page: ours, or the library's. */
static struct str error_of(const struct extract *x)
{
	const char *text =
	    x->err.cause != PITH_CAUSE_NONE ? x->err.text : pith_error(x->page);

	return (struct str){text, strlen(text)};
}

bool extract_is_short(const struct extract *x)
{
	return x->err.cause == PITH_CAUSE_MEMORY ||
	       pith_error_cause(x->page) == PITH_CAUSE_MEMORY;
}

static enum pith_status put(struct extract *x, struct str s)
{
	return buf_append(&x->output, s.data, s.len, &x->err);
}

/* Render what was found; as JSON, also that nothing was, or the error. */
static enum pith_status render(struct extract *x,
			       const struct pith_article *article,
			       const struct line *line, struct str error)
{
	static const enum pith_format formats[] = {
	    [FORMAT_TEXT] = PITH_TEXT,	     [FORMAT_MARKDOWN] = PITH_MARKDOWN,
	    [FORMAT_MD] = PITH_MARKDOWN,     [FORMAT_HTML] = PITH_HTML,
	    [FORMAT_JSON] = PITH_JSON,	     [FORMAT_JSONL] = PITH_JSON,
	    [FORMAT_EXPLAIN] = PITH_EXPLAIN, [FORMAT_REPORT] = PITH_REPORT,
	};
	enum pith_status status = PITH_OK;
	struct pith_text text;
	char reason[256];

	if (article == NULL && !options_lines(x->options))
		return PITH_OK;
	if (article == NULL) {
		/* the library's own words end with the page */
		snprintf(reason, sizeof(reason), "%.*s",
			 (int)(error.len < 200 ? error.len : 200), error.data);
		/* it has its URL at least, wherever it ended */
		status = begin_page(x,
				    line->url ? line->url
					      : c_string(x->item, ITEM_URL,
							 &x->output, &x->err),
				    NULL, PITH_INPUT_HTML);
		x->output.len = 0;
		if (status == PITH_OK)
			status = pith_refuse(x->page, reason);
	}
	if (status == PITH_OK)
		status =
		    pith_render(x->page, formats[x->options->format], &text);
	if (status != PITH_OK)
		return status;
	status = put(x, (struct str){text.data, text.len});
	if (status == PITH_OK && options_lines(x->options))
		status = line_place(x->item, x->options, &x->output, &x->err);
	return status;
}

static void finish_page(struct extract *x, const struct line *line,
			struct result *r)
{
	const struct pith_article *article = NULL;
	enum pith_status status = x->status;

	r->error = item_get(x->item, ITEM_ERROR);
	if (r->error.len > 0)
		status = PITH_FAILED;
	else if (x->begun && x->err.cause == PITH_CAUSE_NONE)
		status = pith_finish(x->page, &article);
	if (article != NULL) {
		struct str lang = {article->language.data,
				   article->language.len};

		r->wanted = filter_lang(&x->options->filter, lang);
		r->code = article->text.len > 0 ? EXIT_TEXT : EXIT_EMPTY;
	}
	if (status != PITH_OK) {
		r->code = exit_of_item(x->item);
		if (r->error.len == 0)
			r->error = error_of(x);
	}
	if (!r->wanted)
		return;
	status = render(x, article, line, r->error);
	if (status == PITH_OK && options_lines(x->options))
		status = line_pass(line, &x->output, &x->err);
	if (status != PITH_OK) {
		x->output.len = 0;
		r->code = EXIT_REFUSED;
		r->error = error_of(x);
	}
	r->output = buf_str(&x->output);
}

/* A JSON line has come whole: its page goes through the library. */
static void take_line(struct extract *x, struct line *line)
{
	bool told = item_get(x->item, ITEM_ERROR).len > 0;

	x->status = line_read(line, buf_str(&x->line), x->options, &x->err);
	if (x->status != PITH_OK || told)
		return;
	x->status = begin_page(x, line->url, "utf-8",
			       line->text ? PITH_INPUT_TEXT : PITH_INPUT_HTML);
	if (x->status == PITH_OK)
		x->status = feed_library(x, line->page.data, line->page.len);
}

void extract_finish(struct extract *x, struct result *result)
{
	struct line line = {.root = NULL};

	*result = (struct result){.code = EXIT_TEXT, .wanted = true};
	if (x->item->kind == ITEM_LINE && x->status == PITH_OK)
		take_line(x, &line);
	finish_page(x, &line, result);
	x->url.len = 0;
	if (line.url != NULL &&
	    buf_append(&x->url, line.url, strlen(line.url), &x->err) == PITH_OK)
		result->url = buf_str(&x->url);
	line_free(&line);
	coding_end(&x->coding);
}
