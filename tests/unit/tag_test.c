/* SPDX-License-Identifier: MIT
 *
 * tag_test.c: every name in the tables of elements and attributes is found,
 * in any case, and others are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "page/attr.h"
#include "page/tag.h"

static struct str shout(const char *name, char *to)
{
	size_t n = strlen(name);

	for (size_t i = 0; i < n; i++)
		to[i] =
		    (char)(ascii_alpha(name[i]) ? name[i] & ~0x20 : name[i]);
	return (struct str){to, n};
}

static void finds_every_element(void **state)
{
	char upper[32];

	(void)state;
	for (int i = 0; i < TAG_CUSTOM; i++) {
		const char *name = tag_name((enum tag)i);

		assert_int_equal(tag_find((struct str){name, strlen(name)}), i);
		assert_int_equal(tag_find(shout(name, upper)), i);
	}
	assert_int_equal(tag_find(STR("my-card")), TAG_CUSTOM);
	assert_int_equal(tag_find(STR("a-very-long-custom-name")), TAG_CUSTOM);
	assert_int_equal(tag_find(STR("di")), TAG_UNKNOWN);
	assert_int_equal(tag_find(STR("divv")), TAG_UNKNOWN);
	assert_int_equal(tag_find(STR("{iv")), TAG_UNKNOWN);
	assert_int_equal(tag_find(STR("")), TAG_UNKNOWN);
}

static void finds_every_attribute(void **state)
{
	char upper[32];

	(void)state;
	for (int i = 0; i < ATTR_COUNT; i++) {
		const char *name = attr_name((enum attr)i);

		assert_int_equal(attr_find((struct str){name, strlen(name)}),
				 i);
		assert_int_equal(attr_find(shout(name, upper)), i);
	}
	assert_int_equal(attr_find(STR("onclick")), ATTR_COUNT);
	assert_int_equal(attr_find(STR("hre")), ATTR_COUNT);
	assert_int_equal(attr_find(STR("@id")), ATTR_COUNT);
	assert_int_equal(attr_find(STR("")), ATTR_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_every_element),
	    cmocka_unit_test(finds_every_attribute),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
