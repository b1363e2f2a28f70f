/* SPDX-License-Identifier: MIT
 *
 * block_test.c: how a page is cut into blocks. Each case is markup and the
 * blocks it must give, one a line: kind, level or quotes, text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "page/block.h"

struct fixture {
	struct err err;
	struct arena arena;
	struct page page;
};

static void build(struct fixture *f, const char *html)
{
	struct GumboInternalOutput *tree;

	memset(f, 0, sizeof(*f));
	arena_init(&f->arena, &f->err);
	arena_reset(&f->arena, 256 << 20, 0);
	assert_int_equal(
	    parse_markup(&f->arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(&f->arena, tree, NULL, &f->page), PITH_OK);
}

static void drop(struct fixture *f)
{
	arena_free(&f->arena);
}

static void describe(const struct page *p, char *out, size_t size)
{
	static const char letters[] = "phitdcfvk";
	size_t at = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < p->block_count && at < size; i++) {
		const struct block *b = &p->blocks[i];
		at += (size_t)snprintf(out + at, size - at, "%c%d%.*s[%s]",
				       letters[b->kind], b->level, b->quotes,
				       ">>>>", b->text.data);
	}
}

static const struct {
	const char *html, *blocks;
} cases[] = {
    {"<p>One</p><p>Two</p>", "p0[One]p0[Two]"},
    {"bare<div>in div</div>tail", "p0[bare]p0[in div]p0[tail]"},
    {"<div>before<p>inside</p>after</div>", "p0[before]p0[inside]p0[after]"},
    {"<div><span>only</span> <b>inline</b></div>", "p0[only inline]"},
    {"a<br>b", "p0[a\nb]"},
    {"a<br><br>b", "p0[a]p0[b]"},
    {"a <br> <br> <br> b<br>", "p0[a]p0[b]"},
    {"<b>a<br></b><br>b", "p0[a]p0[b]"},
    {"wo<b>rd</b>s <i> and </i> spaces", "p0[words and spaces]"},
    {"<span>a</span><span>b</span> <span>c</span>", "p0[ab c]"},
    {"x<!-- y -->z", "p0[xz]"},
    {"a&nbsp;&nbsp;b&nbsp;", "p0[a b]"},
    {"<p>&nbsp;</p><p>x</p>", "p0[x]"},
    {"&#x202e;evil&#x2066;&#7;&#x9b;31m&shy;&#xfeff;", "p0[evil\xe2\x80\xba"
						       "31m]"},
    {"&#xf0001;icon&#x10fffd;", "p0[icon]"},
    {"<h2>Head</h2>text", "h2[Head]p0[text]"},
    {"<h2>Head <a href='#head'>\xc2\xb6</a></h2>", "h2[Head]"},
    {"<h2>Head<span> [<a href=e>edit</a> | <a href=s>edit source</a>]</span>"
     "</h2>",
     "h2[Head]"},
    {"<h2>Head <i>[<a href=e>see</a> below]</i></h2>", "h2[Head [see below]]"},
    {"<h2>Head <i>[note]</i></h2>", "h2[Head [note]]"},
    {"<h2>Head<i> [...]</i></h2>", "h2[Head [...]]"},
    {"<h2><i>[<a href=e>edit</a>]</i> head</h2>", "h2[[edit] head]"},
    {"<p>Text<sup>[<a href=#n>1</a>]</sup></p>", "p0[Text[1]]"},
    {"<h2><a href='#head'>#</a> Head</h2>", "h2[Head]"},
    {"<h2><a href='#head'>Head</a></h2>", "h2[Head]"},
    {"<p>Note <a href='#n'>*</a></p>", "p0[Note *]"},
    {"<dl><dt id=f>f(x)<a href='#f'>\xc2\xb6</a><dd>sense</dl>",
     "t0[f(x)]d0[sense]"},
    {"<dl><dt>f <a href='#f'><span>#</span></a></dl>", "t0[f]"},
    {"<ul><li>Note. <a href='#ref1'>\xe2\x86\xa9\xef\xb8\x8e</a>", "i1[Note.]"},
    {"<ul><li><a href='#ref1'>\xe2\x86\x91</a> Note.", "i1[Note.]"},
    {"<p><a href='#top'>[\xe2\x86\x91]</a></p>x", "p0[x]"},
    {"<p><a href='#n'>#</a> number</p>", "p0[# number]"},
    {"<p>or <code><a href='#n'>#</a></code></p>", "p0[or #]"},
    {"<p>or <a href='#n'><code>#</code></a></p>", "p0[or #]"},
    {"<p>law <a href='#n'>\xc2\xa7 5</a>, <a href='/n'>\xc2\xb6</a></p>",
     "p0[law \xc2\xa7 5, \xc2\xb6]"},
    {"<pre>a <a href='#n'>#</a></pre>", "v0[a #]"},
    {"<p>&zwj;</p><p>x&#x200b;</p>", "p0[x]"},
    {"<pre> <p>&zwj;</p></pre>x", "v0[ \n\xe2\x80\x8d]p0[x]"},
    {"<ul><li>a<li>b<ul><li>c</ul></ul>", "i1[a]i1[b]i2[c]"},
    {"<ol><li><p>a</p><p>b</p></li></ol>", "i1[a]i1[b]"},
    {"<ul><li><h3>t</h3>x</ul>", "h3[t]i1[x]"},
    {"<dl><dt>term<dd>sense</dl>", "t0[term]d0[sense]"},
    {"<table><tr><td>a<td>b<tr><th>c</table>", "c0[a]c0[b]c0[c]"},
    {"<table><tr><td><p>a</p><p>b</p></table>", "c0[a]c0[b]"},
    {"<table>lost<tr><td>a</table>", "p0[lost]c0[a]"},
    {"<table><caption>name</caption><tr><td>a</table>", "f0[name]c0[a]"},
    {"<figure><img><figcaption>cap</figcaption></figure>", "f0[cap]"},
    {"<pre>\n  a\n\n    b  c\n</pre>", "v0[  a\n\n    b  c]"},
    {"<pre><code><span>x</span>\n<span> y</span></code></pre>", "v0[x\n y]"},
    {"<pre><div>l1</div><div>l2</div></pre>", "v0[l1\nl2]"},
    {"<pre>a<br>b</pre>", "v0[a\nb]"},
    {"x<pre>\n\n<div></div></pre>", "p0[x]"},
    {"<pre><table><tr><td> <td>x</table></pre>", "c0[ \nx]"},
    {"<pre>a\r\nb\rc</pre>", "v0[a\nb\nc]"},
    {"x<pre> <h2> <a href='#head'>#</a></h2></pre>", "p0[x]"},
    {"x<h2><a href='#head'>#<b></b></a></h2>", "p0[x]"},
    {"<blockquote>q<blockquote>r</blockquote></blockquote>", "p0>[q]p0>>[r]"},
    {"<button>go</button>now", "k0[go]p0[now]"},
    {"<details><summary>s</summary>t</details>", "k0[s]p0[t]"},
    {"<fieldset><legend>l</legend>t</fieldset>", "k0[l]p0[t]"},
    {"<form><p>f<input value=v>g</p></form>", "p0[f g]"},
    {"<dialog>d</dialog>e", "p0[d]p0[e]"},
    {"<my-part>d</my-part>e", "p0[d]p0[e]"},
    /* two things side by side, and one in parts */
    {"<p><span>Acme</span><span>Anvil</span></p>", "p0[Acme Anvil]"},
    {"<p><a><span>\xc3\xa9t\xc3\xa9</span></a><label>\xc3\x89t\xc3\xa9"
     "</label></p>",
     "p0[\xc3\xa9t\xc3\xa9 \xc3\x89t\xc3\xa9]"},
    {"<p><time>2 May</time><b>Name</b></p>", "p0[2 May Name]"},
    {"<p><span>from</span><span>9</span><a>To</a></p>", "p0[from 9 To]"},
    {"<p><span>USA</span><span>UK</span> <span>A</span><span>B</span>"
     "<span>C</span></p>",
     "p0[USA UK ABC]"},
    {"<p><span>12</span><span>34</span> <span>1</span><span>2</span>"
     "<span>3</span></p>",
     "p0[12 34 123]"},
    {"<p><span>over</span><span>view</span> <span>D</span><span>rop</span>",
     "p0[overview Drop]"},
    {"<p><b>Pay</b><b>Pal</b> <i>a</i><span>B</span> <span>x</span>Y</p>",
     "p0[PayPal aB xY]"},
    {"<p><span>m</span><sup>2</sup> <span>a</span><svg></svg><br>"
     "<span>B</span>",
     "p0[m2 a\nB]"},
    {"<p><code><span>get</span><span>Item</span></code></p>", "p0[getItem]"},
    {"<pre><span>get</span><span>Item</span></pre>", "v0[getItem]"},
    {"<p><span>a.</span><span>B</span><a></a><a>C</a></p>", "p0[a.BC]"},
    {"<p><a>head</a></p><p><a>Line</a></p>", "p0[head]p0[Line]"},
    {"<p>a<script>x</script>b<style>y</style></p>", "p0[ab]"},
    {"<select><option>o</select><textarea>t</textarea>x", "p0[x]"},
    {"<svg><text>t</text><title>u</title></svg>x", "p0[x]"},
    {"<math><mi>x</mi><annotation>\\x</annotation></math>", "p0[x]"},
    {"<noscript><p>n</p></noscript>", "p0[n]"},
    {"<template><p>n</p></template><iframe>i</iframe>x", "p0[x]"},
    {"<div hidden>h</div><div style='display : none'>i</div>", "p0[h]p0[i]"},
    {"<title>T &amp; U</title>x", "p0[x]"},
    {"", ""},
    {"<!-- nothing -->", ""},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct fixture f;
		char got[512];

		build(&f, cases[i].html);
		describe(&f.page, got, sizeof(got));
		if (strcmp(got, cases[i].blocks))
			print_message("case: %s\n", cases[i].html);
		assert_string_equal(got, cases[i].blocks);
		for (uint32_t e = 0; e < f.page.elem_count; e++)
			assert_true(f.page.elems[e].last_block <=
				    f.page.block_count);
		for (uint32_t b = 0; b < f.page.block_count; b++)
			assert_in_range(
			    b, f.page.elems[f.page.blocks[b].elem].first_block,
			    f.page.elems[f.page.blocks[b].elem].last_block - 1);
		drop(&f);
	}
}

