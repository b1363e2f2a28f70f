/* SPDX-License-Identifier: MIT
 *
 * store_test.c: the article is found in data of many shapes, and nothing where
 * there is none, or too much. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "meta/store.h"

enum { NOW = 1700000000 };

/* A paragraph of seventeen words. */
#define PROSE                                                                  \
	"The keeper counted the geese at noon, and there was one more than "   \
	"there had been at dawn."
#define PROSE_2 PROSE " " PROSE
#define PROSE_6 PROSE_2 " " PROSE_2 " " PROSE_2

struct fixture {
	struct err err;
	struct arena arena;
	struct metadata meta;
};

static void read_bytes(struct fixture *f, const char *text, size_t len)
{
	struct str script = {text, len};

	memset(f, 0, sizeof(*f));
	arena_init(&f->arena, &f->err);
	arena_reset(&f->arena, 256 << 20, 0);
	assert_int_equal(store_read(&f->arena, &script, 1, NOW, &f->meta),
			 PITH_OK);
}

/* What is found in a script; NULL: nothing. */
static void finds(const char *script, const char *want)
{
	struct fixture f;

	read_bytes(&f, script, strlen(script));
	if (want == NULL
		? f.meta.body.len > 0
		: !str_equal(f.meta.body, (struct str){want, strlen(want)}))
		fail_msg("%s: %.*s", script, (int)f.meta.body.len,
			 f.meta.body.data ? f.meta.body.data : "");
	arena_free(&f.arena);
}

static void test_one_string(void **state)
{
	(void)state;
	finds("{\"a\":{\"x\":\"" PROSE_6 "\"}}", PROSE_6);
	finds("[1,{\"html\":\"<p>" PROSE_6 "</p>\"}]", "<p>" PROSE_6 "</p>");
	finds("window.__A__={\"a\":undefined,\"b\":\"" PROSE_6 "\"};f();",
	      PROSE_6);
	finds("window.__A__=JSON.parse(\"{\\\"b\\\":\\\"" PROSE_6 "\\\"}\")",
	      PROSE_6);
}

static void test_blocks(void **state)
{
	(void)state;
	finds("{\"c\":[\"" PROSE_2 "\",\"" PROSE_2 "\",\"" PROSE_2 "\"]}",
	      "<p>" PROSE_2 "<p>" PROSE_2 "<p>" PROSE_2);
	finds("[{\"type\":\"h3\",\"text\":\"Geese & <ducks>\"},"
	      "{\"text\":\"" PROSE_2 "\"},{\"text\":\"" PROSE_2
	      "\"},{\"c\":[{\"text\":\"" PROSE "\"},{\"text\":\" " PROSE
	      "\"}]}]",
	      "<h3>Geese &amp; &lt;ducks></h3><p>" PROSE_2 "<p>" PROSE_2
	      "<p>" PROSE_2);
}

static void test_none(void **state)
{
	(void)state;
	finds("", NULL);
	finds("{", NULL);
	finds("{\"a\":\"" PROSE_2 "\"}", NULL); /* too short */
	/* other pages, comments, what is said of the author */
	finds("[{\"url\":1,\"text\":\"" PROSE_2
	      "\"},{\"url\":1,\"text\":\"" PROSE_2
	      "\"},{\"url\":1,\"text\":\"" PROSE_2 "\"}]",
	      NULL);
	finds("[{\"user\":1,\"text\":\"" PROSE_6 "\"},{\"user\":1,\"text\":"
	      "\"" PROSE_6 "\"},{\"user\":1,\"text\":\"" PROSE_6 "\"}]",
	      NULL);
	finds("{\"author\":{\"text\":\"" PROSE_6 "\"}}", NULL);
	/* labels among which there is a text or two */
	finds(
	    "[{\"text\":\"" PROSE_2 "\"},{\"text\":\"" PROSE_2
	    "\"},{\"text\":\"" PROSE_2 "\"},\"a b c d e f g h i j k l m n o "
	    "p q r s t u v w x y z\",\"a b c d e f g h i j k l m n o p q r s "
	    "t u v w x y z a b c d e f g h i j k l m n o p q r s t u v w x\"]",
	    NULL);
}

static void test_names(void **state)
{
	static const char json[] =
	    "{\"name\":\"Site\",\"post\":{\"title\":\"One <b>goose</b>\","
	    "\"authors\":[{\"name\":\"Ann Example\"}],\"date\":"
	    "\"2023-03-04\",\"body\":{\"html\":\"" PROSE_6 "\"}}}";
	struct fixture f;

	(void)state;
	read_bytes(&f, json, strlen(json));
	assert_true(str_equal(f.meta.title, STR("One goose")));
	assert_int_equal(f.meta.author_count, 1);
	assert_true(str_equal(f.meta.authors[0], STR("Ann Example")));
	assert_true(str_equal(f.meta.published, STR("2023-03-04")));
	arena_free(&f.arena);
}

/* Depth, width and length are bounded. */
static void test_bounds(void **state)
{
	enum { SIZE = 3 << 20 };
	char *text = malloc(SIZE);
	struct fixture f;

	(void)state;
	assert_non_null(text);
	memset(text, '[', SIZE);
	read_bytes(&f, text, SIZE);
	assert_int_equal(f.meta.body.len, 0);
	arena_free(&f.arena);
	for (size_t i = 0; i + 2 < SIZE; i += 3)
		memcpy(text + i, i == 0 ? "[[]" : ",[]", 3);
	read_bytes(&f, text, SIZE);
	assert_int_equal(f.meta.body.len, 0);
	arena_free(&f.arena);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_string), cmocka_unit_test(test_blocks),
	    cmocka_unit_test(test_none),       cmocka_unit_test(test_names),
	    cmocka_unit_test(test_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
