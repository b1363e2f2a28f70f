/* SPDX-License-Identifier: MIT
 *
 * jsonld.c: finds the thing a page is about among the objects of its JSON-LD.
 *
 *   scripts ─ mend ─ parse ─> roots ─ walk ─> things, best first by
 *                                             type, then by depth, then order
 */
#include "meta/jsonld.h"

#include <jansson.h>
#include <string.h>

#include "meta/clean.h"
#include "meta/json_mend.h"

enum {
	THINGS_MAX = 4000, /* objects and arrays visited */
	OTHERS_MAX = 8,	   /* things beside the best that fill gaps */
	NAMES_MAX = 16	   /* authors, tags of a thing */
};

/* An object or array met on the walk. */
struct thing {
	const json_t *json;
	uint8_t rank; /* how likely the page is about it; 0: it is not */
	bool listed;  /* inside a list of other pages */
};

struct walk {
	struct arena *arena;
	json_t *roots[JSON_ROOTS_MAX];
	size_t root_count;
	struct thing *things; /* breadth first */
	size_t count, cap;
};

/* Types by the end of their name; the first that fits counts. */
static const struct {
	const char *end;
	uint8_t rank;
	const char *kind; /* FIELD_TYPE */
} types[] = {
    {"Article", 9, "article"},
    {"SocialMediaPosting", 9, "article"},
    {"BlogPosting", 9, "article"},
    {"DiscussionForumPosting", 9, "forum"},
    {"LiveBlogPosting", 9, "article"},
    {"JobPosting", 8, "job"},
    {"Report", 8, "article"},
    {"Recipe", 8, "recipe"},
    {"Review", 4, "review"},
    {"Question", 7, "forum"},
    {"QAPage", 3, "forum"},
    {"HowTo", 6, "article"},
    {"Product", 6, "product"},
    {"Course", 6, "course"},
    {"Event", 6, "event"},
    {"Book", 6, "book"},
    {"Movie", 6, "video"},
    {"Episode", 6, "audio"},
    {"VideoObject", 4, "video"},
    {"CreativeWork", 4, "article"},
    {"Service", 4, "service"},
    {"ItemPage", 3, "page"},
    {"AboutPage", 3, "page"},
    {"ContactPage", 3, "page"},
    {"CollectionPage", 3, "collection"},
    {"WebPage", 3, "page"},
};

/* Keys whose value is about other pages. */
static const char *const lists[] = {
    "itemListElement", "hasPart",	 "isPartOf",	"blogPost",
    "blogPosts",       "mentions",	 "citation",	"relatedLink",
    "breadcrumb",      "comment",	 "review",	"suggestedAnswer",
    "acceptedAnswer",  "liveBlogUpdate", "isRelatedTo", "subjectOf",
};

static struct str json_str(const json_t *s)
{
	return json_is_string(s)
		   ? (struct str){json_string_value(s), json_string_length(s)}
		   : (struct str){NULL, 0};
}

static uint8_t rank_of_name(struct str name, const char **kind)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		size_t n = strlen(types[i].end);

		if (name.data != NULL && name.len >= n &&
		    !memcmp(name.data + name.len - n, types[i].end, n)) {
			*kind = types[i].kind;
			return types[i].rank;
		}
	}
	return 0;
}

/* Rank of an object by its @type, or the best of several. */
static uint8_t rank_of(const json_t *object, const char **kind)
{
	const json_t *type = json_object_get(object, "@type");
	uint8_t best = 0;

	*kind = NULL;
	if (!json_is_array(type))
		return rank_of_name(json_str(type), kind);
	for (size_t i = 0; i < json_array_size(type) && i < NAMES_MAX; i++) {
		const char *k;
		uint8_t rank =
		    rank_of_name(json_str(json_array_get(type, i)), &k);
		if (rank > best) {
			best = rank;
			*kind = k;
		}
	}
	return best;
}

static bool is_type(const json_t *object, const char *name)
{
	const json_t *type = json_object_get(object, "@type");

	if (json_is_array(type))
		type = json_array_get(type, 0);
	return str_equal(json_str(type), (struct str){name, strlen(name)});
}

static enum pith_status push(struct walk *w, const json_t *json, bool listed)
{
	const char *kind;