static void test_title_and_language(void **state)
{
	struct fixture f;

	(void)state;
	build(&f, "<html lang=' de '><title> A\n &amp; B</title><body><svg>"
		  "<title>no</title></svg>");
	assert_string_equal(f.page.title.data, "A & B");
	assert_true(str_equal(f.page.language, STR("de")));
	drop(&f);
}

/* Text of span i of block b. */
static struct str span_text(const struct page *p, uint32_t b, uint32_t i)
{
	const struct block *block = &p->blocks[b];
	struct span s = p->spans[block->first_span + i];

	assert_true(i < block->span_count);
	return (struct str){block->text.data + s.start, s.end - s.start};
}

static void test_spans(void **state)
{
	struct fixture f;
	const struct page *p = &f.page;
	const struct span *s;

	(void)state;
	build(&f, "<p>See <a href=/x>the <em>big</em> page</a> or <b> it</b>"
		  "</p>");
	assert_int_equal(p->block_count, 1);
	assert_int_equal(p->blocks[0].span_count, 3);
	assert_true(str_equal(span_text(p, 0, 0), STR("the big page")));
	assert_true(str_equal(span_text(p, 0, 1), STR("big")));
	assert_true(str_equal(span_text(p, 0, 2), STR("it")));
	s = &p->spans[p->blocks[0].first_span];
	assert_true(
	    str_equal(elem_attr(&p->elems[s[0].elem], ATTR_HREF), STR("/x")));
	assert_true(p->blocks[0].words == 6);
	assert_true(p->blocks[0].link_words == 3);
	drop(&f);

	/* a link around blocks, and one never closed */
	build(&f, "<a href=/y><h2>t</h2><p>u v</p></a><p>w <a href=z>x<p>y");
	assert_int_equal(p->block_count, 4);
	for (uint32_t b = 0; b < 4; b++)
		assert_int_equal(p->blocks[b].span_count, 1);
	assert_true(str_equal(span_text(p, 1, 0), STR("u v")));
	assert_true(str_equal(span_text(p, 2, 0), STR("x")));
	assert_true(str_equal(span_text(p, 3, 0), STR("y")));
	assert_true(p->blocks[1].link_words == 2);
	drop(&f);
}

