/* SPDX-License-Identifier: MIT
 *
 * url.c: takes addresses apart, resolves them and encodes what is unsafe. */
#include "meta/url.h"

#include <string.h>

#include "base/utf8.h"

struct url url_split(struct str s)
{
	struct url u = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
	const char *p = s.data ? s.data : "", *end = p + s.len, *q = p;

	while (q < end && (ascii_alpha(*q) || ascii_digit(*q) || *q == '+' ||
			   *q == '-' || *q == '.'))
		q++;
	if (q > p && q < end && *q == ':' && ascii_alpha(*p)) {
		u.scheme = (struct str){p, (size_t)(q - p)};
		p = q + 1;
	}
	if (end - p >= 2 && p[0] == '/' && p[1] == '/') {
		for (q = p += 2;
		     q < end && *q != '/' && *q != '?' && *q != '#';)
			q++;
		u.authority = (struct str){p, (size_t)(q - p)};
		p = q;
	}
	for (q = p; q < end && *q != '?' && *q != '#';)
		q++;
	u.path = (struct str){p, (size_t)(q - p)};
	if (q < end && *q == '?') {
		for (p = ++q; q < end && *q != '#';)
			q++;
		u.query = (struct str){p, (size_t)(q - p)};
	}
	if (q < end && *q == '#')
		u.fragment = (struct str){q + 1, (size_t)(end - q - 1)};
	return u;
}

struct str url_host(struct str s)
{
	struct url u = url_split(s);
	struct str host = u.authority;

	if (!str_equal_nocase(u.scheme, STR("http")) &&
	    !str_equal_nocase(u.scheme, STR("https")))
		return (struct str){NULL, 0};
	for (size_t i = host.len; i > 0; i--)
		if (host.data[i - 1] == '@') {
			host.data += i;
			host.len -= i;
			break;
		}
	for (size_t i = 0; i < host.len; i++)
		if (host.data[i] == ':')
			host.len = i;
	if (host.len > 4 &&
	    str_equal_nocase((struct str){host.data, 4}, STR("www."))) {
		host.data += 4;
		host.len -= 4;
	}
	return host;
}

/* A string in work, of a size known to suffice. */
struct writer {
	char *data;
	size_t len;
};

static void put(struct writer *w, const char *s, size_t n)
{
	if (n > 0)
		memcpy(w->data + w->len, s, n);
	w->len += n;
}

/* Bytes at s that a URL, and Markdown and HTML around it, can hold as they
 * are; 0 where one is to be encoded. A host may keep its letters, and brackets,
 * which are for addresses of version 6. */
static size_t plain_bytes(const char *s, size_t len, bool host)
{
	uint32_t c = (unsigned char)*s;
	size_t n;

	if (c < 0x80)
		return c > 0x20 && c < 0x7f &&
		       strchr("\"<>\\^`{|}", (int)c) == NULL &&
		       (host || (c != '[' && c != ']'));
	n = utf8_decode(s, len, &c);
	return host && utf8_is_word(c) && !utf8_is_unprintable(c) ? n : 0;
}

/* A part; what must not stand there is percent-encoded. */
static void put_encoded(struct writer *w, struct str s, bool host)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.len;) {
		unsigned char c = (unsigned char)s.data[i];
		char code[3] = {'%', hex[c >> 4], hex[c & 15]};
		size_t n = plain_bytes(s.data + i, s.len - i, host);

		put(w, n > 0 ? s.data + i : code, n > 0 ? n : sizeof(code));
		i += n > 0 ? n : 1;
	}
}

/* Remove "." and ".." from the path at from (RFC 3986, 5.2.4), in place. */
static void remove_dots(struct writer *w, size_t from)
{
	const char *in = w->data + from, *end = w->data + w->len;
	char *out = w->data + from;
	const char *first = out;

	while (in < end) {
		const char *slash = memchr(in + 1, '/', (size_t)(end - in - 1));
		size_t n = (size_t)((slash ? slash : end) - in);

		if ((n == 2 && !memcmp(in, "/.", 2)) ||
		    (n == 3 && !memcmp(in, "/..", 3))) {
			if (n == 3)
				while (out > first && *--out != '/')
					;
			if (slash == NULL)
				*out++ = '/';
		} else {
			memmove(out, in, n);
			out += n;
		}
		in += n;
	}
	w->len = (size_t)(out - w->data);
}

/* RFC 3986, 5.2.3: the base's path up to its last slash, and the path. */
static void put_merged(struct writer *w, const struct url *base,
		       struct str path)
{
	size_t n = base->path.len;

	while (n > 0 && base->path.data[n - 1] != '/')
		n--;
	if (n == 0 && base->authority.data != NULL)
		put(w, "/", 1);
	put_encoded(w, (struct str){base->path.data, n}, false);
	put_encoded(w, path, false);
}

/* A path that has no scheme or host before it must not look as if it had: it
 * keeps its dots ("/.//x" is no host), and a colon in its first segment has a
 * "./" before it (RFC 3986, 4.2). */
