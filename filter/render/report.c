/* SPDX-License-Identifier: MIT
 *
 * report.c: the decision about a page as a picture: its blocks in order,
 * coloured by score, kept ones solid, dropped ones pale, each opening to its
 * reasons. */
#include "render/report.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "render/pen.h"
#include "render/quote.h"

enum { TEXT_SHOWN = 4000, EXPLAINED = 4 };

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
    "'none'; style-src 'unsafe-inline'\">\n"
    "<style>\n"
    ":root{--ink:#1c2024;--paper:#fcfcfb;--soft:#6a7077;--line:#d9dcdf;"
    "--keep:152;--drop:8;--l:38%;--wash:94%}\n"
    "@media(prefers-color-scheme:dark){:root{--ink:#e4e6e8;"
    "--paper:#16181a;--soft:#9aa1a8;--line:#34393e;--l:62%;--wash:18%}}\n"
    "body{margin:0 auto;max-width:56rem;padding:1.5rem 1rem 4rem;"
    "background:var(--paper);color:var(--ink);"
    "font:16px/1.5 system-ui,sans-serif}\n"
    "h1{font-size:1.35rem;line-height:1.25;margin:0 0 .25rem;"
    "overflow-wrap:anywhere}\n"
    ".from{color:var(--soft);margin:0 0 1rem;overflow-wrap:anywhere}\n"
    "dl.sum{display:flex;flex-wrap:wrap;gap:.5rem 2rem;margin:0 0 1rem;"
    "padding:.75rem 0;border:solid var(--line);border-width:1px 0}\n"
    "dl.sum div{display:flex;flex-direction:column}\n"
    "dl.sum dt{color:var(--soft);font-size:.8rem}\n"
    "dl.sum dd{margin:0;font-size:1.15rem;"
    "font-variant-numeric:tabular-nums}\n"
    ".key{color:var(--soft);font-size:.85rem;margin:0 0 1.25rem}\n"
    "details{--c:hsl(var(--h) 55% var(--l));border-left:5px solid "
    "var(--c);margin:.35rem 0;padding:.15rem .75rem}\n"
    "details.kept{background:hsl(var(--h) 40% var(--wash))}\n"
    "details.dropped{border-left-style:dotted}\n"
    "details.dropped .t{color:var(--soft)}\n"
    "summary{cursor:pointer;list-style:none;display:flex;gap:.75rem}\n"
    "summary::-webkit-details-marker{display:none}\n"
    "summary:focus-visible{outline:2px solid var(--c)}\n"
    ".p{flex:none;width:2.6rem;text-align:right;color:var(--c);"
    "font-variant-numeric:tabular-nums;font-weight:600}\n"
    ".t{min-width:0;overflow-wrap:anywhere;white-space:pre-line}\n"
    ".v .t{font-family:ui-monospace,monospace;white-space:pre-wrap;"
    "font-size:.9rem}\n"
    ".h .t{font-weight:650}\n"
    ".why{margin:.4rem 0 .6rem 3.35rem;font-size:.85rem}\n"
    ".why code{color:var(--soft);overflow-wrap:anywhere}\n"
    ".why table{border-collapse:collapse;margin-top:.35rem;width:100%}\n"
    ".why th{font-weight:400;color:var(--soft);text-align:left}\n"
    ".why td,.why th{padding:.1rem .75rem .1rem 0;vertical-align:top;"
    "border-top:1px solid var(--line)}\n"
    ".why .n{text-align:right;font-variant-numeric:tabular-nums;"
    "white-space:nowrap}\n"
    ".up{color:hsl(var(--keep) 55% var(--l))}"
    ".down{color:hsl(var(--drop) 60% var(--l))}\n"
    "</style>\n";

