/* SPDX-License-Identifier: MIT
 *
 * meta.c: gathers candidates, has the best chosen, makes addresses absolute. */
#include "meta/meta.h"

#include <string.h>

#include "meta/choose.h"
#include "meta/clean.h"
#include "meta/gather.h"
#include "meta/jsonld.h"
#include "meta/url.h"

/* og:type and JSON-LD's kinds as words of ours. */
static const struct {
	const char *says, *type;
} kinds[] = {
    {"article", "article"}, {"blog", "article"},
    {"news", "article"},    {"forum", "forum"},
    {"product", "product"}, {"recipe", "recipe"},
    {"video", "video"},	    {"music", "audio"},
    {"audio", "audio"},	    {"book", "book"},
    {"job", "job"},	    {"event", "event"},
    {"course", "course"},   {"review", "review"},
    {"service", "service"}, {"collection", "collection"},
    {"profile", "profile"}, {"website", "page"},
    {"page", "page"},
};

/* The first candidate by the order of sources given. */
static struct str first_of(const struct candidates *c, enum field field,
			   const enum source *order, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct candidate *k = candidate_first(c, field, order[i]);

		if (k != NULL)
			return k->text;
	}
	return (struct str){NULL, 0};
}

#define FIRST_OF(c, field, ...)                                                \
	first_of(c, field, (const enum source[]){__VA_ARGS__},                 \
		 sizeof((const enum source[]){__VA_ARGS__}) /                  \
		     sizeof(enum source))

/* The address that links are relative to: that of the first base element with
 * a usable href, itself relative to the page's. */
static enum pith_status read_base(struct arena *arena, const struct page *page,
				  struct metadata *out)
{
	out->base = out->url;
	for (uint32_t e = 0; e < page->elem_count; e++) {
		struct str href, base;
		enum pith_status status;

		if (page->elems[e].tag != TAG_BASE)
			continue;
		href = elem_attr(&page->elems[e], ATTR_HREF);
		if (href.data == NULL)
			continue; /* a target alone */
		status = url_resolve(arena, out->url, href, &base);
		if (status == PITH_OK && base.len > 0 && url_host(base).len > 0)
			out->base = base;
		return status;
	}
	return PITH_OK;
}

/* An absolute http or https address, or nothing. */
static enum pith_status resolve(struct arena *arena, struct str base,
				struct str s, struct str *out)
{
	enum pith_status status = PITH_OK;

	*out = (struct str){NULL, 0};
	if (s.len > 0)
		status = url_resolve(arena, base, s, out);
	if (url_host(*out).len == 0)
		*out = (struct str){NULL, 0};
	return status;
}

/* "en_US" as "en-US"; nothing that is no language tag. */
static enum pith_status read_language(struct arena *arena, struct str s,
				      struct str *out)
{
	struct str copy;
	char *data;

	*out = (struct str){NULL, 0};
	for (size_t i = 0; i < s.len; i++)
		if (s.data[i] == ',' || s.data[i] == ' ')
			s.len = i;
	if (s.len < 2 || s.len > 35)
		return PITH_OK;
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_alpha(s.data[i]) &&
		    (i < 2 || (!ascii_digit(s.data[i]) && s.data[i] != '-' &&
			       s.data[i] != '_')))
			return PITH_OK;
	copy = arena_copy(arena, s);
	if (copy.data == NULL)
		return arena_status(arena);
	data = (char *)copy.data;
	for (size_t i = 0; i < copy.len; i++)
		if (data[i] == '_')
			data[i] = '-';
	*out = copy;
	return PITH_OK;
}

static enum pith_status add_tag(struct metadata *out, struct arena *arena,
				struct str s)
{
	struct str tag = clean_line(arena, str_trim(s), CLEAN_LINE);

	if (tag.data == NULL)
		return arena_status(arena);
	if (tag.len == 0 || tag.len > 100 || out->tag_count == META_TAGS_MAX)
		return PITH_OK;
	for (size_t i = 0; i < out->tag_count; i++)
		if (str_equal_nocase(out->tags[i], tag))
			return PITH_OK;
	out->tags[out->tag_count++] = tag;
	return PITH_OK;
}

/* A link to a licence, or what else names one. */
static enum pith_status read_license(const struct candidates *c,
				     struct metadata *out)
{
	const struct candidate *link =
	    candidate_first(c, FIELD_LICENSE, SOURCE_LINK);
	enum pith_status status = PITH_OK;

	if (link != NULL)
		status =
		    resolve(c->arena, out->base, link->text, &out->license);
	if (out->license.len == 0)
		out->license = FIRST_OF(c, FIELD_LICENSE, SOURCE_JSONLD,
					SOURCE_DUBLIN_CORE, SOURCE_META);
	return status;
}

/* Tags, also several in one value with commas between. */
static enum pith_status read_tags(const struct candidates *c,
				  struct metadata *out)
{
	enum pith_status status = PITH_OK;