static void test_words(void **state)
{
	struct fixture f;

	(void)state;
	build(&f, "<p>it's one-two 3.5 \xd0\xb4\xd0\xb0 na\xc3\xafve</p>"
		  "<p>\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e ok</p>");
	assert_true(f.page.blocks[0].words == 8);
	assert_int_equal(f.page.blocks[0].chars, 21);
	assert_true(f.page.blocks[1].words == 2.5f);
	drop(&f);

	/* what is cut off is not counted */
	build(&f, "<h2>Head<span> [<a href=e>edit</a>]</span></h2>"
		  "<h2><a href=h>Head</a> <a href='#head'>#</a></h2>");
	for (uint32_t b = 0; b < 2; b++) {
		assert_true(f.page.blocks[b].words == 1);
		assert_true(f.page.blocks[b].link_words == (float)b);
		assert_int_equal(f.page.blocks[b].chars, 4);
		assert_int_equal(f.page.blocks[b].link_chars, 4 * b);
	}
	drop(&f);
}

static void test_context(void **state)
{
	struct fixture f;
	const struct page *p = &f.page;
	struct str path;

	(void)state;
	build(&f, "<body><div class=a><ul><li><b class=x>one</b> two<li>"
		  "<p>three</p><p><b><i>four</i></b></ul></div>");
	assert_int_equal(p->block_count, 4 - 1);
	path = block_path(p, &p->blocks[1], &f.arena);
	assert_string_equal(path.data, "html>body>div>ul>li>p");
	assert_int_equal(p->elems[p->blocks[0].common].tag, TAG_LI);
	assert_int_equal(p->elems[p->blocks[2].common].tag, TAG_I);
	assert_int_equal(p->elems[p->blocks[2].elem].tag, TAG_P);
	assert_int_equal(p->blocks[1].first_in_item, 1);
	assert_int_equal(p->blocks[2].first_in_item, 0);
	assert_int_equal(p->elems[p->body].first_block, 0);
	assert_int_equal(p->elems[p->body].last_block, 3);
	assert_true(elem_within(p, p->blocks[2].elem, p->body));
	assert_int_equal(p->elems[p->blocks[2].list].first_block, 0);
	assert_int_equal(p->elems[p->blocks[1].item].first_block, 1);
	drop(&f);
}

