/* SPDX-License-Identifier: MIT
 *
 * fetch_state_test.c: what the state file gives back, and that only commits
 * last. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fetch/state.h"

/* A folder of the test's own, with the name of a state file in it. */
static int make_folder(void **state)
{
	char folder[] = "/tmp/fetch-state-XXXXXX";
	char *path = malloc(100);

	if (path == NULL || mkdtemp(folder) == NULL) {
		free(path);
		return -1;
	}
	sprintf(path, "%s/s.db", folder);
	*state = path;
	return 0;
}

static int drop_folder(void **state)
{
	static const char *const ends[] = {"", "-lock", "-wal", "-shm"};
	char *path = *state, name[120];

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		sprintf(name, "%s%s", path, ends[i]);
		unlink(name);
	}
	*strrchr(path, '/') = '\0';
	rmdir(path);
	free(path);
	return 0;
}

static struct state *open_state(const char *path)
{
	struct fault f = {0};
	struct state *s;

	if (state_open(&s, path, 0, false, &f) != PITH_OK)
		fail_msg("%s", f.text);
	return s;
}

static void test_pages(void **state)
{
	const struct state_page page = {.etag = "\"e\"",
					.last_modified = "l",
					.digest = "sha1:D",
					.status = 200,
					.failures = 3,
					.fetched = 5000000000,
					.changed = 2,
					.due = 7};
	struct state *s = open_state(*state);
	struct state_page got;
	struct fault f = {0};

	assert_int_equal(state_page(s, "http://a/", &got, &f), PITH_EOF);
	assert_int_equal(state_put_page(s, "http://a/", &page, &f), PITH_OK);
	assert_int_equal(state_page(s, "http://a/", &got, &f), PITH_OK);
	state_close(s); /* without a commit */
	s = open_state(*state);
	assert_int_equal(state_page(s, "http://a/", &got, &f), PITH_EOF);
	assert_int_equal(state_commit(s, &f), PITH_OK); /* nothing to do */
	assert_int_equal(state_put_page(s, "http://a/", &page, &f), PITH_OK);
	assert_int_equal(state_put_page(s, "http://b/", &page, &f), PITH_OK);
	assert_int_equal(state_commit(s, &f), PITH_OK);
	assert_int_equal(state_put_page(s, "http://c/", &page, &f), PITH_OK);
	state_close(s);
	s = open_state(*state);
	assert_int_equal(state_page(s, "http://a/", &got, &f), PITH_OK);
	assert_string_equal(got.etag, page.etag);
	assert_string_equal(got.last_modified, page.last_modified);
	assert_string_equal(got.digest, page.digest);
	assert_int_equal(got.status, 200);
	assert_int_equal(got.failures, 3);
	assert_true(got.fetched == page.fetched);
	assert_true(got.changed == 2 && got.due == 7);
	assert_int_equal(state_page(s, "http://c/", &got, &f), PITH_EOF);
	state_close(s);
}

static void test_robots_and_items(void **state)
{
	const struct state_robots robots = {12, 200, {"a\0b", 3}};
	struct state *s = open_state(*state);
	struct state_robots got;
	struct fault f = {0};
	bool seen;

	assert_int_equal(state_robots(s, "http://a", &got, &f), PITH_EOF);
	assert_int_equal(state_put_robots(s, "http://a", &robots, &f), PITH_OK);
	assert_int_equal(state_robots(s, "http://a", &got, &f), PITH_OK);
	assert_true(got.fetched == 12 && got.status == 200);
	assert_true(str_equal(got.text, robots.text));
	assert_int_equal(state_item_seen(s, "f", "u", "", &seen, &f), PITH_OK);
	assert_false(seen);
	assert_int_equal(state_put_item(s, "f", "u", "1", &f), PITH_OK);
	assert_int_equal(state_item_seen(s, "f", "u", "1", &seen, &f), PITH_OK);
	assert_true(seen);
	assert_int_equal(state_item_seen(s, "f", "u", "2", &seen, &f), PITH_OK);
	assert_false(seen);
	assert_int_equal(state_item_seen(s, "g", "u", "1", &seen, &f), PITH_OK);
	assert_false(seen);
	assert_int_equal(state_commit(s, &f), PITH_OK);
	state_close(s);
}

static void test_lock(void **state)
{
	struct state *s = open_state(*state), *second;
	struct fault f = {0}, g = {0};

	assert_int_equal(state_open(&second, *state, 0, false, &f), PITH_FATAL);
	assert_int_equal(f.code, FETCH_LOCKED);
	assert_int_equal(state_open(&second, *state, 0, true, &g), PITH_OK);
	state_close(second);
	state_close(s);
	s = open_state(*state);
	state_close(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(test_pages, make_folder,
					    drop_folder),
	    cmocka_unit_test_setup_teardown(test_robots_and_items, make_folder,
					    drop_folder),
	    cmocka_unit_test_setup_teardown(test_lock, make_folder,
					    drop_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
