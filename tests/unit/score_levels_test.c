/* SPDX-License-Identifier: MIT
 *
 * score_levels_test.c: levels found in passes over all blocks are those that a
 * walk up from each block finds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "score/survey.h"

static const struct lexicon no_lexicon;

/* Levels from block i up to the element of it that block j stands in too. */
static unsigned walk_up(const struct page *p, uint32_t i, uint32_t j)
{
	uint32_t e = p->blocks[i].elem, other = p->blocks[j].elem;
	unsigned up = 0;

	while (up < LEVELS_MAX && p->elems[e].parent != NO_ELEM &&
	       !elem_within(p, other, e)) {
		e = p->elems[e].parent;
		up++;
	}
	return up;
}

static void check_block(const char *html, const struct survey *s, uint32_t i)
{
	const uint32_t targets[LEVELS] = {
	    [LEVEL_BEFORE] = i > 0 ? i - 1 : NO_ELEM,
	    [LEVEL_AFTER] = i + 1 < s->count ? i + 1 : NO_ELEM,
	    [LEVEL_BEFORE2] = i > 1 ? i - 2 : NO_ELEM,
	    [LEVEL_AFTER2] = i + 2 < s->count ? i + 2 : NO_ELEM,
	    [LEVEL_LONG_BEFORE] = s->long_before[i],
	    [LEVEL_LONG_AFTER] = s->long_after[i],
	    [LEVEL_HEAD] = s->head[i],
	    [LEVEL_H1] = s->h1,
	    [LEVEL_HEADLINE] = s->headline,
	};

	for (unsigned k = 0; k < LEVELS; k++)
		if (targets[k] != NO_ELEM &&
		    s->levels[i].to[k] != walk_up(s->page, i, targets[k]))
			fail_msg("%s: block %u: %u levels to %u, not %u", html,
				 i, s->levels[i].to[k], targets[k],
				 walk_up(s->page, i, targets[k]));
}

static void check(struct arena *arena, const char *html)
{
	struct GumboInternalOutput *tree;
	struct page page;
	struct survey s;

	arena_reset(arena, (size_t)1 << 30, 0);
	assert_int_equal(
	    parse_markup(arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(arena, tree, NULL, &page), PITH_OK);
	if (page.block_count == 0)
		return;
	assert_int_equal(survey_make(arena, &page, &no_lexicon, &s), PITH_OK);
	for (uint32_t i = 0; i < s.count; i++)
		check_block(html, &s, i);
}

/* Pages of any pieces, in any order. */
static void test_any_pages(void **state)
{
	static const char *const pieces[] = {
	    "<div>",
	    "<div>",
	    "</div>",
	    "</div>",
	    "<p>",
	    "</p>",
	    "<span>",
	    "</span>",
	    "<b>",
	    "</b>",
	    "<a href=x>",
	    "</a>",
	    "<h1>",
	    "</h1>",
	    "<h2>",
	    "</h2>",
	    "<pre>",
	    "</pre>",
	    "<ul>",
	    "<li>",
	    "</ul>",
	    "<br>",
	    "<br><br>",
	    "<x-y>",
	    "</x-y>",
	    "<button>",
	    "</button>",
	    "<table><tr><td>",
	    "<td>",
	    "</table>",
	    " words ",
	    " words ",
	    " one two three four ",
	    "one two three four five six seven eight nine ten eleven twelve. "};
	enum { PIECES = sizeof(pieces) / sizeof(pieces[0]) };
	struct err err = {0};
	struct arena arena;
	uint32_t seed = 1;

	(void)state;
	arena_init(&arena, &err);
	for (unsigned round = 0; round < 3000; round++) {
		char html[4096] = "<title>words one</title>";
		size_t len = strlen(html);

		for (unsigned i = 0; i < 5 + round % 50; i++) {
			const char *piece;

			seed = seed * 1664525u + 1013904223u;
			piece = pieces[(seed >> 16) % PIECES];
			memcpy(html + len, piece, strlen(piece) + 1);
			len += strlen(piece);
		}
		check(&arena, html);
	}
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_any_pages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
