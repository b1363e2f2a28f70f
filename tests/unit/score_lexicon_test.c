/* SPDX-License-Identifier: MIT
 *
 * score_lexicon_test.c: a lexicon finds all that it has, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "score/lexicon.h"

/* Sorted keys, so many that the search begins in more than one place; of the
 * largest and the smallest there are. */
static void test_lexicon_finds_all(void **state)
{
	enum { MOST = 3000 };
	static uint32_t whole[MOST];
	static uint16_t keys[MOST], starts[LEXICON_STARTS];
	static int8_t whole_odds[MOST], odds[MOST];
	static const uint32_t counts[] = {0, 1, 7, 8, 9, 17, MOST};

	(void)state;
	for (unsigned k = 0; k < sizeof(counts) / sizeof(counts[0]); k++) {
		uint32_t count = counts[k], step = UINT32_MAX / (count + 1);
		struct lexicon l = {keys, odds, 0, starts};

		/* two thirds of them crowd one end */
		for (uint32_t i = 0; i < count; i++) {
			whole[i] = i < count / 3 ? i * step
				   : i + 1 < count
				       ? UINT32_MAX - 80 * (count - i)
				       : UINT32_MAX;
			whole_odds[i] = (int8_t)(i % 255 - 127);
		}
		l.count =
		    lexicon_pack(whole, whole_odds, count, keys, odds, starts);
		assert_int_equal(l.count, count);
		for (uint32_t i = 0; i < count; i++) {
			uint32_t none = whole[i] + 32;

			assert_int_equal(lexicon_find(&l, whole[i]),
					 whole_odds[i]);
			if (i + 1 < count && none + 16 < whole[i + 1])
				assert_int_equal(lexicon_find(&l, none),
						 LEXICON_NONE);
			/* as far from its bucket's start, in the next one */
			if (i + 1 < count / 3 && step > 1 << 21)
				assert_int_equal(
				    lexicon_find(&l, whole[i] + (1 << 20)),
				    LEXICON_NONE);
		}
		assert_int_equal(lexicon_find(&l, 12345), LEXICON_NONE);
	}
}

/* Keys that differ in bits that are dropped are one, and the first counts. */
static void test_lexicon_drops_twins(void **state)
{
	const uint32_t whole[] = {0x10000001, 0x1000000f, 0x10000010};
	const int8_t whole_odds[] = {1, 2, 3};
	uint16_t keys[3], starts[LEXICON_STARTS];
	int8_t odds[3];
	struct lexicon l = {keys, odds, 0, starts};

	(void)state;
	l.count = lexicon_pack(whole, whole_odds, 3, keys, odds, starts);
	assert_int_equal(l.count, 2);
	assert_int_equal(lexicon_find(&l, 0x1000000f), 1);
	assert_int_equal(lexicon_find(&l, 0x10000010), 3);
	assert_int_equal(lexicon_find(&l, 0x10000020), LEXICON_NONE);
	assert_int_equal(lexicon_find(&l, 0x10100010), LEXICON_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_lexicon_finds_all),
	    cmocka_unit_test(test_lexicon_drops_twins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
