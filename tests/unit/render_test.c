/* SPDX-License-Identifier: MIT
 *
 * render_test.c: blocks as text, Markdown and HTML. Each case is markup, all
 * of whose blocks are kept, and what each format makes of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "page/parse.h"
#include "render/view.h"

struct fixture {
	struct err err;
	struct arena arena;
	struct page page;
	struct metadata meta;
	struct selection selection;
	struct document d;
	struct buf out;
};

static void build(struct fixture *f, const char *html,
		  const struct view_options *options)
{
	struct GumboInternalOutput *tree;

	memset(f, 0, sizeof(*f));
	arena_init(&f->arena, &f->err);
	arena_reset(&f->arena, 256 << 20, 0);
	buf_init(&f->out, 64 << 20, "output");
	assert_int_equal(
	    parse_markup(&f->arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(&f->arena, tree, NULL, &f->page), PITH_OK);
	f->selection.verdicts = arena_calloc(
	    &f->arena, f->page.block_count + 1u, sizeof(struct verdict));
	/* a block that says "(drop)" is not kept */
	for (uint32_t i = 0; i < f->page.block_count; i++)
		f->selection.verdicts[i].kept =
		    str_find_nocase(f->page.blocks[i].text, STR("(drop)"), 0) ==
		    SIZE_MAX;
	f->meta.base = STR("https://example.org/a/b");
	f->meta.title = f->page.title;
	f->d = (struct document){.page = &f->page,
				 .meta = &f->meta,
				 .arena = &f->arena,
				 .images = true,
				 .links = true,
				 .origin = "page",
				 .charset = "UTF-8"};
	assert_int_equal(view_build(&f->d, &f->selection, options), PITH_OK);
}

static void drop(struct fixture *f)
{
	buf_free(&f->out);
	arena_free(&f->arena);
}

static const struct view_options plain = {.tables = true, .captions = 1};

enum { AS_TEXT, AS_MARKDOWN, AS_HTML };

static const char *write_it(struct fixture *f, int form)
{
	f->out.len = 0;
	assert_int_equal(form == AS_TEXT ? render_text(&f->d, &f->out, &f->err)
			 : form == AS_MARKDOWN
			     ? render_markdown(&f->d, &f->out, &f->err)
			     : render_html(&f->d, false, &f->out, &f->err),
			 PITH_OK);
	assert_int_equal(buf_push(&f->out, '\0', &f->err), PITH_OK);
	return f->out.data;
}

static void check(const char *html, int form, const char *want)
{
	struct fixture f;

	build(&f, html, &plain);
	if (strcmp(write_it(&f, form), want) != 0)
		fail_msg("%s\ngave\n%s\nnot\n%s", html, f.out.data, want);
	drop(&f);
}