	if ((!json_is_object(json) && !json_is_array(json)) ||
	    w->count >= THINGS_MAX)
		return PITH_OK;
	if (w->count == w->cap) {
		w->things =
		    arena_grow(w->arena, w->things, w->count, w->count + 1,
			       sizeof(*w->things), &w->cap);
		if (w->things == NULL)
			return arena_status(w->arena);
	}
	w->things[w->count++] =
	    (struct thing){json, rank_of(json, &kind), listed};
	return PITH_OK;
}

static bool is_list_key(const char *key)
{
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		if (!strcmp(key, lists[i]))
			return true;
	return false;
}

static enum pith_status walk_all(struct walk *w)
{
	enum pith_status status = PITH_OK;

	for (size_t i = 0; i < w->root_count && !status; i++)
		status = push(w, w->roots[i], false);
	for (size_t i = 0; i < w->count && !status; i++) {
		const json_t *json = w->things[i].json;
		bool listed = w->things[i].listed;
		const char *key;
		json_t *value;
		size_t k;

		if (json_is_array(json)) {
			json_array_foreach(json, k, value) if (!status) status =
			    push(w, value, listed);
			continue;
		}
		json_object_foreach((json_t *)json, key, value) if (!status)
		    status = push(w, value, listed || is_list_key(key));
	}
	return status;
}

/* The object with an @id that says more than that. */
static const json_t *find_id(const struct walk *w, struct str id)
{
	for (size_t i = 0; id.len > 0 && i < w->count; i++) {
		const json_t *o = w->things[i].json;

		if (json_object_size(o) > 1 &&
		    str_equal(json_str(json_object_get(o, "@id")), id))
			return o;
	}
	return NULL;
}

/* A string: of itself, of an object's name, url or @id, of an array's first
 * element. */
static struct str text_of(const struct walk *w, const json_t *v,
			  const char *key)
{
	const json_t *other;

	for (int i = 0; i < 4 && v != NULL && !json_is_string(v); i++) {
		if (json_is_array(v)) {
			v = json_array_get(v, 0);
			continue;
		}
		if (json_object_get(v, key) == NULL) {
			other = find_id(w, json_str(json_object_get(v, "@id")));
			v = other != NULL ? json_object_get(other, key)
					  : json_object_get(v, "@value");
			continue;
		}
		v = json_object_get(v, key);
	}
	return json_str(v);
}

static enum pith_status add(struct candidates *c, enum field field,
			    enum source source, struct str s)
{
	struct str text;

	if (s.len == 0)
		return PITH_OK;
	text = clean_line(c->arena, s,
			  field == FIELD_DESCRIPTION ? CLEAN_TEXT : CLEAN_LINE);
	if (text.data == NULL)
		return arena_status(c->arena);
	return candidate_add(c, field, source, NO_ELEM, text);
}

/* One name, or each of an array. */
static enum pith_status add_names(const struct walk *w, struct candidates *c,
				  enum field field, enum source source,
				  const json_t *v)
{
	enum pith_status status = PITH_OK;
	size_t n = json_is_array(v) ? json_array_size(v) : 1;

	for (size_t i = 0; i < n && i < NAMES_MAX && !status; i++) {
		const json_t *one = json_is_array(v) ? json_array_get(v, i) : v;
		size_t before = c->count;
		const json_t *other = NULL;

		if (one == NULL)
			continue;
		status = add(c, field, source, text_of(w, one, "name"));
		if (json_is_object(one) && json_object_size(one) <= 1)
			other =
			    find_id(w, json_str(json_object_get(one, "@id")));
		if (c->count > before)
			c->list[before].person =
			    is_type(other ? other : one, "Person");
	}
	return status;
}

/* Where a thing's members go; the first that is there wins, in this order. */
static const struct {
	const char *key;
	uint8_t field;	 /* enum field */
	const char *sub; /* of an object that stands for the string */
} members[] = {
    {"headline", FIELD_TITLE, "name"},
    {"name", FIELD_TITLE, "name"},
    {"datePublished", FIELD_PUBLISHED, "@value"},
    {"dateCreated", FIELD_PUBLISHED, "@value"},
    {"uploadDate", FIELD_PUBLISHED, "@value"},
    {"datePosted", FIELD_PUBLISHED, "@value"},
    {"dateModified", FIELD_MODIFIED, "@value"},
    {"description", FIELD_DESCRIPTION, "name"},
    {"image", FIELD_IMAGE, "url"},
    {"thumbnailUrl", FIELD_IMAGE, "url"},
    {"publisher", FIELD_SITE, "name"},
    {"inLanguage", FIELD_LANGUAGE, "name"},
    {"license", FIELD_LICENSE, "url"},
};

