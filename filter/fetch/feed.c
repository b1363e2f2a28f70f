/* SPDX-License-Identifier: MIT
 *
 * feed.c: feeds in XML, by expat, and the choice between XML and JSON. The
 * only file that includes expat.h. Part of filter/fetch/.
 *
 *   content ─ gunzip ─> piece ─ expat, stopped at the end of each item ─> item
 */
#include "fetch/feed.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "fetch/gzip.h"

#define PIECE	  16384
#define MAX_TEXT  8192 /* of a URL or a date */
#define MAX_DEPTH 200

/* What an element is to us. */
enum role { OTHER, ITEM, INDEX_ITEM, URL_TEXT, ID_TEXT, LINK, STAMP };

/* Elements by local name and the format they belong to, which the namespace
 * tells. Atom's <link> in an RSS item is no link of the item. */
enum format { RSS = 1, ATOM = 2, SITEMAP = 4 };

static const struct {
	const char *name;
	int formats;
	enum role role;
} elements[] = {
    {"item", RSS, ITEM},	 {"entry", ATOM, ITEM},
    {"url", SITEMAP, ITEM},	 {"sitemap", SITEMAP, INDEX_ITEM},
    {"link", RSS, URL_TEXT},	 {"loc", SITEMAP, URL_TEXT},
    {"guid", RSS, ID_TEXT},	 {"link", ATOM, LINK},
    {"lastmod", SITEMAP, STAMP}, {"updated", ATOM, STAMP},
};

