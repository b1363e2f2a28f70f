/* SPDX-License-Identifier: MIT
 *
 * pith_write.c: the page that was finished, in the format that is asked for. */
#include "pith_handle.h"

#include "render/report.h"

/* The line of JSON for what became of the page. */
static enum pith_status write_json(struct pith *p, struct buf *out)
{
	const struct document nothing = {.meta = &p->meta, .arena = &p->arena};
	int64_t body = p->options[PITH_JSON_BODY];
	struct json_request request = {
	    .status = p->article.origin != PITH_ORIGIN_NONE ? "ok" : "empty",
	    .text = (body & 1 << PITH_TEXT) != 0,
	    .markdown = (body & 1 << PITH_MARKDOWN) != 0,
	    .html = (body & 1 << PITH_HTML) != 0,
	    .blocks = p->options[PITH_WITH_BLOCKS] ? p->article.blocks : NULL,
	    .block_count = p->article.block_count,
	    .confidence = p->article.confidence,
	};

	if (p->err.text[0] != '\0') {
		request.status = "partial";
		request.error = p->err.text;
	}
	if (p->outcome == OUTCOME_ERROR) {
		request.status = "failed";
		return render_json(&nothing, &request, out, &p->err);
	}
	return render_json(&p->document, &request, out, &p->err);
}

/* What the reports are about: the page as it was scored. */
static enum pith_status write_report(struct pith *p, enum pith_format format,
				     struct buf *out)
{
	const struct report report = {
	    .source = p->meta.url,
	    .page = &p->page,
	    .selection = &p->selection,
	    .reasons = (unsigned)p->options[PITH_REASONS],
	    .blocks = p->article.blocks,
	};

	return format == PITH_REPORT ? render_report(&report, out, &p->err)
				     : render_explain(&report, out, &p->err);
}

enum pith_status pith_render(pith *p, enum pith_format format,
			     struct pith_text *out)
{
	struct buf *to;
	enum pith_status status = PITH_OK;

	*out = (struct pith_text){NULL, 0};
	if (p->outcome == OUTCOME_NONE ||
	    (unsigned)format >= PITH_FORMAT_COUNT) {
		err_clear(&p->err);
		(void)err_set(&p->err, PITH_CAUSE_ARGUMENT,
			      "no page was finished, or no such format");
		return PITH_FAILED;
	}
	to = &p->written[format];
	arena_resume(&p->arena);
	if (to->len == 0 && format == PITH_JSON)
		status = write_json(p, to);
	else if (to->len == 0 && p->outcome == OUTCOME_ARTICLE &&
		 (format == PITH_EXPLAIN || format == PITH_REPORT))
		status = write_report(p, format, to);
	else if (to->len == 0 && p->outcome == OUTCOME_ARTICLE &&
		 p->article.origin != PITH_ORIGIN_NONE)
		status = format == PITH_MARKDOWN
			     ? render_markdown(&p->document, to, &p->err)
			 : format == PITH_HTML
			     ? render_html(&p->document, true, to, &p->err)
			     : render_text(&p->document, to, &p->err);
	arena_pause(&p->arena);
	if (status != PITH_OK)
		to->len = 0;
	else
		*out = (struct pith_text){to->data, to->len};
	return status;
}
