/* SPDX-License-Identifier: MIT
 *
 * report.h: one self-contained HTML file that shows what became of each block
 * of a page and why. Included by pith.c. */
#ifndef RENDER_REPORT_H
#define RENDER_REPORT_H

#include "base/buf.h"
#include "page/block.h"
#include "score/score.h"

struct report {
	struct str source; /* where the page is from; may be empty */
	const struct page *page;
	const struct selection *selection; /* with reasons, or without */
	unsigned reasons;		   /* of each block */
	const struct pith_block *blocks;   /* one for each of the page's */
};

/* Append the report to out. Page text is escaped; nothing is loaded from
 * elsewhere, no script is in it. */
enum pith_status render_report(const struct report *report, struct buf *out,
			       struct err *err) PITH_CHECKED;

/* Append the same as lines of text with stable columns, tab-separated:
 * number, kept or dropped, score, rule, kind, path, reasons, text. */
enum pith_status render_explain(const struct report *report, struct buf *out,
				struct err *err) PITH_CHECKED;

#endif