	out->tags = arena_calloc(c->arena, META_TAGS_MAX, sizeof(*out->tags));
	if (out->tags == NULL)
		return arena_status(c->arena);
	for (size_t i = 0; i < c->count && status == PITH_OK; i++) {
		struct str s = c->list[i].text;
		size_t from = 0;

		if (c->list[i].field != FIELD_TAG)
			continue;
		for (size_t k = 0; k <= s.len && status == PITH_OK; k++)
			if (k == s.len || s.data[k] == ',' ||
			    s.data[k] == ';') {
				status = add_tag(
				    out, c->arena,
				    (struct str){s.data + from, k - from});
				from = k + 1;
			}
	}
	return status;
}

static struct str read_type(const struct candidates *c)
{
	struct str s = FIRST_OF(c, FIELD_TYPE, SOURCE_JSONLD, SOURCE_OPENGRAPH,
				SOURCE_JSONLD_OTHER);

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (str_find_nocase(
			s, (struct str){kinds[i].says, strlen(kinds[i].says)},
			0) != SIZE_MAX)
			return (struct str){kinds[i].type,
					    strlen(kinds[i].type)};
	return (struct str){NULL, 0};
}

static enum pith_status write_date(struct arena *arena, const struct date *d,
				   struct str *out)
{
	char *data = arena_alloc(arena, DATE_TEXT);

	if (data == NULL)
		return arena_status(arena);
	*out = (struct str){data, date_write(d, data)};
	return PITH_OK;
}

/* The fields that need more than the first of an order. */
static enum pith_status choose_all(struct arena *arena, const struct page *page,
				   const struct candidates *c, int64_t now,
				   struct metadata *out)
{
	struct choice choice = {.page = page,
				.candidates = c,
				.host = url_host(out->url),
				.path = url_split(out->url).path,
				.sitename = out->sitename,
				.heading = c->heading,
				.now = now};
	struct date published, modified;
	enum pith_status status = choose_title(&choice, &out->title);

	if (status == PITH_OK)
		status = choose_authors(&choice, out);
	choose_dates(&choice, &published, &modified);
	if (status == PITH_OK)
		status = write_date(arena, &published, &out->published);
	if (status == PITH_OK)
		status = write_date(arena, &modified, &out->modified);
	return status;
}

static enum pith_status gather(struct candidates *c, const struct page *page)
{
	enum pith_status status = jsonld_read(c, page->data, page->data_count);

	if (status == PITH_OK)
		status = gather_head(c, page);
	if (status == PITH_OK)
		status = gather_visible(c, page);
	return status;
}

enum pith_status meta_read(struct arena *arena, const struct page *page,
			   struct str url, int64_t now, struct metadata *out)
{
	struct candidates c = {.arena = arena, .heading = gather_heading(page)};
	enum pith_status status;

	*out = (struct metadata){.url = url};
	status = read_base(arena, page, out);
	if (status == PITH_OK)
		status = gather(&c, page);
	if (status != PITH_OK)
		return status;
	out->sitename =
	    FIRST_OF(&c, FIELD_SITE, SOURCE_OPENGRAPH, SOURCE_JSONLD_OTHER,
		     SOURCE_JSONLD, SOURCE_DUBLIN_CORE);
	out->description =
	    FIRST_OF(&c, FIELD_DESCRIPTION, SOURCE_META, SOURCE_OPENGRAPH,
		     SOURCE_JSONLD, SOURCE_TWITTER, SOURCE_DUBLIN_CORE);
	out->body =
	    FIRST_OF(&c, FIELD_BODY, SOURCE_JSONLD, SOURCE_JSONLD_OTHER);
	out->type = read_type(&c);
	status = read_language(arena, page->language, &out->language);
	if (status == PITH_OK && out->language.len == 0)
		status = read_language(arena,
				       FIRST_OF(&c, FIELD_LANGUAGE, SOURCE_META,
						SOURCE_OPENGRAPH, SOURCE_JSONLD,
						SOURCE_DUBLIN_CORE),
				       &out->language);
	if (status == PITH_OK)
		status = resolve(arena, out->base,
				 FIRST_OF(&c, FIELD_CANONICAL, SOURCE_LINK,
					  SOURCE_OPENGRAPH),
				 &out->canonical);
	if (status == PITH_OK)
		status = resolve(arena, out->base,
				 FIRST_OF(&c, FIELD_IMAGE, SOURCE_OPENGRAPH,
					  SOURCE_TWITTER, SOURCE_JSONLD,
					  SOURCE_LINK),
				 &out->image);
	if (status == PITH_OK)
		status = read_license(&c, out);
	if (status == PITH_OK)
		status = read_tags(&c, out);
	if (status == PITH_OK)
		status = choose_all(arena, page, &c, now, out);
	return status;
}
