/* SPDX-License-Identifier: MIT
 *
 * gather_head.c: candidates from elements that exist to say something of the
 * page. */
#include <string.h>

#include "meta/clean.h"
#include "meta/gather.h"

enum {
	INNER_MAX = 64, /* elements looked at inside an author */
	OUTER_MAX = 40	/* elements looked at around one */
};

/* Names of meta elements (name, property or itemprop) in lower case. */
static const struct {
	const char *name;
	uint8_t field, source;
} names[] = {
    {"application-name", FIELD_SITE, SOURCE_META},
    {"article.published", FIELD_PUBLISHED, SOURCE_META},
    {"article.updated", FIELD_MODIFIED, SOURCE_META},
    {"article:author", FIELD_AUTHOR, SOURCE_OPENGRAPH},
    {"article:modified_time", FIELD_MODIFIED, SOURCE_OPENGRAPH},
    {"article:published", FIELD_PUBLISHED, SOURCE_OPENGRAPH},
    {"article:published_date", FIELD_PUBLISHED, SOURCE_OPENGRAPH},
    {"article:published_time", FIELD_PUBLISHED, SOURCE_OPENGRAPH},
    {"article:tag", FIELD_TAG, SOURCE_OPENGRAPH},
    {"article_author", FIELD_AUTHOR, SOURCE_META},
    {"article_date_original", FIELD_PUBLISHED, SOURCE_META},
    {"author", FIELD_AUTHOR, SOURCE_META},
    {"authors", FIELD_AUTHOR, SOURCE_META},
    {"byl", FIELD_AUTHOR, SOURCE_META},
    {"byline", FIELD_AUTHOR, SOURCE_META},
    {"citation_author", FIELD_AUTHOR, SOURCE_META},
    {"citation_date", FIELD_PUBLISHED, SOURCE_META},
    {"citation_publication_date", FIELD_PUBLISHED, SOURCE_META},
    {"citation_title", FIELD_TITLE, SOURCE_META},
    {"copyright", FIELD_LICENSE, SOURCE_META},
    {"cxenseparse:recs:publishtime", FIELD_PUBLISHED, SOURCE_META},
    {"date", FIELD_PUBLISHED, SOURCE_META},
    {"date_published", FIELD_PUBLISHED, SOURCE_META},
    {"datecreated", FIELD_PUBLISHED, SOURCE_MICRODATA},
    {"datemodified", FIELD_MODIFIED, SOURCE_MICRODATA},
    {"datepublished", FIELD_PUBLISHED, SOURCE_MICRODATA},
    {"dc.creator", FIELD_AUTHOR, SOURCE_DUBLIN_CORE},
    {"dc.date", FIELD_PUBLISHED, SOURCE_DUBLIN_CORE},
    {"dc.date.created", FIELD_PUBLISHED, SOURCE_DUBLIN_CORE},
    {"dc.date.issued", FIELD_PUBLISHED, SOURCE_DUBLIN_CORE},
    {"dc.date.modified", FIELD_MODIFIED, SOURCE_DUBLIN_CORE},
    {"dc.description", FIELD_DESCRIPTION, SOURCE_DUBLIN_CORE},
    {"dc.language", FIELD_LANGUAGE, SOURCE_DUBLIN_CORE},
    {"dc.publisher", FIELD_SITE, SOURCE_DUBLIN_CORE},
    {"dc.rights", FIELD_LICENSE, SOURCE_DUBLIN_CORE},
    {"dc.subject", FIELD_TAG, SOURCE_DUBLIN_CORE},
    {"dc.title", FIELD_TITLE, SOURCE_DUBLIN_CORE},
    {"dcterms.created", FIELD_PUBLISHED, SOURCE_DUBLIN_CORE},
    {"dcterms.creator", FIELD_AUTHOR, SOURCE_DUBLIN_CORE},
    {"dcterms.date", FIELD_PUBLISHED, SOURCE_DUBLIN_CORE},
    {"dcterms.description", FIELD_DESCRIPTION, SOURCE_DUBLIN_CORE},
    {"dcterms.issued", FIELD_PUBLISHED, SOURCE_DUBLIN_CORE},
    {"dcterms.license", FIELD_LICENSE, SOURCE_DUBLIN_CORE},
    {"dcterms.modified", FIELD_MODIFIED, SOURCE_DUBLIN_CORE},
    {"dcterms.title", FIELD_TITLE, SOURCE_DUBLIN_CORE},
    {"description", FIELD_DESCRIPTION, SOURCE_META},
    {"headline", FIELD_TITLE, SOURCE_MICRODATA},
    {"keywords", FIELD_TAG, SOURCE_META},
    {"last-modified", FIELD_MODIFIED, SOURCE_META},
    {"lastmod", FIELD_MODIFIED, SOURCE_META},
    {"news_keywords", FIELD_TAG, SOURCE_META},
    {"og:article:modified_time", FIELD_MODIFIED, SOURCE_OPENGRAPH},
    {"og:article:published_time", FIELD_PUBLISHED, SOURCE_OPENGRAPH},
    {"og:author", FIELD_AUTHOR, SOURCE_OPENGRAPH},
    {"og:description", FIELD_DESCRIPTION, SOURCE_OPENGRAPH},
    {"og:image", FIELD_IMAGE, SOURCE_OPENGRAPH},
    {"og:image:secure_url", FIELD_IMAGE, SOURCE_OPENGRAPH},
    {"og:image:url", FIELD_IMAGE, SOURCE_OPENGRAPH},
    {"og:locale", FIELD_LANGUAGE, SOURCE_OPENGRAPH},
    {"og:pubdate", FIELD_PUBLISHED, SOURCE_OPENGRAPH},
    {"og:site_name", FIELD_SITE, SOURCE_OPENGRAPH},
    {"og:title", FIELD_TITLE, SOURCE_OPENGRAPH},
    {"og:type", FIELD_TYPE, SOURCE_OPENGRAPH},
    {"og:updated_time", FIELD_MODIFIED, SOURCE_OPENGRAPH},
    {"og:url", FIELD_CANONICAL, SOURCE_OPENGRAPH},
    {"originalpublicationdate", FIELD_PUBLISHED, SOURCE_META},
    {"parsely-author", FIELD_AUTHOR, SOURCE_META},
    {"parsely-pub-date", FIELD_PUBLISHED, SOURCE_META},
    {"parsely-title", FIELD_TITLE, SOURCE_META},
    {"pubdate", FIELD_PUBLISHED, SOURCE_META},
    {"publication_date", FIELD_PUBLISHED, SOURCE_META},
    {"publish-date", FIELD_PUBLISHED, SOURCE_META},
    {"publish_date", FIELD_PUBLISHED, SOURCE_META},
    {"publishdate", FIELD_PUBLISHED, SOURCE_META},
    {"published-date", FIELD_PUBLISHED, SOURCE_META},
    {"published_at", FIELD_PUBLISHED, SOURCE_META},
    {"release_date", FIELD_PUBLISHED, SOURCE_META},
    {"revised", FIELD_MODIFIED, SOURCE_META},
    {"rights", FIELD_LICENSE, SOURCE_META},
    {"sailthru.author", FIELD_AUTHOR, SOURCE_META},
    {"sailthru.date", FIELD_PUBLISHED, SOURCE_META},
    {"sailthru.title", FIELD_TITLE, SOURCE_META},
    {"thumbnail", FIELD_IMAGE, SOURCE_TWITTER},
    {"title", FIELD_TITLE, SOURCE_META},
    {"twitter:description", FIELD_DESCRIPTION, SOURCE_TWITTER},
    {"twitter:image", FIELD_IMAGE, SOURCE_TWITTER},
    {"twitter:image:src", FIELD_IMAGE, SOURCE_TWITTER},
    {"twitter:title", FIELD_TITLE, SOURCE_TWITTER},
    {"updated", FIELD_MODIFIED, SOURCE_META},
};