static void test_hidden(void **state)
{
	struct fixture f;
	const struct page *p = &f.page;

	(void)state;
	build(&f, "<p>a<div hidden><p>b</div><div style='color:red;DISPLAY:"
		  " none'><p>c</div><div aria-hidden=true>d</div>"
		  "<div style='display:block'>e</div>");
	assert_int_equal(p->elems[p->blocks[0].elem].flags, 0);
	assert_int_equal(p->elems[p->blocks[1].elem].flags, ELEM_IS_HIDDEN);
	assert_int_equal(p->elems[p->blocks[2].elem].flags, ELEM_IS_HIDDEN);
	assert_int_equal(p->elems[p->blocks[3].elem].flags,
			 ELEM_IS_ARIA_HIDDEN);
	assert_int_equal(p->elems[p->blocks[4].elem].flags, 0);
	drop(&f);
}

/* Runs of text that stand aside come back where their stand-in is. */
static void test_stand_ins(void **state)
{
	static const char html[] =
	    "<p>\xf3\xb0\x80\x80<b>\xf3\xb0\x80\x81</b>&amp;\xf3\xb0\x80\x82"
	    "\xf3\xb0\x80\x89</p>";
	const struct str runs[] = {STR("some  text "), STR(" bold"),
				   STR(" \n rest")};
	struct thin_page thin = {.runs = runs, .run_count = 3};
	struct fixture f;
	struct GumboInternalOutput *tree;

	(void)state;
	memset(&f, 0, sizeof(f));
	arena_init(&f.arena, &f.err);
	arena_reset(&f.arena, 16 << 20, 0);
	assert_int_equal(parse_markup(&f.arena, STR(html), &tree), PITH_OK);
	assert_int_equal(block_build(&f.arena, tree, &thin, &f.page), PITH_OK);
	assert_int_equal(f.page.block_count, 1);
	assert_string_equal(f.page.blocks[0].text.data, "some text bold& rest");
	drop(&f);
}

/* Over the budget of memory: refused, and the arena serves the next page. */
static void test_budget(void **state)
{
	static char html[1 << 20];
	struct GumboInternalOutput *tree;
	struct err err = {0};
	struct arena arena;

	(void)state;
	for (size_t i = 0; i + 4 <= sizeof(html); i += 4)
		memcpy(html + i, "<p>x", 4);
	arena_init(&arena, &err);
	for (int round = 0; round < 3; round++) {
		err_clear(&err);
		arena_reset(&arena, 4 << 20, 0);
		assert_int_equal(parse_markup(&arena,
					      (struct str){html, sizeof(html)},
					      &tree),
				 PITH_FAILED);
		assert_int_equal(err.cause, PITH_CAUSE_LIMIT);
		assert_null(tree);
		err_clear(&err);
		arena_reset(&arena, 4 << 20, 0);
		assert_int_equal(parse_markup(&arena, STR("<p>x"), &tree),
				 PITH_OK);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_cases),
	    cmocka_unit_test(test_title_and_language),
	    cmocka_unit_test(test_spans),
	    cmocka_unit_test(test_words),
	    cmocka_unit_test(test_context),
	    cmocka_unit_test(test_hidden),
	    cmocka_unit_test(test_stand_ins),
	    cmocka_unit_test(test_budget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
