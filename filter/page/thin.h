/* SPDX-License-Identifier: MIT
 *
 * thin.h: markup in, less markup out, as it streams: what no later stage reads
 * is cut before Gumbo sees it, and text steps aside. Included by pith.c,
 * parse.c and block.c only.
 *
 * Input is what charset hands on. Output has two parts:
 *
 *   markup  <div class="x">⟨1⟩<a href="/y">⟨2⟩</a> &amp;⟨3⟩</div>
 *   runs    1 → "Some text, with    spaces "   2 → "a link"   3 → " more"
 *
 * ⟨n⟩ is one character, U+F0000 + n for n < 65534, then U+100000 + n - 65534
 * up to 131067: the private planes 15 and 16, which pages use for icons only
 * and which never reach a text (block drops them); where a page's own would
 * reach the markup, a soft hyphen takes their place. White space at the start
 * of a text stays in the markup, as one space where no pre can be open.
 * Character references stay in the markup. Texts of under 5 bytes stay, and
 * all once the stand-ins are used up. Values of attributes step aside in the
 * same way, in a list of their own: thin_value finds them.
 *
 * The blocks of a page are the same with and without thin, but for this:
 *
 *  - attributes no stage reads; style without "none" or "hidden"; data: URLs;
 *    values beyond 4 KiB, class and id beyond 512 bytes; what stands in a tag
 *    after max_token bytes or max_attrs attributes; the class of code, once a
 *    page has had 16 different ones
 *  - formatting elements keep nothing that would make two of a kind distinct,
 *    so the parser keeps at most three alike open; but a font that ends SVG or
 *    MathML keeps a sign of the attribute that makes it do so
 *  - elements beyond max_depth, and formatting elements beyond 48 open at one
 *    place, are dropped with their end tags; text in them stays
 *  - formatting elements that nobody closes are closed once they have been
 *    opened anew more than 4096 times and once per 16 bytes of page
 *  - formatting elements of a template do not leak out of it
 *  - isindex is dropped; a value that is nothing but a reference to a
 *    character of the private planes is empty
 *  - a self-closed iframe, noembed, noframes, title or textarea is empty, as
 *    XML tools mean it, and does not swallow the rest of the page
 *  - a table ends a paragraph also on pages in quirks mode, whose doctype is
 *    old or missing: where formatting and SVG or MathML are open in it, what
 *    follows may be taken for theirs or not
 *  - where an end tag of SVG closes more than 8 desc inside, or title, or
 *    foreignObject, the others stay open
 *  - a select, td, template or the like of MathML, and elements in it, are
 *    dropped: where a table ends inside, Gumbo 0.10 takes it for HTML's, and
 *    may abort. So it takes those of SVG, which thin drops in any case
 *  - CDATA of MathML in a table or template is dropped: Gumbo aborts where
 *    text follows it there
 *  - Gumbo leaves formatting out where text of MathML in a table stands before
 *    a comment; comments are dropped
 *  - where formatting with eight or more special elements in it is closed,
 *    Gumbo takes the text before for its own if a comment stands between
 *    or in it
 *  - Gumbo takes "</>" into the name of the next tag; in SVG and MathML takes
 *    all of an end tag for its name, so that "</svg >" ends none; and, told to
 *    keep no errors, confuses what follows a duplicate attribute: thin spares
 *    it all three. In scripts thin follows HTML where Gumbo forgets to empty
 *    its buffer. */
#ifndef PAGE_THIN_H
#define PAGE_THIN_H

#include <stddef.h>

#include "base/err.h"
#include "base/str.h"

struct thin;

struct thin_limits {
	size_t max_page;  /* bytes of markup, and of runs */
	size_t max_depth; /* open elements */
	size_t max_attrs; /* of one tag */
	size_t max_token; /* bytes of one tag; a longer one is dropped */
};

/* The thinned page; lives until the next thin_begin. */
struct thin_page {
	struct str markup;
	const struct str *runs; /* run_count texts, as they stood */
	size_t run_count;
	const struct str *data; /* JSON-LD scripts, as they stood */
	size_t data_count;
	const struct str *stores; /* JSON scripts, code that sets window.__… */
	size_t store_count;
	const struct str *values; /* of attributes; each ended by NUL */
	size_t value_count;
	unsigned empty_raws; /* self-closed raw text elements that were cut */
};

/* First and last of each private plane as stand-ins. */
enum {
	THIN_PLANE_15 = 0xf0000,
	THIN_PLANE_16 = 0x100000,
	THIN_PLANE_SIZE = 65534,
	THIN_RUNS_MAX = 2 * THIN_PLANE_SIZE
};

/* The value of an attribute of the parsed page: what a stand-in stands for, or
 * the value itself. */
struct str thin_value(const struct thin_page *page, struct str value);

/* Make a thinner that reports to err, which must outlive it. */
enum pith_status thin_new(struct thin **out, struct err *err) PITH_CHECKED;

/* Free it; NULL is allowed. */
void thin_free(struct thin *t);

/* Begin the next page. Allocates nothing in the steady state. */
void thin_begin(struct thin *t, const struct thin_limits *limits);

/* Take len bytes, in pieces of any size. */
enum pith_status thin_feed(struct thin *t, const char *data,
			   size_t len) PITH_CHECKED;

/* End the page. */
enum pith_status thin_finish(struct thin *t,
			     struct thin_page *out) PITH_CHECKED;

#endif
