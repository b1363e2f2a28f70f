/* SPDX-License-Identifier: MIT
 *
 * jsonld.c: finds the thing a page is about among the objects of its JSON-LD.
 *
 *   scripts ─ mend ─ parse ─> roots ─ walk ─> things, best first by
 *                                             type, then by depth, then order
 */
#include "meta/jsonld.h"

#include <string.h>

#include "meta/clean.h"
#include "meta/json_mend.h"
#include "meta/json_tree.h"

enum {
	THINGS_MAX = 4000, /* objects and arrays visited */
	OTHERS_MAX = 8,	   /* things beside the best that fill gaps */
	NAMES_MAX = 16	   /* authors, tags of a thing */
};

/* An object or array met on the walk. */
struct thing {
	const struct json_node *json;
	uint8_t rank; /* how likely the page is about it; 0: it is not */
	bool listed;  /* inside a list of other pages */
};

struct walk {
	struct arena *arena;
	const struct json_node *roots[JSON_ROOTS_MAX];
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

static bool is_kind(const struct json_node *v, enum node_kind kind)
{
	return v != NULL && v->kind == kind;
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
static uint8_t rank_of(const struct json_node *object, const char **kind)
{
	const struct json_node *type = json_member(object, "@type");
	uint8_t best = 0;

	*kind = NULL;
	if (!is_kind(type, NODE_ARRAY))
		return rank_of_name(json_text(type), kind);
	type = type->first;
	for (size_t i = 0; type != NULL && i < NAMES_MAX; i++) {
		const char *k;
		uint8_t rank = rank_of_name(json_text(type), &k);

		if (rank > best) {
			best = rank;
			*kind = k;
		}
		type = type->next;
	}
	return best;
}

static bool is_type(const struct json_node *object, const char *name)
{
	const struct json_node *type = json_member(object, "@type");

	if (is_kind(type, NODE_ARRAY))
		type = type->first;
	return str_equal(json_text(type), (struct str){name, strlen(name)});
}

static enum pith_status push(struct walk *w, const struct json_node *json,
			     bool listed)
{
	const char *kind;

	if ((!is_kind(json, NODE_OBJECT) && !is_kind(json, NODE_ARRAY)) ||
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

static bool is_list_key(struct str key)
{
	return json_key_is_of(key, lists, sizeof(lists) / sizeof(lists[0]));
}

static enum pith_status walk_all(struct walk *w)
{
	enum pith_status status = PITH_OK;

	for (size_t i = 0; i < w->root_count && !status; i++)
		status = push(w, w->roots[i], false);
	for (size_t i = 0; i < w->count && !status; i++) {
		const struct json_node *json = w->things[i].json;
		bool is_array = json->kind == NODE_ARRAY;

		for (const struct json_node *v = json->first;
		     v != NULL && !status; v = v->next)
			status = push(w, v,
				      w->things[i].listed ||
					  (!is_array && is_list_key(v->key)));
	}
	return status;
}

/* The object with an @id that says more than that. */
static const struct json_node *find_id(const struct walk *w, struct str id)
{
	for (size_t i = 0; id.len > 0 && i < w->count; i++) {
		const struct json_node *o = w->things[i].json;

		if (o->kind == NODE_OBJECT && o->count > 1 &&
		    str_equal(json_text(o->id), id))
			return o;
	}
	return NULL;
}

/* A string: of itself, of an object's name, url or @id, of an array's first
 * element. */
static struct str text_of(const struct walk *w, const struct json_node *v,
			  const char *key)
{
	const struct json_node *other;

	for (int i = 0; i < 4 && v != NULL && !is_kind(v, NODE_STRING); i++) {
		if (is_kind(v, NODE_ARRAY)) {
			v = v->first;
			continue;
		}
		if (json_member(v, key) == NULL) {
			other = find_id(w, json_text(json_member(v, "@id")));
			v = other != NULL ? json_member(other, key)
					  : json_member(v, "@value");
			continue;
		}
		v = json_member(v, key);
	}
	return json_text(v);
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
				  const struct json_node *v)
{
	enum pith_status status = PITH_OK;
	bool many = is_kind(v, NODE_ARRAY);
	const struct json_node *one = many ? v->first : v;

	for (size_t i = 0; one != NULL && i < NAMES_MAX && !status; i++) {
		size_t before = c->count;
		const struct json_node *other = NULL;

		status = add(c, field, source, text_of(w, one, "name"));
		if (is_kind(one, NODE_OBJECT) && one->count <= 1)
			other = find_id(w, json_text(json_member(one, "@id")));
		if (c->count > before)
			c->list[before].person =
			    is_type(other ? other : one, "Person");
		one = many ? one->next : NULL;
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
				 const struct json_node *thing,
				 enum source source)
{
	struct str body =
	    text_of(w, json_member(thing, "articleBody"), "@value");

	if (body.len == 0)
		body = text_of(w, json_member(thing, "text"), "@value");
	if (body.len == 0)
		return PITH_OK;
	return candidate_add(c, FIELD_BODY, source, NO_ELEM, body);
}

static enum pith_status add_thing(const struct walk *w, struct candidates *c,
				  const struct json_node *thing,
				  enum source source)
{
	unsigned seen = 0;
	const char *kind;
	enum pith_status status;

	(void)rank_of(thing, &kind);
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		const struct json_node *v = json_member(thing, members[i].key);
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
	status =
	    add_names(w, c, FIELD_AUTHOR, source, json_member(thing, "author"));
	if (status == PITH_OK && json_member(thing, "author") == NULL)
		status = add_names(w, c, FIELD_AUTHOR, source,
				   json_member(thing, "creator"));
	if (status == PITH_OK)
		status = add_names(w, c, FIELD_TAG, source,
				   json_member(thing, "keywords"));
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
			status = add(
			    c, FIELD_SITE, SOURCE_JSONLD_OTHER,
			    text_of(w, json_member(t->json, "name"), "@value"));
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
		const struct json_node *root;

		status = json_tree(w->arena, roots.roots[i], &root);
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
	return status;
}
