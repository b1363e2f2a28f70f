/* SPDX-License-Identifier: MIT
 *
 * plain_test.c: how plain text is cut into blocks, and what the library makes
 * of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "page/plain.h"

/* Text in; each block in brackets, as one paragraph. */
static const struct {
	const char *text, *blocks;
} cases[] = {
    {"", ""},
    {"\n \n\t\n", ""},
    {"One", "[One]"},
    {"One\nTwo\n\nThree\n", "[One][Two][Three]"},
    {"One\r\nTwo\rThree\fFour", "[One][Two][Three][Four]"},
    {"  indented\n\ttabbed  \n", "[indented][tabbed]"},
    {"a\x1b[31mred\x07\n\xe2\x80\xae"
     "back",
     "[a[31mred][back]"},
    {"\xc2\xa0\n\xe3\x80\x80\n", ""},
    /* lines that are short for another reason than a width */
    {"We sat by the lake until the boats came in.\n"
     "Nobody spoke.\n"
     "Then the lamps were lit along the whole of the shore.\n"
     "It was late.\n",
     "[We sat by the lake until the boats came in.][Nobody spoke.]"
     "[Then the lamps were lit along the whole of the shore.]"
     "[It was late.]"},
};

/* A letter as mail programs wrap it: two paragraphs, a list, a signature. */
static const char wrapped[] =
    "The Orchard\n"
    "\n"
    "Most of the old trees came down in the storm of last November and\n"
    "what is left of the orchard looks rather bare from the road below.\n"
    "We shall plant again in spring.\n"
    "\n"
    "   The nursery has promised forty young trees of the sorts that our\n"
    "grandparents grew, among them the red one nobody has seen here for\n"
    "thirty years.\n"
    "* spades, at least one for every two people who have said they come\n"
    "  along\n"
    "* string\n"
    "\n"
    "Ada\n";

struct fixture {
	struct err err;
	struct arena arena;
	struct plain plain;
};

static void build(struct fixture *f, const char *text)
{
	memset(f, 0, sizeof(*f));
	arena_init(&f->arena, &f->err);
	arena_reset(&f->arena, 64 << 20, 0);
	assert_int_equal(
	    plain_build(&f->arena, (struct str){text, strlen(text)}, &f->plain),
	    PITH_OK);
}

static void describe(const struct plain *p, char *out, size_t size)
{
	size_t at = 0;

	out[0] = '\0';
	for (uint32_t i = 0; i < p->page.block_count && at < size; i++)
		at += (size_t)snprintf(out + at, size - at, "[%s]",
				       p->page.blocks[i].text.data);
}

static void test_lines_are_blocks(void **state)
{
	struct fixture f;
	char found[1024];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		build(&f, cases[i].text);
		describe(&f.plain, found, sizeof(found));
		assert_string_equal(found, cases[i].blocks);
		assert_int_equal(f.plain.width, 0);
		arena_free(&f.arena);
	}
}

static void test_wrapped_lines_are_joined(void **state)
{
	struct fixture f;
	char found[2048];

	(void)state;
	build(&f, wrapped);
	describe(&f.plain, found, sizeof(found));
	assert_true(f.plain.width >= 60 && f.plain.width <= 70);
	assert_string_equal(
	    found,
	    "[The Orchard]"
	    "[Most of the old trees came down in the storm of last November "
	    "and what is left of the orchard looks rather bare from the road "
	    "below. We shall plant again in spring.]"
	    "[The nursery has promised forty young trees of the sorts that our "
	    "grandparents grew, among them the red one nobody has seen here "
	    "for thirty years.]"
	    "[* spades, at least one for every two people who have said they "
	    "come along][* string][Ada]");
	arena_free(&f.arena);
}

static void test_lines_stand_as_they_stood(void **state)
{
	struct fixture f;

	(void)state;
	build(&f, wrapped);
	assert_int_equal(f.plain.text.len, strlen(wrapped));
	assert_memory_equal(f.plain.text.data, wrapped, strlen(wrapped));
	for (uint32_t i = 0; i < f.plain.page.block_count; i++) {
		struct str s = f.plain.lines[i];

		assert_true(s.len >= f.plain.page.blocks[i].text.len);
		assert_true(s.data >= f.plain.text.data &&
			    s.data + s.len <=
				f.plain.text.data + f.plain.text.len);
		if (i > 0)
			assert_true(s.data > f.plain.lines[i - 1].data +
						 f.plain.lines[i - 1].len);
	}
	arena_free(&f.arena);
}

static void test_memory_has_a_limit(void **state)
{
	static char text[1 << 20];
	struct err err = {0};
	struct arena arena;
	struct plain plain;

	(void)state;
	for (size_t i = 0; i < sizeof(text); i++)
		text[i] = i % 2 ? '\n' : 'a';
	arena_init(&arena, &err);
	arena_reset(&arena, 2 << 20, 0);
	assert_int_equal(
	    plain_build(&arena, (struct str){text, sizeof(text)}, &plain),
	    PITH_FAILED);
	assert_int_equal(err.cause, PITH_CAUSE_LIMIT);
	arena_free(&arena);
}

