/* SPDX-License-Identifier: MIT
 *
 * thin_diff_fuzz.c: random markup gives the same blocks with and without
 * thin. Input bytes choose from a list of pieces of markup, so that most of
 * what comes out is what thin and the parser care about. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../equal.h"

static const char *const pieces[] = {
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=x>",
    "</a>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<tbody>",
    "</tbody>",
    "<caption>",
    "</caption>",
    "<colgroup>",
    "<col>",
    "</colgroup>",
    "<ul>",
    "</ul>",
    "<li>",
    "</li>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</dd>",
    "<pre>",
    "</pre>",
    "<svg>",
    "</svg>",
    "<g>",
    "</g>",
    "<title>",
    "</title>",
    "<desc>",
    "</desc>",
    "<foreignObject>",
    "</foreignObject>",
    "<math>",
    "</math>",
    "<mi>",
    "</mi>",
    "<mrow>",
    "</mrow>",
    "<annotation-xml encoding=text/html>",
    "<annotation-xml>",
    "</annotation-xml>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<select>",
    "</select>",
    "<option>",
    "</option>",
    "<optgroup>",
    "<input>",
    "<input type=hidden>",
    "<button>",
    "</button>",
    "<form>",
    "</form>",
    "<template>",
    "</template>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<object>",
    "</object>",
    "<marquee>",
    "</marquee>",
    "<nobr>",
    "</nobr>",
    "<font>",
    "<font color=x>",
    "</font>",
    "<body>",
    "</body>",
    "<html lang=x>",
    "</html>",
    "<head>",
    "</head>",
    "<frameset>",
    "</frameset>",
    "<noframes>",
    "</noframes>",
    "<iframe>",
    "</iframe>",
    "<noscript>",
    "</noscript>",
    "<xmp>",
    "</xmp>",
    "<plaintext>",
    "<br>",
    "</br>",
    "<hr>",
    "<img src=x>",
    "<image>",
    "<!--",
    "-->",
    "--!>",
    "<!-->",
    "<!x>",
    "<?x>",
    "</ x>",
    "<![CDATA[",
    "]]>",
    "<!DOCTYPE html>",
    "<",
    "</",
    "&amp;",
    "&amp",
    "&#65;",
    "&#xF0001;",
    "&#0;",
    "&",
    "\xf3\xb0\x80\x81",
    "\xf4\x80\x80\x80",
    " ",
    "\n",
    "\r\n",
    "\r",
    "\t",
    "words",
    "w",
    "several words ",
    " some more",
    "\xc3\xa9",
    "<p class=a id=b>",
    "<span>",
    "</span>",
    "<x-y>",
    "</x-y>",
    "<code class=a>",
    "</code>",
    "<ruby>",
    "<rt>",
    "<rp>",
    "</ruby>",
    "<em/>",
    "<svg/>",
    "<p title='a>b' class=\"x\"y=z>",
    "<blockquote>",
    "</blockquote>",
    "<center>",
    "</center>",
    "<listing>",
    "<keygen>",
    "<link>",
    "<meta name=a content=b>",
    "<base>",
    "<dialog>",
    "<details>",
    "<summary>",
    "</summary>",
    "<script><!--",
    "<script",
    "x=y",
    "\"",
    "'",
    ">",
    "/",
    "=",
    "<applet>",
    "</applet>",
    "<thead>",
    "</thead>",
    "<tfoot>",
    "</th>",
    "<u>",
    "</u>",
    "<em>",
    "</em>",
    "</option>",
    "</optgroup>",
    "<rb>",
    "<rtc>",
    "</rt>",
    "</rtc>",
    "<address>",
    "<article>",
    "</article>",
    "</h2>",
    "</dl>",
    "</dt>",
    "<ol>",
    "</ol>",
    "<menu>",
    "<fieldset>",
    "</fieldset>",
    "<noembed>",
    "</noembed>",
    "<frame>",
    "<param>",
    "<track>",
    "<embed>",
    "<wbr>",
    "<basefont>",
    "<mglyph>",
    "<malignmark>",
    "<mtext>",
    "</mtext>",
    "<MO>",
    "<acronym>",
    "</acronym>",
    "<data>",
    "</data>",
    "<sub>",
    "</sub>",
    "<path/>",
    "<sVg>",
    "</SVG>",
    "<Foreignobject>",
    "</annotation-XML>",
    "<br/>",
    "<p/>",
    "<div/>",
    "<td/>",
    "<table/>",
    "<form/>",
    "<template/>",
    "<select/>",
    "<script/>",
    "<style/>",
    "<xmp/>",
    "<plaintext/>",
    "<math/>",
    "<object/>",
    "</dialog>",
    "</details>",
    "</listing>",
    "</address>",
    "&lt;",
    "&nbsp;",
    "&notit;",
    "&#x85;",
    "&#xD800;",
    "\xc2\xa0",
    "\xe2\x80\x8f",
    "\f",
    "</P >",
    "<script src=x>",
    "<input type=HIDDEN>",
    "<!doctype x>",
    "<svg viewbox=x>",
};

enum { PIECES = sizeof(pieces) / sizeof(pieces[0]) };

static struct equal state;

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

		if ((size_t)(end - p) > n &&
		    strncmp(p + 1, tags[i], n) == 0)
			return true;
	}
	return false;
}

/* By contract, too: where eight elements stand in a formatting one, Gumbo takes
 * the text before the tag that closes it for a part of it if a comment stands
 * between. */