static const struct {
	const char *uri;
	int formats;
} namespaces[] = {
    {"", RSS | ATOM | SITEMAP}, /* none given: judge by the name */
    {"http://purl.org/rss/1.0/", RSS},
    {"http://my.netscape.com/rdf/simple/0.9/", RSS},
    {"http://www.w3.org/2005/Atom", ATOM},
    {"http://purl.org/atom/ns#", ATOM},
    {"http://www.sitemaps.org/schemas/sitemap/0.9", SITEMAP},
    {"https://www.sitemaps.org/schemas/sitemap/0.9", SITEMAP},
    {"http://www.google.com/schemas/sitemap/0.84", SITEMAP},
    {"http://www.google.com/schemas/sitemap/0.9", SITEMAP},
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* A text of an item. */
struct text {
	char bytes[MAX_TEXT];
	size_t len;
	bool full; /* it was longer, and counts as absent */
};

struct feed_reader {
	XML_Parser xml;
	struct feed_json *json;
	struct gunzip gunzip;
	struct str rest; /* of the content */
	bool packed;
	bool paused; /* expat stands at the end of an item */
	bool last;   /* expat has all of it */
	bool broken;
	size_t left; /* bytes that may still come */
	int depth;
	int item_depth;	 /* 0 outside an item */
	int item_format; /* its own, or all outside an item */
	bool index;	 /* the item is a sitemap of an index */
	bool permalink;	 /* its guid may stand for its link */
	struct text link, id, stamp;
	struct text *target; /* of character data */
	int target_depth;
	char *unpacked; /* JSON that came as gzip */
};

/* The role of an element among the formats of mask; *format tells which. */
static enum role role_of(const char *name, int mask, int *format)
{
	const char *sep = strrchr(name, '\n');
	const char *local = sep ? sep + 1 : name;
	size_t uri_len = sep ? (size_t)(sep - name) : 0;
	int formats = 0;

	for (size_t i = 0; i < COUNT(namespaces); i++)
		if (strlen(namespaces[i].uri) == uri_len &&
		    !strncmp(name, namespaces[i].uri, uri_len))
			formats = namespaces[i].formats;
	for (size_t i = 0; i < COUNT(elements); i++)
		if ((elements[i].formats & formats & mask) &&
		    !strcmp(local, elements[i].name)) {
			*format = elements[i].formats;
			return elements[i].role;
		}
	return OTHER;
}

static const char *attribute(const char **pairs, const char *name)
{
	for (; *pairs != NULL; pairs += 2)
		if (!strcmp(pairs[0], name))
			return pairs[1];
	return NULL;
}

static void add_text(struct text *t, const char *s, size_t n)
{
	if (n >= MAX_TEXT - t->len)
		t->full = true;
	if (t->full)
		return;
	memcpy(t->bytes + t->len, s, n);
	t->len += n;
}

static void begin_text(struct feed_reader *r, struct text *t)
{
	t->len = 0;
	t->full = false;
	r->target = t;
	r->target_depth = r->depth;
}

/* <link href=… rel=…> of Atom, or, in a feed without namespaces, of RSS. */
static void take_link(struct feed_reader *r, const char **pairs)
{
	const char *href = attribute(pairs, "href");
	const char *rel = attribute(pairs, "rel");

	if (href == NULL || r->link.len > 0 ||
	    (rel != NULL && strcmp(rel, "alternate") != 0))
		return;
	add_text(&r->link, href, strlen(href));
}

static void XMLCALL on_start(void *arg, const char *name, const char **pairs)
{
	struct feed_reader *r = arg;
	int format = 0;
	enum role role = role_of(name, r->item_format, &format);
	const char *permalink;

	if (++r->depth > MAX_DEPTH) {
		r->broken = true;
		XML_StopParser(r->xml, XML_FALSE);
		return;
	}
	if (r->item_depth == 0) {
		if (role != ITEM && role != INDEX_ITEM)
			return;
		r->item_depth = r->depth;
		r->item_format = format;
		r->index = role == INDEX_ITEM;
		r->permalink = true;
		r->link.len = r->id.len = r->stamp.len = 0;
		r->link.full = r->id.full = r->stamp.full = false;
		return;
	}
	if (r->depth != r->item_depth + 1)
		return;
	if (role == URL_TEXT && attribute(pairs, "href"))
		role = LINK;
	if (role == URL_TEXT && r->link.len == 0) {
		begin_text(r, &r->link);
	} else if (role == LINK) {
		take_link(r, pairs);
	} else if (role == STAMP) {
		begin_text(r, &r->stamp);
	} else if (role == ID_TEXT) {
		permalink = attribute(pairs, "isPermaLink");
		r->permalink = !permalink || strcmp(permalink, "false") != 0;
		begin_text(r, &r->id);
	}
}

static void XMLCALL on_text(void *arg, const char *s, int n)
{
	struct feed_reader *r = arg;

	if (r->target != NULL && r->depth == r->target_depth)
		add_text(r->target, s, (size_t)n);
}

/* Trim and end with NUL; "" if it was too long. */
static const char *finished(struct text *t)
{
	struct str s = str_trim((struct str){t->bytes, t->full ? 0 : t->len});

	t->bytes[s.len ? (size_t)(s.data - t->bytes) + s.len : 0] = '\0';
	return s.len ? s.data : t->bytes;
}

static void XMLCALL on_end(void *arg, const char *name)
{
	struct feed_reader *r = arg;

	(void)name;
	if (r->target != NULL && r->depth == r->target_depth)
		r->target = NULL;
	if (r->depth-- != r->item_depth)
		return;
	r->item_depth = 0;
	r->item_format = RSS | ATOM | SITEMAP;
	if (*finished(&r->link) == '\0' && r->permalink)
		r->link = r->id;
	if (*finished(&r->link) == '\0')
		return;
	r->paused = true;
	XML_StopParser(r->xml, XML_TRUE);
}

/* Feeds come in encodings that expat does not know. Only URLs and dates are
 * read, which are ASCII, and no encoding of the web has "<" or "&" as part of
 * a longer character: any other byte may stand for any other character. */
static int XMLCALL on_encoding(void *arg, const char *name, XML_Encoding *info)
{
	(void)arg;
	(void)name;
	for (int i = 0; i < 256; i++)
		info->map[i] = i < 128 ? i : 0xfffd;
	info->data = NULL;
	info->convert = NULL;
	info->release = NULL;
	return XML_STATUS_OK;
}

/* The next piece of the content, decompressed. */
static enum pith_status next_piece(struct feed_reader *r, char *out, size_t *n,
				   struct fault *f)
{
	enum pith_status status = PITH_OK;

	*n = 0;
	if (!r->packed) {
		*n = r->rest.len < PIECE ? r->rest.len : PIECE;
		memcpy(out, r->rest.data, *n);
		r->rest.data += *n;
		r->rest.len -= *n;
	} else {
		while (*n == 0 && r->rest.len > 0 && status != PITH_FAILED &&
		       status != PITH_FATAL)
			status =
			    gunzip_read(&r->gunzip, &r->rest, out, PIECE, n, f);
		if (status == PITH_FAILED || status == PITH_FATAL)
			return status;
	}
	if (*n > r->left)
		return fault_set(f, FETCH_REFUSED, "feed is too large");
	r->left -= *n;
	return PITH_OK;
}

/* All of a packed JSON Feed, which jansson wants in one piece. */
static enum pith_status unpack(struct feed_reader *r, struct str *text,
			       struct fault *f)
{
	size_t cap = 0, len = 0, n;

	do {
		enum pith_status status;

		if (cap - len < PIECE) {
			char *more = realloc(r->unpacked, cap + 16 * PIECE);

			if (more == NULL)
				return fault_memory(f);
			r->unpacked = more;
			cap += 16 * PIECE;
		}
		status = next_piece(r, r->unpacked + len, &n, f);
		if (status != PITH_OK)
			return status;
		len += n;
	} while (n > 0);
	*text = (struct str){r->unpacked, len};
	return PITH_OK;
}

/* The first byte that is not white space or a byte order mark. */
static enum pith_status first_byte(struct str content, char *c, bool packed,
				   struct fault *f)
{
	char room[256];
	struct gunzip g = {0};
	enum pith_status status = PITH_OK;
	size_t n = 0;

	*c = '\0';
	if (packed) {
		status = gunzip_read(&g, &content, room, sizeof(room), &n, f);
		gunzip_free(&g);
		content = (struct str){room, n};
		if (status == PITH_FAILED || status == PITH_FATAL)
			return status;
	}
	if (content.len >= 3 && !memcmp(content.data, "\xef\xbb\xbf", 3)) {
		content.data += 3;
		content.len -= 3;
	}
	content = str_trim(content);
	if (content.len > 0)
		*c = content.data[0];
	return PITH_OK;
}

static enum pith_status make_parser(struct feed_reader *r, struct fault *f)
{
	r->xml = XML_ParserCreateNS(NULL, '\n');
	if (r->xml == NULL)
		return fault_memory(f);
	XML_SetUserData(r->xml, r);
	XML_SetElementHandler(r->xml, on_start, on_end);
	XML_SetCharacterDataHandler(r->xml, on_text);
	XML_SetUnknownEncodingHandler(r->xml, on_encoding, NULL);
	/* Feeds use entities of HTML without declaring them; with this, expat
	 * skips what it does not know. */
	XML_UseForeignDTD(r->xml, XML_TRUE);
	return PITH_OK;
}

enum pith_status feed_open(struct feed_reader **out, struct str content,
			   size_t limit, struct fault *f)
{
	struct feed_reader *r = calloc(1, sizeof(*r));
	enum pith_status status;
	char first = '\0';

	*out = NULL;
	if (r == NULL)
		return fault_memory(f);
	r->left = limit;
	r->item_format = RSS | ATOM | SITEMAP;
	r->rest = content;
	r->packed = content.len > 2 && !memcmp(content.data, "\x1f\x8b", 2);
	status = first_byte(content, &first, r->packed, f);
	if (status == PITH_OK && first == '{') {
		if (r->packed)
			status = unpack(r, &content, f);
		if (status == PITH_OK)
			status = feed_json_open(&r->json, content, f);
	} else if (status == PITH_OK) {
		status = make_parser(r, f);
	}
	if (status != PITH_OK) {
		feed_close(r);
		return status;
	}
	*out = r;
	return PITH_OK;
}

static enum pith_status damaged(struct feed_reader *r, struct fault *f)
{
	enum XML_Error code = XML_GetErrorCode(r->xml);

	r->broken = true;
	if (code == XML_ERROR_NO_MEMORY)
		return fault_memory(f);
	return fault_set(f, FETCH_REFUSED, "feed line %lu: %s",
			 (unsigned long)XML_GetCurrentLineNumber(r->xml),
			 code == XML_ERROR_ABORTED ? "nested too deep"
						   : XML_ErrorString(code));
}

enum pith_status feed_next(struct feed_reader *r, struct feed_item *item,
			   struct fault *f)
{
	enum XML_Status parsed;
	enum pith_status status;

	if (r->json != NULL)
		return feed_json_next(r->json, item);
	if (r->broken)
		return PITH_EOF;
	for (;;) {
		if (r->paused) {
			r->paused = false;
			parsed = XML_ResumeParser(r->xml);
		} else {
			char *room;
			size_t n;

			if (r->last)
				return PITH_EOF;
			room = XML_GetBuffer(r->xml, PIECE);
			if (room == NULL)
				return fault_memory(f);
			status = next_piece(r, room, &n, f);
			if (status != PITH_OK) {
				r->broken = true;
				return status;
			}
			r->last = n == 0;
			parsed = XML_ParseBuffer(r->xml, (int)n, r->last);
		}
		if (parsed == XML_STATUS_ERROR)
			return damaged(r, f);
		if (r->paused) {
			*item = (struct feed_item){
			    finished(&r->link), finished(&r->stamp), r->index};
			return PITH_OK;
		}
	}
}

void feed_close(struct feed_reader *r)
{
	if (r == NULL)
		return;
	if (r->xml != NULL)
		XML_ParserFree(r->xml);
	feed_json_close(r->json);
	gunzip_free(&r->gunzip);
	free(r->unpacked);
	free(r);
}
