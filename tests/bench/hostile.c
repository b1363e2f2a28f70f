/* SPDX-License-Identifier: MIT
 *
 * hostile.c: pages made to be slow or large. Without arguments it runs thin,
 * parse and block over each at three sizes and checks that time and memory
 * grow no faster than the page; "hostile large" does so for the whole way of a
 * page, to all formats, under the default limits, at 1 to 8 MB; "hostile NAME
 * BYTES" writes one out. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "page/block.h"
#include "page/parse.h"
#include "page/thin.h"
#include "pith.h"

#include "hostile.h"

/* Words enough for an article above what follows. */
#define SOME	"One two three four five six seven eight nine ten, eleven. "
#define ARTICLE "<p>" SOME SOME SOME SOME SOME SOME SOME SOME SOME SOME

static const struct hostile table[] = {
    {"div-deep", "", "<div>", NULL},
    {"div-deep-closed", "", "<div>", "</div>"},
    {"div-deep-text", "", "<div>a", NULL},
    {"span-deep", "", "<span>x", NULL},
    {"custom-deep", "", "<x-y>x", NULL},
    {"attributes", "<p ", "a#=b ", NULL},
    {"attributes-alike", "<p ", "class=b ", NULL},
    {"attribute-names", "<p ", "aaaaaaaaaaaaaaaa", NULL},
    {"attribute-long", "<p title=\"", "aaaaaaaaaaaaaaaa", NULL},
    {"attribute-unquoted", "<p title=", "aaaaaaaaaaaaaaaa", NULL},
    {"attribute-classes", "", "<p class=a# id=b#>", NULL},
    {"tags-long", "", "<p title='aaaaaaaaaaaaaaaaaaaaaaaaaaaa'>", NULL},
    {"html-attributes", "", "<html id=a# class=b#>", NULL},
    {"body-attributes", "", "<body id=a# class=b#>", NULL},
    {"b-distinct", "", "<b id=a#>", NULL},
    {"b-plain", "", "<b>", NULL},
    {"b-closed", "", "<b>a</b>", NULL},
    {"b-p", "", "<b><p>", NULL},
    {"b-p-ladder", "", "<b><p>x</b>", NULL},
    {"b-i-misnested", "", "<b><i>x</b>y</i>", NULL},
    {"b-div-ladder", "", "<b>", "<div></b>"},
    {"format-p", "<b><i><u><s><em><big><code><font><small><strong><tt>", "<p>x",
     NULL},
    {"format-p-thrice",
     "<b><b><b><i><i><i><u><u><u><s><s><s><em><em><em><tt><tt><tt>"
     "<big><big><big><font><font><font><small><small><small>",
     "<p>x", NULL},
    {"format-div", "", "<i><u><s><div>x</div>", NULL},
    {"format-td", "<table><tr>", "<td><b><i><u>x", NULL},
    {"format-p-closed", "", "<b><p>x</p>", NULL},
    {"format-li", "<ul>", "<li><b><i>x", NULL},
    {"font-p", "", "<p><font color=#>x", NULL},
    {"code-classes", "", "<p><code class=a#>x", NULL},
    {"a", "", "<a>", NULL},
    {"a-href", "", "<a href=#>x", NULL},
    {"a-div", "", "<a href=#><div>x", NULL},
    {"a-p-table", "", "<a href=#><p><table><td>", NULL},
    {"a-object", "", "<a><object>", NULL},
    {"nobr", "", "<nobr>x", NULL},
    {"nobr-div", "", "<nobr><div>", NULL},
    {"adopt-late", "<div>", "<b><i><u><p>", "x</b></i></u>"},
    {"adopt-wide", "<b><p>", "<i></i>", "</b><b>x"},
    {"adopt-spans", "<b>", "<span>", "<p></b><b>"},
    {"adopt-many", "<p>", "<i>", "<p></i>"},
    {"unmatched-b", "<p>x", "</b>", NULL},
    {"unmatched-i-deep", "", "<div><p>", "</i>"},
    {"p", "", "<p>", NULL},
    {"p-end", "", "</p>", NULL},
    {"p-end-deep", "", "<div>", "</p>"},
    {"p-deep", "", "<div>", "<p>x"},
    {"br", "", "<br>", NULL},
    {"br-end", "", "</br>", NULL},
    {"end-deep", "", "<div>", "</section>"},
    {"end-unknown-deep", "", "<span>", "</x-y>"},
    {"headings", "", "<h1><h2>", NULL},
    {"headings-deep", "", "<h1><div>", NULL},
    {"li", "", "<li>", NULL},
    {"li-deep", "", "<ul><li>", NULL},
    {"li-spans", "<ul><li>", "<span>", "<li>"},
    {"dd", "", "<dl><dd><dt>", NULL},
    {"terms", "<dl>", "<dt>x", NULL},
    {"dates", "", "<p>14 March 2031", NULL},
    {"seams", "<p>", "<span>xX</span>", NULL},
    {"permalinks", "<p>x", "<a href=#x>\xc2\xb6</a>", NULL},
    {"button", "", "<button>", NULL},
    {"form", "", "<form><div></form>", NULL},
    {"form-end", "", "<form>x</form>", NULL},
    {"ruby", "", "<ruby><rt><rp>", NULL},
    {"options", "<select>", "<option>x", NULL},
    {"optgroups", "<select>", "<optgroup><option>", NULL},
    {"options-bare", "", "<option>x<optgroup>", NULL},
    {"select", "", "<select>", NULL},
    {"select-input", "", "<select><input>", NULL},
    {"select-table", "<table><tr><td>", "<select><td>", NULL},
    {"select-template", "", "<select><template>", NULL},
    {"frameset", "", "<frameset>", NULL},
    {"frameset-late", "", "<span>", "<frameset>"},
    {"frame", "<frameset>", "<frame>", NULL},
    {"template", "", "<template>", NULL},
    {"template-closed", "", "<template></template>", NULL},
    {"template-table", "", "<template><tr><td>", NULL},
    {"table", "", "<table>", NULL},
    {"table-deep", "", "<table><tr><td>", NULL},
    {"table-cells", "<table><tr>", "<td>", NULL},
    {"table-rows", "<table>", "<tr>", NULL},
    {"table-bodies", "<table>", "<tbody>", NULL},
    {"table-captions", "<table>", "<caption>x", NULL},
    {"table-columns", "<table>", "<col>", NULL},
    {"foster-text", "<table>", "x<tr>", NULL},
    {"foster-b", "<table>", "<b>x", NULL},
    {"foster-div", "<table>", "<div></div>", NULL},
    {"foster-a", "<table>", "<a href=#>x<tr>", NULL},
    {"foster-tables", "", "<table>x", NULL},
    {"foster-input", "<table>", "<input>", NULL},
    {"foster-deep", "<table>", "<div>", "<tr>x"},
    {"object", "", "<object>", NULL},
    {"marquee-b", "", "<marquee><b>", NULL},
    {"svg", "", "<svg>", NULL},
    {"svg-deep", "<svg>", "<g>", NULL},
    {"svg-deep-closed", "<svg>", "<g>", "</g>"},
    {"svg-title", "", "<svg><title>", NULL},
    {"svg-points", "", "<svg><desc><p>", NULL},
    {"svg-out", "", "<svg><g><p>", NULL},
    {"svg-ends", "<svg>", "<g>", "</x>"},
    {"svg-cdata", "<svg>", "<![CDATA[x]]>", NULL},
    {"math", "", "<math>", NULL},
    {"math-deep", "<math>", "<mrow>", NULL},
    {"math-points", "", "<math><mi>", NULL},
    {"math-text", "<math>", "< <", NULL},
    {"math-ends", "<math>", "<mrow>", "</x>"},
    {"math-annotation", "", "<math><annotation-xml><svg>", NULL},
    {"labels-comments", ARTICLE,
     "<h3>5 Comments</h3><p>What may be said of it, or may be kept.", NULL},
    {"labels-others", ARTICLE,
     "<h3>Related posts</h3><p>What may be said of it, or may be kept.", NULL},
    {"captions", ARTICLE "<figure><pre>code</pre>", "<figcaption>Of it", NULL},
    {"captions-figures", ARTICLE,
     "<figure><pre>code</pre><figcaption>Of it</figcaption></figure>", NULL},
    {"permalinks", "<h2>", "<a href=#a>#<object>", NULL},
    {"references", "", "&amp;", NULL},
    {"references-open", "", "&lt", NULL},
    {"references-long", "", "&CounterClockwiseContourIntegra", NULL},
    {"references-unknown", "&", "aaaaaaaaaaaaaaaa", NULL},
    {"references-number", "", "&#983041;", NULL},
    {"references-zeros", "&#", "0000000000000000", NULL},
    {"references-text", "", "some&amp;", NULL},
    {"ampersands", "", "&", NULL},
    {"less", "", "<", NULL},
    {"less-space", "", "< ", NULL},
    {"less-ampersand", "", "<&a", NULL},
    {"less-slash", "", "</", NULL},
    {"comments", "", "<!-->", NULL},
    {"comments-text", "", "a<!-->", NULL},
    {"comment-open", "<!--", "--!", NULL},
    {"comment-dashes", "<!--", "----------------", NULL},
    {"bogus", "", "<!x>", NULL},
    {"questions", "", "<?>", NULL},
    {"cdata", "", "<![CDATA[", NULL},
    {"doctypes", "", "<!doctype html>", NULL},
    {"doctype-open", "<!doctype ", "aaaaaaaaaaaaaaaa", NULL},
    {"script-escapes", "<script>", "<!--<script>", NULL},
    {"script-ends", "<script>", "</scrip", NULL},
    {"script-dashes", "<script><!--", "--", NULL},
    {"scripts", "", "<script></script>", NULL},
    {"titles", "", "<title>x</title>", NULL},
    {"title-open", "<title>", "a & b ", NULL},
    {"textareas", "", "<textarea>x</textarea>", NULL},
    {"xmps", "", "<xmp>x</xmp>", NULL},
    {"plaintext", "<plaintext>", "words ", NULL},
    {"iframes", "", "<iframe></iframe>", NULL},
    {"noscript", "", "<noscript>", NULL},
    {"isindex", "", "<isindex>", NULL},
    {"images", "", "<image>", NULL},
    {"spaces", "", "                ", NULL},
    {"spaces-pre", "<pre>", "                ", NULL},
    {"newlines-pre", "<pre>", "\n\n\n\n\n\n\n\n", NULL},
    {"carriage-returns", "<pre>", "\r", NULL},
    {"nuls", "", "^", NULL},
    {"nuls-text", "", "abcd^", NULL},
    {"nuls-math", "<math>", "^", NULL},
    {"runs", "", "words<br>", NULL},
    {"runs-short", "", "wo<b>", NULL},
    {"runs-b", "", "<b>words</b>", NULL},
    {"stand-ins", "", "\xf3\xb0\x80\x81", NULL},
    {"pre", "", "<pre>", NULL},
    {"details", "", "<details><summary>x", NULL},
    {"blockquotes", "", "<blockquote>x", NULL},
    {"blockquotes-closed", "", "<blockquote>x", "</blockquote>y"},
    {"inline-deep-blocks", "", "<span>", "<p>x</p>"},
    {"br-br", "", "x<br><br>", NULL},
    {"br-br-deep", "", "<span>", "x<br><br>"},
};