/* itemprop of elements that are no meta: the text of the element. */
static const struct {
	const char *name;
	uint8_t field;
} props[] = {
    {"author", FIELD_AUTHOR},		{"creator", FIELD_AUTHOR},
    {"datecreated", FIELD_PUBLISHED},	{"datemodified", FIELD_MODIFIED},
    {"datepublished", FIELD_PUBLISHED}, {"headline", FIELD_TITLE},
};

static enum pith_status add(struct candidates *c, enum field field,
			    enum source source, uint32_t e, struct str s)
{
	struct str text;

	if (s.len == 0)
		return PITH_OK;
	text = clean_line(c->arena, s,
			  field == FIELD_DESCRIPTION ? CLEAN_TEXT : CLEAN_LINE);
	if (text.data == NULL)
		return arena_status(c->arena);
	return candidate_add(c, field, source, e, text);
}

static int find_name(struct str name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (names[i].name[0] == ascii_lower(name.data[0]) &&
		    str_equal_nocase(
			(struct str){names[i].name, strlen(names[i].name)},
			name))
			return (int)i;
	return -1;
}

/* "Example, Ann E." is Ann E. Example in libraries' records. */
static enum pith_status add_inverted(struct candidates *c, enum source source,
				     uint32_t e, struct str s)
{
	const char *comma = s.len > 0 ? memchr(s.data, ',', s.len) : NULL;
	size_t first, last;
	char *data;

	if (comma == NULL || s.len > CLEAN_LINE ||
	    memchr(comma + 1, ',', s.len - (size_t)(comma + 1 - s.data)))
		return add(c, FIELD_AUTHOR, source, e, s);
	last = (size_t)(comma - s.data);
	first = s.len - last - 1;
	data = arena_alloc(c->arena, s.len + 1);
	if (data == NULL)
		return arena_status(c->arena);
	memcpy(data, comma + 1, first);
	data[first] = ' ';
	memcpy(data + first + 1, s.data, last);
	return add(c, FIELD_AUTHOR, source, e,
		   (struct str){data, first + 1 + last});
}