static const struct {
	const char *html, *want;
} markdown_cases[] = {
    /* characters that would mean something */
    {"a *b* _c_ `d` \\e", "a \\*b\\* \\_c\\_ \\`d\\` \\\\e\n"},
    {"2 * 3, snake_case, a_ b", "2 * 3, snake_case, a\\_ b\n"},
    {"# a", "\\# a\n"},
    {"#tag", "#tag\n"},
    {"- a", "\\- a\n"},
    {"-a-", "-a-\n"},
    {"1. a", "1\\. a\n"},
    {"12) a", "12\\) a\n"},
    {"1.5 a", "1.5 a\n"},
    {"&gt; a", "\\> a\n"},
    {"a<br>===", "a\\\n\\===\n"},
    {"a<br>---", "a\\\n\\---\n"},
    {"a|b<br>-|-", "a|b\\\n\\-|-\n"},
    {"a &lt;b&gt; c &lt; d", "a \\<b> c < d\n"},
    {"AT&amp;T &amp;amp; x", "AT&T \\&amp; x\n"},
    {"[a](b) [c]", "[a\\](b) [c]\n"},
    {"[a]: b", "\\[a]: b\n"},
    {"wow!<a href=x>y</a>", "wow\\![y](https://example.org/a/x)\n"},
    {"~5 km, ~~x~~", "~5 km, \\~\\~x\\~\\~\n"},
    /* emphasis, only where CommonMark will see it */
    {"a <b>b</b> <i>c</i> <b><i>d</i></b>", "a **b** *c* ***d***\n"},
    {"a<b> b </b>c", "a **b** c\n"},
    {"<b>a.</b>b", "a.b\n"},
    {"<b>a.</b> b", "**a.** b\n"},
    {"<b>a</b><i>b</i>", "**a**b\n"},
    {"<b>a</b><b>b</b>", "**ab**\n"},
    {"<b> </b>a", "a\n"},
    /* code */
    {"<code>a*b</code>", "`a*b`\n"},
    {"<code>a`b</code>", "``a`b``\n"},
    {"<code>`</code>", "`` ` ``\n"},
    {"<code>a</code><code>b</code>", "`ab`\n"},
    {"<code>a</code><code><i>b</i></code>", "`a`*b*\n"},
    {"<pre class='brush: c'>a\n\n  b</pre>", "```c\na\n\n  b\n```\n"},
    {"<div class='highlight-python3 notranslate'><div class=highlight><pre>a"
     "</pre></div></div>",
     "```python3\na\n```\n"},
    {"<div class='highlight-default notranslate'><pre>a</pre></div>",
     "```\na\n```\n"},
    {"<pre class='rust example'><code>a</code></pre>", "```rust\na\n```\n"},
    {"<pre><code class='hljs javascript'>a</code></pre>",
     "```javascript\na\n```\n"},
    {"<div class=c><pre class=wrap>a</pre></div>", "```\na\n```\n"},
    {"<pre>```</pre>", "````\n```\n````\n"},
    {"<div class=highlight-source-python><pre>a</pre></div>",
     "```python\na\n```\n"},
    /* links and images */
    {"<a href='x y(z)'>a]b</a>",
     "[a\\]b](https://example.org/a/x%20y\\(z\\))\n"},
    {"<a href='javascript:x'>a</a> <a href='#'>b</a>", "a b\n"},
    {"a<a href=x> b </a>c", "a [b](https://example.org/a/x) c\n"},
    {"<a href=x>a <b>b</b></a>", "[a **b**](https://example.org/a/x)\n"},
    {"a <img src=x alt='b]c'> d", "a ![b\\]c](https://example.org/a/x) d\n"},
    {"a <img src='data:x' data-src=y> d", "a ![](https://example.org/a/y) d\n"},
    {"a <img src=x width=1> d", "a d\n"},
    /* boxes */
    {"<h2>a<br>b #</h2>c", "## a b \\#\n\nc\n"},
    {"<h2><a href=#a>a</a></h2><p><a href=#a>a</a>",
     "## a\n\n[a](https://example.org/a/b#a)\n"},
    {"<h2><a href=#a>a</a> b</h2>c",
     "## [a](https://example.org/a/b#a) b\n\nc\n"},
    {"<h2><a href=/a>a</a></h2>c", "## [a](https://example.org/a)\n\nc\n"},
    {"<ul><li>a<li>b</ul>", "- a\n- b\n"},
    {"<ul><li>a<ul><li>b</ul><li>c</ul>", "- a\n  - b\n- c\n"},
    {"<ol start=3><li>a<li>b</ol>", "3. a\n4. b\n"},
    {"<ul><li><p>a<p>b<li>c</ul>", "- a\n\n  b\n\n- c\n"},
    {"<ul><li>a</ul><ul><li>b</ul>", "- a\n\n* b\n"},
    {"<ol><li>a</ol><ol><li>b</ol>", "1. a\n\n1) b\n"},
    {"<ul><li>a<br>b</ul>", "- a\\\n  b\n"},
    {"<blockquote><p>a<p>b</blockquote>c", "> a\n>\n> b\n\nc\n"},
    {"<blockquote>a<ul><li>b</ul></blockquote>", "> a\n>\n> - b\n"},
    {"<ul><li><pre>a\n\nb</pre></ul>", "- ```\n  a\n\n  b\n  ```\n"},
    {"<dl><dt>a<dd>b</dl>", "**a**\n\nb\n"},
    {"<dl><dt>f(<em>x</em>, <b><em>y</em></b>)<dd>b</dl>",
     "**f(*x*, *y*)**\n\nb\n"},
    {"<dl><dt><em>f</em>*(<em>(x)</em><dd>b</dl>", "**f\\*(*(x)***\n\nb\n"},
    {"<dl><dt><a href=/u><code>--all</code></a><dd>b</dl>",
     "**[`--all`](https://example.org/u)**\n\nb\n"},
    {"a<p>(drop)</p>b", "a\n\nb\n"},
    /* tables */
    {"<table><tr><th>a<th align=right>b<tr><td>c|<td>d</table>",
     "| a | b |\n| --- | ---: |\n| c\\| | d |\n"},
    {"<table><tr><td colspan=2>a<td>b<tr><td>c<td>d<td>e</table>",
     "| a | | b |\n| --- | --- | --- |\n| c | d | e |\n"},
    {"<table><tr><td rowspan=2>a<td>b<tr><td>c</table>",
     "| a | b |\n| --- | --- |\n| | c |\n"},
    {"<table><tr><td>a<td>b<tr><td>(drop)<td>(drop)</table>",
     "| a | b |\n| --- | --- |\n"},
};