enum { COUNT = sizeof(table) / sizeof(table[0]) };

static int run(const char *page, size_t len)
{
	static const struct thin_limits limits = {.max_page = 64 << 20,
						  .max_depth = 512,
						  .max_attrs = 64,
						  .max_token = 256 << 10};
	struct err err = {PITH_CAUSE_NONE, ""};
	struct arena arena;
	struct thin *thin;
	struct thin_page thinned;
	struct GumboInternalOutput *tree;
	struct page out;
	enum pith_status status;

	arena_init(&arena, &err);
	if (thin_new(&thin, &err) != PITH_OK)
		return BROKEN;
	arena_reset(&arena, (size_t)512 << 20, clock_ms() + 10000);
	thin_begin(thin, &limits);
	status = thin_feed(thin, page, len);
	if (status == PITH_OK)
		status = thin_finish(thin, &thinned);
	if (status == PITH_OK)
		status = parse_markup(&arena, thinned.markup, &tree);
	if (status == PITH_OK)
		status = block_build(&arena, tree, &thinned, &out);
	if (status != PITH_OK)
		fprintf(stderr, "# %s\n", err.text);
	return status == PITH_OK ? FINE : REFUSED;
}

/* The whole way, as a program would lead a page. */
static int run_whole(const char *page, size_t len)
{
	const struct pith_article *article;
	enum pith_status status = PITH_OK;
	struct pith_text out;
	pith *p;

	if (pith_new(&p) != PITH_OK)
		return BROKEN;
	for (size_t i = 0, n; i < len && status == PITH_OK; i += n) {
		n = len - i < 65536 ? len - i : 65536;
		status = pith_feed(p, page + i, n);
	}
	status = pith_finish(p, &article);
	for (int f = 0; f < PITH_FORMAT_COUNT && status == PITH_OK; f++)
		status = pith_render(p, (enum pith_format)f, &out);
	if (status != PITH_OK)
		fprintf(stderr, "# %s\n", pith_error(p));
	pith_free(p);
	return status == PITH_OK       ? FINE
	       : status == PITH_FAILED ? REFUSED
				       : BROKEN;
}

