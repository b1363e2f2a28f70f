/* SPDX-License-Identifier: MIT
 *
 * arena_test.c: the memory of a page, its reuse and its budget. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"

static void gives_aligned_memory_that_stays(void **state)
{
	struct err err = {0};
	struct arena a;
	char *pieces[500];

	(void)state;
	arena_init(&a, &err);
	arena_reset(&a, 64 << 20, 0);
	for (size_t i = 0; i < 500; i++) {
		pieces[i] = arena_alloc(&a, i * 37);
		assert_non_null(pieces[i]);
		assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t),
				 0);
		memset(pieces[i], (int)(i & 0xff), i * 37);
	}
	for (size_t i = 0; i < 500; i++)
		for (size_t k = 0; k < i * 37; k++)
			assert_int_equal((unsigned char)pieces[i][k], i & 0xff);
	arena_free(&a);
}

static void refuses_over_its_budget_and_serves_again(void **state)
{
	struct err err = {0};
	struct arena a;

	(void)state;
	arena_init(&a, &err);
	for (int round = 0; round < 3; round++) {
		size_t got = 0;

		err_clear(&err);
		arena_reset(&a, 1 << 20, 0);
		while (arena_alloc(&a, 1000) != NULL)
			got += 1000;
		assert_true(got > 1000 * 1000 && got <= 1 << 20);
		assert_int_equal(err.cause, PITH_CAUSE_LIMIT);
		assert_int_equal(arena_status(&a), PITH_FAILED);
	}
	assert_null(arena_alloc(&a, SIZE_MAX));
	assert_null(arena_calloc(&a, SIZE_MAX / 2, 4));
	arena_free(&a);
}

static void grows_arrays(void **state)
{
	struct err err = {0};
	struct arena a;
	size_t cap = 0;
	int *v = NULL;

	(void)state;
	arena_init(&a, &err);
	arena_reset(&a, 64 << 20, 0);
	for (size_t n = 0; n < 10000; n++) {
		if (n == cap)
			v = arena_grow(&a, v, n, n + 1, sizeof(*v), &cap);
		assert_non_null(v);
		v[n] = (int)n;
	}
	for (size_t n = 0; n < 10000; n++)
		assert_int_equal(v[n], n);
	assert_null(arena_grow(&a, v, 1, SIZE_MAX / 2, sizeof(*v), &cap));
	arena_free(&a);
}

static void wait_ms(long ms)
{
	struct timespec t = {0, ms * 1000000};

	nanosleep(&t, NULL);
}

static void counts_time_of_work_only(void **state)
{
	struct err err = {0};
	struct arena a;

	(void)state;
	arena_init(&a, &err);
	arena_reset(&a, 1 << 20, 100);
	for (int i = 0; i < 3; i++) {
		arena_resume(&a);
		assert_int_equal(arena_check_time(&a), PITH_OK);
		arena_pause(&a);
		wait_ms(60);
	}
	arena_resume(&a);
	assert_int_equal(arena_check_time(&a), PITH_OK);
	wait_ms(130);
	assert_int_equal(arena_check_time(&a), PITH_FAILED);
	assert_int_equal(err.cause, PITH_CAUSE_TIME);
	arena_pause(&a);
	err_clear(&err);
	arena_resume(&a);
	wait_ms(2);
	assert_int_equal(arena_check_time(&a), PITH_FAILED);
	arena_free(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_aligned_memory_that_stays),
	    cmocka_unit_test(refuses_over_its_budget_and_serves_again),
	    cmocka_unit_test(grows_arrays),
	    cmocka_unit_test(counts_time_of_work_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