static enum pith_status read_meta(struct candidates *c, const struct elem *m,
				  uint32_t e)
{
	static const enum attr keys[] = {ATTR_PROPERTY, ATTR_NAME,
					 ATTR_ITEMPROP, ATTR_HTTP_EQUIV};
	struct str content = elem_attr(m, ATTR_CONTENT);

	for (size_t k = 0; k < sizeof(keys) / sizeof(keys[0]); k++) {
		struct str name = str_trim(elem_attr(m, keys[k]));
		int i;

		if (name.len == 0)
			continue;
		if (keys[k] == ATTR_HTTP_EQUIV) {
			if (str_equal_nocase(name, STR("content-language")))
				return add(c, FIELD_LANGUAGE, SOURCE_META, e,
					   content);
			continue;
		}
		i = find_name(name);
		if (i >= 0 && names[i].field == FIELD_AUTHOR &&
		    (names[i].source == SOURCE_DUBLIN_CORE ||
		     str_equal_nocase(name, STR("citation_author"))))
			return add_inverted(c, (enum source)names[i].source, e,
					    content);
		if (i >= 0)
			return add(c, (enum field)names[i].field,
				   (enum source)names[i].source, e, content);
	}
	return PITH_OK;
}

static bool has_token(struct str list, struct str token)
{
	for (size_t at = 0; (at = str_find_nocase(list, token, at)) != SIZE_MAX;
	     at += token.len) {
		size_t end = at + token.len;

		if ((at == 0 || ascii_space(list.data[at - 1])) &&
		    (end == list.len || ascii_space(list.data[end])))
			return true;
	}
	return false;
}

