/* SPDX-License-Identifier: MIT
 *
 * abi_test.c: what a program that was compiled against an older pith.h has
 * built in: the values of enums, the places of fields. A row that has to
 * change here means a new soname; docs/abi.md says which changes are free.
 * tests/structure.py holds the rows against the header. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pith.h"

struct row {
	size_t is, was;
	const char *name;
};

#define VALUE(name, was)                                                       \
	{                                                                      \
		name, was, #name                                               \
	}
#define FIELD(type, field, was)                                                \
	{                                                                      \
		offsetof(struct type, field), was, #type "." #field            \
	}

static const struct row values[] = {
    VALUE(PITH_OK, 0),
    VALUE(PITH_EOF, 1),
    VALUE(PITH_WARN, 2),
    VALUE(PITH_FAILED, 3),
    VALUE(PITH_FATAL, 4),

    VALUE(PITH_CAUSE_NONE, 0),
    VALUE(PITH_CAUSE_LIMIT, 1),
    VALUE(PITH_CAUSE_TIME, 2),
    VALUE(PITH_CAUSE_CORRUPT, 3),
    VALUE(PITH_CAUSE_BINARY, 4),
    VALUE(PITH_CAUSE_CHARSET, 5),
    VALUE(PITH_CAUSE_MEMORY, 6),
    VALUE(PITH_CAUSE_ARGUMENT, 7),
    VALUE(PITH_CAUSE_MODEL, 8),

    VALUE(PITH_MAX_INPUT, 0),
    VALUE(PITH_MAX_PAGE, 1),
    VALUE(PITH_MAX_RATIO, 2),
    VALUE(PITH_MAX_MEMORY, 3),
    VALUE(PITH_MAX_DEPTH, 4),
    VALUE(PITH_MAX_ATTRS, 5),
    VALUE(PITH_MAX_TIME, 6),
    VALUE(PITH_WIDTH, 7),
    VALUE(PITH_BIAS, 8),
    VALUE(PITH_WITH_TITLE, 9),
    VALUE(PITH_WITH_COMMENTS, 10),
    VALUE(PITH_WITH_TABLES, 11),
    VALUE(PITH_WITH_IMAGES, 12),
    VALUE(PITH_WITH_LINKS, 13),
    VALUE(PITH_WITH_CAPTIONS, 14),
    VALUE(PITH_WITH_METADATA, 15),
    VALUE(PITH_WITH_BLOCKS, 16),
    VALUE(PITH_JSON_BODY, 17),
    VALUE(PITH_NOW, 18),
    VALUE(PITH_REASONS, 19),
    VALUE(PITH_INPUT, 20),
    VALUE(PITH_THRESHOLD, 21),

    VALUE(PITH_INPUT_HTML, 0),
    VALUE(PITH_INPUT_TEXT, 1),
    VALUE(PITH_INPUT_AUTO, 2),

    VALUE(PITH_TEXT, 0),
    VALUE(PITH_MARKDOWN, 1),
    VALUE(PITH_HTML, 2),
    VALUE(PITH_JSON, 3),
    VALUE(PITH_EXPLAIN, 4),
    VALUE(PITH_REPORT, 5),

    VALUE(PITH_PARAGRAPH, 0),
    VALUE(PITH_HEADING, 1),
    VALUE(PITH_ITEM, 2),
    VALUE(PITH_TERM, 3),
    VALUE(PITH_DEFINITION, 4),
    VALUE(PITH_CELL, 5),
    VALUE(PITH_CAPTION, 6),
    VALUE(PITH_PREFORMATTED, 7),
    VALUE(PITH_CONTROL, 8),

    VALUE(PITH_ORIGIN_NONE, 0),
    VALUE(PITH_ORIGIN_PAGE, 1),
    VALUE(PITH_ORIGIN_DATA, 2),
    VALUE(PITH_ORIGIN_DESCRIPTION, 3),
};

/* On machines with pointers of 64 bits. */
static const struct row fields[] = {
    FIELD(pith_text, data, 0),		 FIELD(pith_text, len, 8),

    FIELD(pith_block, text, 0),		 FIELD(pith_block, path, 16),
    FIELD(pith_block, score, 32),	 FIELD(pith_block, kind, 40),
    FIELD(pith_block, level, 44),	 FIELD(pith_block, kept, 48),
    FIELD(pith_block, rule, 56),

    FIELD(pith_article, text, 0),	 FIELD(pith_article, origin, 16),
    FIELD(pith_article, confidence, 24), FIELD(pith_article, title, 32),
    FIELD(pith_article, language, 48),	 FIELD(pith_article, charset, 64),
    FIELD(pith_article, blocks, 72),	 FIELD(pith_article, block_count, 80),
    FIELD(pith_article, url, 88),	 FIELD(pith_article, canonical, 104),
    FIELD(pith_article, authors, 120),	 FIELD(pith_article, author_count, 128),
    FIELD(pith_article, published, 136), FIELD(pith_article, modified, 152),
    FIELD(pith_article, sitename, 168),	 FIELD(pith_article, description, 184),
    FIELD(pith_article, image, 200),	 FIELD(pith_article, tags, 216),
    FIELD(pith_article, tag_count, 224), FIELD(pith_article, license, 232),
    FIELD(pith_article, type, 248),	 FIELD(pith_article, comments, 264),
};

/* Programs copy a text and step through an array of blocks; an article they
 * only point to, so it alone may grow. */
static const struct row sizes[] = {
    {sizeof(struct pith_text), 16, "struct pith_text"},
    {sizeof(struct pith_block), 64, "struct pith_block"},
};

static void check(const struct row *row, size_t count)
{
	size_t moved = 0;

	for (; count > 0; count--, row++) {
		if (row->is == row->was)
			continue;
		print_error("%s is %zu, was %zu\n", row->name, row->is,
			    row->was);
		moved++;
	}
	assert_int_equal(moved, 0);
}

static void values_stay(void **state)
{
	(void)state;
	check(values, sizeof(values) / sizeof(*values));
}

static void fields_stay(void **state)
{
	(void)state;
	if (sizeof(void *) != 8)
		skip();
	check(fields, sizeof(fields) / sizeof(*fields));
	check(sizes, sizeof(sizes) / sizeof(*sizes));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_stay),
	    cmocka_unit_test(fields_stay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
