/* SPDX-License-Identifier: MIT
 *
 * thin_equal_test.c: the blocks of a page are the same with and without thin,
 * but for the differences that thin.h lists; those are pinned here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "equal.h"

static struct equal both;

static bool same(const char *html)
{
	char *clean = malloc(3 * strlen(html) + 1);
	size_t n;
	bool equal;

	assert_non_null(clean);
	n = equal_clean(html, strlen(html), clean);
	assert_int_equal(equal_build(&both, (struct str){clean, n}, 5),
			 PITH_OK);
	equal = equal_compare(&both);
	free(clean);
	return equal;
}

/* What the fuzzer found once, and what it did not. */
static void blocks_are_the_same(void **state)
{
	static const char *const pages[] = {
	    "<!DOCTYPE html><title>A &amp; b</title><p>Text <b>bold</b> end.",
	    "<p class='one two' id=x title=\"a > b\"y=z>words<a href=/u>link",
	    "<table>text<tr><td>cell<b>bold<td>more</table>after",
	    "<table> <!-- a --> b<tr><td>c</table>",
	    "<table>x<colgroup> abc</table>",
	    "<pre><!-- -->\nfoo</pre><pre>\n\n<b>x</b></pre><pre>\r\na\r\nb",
	    "<p>a <!-- b --> c &amp <i>d</i>&#65;e</p>",
	    "<ul><li>a<li>b<ul><li>c</ul>d</ul>",
	    "<b>a<p>b</b>c</p>d<i>e<div>f</i>g</div>",
	    "<a href=x>a<div>b<a href=y>c</a></div></a>d",
	    "<select><option>a<option>b<input>c</select>d",
	    "<table><tr><select></tbody>some more",
	    "<select><style></select>words</style>more",
	    "<svg><title>x</title><g><path/></g></svg>after",
	    "<svg><style>a<p>words</style>more</svg>",
	    "<svg><foreignObject><div>a</div></foreignObject></svg>b",
	    "<svg><![CDATA[<p>]]></svg>b",
	    "<table><svg><desc><col></desc>words",
	    "<math><mi>a</mi><style><b>x</style></math>c",
	    "<math><annotation-xml encoding=text/html><p>a</math>b",
	    "<math><script title=x>a</math>b",
	    "<noscript><svg></noscript><textarea>x</textarea>words",
	    "<template><col><script></template>words",
	    "<template><select><template><input></template></template>words",
	    "<form>words<!-- a --></form>more",
	    "<form>a<head><!-- a --></form>more",
	    "<ruby><p><rt><math></p><textarea>words",
	    "<g><svg></x-y>words<script><!-- <script> --></script>more",
	    "words<title>&#xf0000;</title>more",
	    "<<!-- a -->b>words",
	    "&<!-- a -->amp; words",
	    "<xmp><p>a</xmp><listing>\nb</listing><plaintext></p>c",
	    "<frameset><frame></frameset>words",
	    "<style></style><body class=words><html lang=en><p>x",
	    "</br></p>words<image alt=words src=x>more",
	    "<button>a<button>b</button><h1>c<h2>d</h1>e",
	    "<object>a<p></object>b<marquee><b></marquee>c",
	    "a\xf3\xb0\x80\x81 b<br>\xf3\xb0\x80\x81<br>c",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (!same(pages[i]))
			fail_msg("%s: %s", pages[i], both.why);
}

/* Each line of the list in thin.h. */
static void differences_are_known(void **state)
{
	static const char *const pages[] = {
	    /* formatting elements that differ by attributes only are alike */
	    "<p><i id=a><i id=b><i id=c><i id=d></p>words",
	    /* formatting leaks out of a template that holds a marker */
	    "<template><b><object></template>words",
	    /* isindex is nothing */
	    "<isindex>",
	    /* a value of one reference that would forge a stand-in is empty */
	    "<p title=&#xf0000;>words",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
		if (same(pages[i]))
			fail_msg("%s: the same, after all", pages[i]);
}

static int set_up(void **state)
{
	(void)state;
	equal_init(&both);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	equal_free(&both);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(blocks_are_the_same),
	    cmocka_unit_test(differences_are_known),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