static void put_format(struct pen *s, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Short things only: numbers and names of ours. */
static void put_format(struct pen *s, const char *format, ...)
{
	char line[512];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (n > 0)
		pen_put(s, line,
			(size_t)n < sizeof(line) ? (size_t)n
						 : sizeof(line) - 1);
}

/* Text of the page, escaped; a very long one is cut, which is said. */
static void put_text(struct pen *s, struct str text)
{
	size_t shown = text.len;

	if (shown > TEXT_SHOWN) {
		shown = TEXT_SHOWN;
		while (shown > 0 && (text.data[shown] & 0xc0) == 0x80)
			shown--;
	}
	quote_html(s, (struct str){text.data, shown});
	if (shown < text.len)
		put_format(s, " … (%zu bytes more)", text.len - shown);
}

static void put_share(struct pen *s, const char *name, double part,
		      double whole)
{
	put_format(s, "<div><dt>%s</dt><dd>%.0f of %.0f</dd></div>\n", name,
		   part, whole);
}

static void put_summary(struct pen *s, const struct report *r)
{
	const struct page *p = r->page;
	double words = 0, kept_words = 0;
	uint32_t kept = 0;

	for (uint32_t i = 0; i < p->block_count; i++) {
		words += (double)p->blocks[i].words;
		if (!r->selection->verdicts[i].kept)
			continue;
		kept++;
		kept_words += (double)p->blocks[i].words;
	}
	pen_text(s, "<title>pith: ");
	put_text(s, p->title);
	pen_text(s, "</title>\n<h1>");
	put_text(s, p->title.len > 0 ? p->title : STR("A page without title"));
	pen_text(s, "</h1>\n<p class=\"from\">");
	put_text(s, r->source);
	pen_text(s, "</p>\n<dl class=\"sum\">\n");
	put_format(s, "<div><dt>confidence</dt><dd>%.2f</dd></div>\n",
		   r->selection->confidence);
	put_share(s, "blocks kept", kept, p->block_count);
	put_share(s, "words kept", kept_words, words);
	pen_text(s, "</dl>\n<p class=\"key\">The number is the probability, "
		    "in percent, that a block belongs to the article. Solid: "
		    "kept. Dotted and pale: dropped. Open a block for the "
		    "reasons.</p>\n");
}

/* Up to most of the reasons of a block that moved it at all. */
static const struct reason *reasons_of(const struct report *r, uint32_t block,
				       unsigned most, unsigned *count)
{
	const struct reason *reasons = r->selection->reasons;

	*count = 0;
	if (reasons == NULL)
		return NULL;
	reasons += (size_t)block * r->reasons;
	while (*count < most && *count < r->reasons &&
	       reasons[*count].share != 0)
		++*count;
	return reasons;
}

static void put_reasons(struct pen *s, const struct report *r, uint32_t i)
{
	const struct verdict *v = &r->selection->verdicts[i];
	unsigned n;
	const struct reason *reasons = reasons_of(r, i, r->reasons, &n);
	uint32_t e = r->page->blocks[i].elem;
	struct str class = elem_attr(&r->page->elems[e], ATTR_CLASS);
	struct pith_text path = r->blocks[i].path;

	put_format(s, "<div class=\"why\">%s by <b>%s</b> <code>",
		   v->kept ? "kept" : "dropped", score_rule_name(v->rule));
	put_text(s, (struct str){path.data, path.len});
	if (class.len > 0) {
		pen_text(s, " class=\"");
		put_text(s, class);
		pen_text(s, "\"");
	}
	pen_text(s, "</code>\n");
	if (n > 0)
		pen_text(s, "<table><tr><th>feature<th>meaning<th class=\"n\">"
			    "value<th class=\"n\">moves by</tr>\n");
	for (unsigned k = 0; k < n; k++)
		put_format(s,
			   "<tr><td>%s<td>%s<td class=\"n\">%.3g<td "
			   "class=\"n %s\">%+.2f</tr>\n",
			   score_feature_name(reasons[k].feature),
			   score_feature_meaning(reasons[k].feature),
			   (double)reasons[k].value,
			   reasons[k].share > 0 ? "up" : "down",
			   (double)reasons[k].share);
	pen_text(s, n > 0 ? "</table></div>" : "</div>");
}

static void put_block(struct pen *s, const struct report *r, uint32_t i)
{
	const struct verdict *v = &r->selection->verdicts[i];
	const struct block *b = &r->page->blocks[i];
	const char *kind = b->kind == BLOCK_PREFORMATTED ? " v"
			   : b->kind == BLOCK_HEADING	 ? " h"
							 : "";
	double score = (double)v->score;

	/* hue from the red of 8° to the green of 152° */
	put_format(s,
		   "<details class=\"%s%s\" style=\"--h:%.0f\"><summary>"
		   "<span class=\"p\">%.0f</span><span class=\"t\">",
		   v->kept ? "kept" : "dropped", kind, 8 + 144 * score,
		   100 * score);
	put_text(s, b->text);
	pen_text(s, "</span></summary>\n");
	put_reasons(s, r, i);
	pen_text(s, "</details>\n");
}

enum pith_status render_report(const struct report *report, struct buf *out,
			       struct err *err)
{
	struct pen s = {out, err, PITH_OK};

	pen_text(&s, head);
	put_summary(&s, report);
	pen_text(&s, "<main>\n");
	for (uint32_t i = 0; i < report->page->block_count && !s.status; i++)
		put_block(&s, report, i);
	pen_text(&s, "</main>\n</html>\n");
	return s.status;
}

/* A text on one line: what would break the columns becomes a space. */
static void put_flat(struct pen *s, struct str text)
{
	for (size_t i = 0; i < text.len; i++)
		pen_put(s,
			text.data[i] == '\n' || text.data[i] == '\t'
			    ? " "
			    : text.data + i,
			1);
}

enum pith_status render_explain(const struct report *report, struct buf *out,
				struct err *err)
{
	static const char *const kinds[] = {
	    "paragraph", "heading", "item",	    "term",   "definition",
	    "cell",	 "caption", "preformatted", "control"};
	struct pen s = {out, err, PITH_OK};
	const struct page *p = report->page;

	for (uint32_t i = 0; i < p->block_count && !s.status; i++) {
		const struct verdict *v = &report->selection->verdicts[i];
		const struct block *b = &p->blocks[i];
		unsigned n;
		const struct reason *reasons =
		    reasons_of(report, i, EXPLAINED, &n);

		put_format(&s, "%u\t%s\t%.3f\t%s\t%s\t", i + 1,
			   v->kept ? "kept" : "dropped", (double)v->score,
			   score_rule_name(v->rule), kinds[b->kind]);
		pen_put(&s, report->blocks[i].path.data,
			report->blocks[i].path.len);
		pen_text(&s, "\t");
		for (unsigned k = 0; k < n; k++)
			put_format(&s, "%s%s=%.3g:%+.2f", k ? " " : "",
				   score_feature_name(reasons[k].feature),
				   (double)reasons[k].value,
				   (double)reasons[k].share);
		pen_text(&s, "\t");
		put_flat(&s, b->text);
		pen_text(&s, "\n");
	}
	return s.status;
}
