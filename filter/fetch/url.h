/* SPDX-License-Identifier: MIT
 *
 * url.h: URLs in the one form that requests, records and the state use. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_URL_H
#define FETCH_URL_H

#include "base/str.h"
#include "fetch/fault.h"

/* Longer ones are traps, not pages; with their NUL. */
#define URL_MAX_BYTES 8192

/* A URL: absolute, http or https, ASCII, without fragment, default port and
 * credentials; the host in lower case. Free with url_free.
 *
 *     http://example.org:8080/path?query
 *            ^ host     ^ host + host_len
 *                            ^ origin_len: the path as robots.txt sees it */
struct url {
	char *text; /* owned; ended by a NUL; NULL is no URL */
	unsigned short host, host_len, origin_len;
};

/* Read text, ended by a NUL, relative to base (or NULL). PITH_FAILED for what
 * is no fetchable URL. */
enum pith_status url_parse(const char *text, const char *base, struct url *out,
			   struct fault *f) PITH_CHECKED;

void url_free(struct url *url);

/* The host name; IPv6 in brackets. */
static inline struct str url_host(const struct url *url)
{
	return (struct str){url->text + url->host, url->host_len};
}

/* scheme://host[:port] */
static inline struct str url_origin(const struct url *url)
{
	return (struct str){url->text, url->origin_len};
}

static inline bool url_is_https(const struct url *url)
{
	return url->text[4] == 's';
}

#endif
