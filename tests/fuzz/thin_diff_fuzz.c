/* SPDX-License-Identifier: MIT
 *
 * thin_diff_fuzz.c: random markup gives the same blocks with and without
 * thin. Input bytes choose from a list of pieces of markup, so that most of
 * what comes out is what thin and the parser care about. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "thin_known.h"

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
	if (is_known(clean, len))
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
