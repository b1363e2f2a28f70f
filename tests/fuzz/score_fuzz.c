/* SPDX-License-Identifier: MIT
 *
 * score_fuzz.c: pages made of pieces, a byte each, so that the fuzzer spends
 * its time on trees and texts and not on the spelling of tags: features are
 * numbers within their ranges, and every block gets a verdict that fits the
 * others. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "score/feature.h"
#include "score/score.h"
#include "score/select.h"

enum { MEMORY = 256 << 20, REASONS = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const pieces[] = {
    "<div>",
    "<div class=post>",
    "<div class='share tools'>",
    "<div id=comments>",
    "<div hidden>",
    "</div>",
    "<p>",
    "</p>",
    "<ul>",
    "<li>",
    "</ul>",
    "<ol>",
    "</ol>",
    "<article>",
    "</article>",
    "<section>",
    "</section>",
    "<main>",
    "</main>",
    "<nav>",
    "</nav>",
    "<aside>",
    "</aside>",
    "<header>",
    "</header>",
    "<footer>",
    "</footer>",
    "<form>",
    "</form>",
    "<button>",
    "</button>",
    "<table><tr><td>",
    "<td>",
    "<tr>",
    "</table>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<blockquote>",
    "</blockquote>",
    "<pre>",
    "</pre>",
    "<h1>",
    "</h1>",
    "<h3>",
    "</h3>",
    "<dl><dt>",
    "<dd>",
    "</dl>",
    "<noscript>",
    "</noscript>",
    "<x-card>",
    "</x-card>",
    "<a href=/tag/news>",
    "<a href=#top>",
    "</a>",
    "<b>",
    "</b>",
    "<br>",
    "<img src=a.png>",
    "<input>",
    "<title>Red apples fall</title>",
    "<meta property=og:type content=article>",
    "<meta name=description content='red apples'>",
    " ",
    "word ",
    "Red apples fall. ",
    "Share ",
    "Related posts ",
    "1x ",
    "12 May 2019 ",
    "$5 ",
    "| ",
    ", ",
    "... ",
    "\xe2\x80\x9cQuoted,\xe2\x80\x9d she said. ",
    "\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82",
    "\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d ",
    "\xf0\x9f\x8d\x8e",
    "A sentence of more than a dozen words, as those of articles often do. ",
};

/* For the last bytes, so that what was found stays what it is. */
static const char *const later[] = {
    "Source: ",	      "\xc2\xa9 2031 ",
    "Advertisement ", "Read more ",
    "3 Comments",     "Also read: ",
    "Tags: ",	      "By Una ",
    "14 March 2031 ", "<span>Acme</span><a>Anvil</a>",
};

enum { LATER = 240 };

static const char *piece_of(uint8_t byte)
{
	if (byte >= LATER)
		return later[(byte - LATER) %
			     (sizeof(later) / sizeof(later[0]))];
	return pieces[byte % (sizeof(pieces) / sizeof(pieces[0]))];
}

static void check(bool good)
{
	if (!good)
		abort();
}

/* The page that the bytes ask for, in the arena. */
static struct str spell(struct arena *arena, const uint8_t *data, size_t size)
{
	size_t len = 0;
	char *out;

	for (size_t i = 0; i < size; i++)
		len += strlen(piece_of(data[i]));
	out = arena_alloc(arena, len + 1);
	check(out != NULL);
	len = 0;
	for (size_t i = 0; i < size; i++) {
		const char *piece = piece_of(data[i]);

		memcpy(out + len, piece, strlen(piece));
		len += strlen(piece);
	}
	return (struct str){out, len};
}

/* Elements have blocks that are there, and each block is its element's. */
static void check_page(const struct page *p)
{
	for (uint32_t i = 0; i < p->elem_count; i++) {
		const struct elem *e = &p->elems[i];

		check(e->first_block <= e->last_block);
		check(e->last_block <= p->block_count);
	}
	for (uint32_t i = 0; i < p->block_count; i++) {
		const struct elem *e = &p->elems[p->blocks[i].elem];

		check(e->first_block <= i && i < e->last_block);
	}
}

/* Shares are at most 1, and -1 where there is nothing to share; all others
 * are counts, at most as large as the page, or a far place. */
static void check_features(const struct survey *s, size_t size)
{
	static float row[FEATURE_COUNT];
	const float most = 1e6f + 100 * (float)size;

	feature_page(s, row);
	for (uint32_t i = 0; i < s->count; i++) {
		feature_block(s, i, row);
		for (unsigned f = 0; f < FEATURE_COUNT; f++) {
			bool share =
			    strncmp(feature_meaning(f), "share ", 6) == 0;

			check(isfinite(row[f]));
			check(fabsf(row[f]) <= (share ? 1.0001f : most));
		}
	}
}

static void check_selection(const struct page *page, const struct selection *s,
			    const struct score_options *options)
{
	check(s->confidence >= 0 && s->confidence <= 1);
	for (uint32_t i = 0; i < page->block_count; i++) {
		const struct verdict *v = &s->verdicts[i];

		check(v->score >= 0 && v->score <= 1);
		check(v->kept ==
		      (v->rule == RULE_SCORE || v->rule == RULE_GAP));
		check(!v->kept || s->found || options->keep_doubt);
		check(v->rule != RULE_SCORE || options->threshold <= 0 ||
		      (double)v->score >= options->threshold);
		for (unsigned k = 0; k < options->reasons; k++) {
			const struct reason *r =
			    &s->reasons[i * options->reasons + k];

			check(r->feature < FEATURE_COUNT && isfinite(r->share));
		}
	}
}

/* The first byte sets the options. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	unsigned bits = size > 0 ? data[0] : 0;
	const struct score_options options = {
	    .bias = (int)(bits & 3) - 1,
	    .threshold = bits & 4 ? 0.5 : 0,
	    .keep_doubt = (bits & 8) != 0,
	    .reasons = bits & 16 ? REASONS : 0,
	};
	struct GumboInternalOutput *tree;
	struct err err = {.cause = PITH_CAUSE_NONE};
	struct arena arena;
	struct page page;
	struct survey survey;
	struct selection selection;
	struct str markup, script = {"{\"@type\":\"Product\"}", 19};

	if (size > 4096)
		return 0;
	arena_init(&arena, &err);
	arena_reset(&arena, MEMORY, 0);
	markup = spell(&arena, data + (size > 0), size - (size > 0));
	check(parse_markup(&arena, markup, &tree) == PITH_OK);
	check(block_build(&arena, tree, NULL, &page) == PITH_OK);
	check_page(&page);
	page.data = &script;
	page.data_count = bits >> 5 & 1;
	if (page.block_count > 0) {
		check(survey_make(&arena, &page, &model_builtin.lexicon,
				  &survey) == PITH_OK);
		check_features(&survey, markup.len);
	}
	check(score_page(&arena, &page, NULL, &options, &selection) == PITH_OK);
	check_selection(&page, &selection, &options);
	arena_free(&arena);
	return 0;
}
