/* SPDX-License-Identifier: MIT
 *
 * thin_known.h: the inputs for which thin's blocks may be others than Gumbo's,
 * by the contract in page/thin.h. Included by thin_diff_fuzz.c only. */
#ifndef TESTS_FUZZ_THIN_KNOWN_H
#define TESTS_FUZZ_THIN_KNOWN_H

#include <string.h>

#include "../equal.h"

static bool has_svg(const char *html, size_t len)
{
	return equal_contains((struct str){html, len}, "<svg");
}

/* By contract: formatting leaks out of a template that has one of these in it,
 * and thin drops it with the template; formatting elements that differ in
 * attributes only are alike; and a font that ends SVG or MathML, which takes an
 * attribute, is like none that follows. */
static bool leaks(const char *html, size_t len)
{
	static const char *const markers[] = {"<object", "<applet", "<marquee",
					      "<td",	 "<th",	    "<caption"};

	if (memmem(html, len, "<font c", 7) != NULL &&
	    (memmem(html, len, "<font>", 6) != NULL || has_svg(html, len) ||
	     memmem(html, len, "<math", 5) != NULL))
		return true;
	if (memmem(html, len, "<template", 9) == NULL)
		return false;
	for (size_t i = 0; i < sizeof(markers) / sizeof(markers[0]); i++)
		if (memmem(html, len, markers[i], strlen(markers[i])) != NULL)
			return true;
	return false;
}

/* By contract, too: in SVG and MathML what follows the name of an end tag does
 * not belong to it. */
static bool ends_foreign(const char *html, size_t len)
{
	const char *p = html, *end = html + len;

	if (!has_svg(html, len) && memmem(html, len, "<math", 5) == NULL)
		return false;
	while ((p = memmem(p, (size_t)(end - p), "</", 2)) != NULL) {
		p += 2;
		if (p == end || !ascii_alpha(*p))
			continue; /* a comment */
		while (p < end && *p != '>')
			if (memchr(" \t\n\f\r/", *p++, 6) != NULL)
				return true;
	}
	return false;
}

/* Does a comment begin at "<"? So does what is none, as "<?" and "</3". */
static bool begins_comment(const char *p, const char *end)
{
	return p[1] == '!' || p[1] == '?' ||
	       (p[1] == '/' && p + 2 < end && !ascii_alpha(p[2]));
}

/* By contract, too: a comment is dropped, and Gumbo forgets formatting for text
 * of MathML in a table that stands before one. */
static bool forgets(const char *html, size_t len)
{
	const char *p = html + strlen("<!DOCTYPE html>"), *end = html + len;

	if (memmem(html, len, "<math", 5) == NULL ||
	    memmem(html, len, "<t", 2) == NULL)
		return false;
	while (p + 1 < end && (p = memchr(p, '<', (size_t)(end - p - 1)))) {
		if (begins_comment(p++, end))
			return true;
	}
	return false;
}

/* Does a tag begin at "<" that is nothing outside of tables? */
static bool is_stray(const char *p, const char *end)
{
	static const char *const tags[] = {"caption", "col",  "frame", "head",
					   "html",    "body", "tbody", "td",
					   "tfoot",   "th",   "tr",    "!doc"};

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		size_t n = strlen(tags[i]);

		if ((size_t)(end - p) > n && strncmp(p + 1, tags[i], n) == 0)
			return true;
	}
	return false;
}

/* The next tag behind the one that begins at p, but for stray ones, or NULL. */
static const char *next_tag(const char *p, const char *end)
{
	do {
		p = memchr(p, '>', (size_t)(end - p));
		if (p != NULL)
			p = memchr(p, '<', (size_t)(end - p));
	} while (p != NULL && is_stray(p, end));
	return p;
}

/* By contract, too: where eight elements stand in a formatting one, Gumbo takes
 * the text before the tag that closes it for a part of it if a comment stands
 * between, or in the text. */
static bool leaves_text(const char *html, size_t len)
{
	enum { AROUND = 8 };
	const char *p = html + strlen("<!DOCTYPE html>"), *end = html + len;
	unsigned starts = 0;

	while (p + 1 < end && (p = memchr(p, '<', (size_t)(end - p - 1)))) {
		const char *next;

		starts += ascii_alpha(p[1]);
		next = starts > AROUND && begins_comment(p, end)
			   ? next_tag(p, end)
			   : NULL;
		if (next != NULL && end - next > 2 &&
		    memchr("/an", next[1], 3) != NULL)
			return true;
		p++;
	}
	return false;
}

/* By contract, too: an end tag of SVG closes no more than eight of these. */
static bool nests_foreign(const char *html, size_t len)
{
	static const char *const tags[] = {"<desc", "<title", "<foreignobject"};
	struct str page = {html, len};
	unsigned count = 0;

	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++) {
		struct str tag = {tags[i], strlen(tags[i])};

		for (size_t at = 0;
		     (at = str_find_nocase(page, tag, at)) != SIZE_MAX; at++)
			count++;
	}
	return count > 8 && has_svg(html, len);
}

/* Gumbo 0.10 may abort at a select of SVG or MathML. */
static bool aborts(const char *html, size_t len)
{
	return memmem(html, len, "<select", 7) != NULL &&
	       (has_svg(html, len) || memmem(html, len, "<math", 5) != NULL);
}

/* A frameset takes the place of a body, and of the MathML that misled Gumbo
 * there. */
static bool hides_math(const char *html, size_t len)
{
	struct str page = {html, len};

	return equal_contains(page, "<math") &&
	       equal_contains(page, "<frameset");
}

/* By contract, too: it takes these for HTML's, and thin drops them. An input
 * of 400 pieces makes no tree that is too deep for this. */
static bool misleads(const GumboNode *node)
{
	const GumboElement *e = &node->v.element;

	if (node->type != GUMBO_NODE_ELEMENT &&
	    node->type != GUMBO_NODE_TEMPLATE)
		return false;
	if (e->tag_namespace != GUMBO_NAMESPACE_HTML)
		switch (e->tag) {
		case GUMBO_TAG_CAPTION:
		case GUMBO_TAG_COLGROUP:
		case GUMBO_TAG_FRAMESET:
		case GUMBO_TAG_HTML:
		case GUMBO_TAG_TBODY:
		case GUMBO_TAG_TD:
		case GUMBO_TAG_TEMPLATE:
		case GUMBO_TAG_TFOOT:
		case GUMBO_TAG_TH:
		case GUMBO_TAG_THEAD:
		case GUMBO_TAG_TR:
			return true;
		default:
			break;
		}
	for (unsigned i = 0; i < e->children.length; i++)
		if (misleads(e->children.data[i]))
			return true;
	return false;
}

/* Is the page, cleaned, one of those that Gumbo's tree need not be compared
 * for? */
static bool is_known(const char *html, size_t len)
{
	/* Gumbo takes "</>" into the name of the tag behind it, and aborts at
	 * text behind CDATA in a table. */
	return memmem(html, len, "</>", 3) != NULL ||
	       (memmem(html, len, "<![CDATA[", 9) != NULL &&
		memmem(html, len, "<t", 2) != NULL) ||
	       leaks(html, len) || ends_foreign(html, len) ||
	       forgets(html, len) || leaves_text(html, len) ||
	       nests_foreign(html, len) || hides_math(html, len) ||
	       aborts(html, len);
}

#endif
