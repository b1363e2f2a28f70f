/* SPDX-License-Identifier: MIT
 *
 * one_block.h: asks something about pages of one block. Included by unit
 * tests, after cmocka.h. */
#ifndef TESTS_ONE_BLOCK_H
#define TESTS_ONE_BLOCK_H

#include <string.h>

#include "page/block.h"
#include "page/parse.h"

typedef bool question(const struct page *page, const struct block *block);

/* Is the answer yes for the only block of a page? */
static bool ask(question *asked, const char *html)
{
	struct err err;
	struct arena arena;
	struct GumboInternalOutput *tree;
	struct page page;
	bool answer;

	memset(&err, 0, sizeof(err));
	arena_init(&arena, &err);
	arena_reset(&arena, 64 << 20, 0);
	assert_int_equal(
	    parse_markup(&arena, (struct str){html, strlen(html)}, &tree),
	    PITH_OK);
	assert_int_equal(block_build(&arena, tree, NULL, &page), PITH_OK);
	assert_int_equal(page.block_count, 1);
	answer = asked(&page, &page.blocks[0]);
	arena_free(&arena);
	return answer;
}

/* Is the answer the same for each of a list of pages? */
static void expect_all(question *asked, const char *const *pages, size_t count,
		       bool expected)
{
	for (size_t i = 0; i < count; i++)
		if (ask(asked, pages[i]) != expected)
			fail_msg("%s", pages[i]);
}

#define EXPECT_ALL(asked, pages, expected)                                     \
	expect_all(asked, pages, sizeof(pages) / sizeof((pages)[0]), expected)

#endif
