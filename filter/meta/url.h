/* SPDX-License-Identifier: MIT
 *
 * url.h: addresses in a page, resolved against where it came from and made
 * safe to print. Included by meta/, render/ and pith.c. */
#ifndef META_URL_H
#define META_URL_H

#include "base/arena.h"
#include "base/str.h"

enum {
	URL_MAX = 8192 /* bytes; a longer address is refused */
};

/* Resolve a reference as RFC 3986 says (5.2), with what browsers forgive:
 * white space around it, line ends and tabs in it, backslashes for slashes.
 * base may be empty; a relative reference then stays relative.
 *
 * In *out: ASCII but for the letters of a host name, without spaces, double
 * quotes, angle brackets or control characters, and with nothing invisible, all
 * of which is percent-encoded; in the arena, ended by NUL. Empty (data NULL)
 * where the reference is refused: its scheme is not http, https or mailto, or
 * it is longer than URL_MAX. */
enum pith_status url_resolve(struct arena *arena, struct str base,
			     struct str reference,
			     struct str *out) PITH_CHECKED;

/* Where a URL's parts are; a part that is missing has data NULL. */
struct url {
	struct str scheme, authority, path, query, fragment;
};

/* Take a URL or reference apart (RFC 3986, appendix B). */
struct url url_split(struct str s);

/* The host of an http or https URL without "www.", user and port; empty if
 * there is none. */
struct str url_host(struct str s);

#endif