static void test_markdown(void **state)
{
	(void)state;
	for (size_t i = 0;
	     i < sizeof(markdown_cases) / sizeof(markdown_cases[0]); i++)
		check(markdown_cases[i].html, AS_MARKDOWN,
		      markdown_cases[i].want);
}

static const struct {
	const char *html, *want;
} html_cases[] = {
    {"a &lt;b&gt; &amp; \"c\"", "<p>a &lt;b&gt; &amp; &quot;c&quot;</p>\n"},
    {"a<br>b", "<p>a<br>\nb</p>\n"},
    {"<p onclick=x style=y>a <a href=x onclick=y>b</a></p>",
     "<p>a <a href=\"https://example.org/a/x\">b</a></p>\n"},
    {"<a href=javascript:x>a</a>", "<p>a</p>\n"},
    {"<b>a <i>b</i></b><sub>c</sub>",
     "<p><strong>a </strong><strong><em>b</em></strong><sub>c</sub></p>\n"},
    {"<h3>a</h3>", "<h3>a</h3>\n"},
    {"<ul><li>a<li>b<ol start=2><li>c</ol></ul>",
     "<ul>\n<li>a\n</li>\n<li>b\n<ol start=\"2\">\n<li>c\n</li>\n</ol>\n"
     "</li>\n</ul>\n"},
    {"<pre class=language-c>a &lt; b</pre>",
     "<pre><code class=\"language-c\">a &lt; b</code></pre>\n"},
    {"<dl><dt>a<dd>b</dl>", "<dl>\n<dt>a\n</dt>\n<dd>b\n</dd>\n</dl>\n"},
    {"<blockquote>a</blockquote>", "<blockquote>\n<p>a</p>\n</blockquote>\n"},
    {"<table><tr><th>a<td>b</table>",
     "<table>\n<tr><th>a</th><td>b</td></tr>\n</table>\n"},
    {"a <img src=x alt='\"'> b",
     "<p>a<img src=\"https://example.org/a/x\" alt=\"&quot;\"> b</p>\n"},
};

static void test_html(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(html_cases) / sizeof(html_cases[0]); i++)
		check(html_cases[i].html, AS_HTML, html_cases[i].want);
}

static const struct {
	const char *html, *want;
} text_cases[] = {
    {"a<p>b", "a\n\nb\n"},
    {"<ul><li>a<li>b<ul><li>c</ul></ul>d", "- a\n- b\n  - c\n\nd\n"},
    {"<ol start=9><li>a<li>b</ol>", "9. a\n10. b\n"},
    {"<table><tr><td>a<td>b<tr><td>c<td>d</table>", "a\tb\nc\td\n"},
    {"<table><tr><td><p>a<p>b<td>c</table>", "a b\tc\n"},
    {"<table><tr><td>only</table>", "only\n"},
    {"<pre>a\n  b</pre>", "a\n  b\n"},
    {"<p>(drop)</p>", ""},
};

static void test_text(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(text_cases) / sizeof(text_cases[0]); i++)
		check(text_cases[i].html, AS_TEXT, text_cases[i].want);
}

