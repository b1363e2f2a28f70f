/* SPDX-License-Identifier: MIT
 *
 * render.h: kept blocks in, a document out; one file a format. Included by
 * pith.c. */
#ifndef RENDER_RENDER_H
#define RENDER_RENDER_H

#include "base/buf.h"
#include "meta/meta.h"
#include "page/plain.h"
#include "render/shape.h"

/* Blocks that are shown together: the article, or the comments under it. */
struct part {
	struct selection selection;
	struct shape shape;
};

/* A page ready to be written in any format. */
struct document {
	const struct page *page;
	const struct plain *plain; /* the page was plain text; else NULL */
	const struct metadata *meta;
	struct arena *arena;  /* for what a format must look up */
	struct part article;  /* nothing kept: no article */
	struct part comments; /* used if has_comments */
	bool has_comments;
	bool title, images, links; /* switches, see pith.h */
	bool front_matter;	   /* metadata above text and Markdown */
	bool metadata;		   /* metadata in HTML's head and JSON */
	unsigned width;		   /* of text */
	const char *origin;	   /* of the text, see pith_origin; static */
	const char *charset;
};

/* Each writes a whole document to the end of out. Text that is not empty ends
 * in a newline. */

/* Plain text: a blank line between paragraphs, headings and items on lines of
 * their own, pre as it stands, table cells parted by tabs, wrapped at width
 * columns if that is not 0. Without a width, plain text stays as it stood. */
enum pith_status render_text(const struct document *d, struct buf *out,
			     struct err *err) PITH_CHECKED;

/* The blocks of one part as plain text, without title and metadata. */
enum pith_status render_text_part(const struct document *d,
				  const struct part *part, struct buf *out,
				  struct err *err) PITH_CHECKED;

/* Lines of plain text as they stood, with the white space between them; where
 * all are kept, the text as it came. */
enum pith_status render_plain(const struct plain *p,
			      const struct selection *selection,
			      struct buf *out, struct err *err) PITH_CHECKED;

/* CommonMark, with the tables of GitHub's. */
enum pith_status render_markdown(const struct document *d, struct buf *out,
				 struct err *err) PITH_CHECKED;

/* A whole HTML page, or what is inside its article element. */
enum pith_status render_html(const struct document *d, bool whole,
			     struct buf *out, struct err *err) PITH_CHECKED;

/* What a JSON object holds beside the metadata. */
struct json_request {
	const char *status; /* "ok", "empty", "partial", "failed" */
	const char *error;  /* NULL unless status is partial or failed */
	bool text, markdown, html;
	const struct pith_block *blocks; /* NULL: without */
	size_t block_count;
	double confidence;
};

/* One JSON object on one line. d->page may be NULL for a page that failed:
 * then d->meta has no more than the URL. */
enum pith_status render_json(const struct document *d,
			     const struct json_request *request,
			     struct buf *out, struct err *err) PITH_CHECKED;

/* The metadata as YAML between lines of "---"; strings are JSON's. */
enum pith_status render_front_matter(const struct document *d, struct buf *out,
				     struct err *err) PITH_CHECKED;

#endif