static enum pith_status read_link(struct candidates *c, const struct elem *m,
				  uint32_t e)
{
	struct str rel = elem_attr(m, ATTR_REL);
	struct str href = elem_attr(m, ATTR_HREF);

	if (has_token(rel, STR("canonical")))
		return add(c, FIELD_CANONICAL, SOURCE_LINK, e, href);
	if (has_token(rel, STR("license")) || has_token(rel, STR("copyright")))
		return add(c, FIELD_LICENSE, SOURCE_LINK, e, href);
	if (has_token(rel, STR("image_src")))
		return add(c, FIELD_IMAGE, SOURCE_LINK, e, href);
	return PITH_OK;
}

/* Is e inside something about another page: a comment, a list of links? */
static bool is_of_another(const struct page *page, uint32_t e)
{
	for (int i = 0; e != NO_ELEM && i < OUTER_MAX; i++) {
		const struct elem *m = &page->elems[e];
		struct str type = elem_attr(m, ATTR_ITEMTYPE);
		struct str prop = elem_attr(m, ATTR_ITEMPROP);

		if (str_find_nocase(type, STR("comment"), 0) != SIZE_MAX ||
		    str_find_nocase(type, STR("review"), 0) != SIZE_MAX ||
		    str_find_nocase(prop, STR("comment"), 0) != SIZE_MAX)
			return true;
		e = m->parent;
	}
	return false;
}

/* The name of the person that e is, or e. */
static uint32_t find_inner_name(const struct page *page, uint32_t e)
{
	uint32_t end = page->elems[e].end;

	for (uint32_t k = e + 1; k < end && k < e + INNER_MAX; k++)
		if (has_token(elem_attr(&page->elems[k], ATTR_ITEMPROP),
			      STR("name")))
			return k;
	return e;
}

static enum pith_status read_prop(struct candidates *c, const struct page *page,
				  uint32_t e)
{
	const struct elem *m = &page->elems[e];
	struct str prop = elem_attr(m, ATTR_ITEMPROP), text;
	enum pith_status status;
	size_t before = c->count;

	for (size_t i = 0; i < sizeof(props) / sizeof(props[0]); i++) {
		struct str name = {props[i].name, strlen(props[i].name)};

		if (!has_token(prop, name) || is_of_another(page, e))
			continue;
		text = elem_attr(m, ATTR_CONTENT);
		if (text.len == 0)
			text = elem_attr(m, ATTR_DATETIME);
		if (text.len == 0 && props[i].field == FIELD_AUTHOR) {
			uint32_t name_of = find_inner_name(page, e);

			text = elem_attr(&page->elems[name_of], ATTR_CONTENT);
			e = name_of;
		}
		if (text.len == 0)
			text = gather_text(c->arena, page, e, CLEAN_LINE);
		if (text.data == NULL)
			return arena_status(c->arena);
		if (text.len == 0)
			return PITH_OK;
		status = add(c, (enum field)props[i].field, SOURCE_MICRODATA, e,
			     text);
		if (c->count > before)
			c->list[before].person = true;
		return status;
	}
	return PITH_OK;
}

enum pith_status gather_head(struct candidates *c, const struct page *page)
{
	enum pith_status status =
	    add(c, FIELD_TITLE, SOURCE_TITLE, NO_ELEM, page->title);

	for (uint32_t e = 0; e < page->elem_count && status == PITH_OK; e++) {
		const struct elem *m = &page->elems[e];

		if (m->attr_count == 0)
			continue;
		if (m->tag == TAG_META)
			status = read_meta(c, m, e);
		else if (m->tag == TAG_LINK ||
			 (m->tag == TAG_A &&
			  has_token(elem_attr(m, ATTR_REL), STR("license"))))
			status = read_link(c, m, e);
		else if (elem_attr(m, ATTR_ITEMPROP).len > 0)
			status = read_prop(c, page, e);
	}
	return status;
}