static void test_width(void **state)
{
	struct fixture f;

	(void)state;
	build(&f, "<ul><li>one two three four</ul>", &plain);
	f.d.width = 11;
	assert_string_equal(write_it(&f, AS_TEXT),
			    "- one two\n  three\n  four\n");
	drop(&f);
}

static const char article[] =
    "<title>Name</title><h1>Name</h1><p>(drop) by somebody</p>"
    "<div><p>A text that is long enough to be the article, with more than "
    "twenty words in it, so that pictures and captions beside it are its own."
    "</p><img src=flag.png width=24 height=24><img src=wide.png height=40>"
    "<figure><img src=p.png><figcaption>(drop) A caption</figcaption>"
    "</figure><table><tr><td>cell<td>two</table><p>End.</p></div>"
    "<div class=comments-count>(drop) 12 comments here now</div>"
    "<ol class='comment-list'><li><b>(drop) Ann</b><p>(drop) I agree with "
    "every word of it.</p><p>(drop) 4 March 2020</p></ol>"
    "<form class=comment-form>(drop) Leave a comment of your own</form>";

static void test_switches(void **state)
{
	struct view_options o = {
	    .title = true, .comments = true, .tables = false, .captions = 2};
	struct fixture f;
	const char *text;

	(void)state;
	build(&f, article, &o);
	f.d.title = true;
	text = write_it(&f, AS_TEXT);
	assert_int_equal(strncmp(text, "Name\n\nA text", 12), 0);
	assert_non_null(strstr(text, "(drop) A caption"));
	assert_null(strstr(text, "cell"));
	assert_non_null(strstr(
	    text, "End.\n\n-- Comments --\n\n1. (drop) I agree with every"));
	assert_null(strstr(text, "Ann"));
	assert_null(strstr(text, "2020"));
	assert_null(strstr(text, "Leave"));
	assert_null(strstr(text, "12 comments"));
	text = write_it(&f, AS_MARKDOWN);
	assert_non_null(strstr(text, "# Name\n\nA text"));
	assert_non_null(strstr(text, "![](https://example.org/a/p.png)"));
	assert_non_null(strstr(text, "wide.png"));
	assert_null(strstr(text, "flag.png"));
	assert_non_null(strstr(text, "\n---\n\n## Comments\n\n"));
	f.d.images = f.d.links = false;
	assert_null(strstr(write_it(&f, AS_MARKDOWN), "!["));
	drop(&f);
	build(&f, article, &plain);
	assert_null(strstr(write_it(&f, AS_TEXT), "(drop)"));
	assert_non_null(strstr(f.out.data, "cell\ttwo"));
	drop(&f);
}

static void test_json(void **state)
{
	struct json_request r = {
	    .status = "ok", .text = true, .confidence = 0.5};
	struct fixture f;

	(void)state;
	build(&f, "a\"b\\<br>c\t", &plain);
	assert_int_equal(render_json(&f.d, &r, &f.out, &f.err), PITH_OK);
	assert_int_equal(buf_push(&f.out, '\0', &f.err), PITH_OK);
	assert_string_equal(
	    f.out.data, "{\"url\":null,\"status\":\"ok\",\"charset\":\"UTF-8\","
			"\"origin\":\"page\",\"confidence\":0.500,"
			"\"text\":\"a\\\"b\\\\\\nc\\n\"}\n");
	drop(&f);
}

static void test_a_ceiling_is_told(void **state)
{
	struct fixture f;

	(void)state;
	build(&f, "one two three", &plain);
	f.out.ceiling = 5;
	assert_int_equal(render_text(&f.d, &f.out, &f.err), PITH_FAILED);
	assert_int_equal(f.err.cause, PITH_CAUSE_LIMIT);
	assert_int_equal(render_markdown(&f.d, &f.out, &f.err), PITH_FAILED);
	assert_int_equal(render_html(&f.d, true, &f.out, &f.err), PITH_FAILED);
	drop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_markdown),
	    cmocka_unit_test(test_html),
	    cmocka_unit_test(test_text),
	    cmocka_unit_test(test_width),
	    cmocka_unit_test(test_switches),
	    cmocka_unit_test(test_json),
	    cmocka_unit_test(test_a_ceiling_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