static enum pith_status add_body(struct candidates *c, const struct walk *w,
				 const json_t *thing, enum source source)
{
	struct str body =
	    text_of(w, json_object_get(thing, "articleBody"), "@value");

	if (body.len == 0)
		body = text_of(w, json_object_get(thing, "text"), "@value");
	if (body.len == 0)
		return PITH_OK;
	body = arena_copy(c->arena, body);
	if (body.data == NULL)
		return arena_status(c->arena);
	return candidate_add(c, FIELD_BODY, source, NO_ELEM, body);
}

static enum pith_status add_thing(const struct walk *w, struct candidates *c,
				  const json_t *thing, enum source source)
{
	unsigned seen = 0;
	const char *kind;
	enum pith_status status;

	(void)rank_of(thing, &kind);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const json_t *v = json_object_get(thing, members[i].key);
		size_t before = c->count;

		if (v == NULL || seen & 1u << members[i].field)
			continue;
		status = add(c, (enum field)members[i].field, source,
			     text_of(w, v, members[i].sub));
		if (status != PITH_OK)
			return status;
		if (c->count > before)
			seen |= 1u << members[i].field;
	}
	status = add_names(w, c, FIELD_AUTHOR, source,
			   json_object_get(thing, "author"));
	if (status == PITH_OK && json_object_get(thing, "author") == NULL)
		status = add_names(w, c, FIELD_AUTHOR, source,
				   json_object_get(thing, "creator"));
	if (status == PITH_OK)
		status = add_names(w, c, FIELD_TAG, source,
				   json_object_get(thing, "keywords"));
	if (status == PITH_OK)
		status = add_body(c, w, thing, source);
	if (status == PITH_OK && kind != NULL)
		status = candidate_add(c, FIELD_TYPE, source, NO_ELEM,
				       (struct str){kind, strlen(kind)});
	return status;
}

/* The best thing is the page's own; of the others, those that are not about
 * other pages may fill gaps. */
static enum pith_status add_all(const struct walk *w, struct candidates *c)
{
	const struct thing *best = NULL;
	enum pith_status status = PITH_OK;
	unsigned others = 0;

	for (size_t i = 0; i < w->count; i++) {
		const struct thing *t = &w->things[i];

		if (t->rank > 0 && !t->listed &&
		    (best == NULL || t->rank > best->rank))
			best = t;
	}
	if (best != NULL)
		status = add_thing(w, c, best->json, SOURCE_JSONLD);
	for (size_t i = 0; i < w->count && status == PITH_OK; i++) {
		const struct thing *t = &w->things[i];

		if (t->listed || t == best)
			continue;
		if (is_type(t->json, "WebSite"))
			status =
			    add(c, FIELD_SITE, SOURCE_JSONLD_OTHER,
				text_of(w, json_object_get(t->json, "name"),
					"@value"));
		else if (t->rank > 0 && others++ < OTHERS_MAX)
			status = add_thing(w, c, t->json, SOURCE_JSONLD_OTHER);
	}
	return status;
}

static enum pith_status load(struct walk *w, struct str script)
{
	struct json_roots roots;
	enum pith_status status = json_mend(w->arena, script, &roots);

	for (size_t i = 0; i < roots.count && status == PITH_OK &&
			   w->root_count < JSON_ROOTS_MAX;
	     i++) {
		json_t *root =
		    json_loadb(roots.roots[i].data, roots.roots[i].len,
			       JSON_DISABLE_EOF_CHECK, NULL);

		if (root != NULL)
			w->roots[w->root_count++] = root;
	}
	return status;
}

enum pith_status jsonld_read(struct candidates *c, const struct str *scripts,
			     size_t count)
{
	struct walk w = {.arena = c->arena};
	enum pith_status status = PITH_OK;

	for (size_t i = 0; i < count && status == PITH_OK; i++)
		status = load(&w, scripts[i]);
	if (status == PITH_OK)
		status = walk_all(&w);
	if (status == PITH_OK)
		status = add_all(&w, c);
	for (size_t i = 0; i < w.root_count; i++)
		json_decref(w.roots[i]);
	return status;
}