/* An article and what stood around it; written for this test. */
static const char clean[] =
    "  The ferry to the island of Harn will sail again from the first of May, "
    "after a winter in which it lay at the yard for repairs to both engines.\n"
    "\n"
    "\n"
    "\xe3\x80\x80The council had put the work off twice because no bid came in "
    "below what it had set aside, and the ferry\xe2\x80\x99s owners refused to "
    "pay the difference.\n"
    " \t\n"
    "Fares stay as they were last year, said the harbour master, Ilse Tarn, "
    "who has kept the timetable of the ferry for eleven years now.\n"
    "\n"
    "What the islanders say\n"
    "\n"
    "Most of the two hundred people who live on Harn all year were glad to "
    "hear it, since the mail boat that had taken the ferry\xe2\x80\x99s place "
    "carries no cars.\n";

static const char dirty[] =
    "Home\n\nNews\n\nLog in\n\nShare this\n\n%s\nTags\n\nLeave a comment\n\n"
    "Related articles\n\nTen ways to cook a pumpkin that your children will "
    "love\n\nThe best lamps of the year, tested\n\nSubscribe to our "
    "newsletter\n\nPrivacy policy\n\nAll rights reserved\n";

/* Feed a text in pieces; the article in out. */
static size_t extract(const char *text, size_t piece, int64_t bias, char *out,
		      size_t size)
{
	const struct pith_article *article = NULL;
	size_t len = strlen(text), found;
	pith *p = NULL;

	assert_int_equal(pith_new(&p), PITH_OK);
	assert_int_equal(pith_set(p, PITH_INPUT, PITH_INPUT_TEXT), PITH_OK);
	assert_int_equal(pith_set(p, PITH_BIAS, bias), PITH_OK);
	for (size_t i = 0; i < len; i += piece)
		assert_int_equal(
		    pith_feed(p, text + i, len - i < piece ? len - i : piece),
		    PITH_OK);
	assert_int_equal(pith_finish(p, &article), PITH_OK);
	found = article->text.len;
	assert_true(found < size);
	memcpy(out, article->text.data ? article->text.data : "", found);
	out[found] = '\0';
	assert_int_equal(article->origin,
			 found > 0 ? PITH_ORIGIN_PAGE : PITH_ORIGIN_NONE);
	assert_true(article->confidence >= 0 && article->confidence <= 1);
	pith_free(p);
	return found;
}

static void test_a_clean_text_comes_out_as_it_is(void **state)
{
	char out[4096];

	(void)state;
	extract(clean, sizeof(clean), 0, out, sizeof(out));
	assert_string_equal(out, clean);
}

static void test_junk_goes_and_the_rest_stays(void **state)
{
	char text[4096], out[4096];

	(void)state;
	snprintf(text, sizeof(text), dirty, clean);
	extract(text, sizeof(text), 0, out, sizeof(out));
	assert_string_equal(out, clean);
}

static void test_pieces_of_one_byte_make_no_difference(void **state)
{
	char text[4096], whole[4096], bytes[4096];

	(void)state;
	snprintf(text, sizeof(text), dirty, clean);
	extract(text, sizeof(text), 0, whole, sizeof(whole));
	extract(text, 1, 0, bytes, sizeof(bytes));
	assert_string_equal(bytes, whole);
}

static void test_bias_keeps_all_or_nothing(void **state)
{
	char text[4096], out[4096];

	(void)state;
	snprintf(text, sizeof(text), dirty, clean);
	extract(text, sizeof(text), 20000, out, sizeof(out));
	assert_string_equal(out, text);
	assert_int_equal(extract(text, sizeof(text), -20000, out, sizeof(out)),
			 0);
}

static void test_nothing_is_kept_of_a_menu(void **state)
{
	char out[4096];

	(void)state;
	assert_int_equal(extract("", 1, 0, out, sizeof(out)), 0);
	assert_int_equal(extract("Home\nNews\nSport\nLog in\nRegister\n"
				 "Contact us\nPrivacy policy\n",
				 99, 0, out, sizeof(out)),
			 0);
}

static void test_markup_is_text(void **state)
{
	static const char text[] =
	    "An element that begins with <p class=\"x\"> ends with </p> in "
	    "most pages, but a browser knows where it ends without that too, "
	    "as the grammar says.\n";
	char out[4096];

	(void)state;
	extract(text, 7, 5000, out, sizeof(out));
	assert_string_equal(out, text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lines_are_blocks),
	    cmocka_unit_test(test_wrapped_lines_are_joined),
	    cmocka_unit_test(test_lines_stand_as_they_stood),
	    cmocka_unit_test(test_memory_has_a_limit),
	    cmocka_unit_test(test_a_clean_text_comes_out_as_it_is),
	    cmocka_unit_test(test_junk_goes_and_the_rest_stays),
	    cmocka_unit_test(test_pieces_of_one_byte_make_no_difference),
	    cmocka_unit_test(test_bias_keeps_all_or_nothing),
	    cmocka_unit_test(test_nothing_is_kept_of_a_menu),
	    cmocka_unit_test(test_markup_is_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
