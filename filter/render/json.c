/* SPDX-License-Identifier: MIT
 *
 * json.c: a page as one JSON object on a line, pith-jsonl(5); its metadata as
 * YAML front matter, whose strings are JSON's. */
#include <stdio.h>

#include "pith.h"
#include "render/quote.h"
#include "render/render.h"

/* The members that are one string each, in the order they are written. */
static const struct {
	const char *name;
	size_t at; /* in struct metadata */
} members[] = {
    {"title", offsetof(struct metadata, title)},
    {"published", offsetof(struct metadata, published)},
    {"modified", offsetof(struct metadata, modified)},
    {"sitename", offsetof(struct metadata, sitename)},
    {"description", offsetof(struct metadata, description)},
    {"language", offsetof(struct metadata, language)},
    {"image", offsetof(struct metadata, image)},
    {"license", offsetof(struct metadata, license)},
    {"type", offsetof(struct metadata, type)},
};

enum { MEMBERS = sizeof(members) / sizeof(members[0]) };

static const char *const kinds[] = {
    [PITH_PARAGRAPH] = "paragraph",
    [PITH_HEADING] = "heading",
    [PITH_ITEM] = "item",
    [PITH_TERM] = "term",
    [PITH_DEFINITION] = "definition",
    [PITH_CELL] = "cell",
    [PITH_CAPTION] = "caption",
    [PITH_PREFORMATTED] = "preformatted",
    [PITH_CONTROL] = "control",
};

static struct str member(const struct metadata *meta, unsigned i)
{
	return *(const struct str *)(const void *)((const char *)meta +
						   members[i].at);
}

static struct str from_c(const char *s)
{
	return (struct str){s, strlen(s)};
}

static struct str from_public(struct pith_text t)
{
	return (struct str){t.data, t.len};
}

static void put_name(struct pen *s, const char *name)
{
	pen_text(s, ",\"");
	pen_text(s, name);
	pen_text(s, "\":");
}

/* A string, or null where nothing is known. */
static void put_string(struct pen *s, const char *name, struct str value)
{
	put_name(s, name);
	if (value.len > 0)
		quote_json(s, value);
	else
		pen_text(s, "null");
}

static void put_list(struct pen *s, const char *name, const struct str *list,
		     size_t n)
{
	put_name(s, name);
	pen_char(s, '[');
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			pen_char(s, ',');
		quote_json(s, list[i]);
	}
	pen_char(s, ']');
}

/* A number from 0 to 1 in thousandths, which no locale can spoil. */
static void put_share(struct pen *s, const char *name, double x)
{
	char text[16];
	unsigned n = x > 0 ? x < 1 ? (unsigned)(x * 1000 + 0.5) : 1000 : 0;

	put_name(s, name);
	snprintf(text, sizeof(text), "%u.%03u", n / 1000, n % 1000);
	pen_text(s, text);
}

static void put_blocks(struct pen *s, const struct json_request *r)
{
	char level[16];

	put_name(s, "blocks");
	pen_char(s, '[');
	for (size_t i = 0; i < r->block_count && s->status == PITH_OK; i++) {
		const struct pith_block *b = &r->blocks[i];

		pen_text(s, i > 0 ? ",{\"kind\":\"" : "{\"kind\":\"");
		pen_text(s, kinds[b->kind]);
		snprintf(level, sizeof(level), "%d", b->level);
		pen_text(s, "\",\"level\":");
		pen_text(s, level);
		put_name(s, "kept");
		pen_text(s, b->kept ? "true" : "false");
		put_share(s, "score", b->score);
		put_string(s, "rule", from_c(b->rule));
		put_string(s, "path", from_public(b->path));
		put_string(s, "text", from_public(b->text));
		pen_char(s, '}');
	}
	pen_char(s, ']');
}

/* A body that another renderer wrote into a buffer of its own. */
static void put_body(struct pen *s, const char *name, struct buf *body)
{
	put_name(s, name);
	quote_json(s, buf_str(body));
	body->len = 0;
}

static void put_bodies(struct pen *s, const struct document *d,
		       const struct json_request *r)
{
	struct document bare = *d;
	struct buf body;

	bare.front_matter = bare.has_comments = false;
	buf_init(&body, s->out->ceiling, "text");
	if (r->text && s->status == PITH_OK) {
		s->status = render_text(&bare, &body, s->err);
		put_body(s, "text", &body);
	}
	if (r->markdown && s->status == PITH_OK) {
		s->status = render_markdown(&bare, &body, s->err);
		put_body(s, "markdown", &body);
	}
	if (r->html && s->status == PITH_OK) {
		s->status = render_html(&bare, false, &body, s->err);
		put_body(s, "html", &body);
	}
	if (d->has_comments && s->status == PITH_OK) {
		s->status = render_text_part(d, &d->comments, &body, s->err);
		put_body(s, "comments", &body);
	}
	buf_free(&body);
}

static void put_metadata(struct pen *s, const struct metadata *meta)
{
	put_string(s, "canonical", meta->canonical);
	for (unsigned i = 0; i < MEMBERS; i++) {
		put_string(s, members[i].name, member(meta, i));
		if (i == 0)
			put_list(s, "authors", meta->authors,
				 meta->author_count);
	}
	put_list(s, "tags", meta->tags, meta->tag_count);
}

enum pith_status render_json(const struct document *d,
			     const struct json_request *r, struct buf *out,
			     struct err *err)
{
	struct pen s = {out, err, PITH_OK};

	pen_text(&s, "{\"url\":");
	if (d->meta->url.len > 0)
		quote_json(&s, d->meta->url);
	else
		pen_text(&s, "null");
	put_string(&s, "status", from_c(r->status));
	if (r->error != NULL)
		put_string(&s, "error", from_c(r->error));
	if (d->page != NULL) {
		if (d->metadata)
			put_metadata(&s, d->meta);
		put_string(&s, "charset", from_c(d->charset));
		put_string(&s, "origin", from_c(d->origin));
		put_share(&s, "confidence", r->confidence);
		put_bodies(&s, d, r);
		if (r->blocks != NULL)
			put_blocks(&s, r);
	}
	pen_text(&s, "}\n");
	return s.status;
}

static void put_line(struct pen *s, const char *name, struct str value)
{
	if (value.len == 0)
		return;
	pen_text(s, name);
	pen_text(s, ": ");
	quote_json(s, value);
	pen_char(s, '\n');
}

static void put_sequence(struct pen *s, const char *name,
			 const struct str *list, size_t n)
{
	if (n == 0)
		return;
	pen_text(s, name);
	pen_text(s, ":\n");
	for (size_t i = 0; i < n; i++) {
		pen_text(s, "  - ");
		quote_json(s, list[i]);
		pen_char(s, '\n');
	}
}

enum pith_status render_front_matter(const struct document *d, struct buf *out,
				     struct err *err)
{
	struct pen s = {out, err, PITH_OK};
	const struct metadata *meta = d->meta;

	pen_text(&s, "---\n");
	put_line(&s, "url", meta->url);
	put_line(&s, "canonical", meta->canonical);
	for (unsigned i = 0; i < MEMBERS; i++) {
		put_line(&s, members[i].name, member(meta, i));
		if (i == 0)
			put_sequence(&s, "authors", meta->authors,
				     meta->author_count);
	}
	put_sequence(&s, "tags", meta->tags, meta->tag_count);
	put_line(&s, "origin", from_c(d->origin));
	pen_text(&s, "---\n");
	return s.status;
}