static void keep_relative(struct writer *w)
{
	for (size_t i = 0; i < w->len && w->data[i] != '/'; i++)
		if (w->data[i] == ':') {
			memmove(w->data + 2, w->data, w->len);
			memcpy(w->data, "./", 2);
			w->len += 2;
			return;
		}
}

static void compose(struct writer *w, const struct url *base,
		    const struct url *ref)
{
	const struct url *top = ref->scheme.data ? ref : base;
	const struct url *site = top == ref || ref->authority.data ? ref : base;
	struct str query = ref->query;
	size_t path;

	if (top->scheme.data != NULL) {
		for (size_t i = 0; i < top->scheme.len; i++) {
			char c = ascii_lower(top->scheme.data[i]);
			put(w, &c, 1);
		}
		put(w, ":", 1);
	}
	if (site->authority.data != NULL) {
		put(w, "//", 2);
		put_encoded(w, site->authority, true);
	}
	path = w->len;
	if (site == ref || (ref->path.len > 0 && ref->path.data[0] == '/')) {
		put_encoded(w, ref->path, false);
	} else if (ref->path.len == 0) {
		put_encoded(w, base->path, false);
		if (query.data == NULL)
			query = base->query;
	} else {
		put_merged(w, base, ref->path);
	}
	/* behind "mailto:" dots are kept: without them "/.//x" were a host */
	if (path == 0)
		keep_relative(w);
	else if (site->authority.data != NULL && w->len > path)
		remove_dots(w, path);
	if (query.data != NULL) {
		put(w, "?", 1);
		put_encoded(w, query, false);
	}
	if (ref->fragment.data != NULL) {
		put(w, "#", 1);
		put_encoded(w, ref->fragment, false);
	}
}

static bool scheme_is_web(struct str scheme)
{
	return str_equal_nocase(scheme, STR("http")) ||
	       str_equal_nocase(scheme, STR("https"));
}

/* What a browser does before it parses: trim, drop tabs and line ends, turn
 * backslashes of the path. Invisible characters at either end go too. */
static struct str tidy(struct arena *arena, struct str s)
{
	char *data = arena_alloc(arena, s.len + 1);
	size_t n = 0;
	bool path = true;

	if (data == NULL)
		return (struct str){NULL, 0};
	while (s.len > 0 && (unsigned char)s.data[0] <= 0x20) {
		s.data++;
		s.len--;
	}
	while (s.len > 0 && (unsigned char)s.data[s.len - 1] <= 0x20)
		s.len--;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.data[i];

		if (c == '\t' || c == '\n' || c == '\r')
			continue;
		if (c == '?' || c == '#')
			path = false;
		data[n++] = path && c == '\\' ? '/' : c;
	}
	data[n] = '\0';
	return (struct str){data, n};
}

/* Take a reference apart; any number of slashes before a host are two, as for
 * browsers. */
static struct url split_reference(struct str s)
{
	struct url u = url_split(s), after;
	const char *end = s.data + s.len, *host = u.authority.data;

	if (host == NULL || u.authority.len > 0)
		return u;
	while (host < end && *host == '/')
		host++;
	after = url_split((struct str){host - 2, (size_t)(end - host) + 2});
	after.scheme = u.scheme;
	return after;
}

enum pith_status url_resolve(struct arena *arena, struct str base,
			     struct str reference, struct str *out)
{
	struct url b = url_split(base), r;
	struct writer w = {NULL, 0};
	struct str scheme;

	*out = (struct str){NULL, 0};
	if (reference.len > URL_MAX || base.len > URL_MAX)
		return PITH_OK;
	if (b.scheme.data != NULL && !scheme_is_web(b.scheme))
		b = (struct url){.path = {NULL, 0}}; /* a file, an archive */
	reference = tidy(arena, reference);
	if (reference.data == NULL)
		return arena_status(arena);
	r = split_reference(reference);
	scheme = r.scheme.data ? r.scheme : b.scheme;
	if (scheme.data != NULL && !scheme_is_web(scheme) &&
	    !(str_equal_nocase(scheme, STR("mailto")) && r.path.len > 0))
		return PITH_OK;
	if (r.authority.data != NULL && r.authority.len == 0)
		return PITH_OK; /* "///" and no host */
	if (scheme_is_web(scheme) && r.scheme.data != NULL &&
	    r.authority.len == 0) {
		if (b.authority.data == NULL ||
		    !str_equal_nocase(r.scheme, b.scheme))
			return PITH_OK; /* "http:" and no host */
		r.scheme = r.authority = (struct str){NULL, 0};
	}
	w.data = arena_alloc(arena, 3 * (reference.len + base.len) + 16);
	if (w.data == NULL)
		return arena_status(arena);
	compose(&w, &b, &r);
	w.data[w.len] = '\0';
	*out = (struct str){w.data, w.len};
	return PITH_OK;
}