static bool leaves_text(const char *html, size_t len)
{
	enum { AROUND = 8 };
	const char *p = html + strlen("<!DOCTYPE html>"), *end = html + len;
	unsigned starts = 0;

	while (p + 1 < end && (p = memchr(p, '<', (size_t)(end - p - 1)))) {
		const char *close = memchr(p, '>', (size_t)(end - p));

		starts += ascii_alpha(p[1]);
		while (close != NULL && end - close > 3 && close[1] == '<' &&
		       is_stray(close + 1, end))
			close = memchr(close + 1, '>',
				       (size_t)(end - close - 1));
		if (begins_comment(p, end) && starts > AROUND &&
		    close != NULL && end - close > 3 && close[1] == '<' &&
		    (close[2] == '/' || close[2] == 'a' || close[2] == 'n'))
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

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	equal_init(&state);
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	/* without it a table ends no paragraph, which thin supposes it does */
	static const char doctype[] = "<!DOCTYPE html>";
	size_t len = sizeof(doctype) - 1;
	char *html, *clean;

	if (size > 400)
		return 0;
	html = malloc(sizeof(doctype) + 40 * size);
	clean = malloc(3 * sizeof(doctype) + 120 * size);
	if (html == NULL || clean == NULL)
		abort();
	memcpy(html, doctype, len);
	for (size_t i = 0; i < size; i++) {
		const char *piece = pieces[data[i] % PIECES];

		memcpy(html + len, piece, strlen(piece));
		len += strlen(piece);
	}
	len = equal_clean(html, len, clean);
	/* Gumbo takes the first into the name of the tag behind it, and aborts
	 * at text behind CDATA in a table. */
	if ((memmem(clean, len, "<![CDATA[", 9) != NULL &&
	     memmem(clean, len, "<t", 2) != NULL) ||
	    memmem(clean, len, "</>", 3) != NULL || leaks(clean, len) ||
	    ends_foreign(clean, len) || forgets(clean, len) ||
	    leaves_text(clean, len) || nests_foreign(clean, len) ||
	    hides_math(clean, len) || aborts(clean, len))
		len = 0;
	state.why[0] = '\0';
	if (equal_build(&state, (struct str){clean, len}, 7) != PITH_OK)
		abort();
	if (!equal_compare(&state) &&
	    !misleads(equal_parse(&state.raw_arena, (struct str){clean, len})
			  ->root)) {
		fprintf(stderr, "%s\n%.*s\n%.*s\n", state.why, (int)len, clean,
			(int)state.thin_page.markup.len,
			state.thin_page.markup.data);
		abort();
	}
	free(html);
	free(clean);
	return 0;
}