/* Four times the page may take five times the time. A slow moment of the
 * machine is no growth: a bad measure is taken again, and little counts for
 * nothing. */
static int check(const struct hostile *h, unsigned number)
{
	enum { SIZE = 1024 * 1024, TRIES = 4 };
	static const double seconds_max = 1, mega_max = 256;
	struct cost c[3];
	int ok = 0;

	for (int try = 0; try < TRIES && !ok; try++) {
		for (int i = 0; i < 3; i++)
			c[i] = measure(h, (size_t)SIZE >> (2 - i), run);
		ok = c[2].status == FINE && c[2].seconds < seconds_max &&
		     c[2].mega < mega_max &&
		     c[2].seconds < 5 * c[0].seconds + 0.1 &&
		     c[2].mega < 5 * c[0].mega + 8;
		if (c[2].status != FINE)
			break;
	}
	printf("%s %u %-20s %6.3f %6.3f %6.3f s %5.0f %5.0f %5.0f MB%s\n",
	       ok ? "ok" : "not ok", number, h->name, c[0].seconds,
	       c[1].seconds, c[2].seconds, c[0].mega, c[1].mega, c[2].mega,
	       status_text(c[2].status));
	return ok;
}

/* The whole way: neither longer than the limit of time and a little, nor twice
 * the limit of memory. */
static bool check_large(const struct hostile *h, unsigned number)
{
	static const struct bounds most = {11, 1024, 0.3, true};

	return check_sizes(h, number, run_whole, &most);
}

int main(int argc, char **argv)
{
	bool large = argc == 2 && strcmp(argv[1], "large") == 0;
	int failed = 0;

	if (argc == 1 || large) {
		printf("1..%d\n", COUNT);
		for (unsigned i = 0; i < COUNT; i++)
			failed += large ? !check_large(&table[i], i + 1)
					: !check(&table[i], i + 1);
		return failed > 0;
	}
	for (unsigned i = 0; argc == 3 && i < COUNT; i++)
		if (strcmp(table[i].name, argv[1]) == 0) {
			size_t len, size = strtoul(argv[2], NULL, 10);
			char *page = make(&table[i], size, &len);

			if (fwrite(page, 1, len, stdout) != len ||
			    fclose(stdout) != 0) {
				perror("hostile");
				free(page);
				return 2;
			}
			free(page);
			return 0;
		}
	fprintf(stderr, "usage: hostile [large | NAME BYTES]\n");
	return 2;
}
