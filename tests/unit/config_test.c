/* SPDX-License-Identifier: MIT
 *
 * config_test.c: command lines and files of settings, read by a table of the
 * test's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "run/config.h"
#include "run/exit.h"

enum take { FLAG, TEXT, MAYBE, FULL };

struct settings {
	struct config config;
	bool loud, help;
	const char *name, *when;
	int times; /* that when was set */
};

static const char *const days[] = {"today", "never", NULL};

#define AT(field) offsetof(struct settings, field)

static const struct option_row rows[] = {
    {"config", 0, OPTION_SOURCE, TEXT, AT(config.file), 0, 0, "FILE", NULL, ""},
    {"full", 0, 0, FULL, 0, 0, 0, "N", NULL, ""},
    {"help", 'h', OPTION_ENDS, FLAG, AT(help), 0, 0, NULL, NULL, ""},
    {"loud", 'l', 0, FLAG, AT(loud), 0, 0, NULL, NULL, ""},
    {"name", 'n', 0, TEXT, AT(name), 0, 0, "NAME", NULL, ""},
    {"no-config", 0, OPTION_SOURCE, FLAG, AT(config.none), 0, 0, NULL, NULL,
     ""},
    {"when", 0, OPTION_MAYBE, MAYBE, AT(when), 0, 0, "DAY", days, ""},
};

static enum pith_status take(void *options, const struct option_row *row,
			     bool on, const char *value)
{
	struct settings *s = options;
	void *field = (char *)s + row->at;

	switch ((enum take)row->take) {
	case FLAG:
		assert_null(value);
		*(bool *)field = on;
		return PITH_OK;
	case TEXT:
		assert_non_null(value);
		*(const char **)field = value;
		return PITH_OK;
	case MAYBE:
		s->times++;
		s->when = value ? value : days[0];
		return strcmp(s->when, "never") != 0 &&
			       strcmp(s->when, "today") != 0
			   ? PITH_FAILED
			   : PITH_OK;
	case FULL:
		return PITH_FATAL;
	}
	return PITH_FAILED;
}

static const struct option_table table = {
    .program = "pith-fetch",
    .variables = "PITH_FETCH_",
    .rows = rows,
    .count = sizeof(rows) / sizeof(rows[0]),
    .config = AT(config),
    .take = take,
};

/* A command line, from words with single blanks between. */
struct words {
	char text[96];
	char *argv[16];
	int argc;
};

static void split(struct words *w, const char *text)
{
	char *rest = w->text;

	assert_true(strlen(text) < sizeof(w->text));
	strcpy(w->text, text);
	for (w->argc = 0; rest != NULL && w->argc < 15; w->argc++)
		w->argv[w->argc] = strsep(&rest, " ");
	w->argv[w->argc] = NULL;
}

static enum pith_status argv_read(struct settings *s, struct words *w,
				  const char *text, size_t *count,
				  struct complaint *c)
{
	split(w, text);
	*s = (struct settings){.loud = false};
	return option_argv(&table, s, w->argc, w->argv, 0, count, c);
}

static void test_ways_to_write_an_option(void **state)
{
	static const char *const lines[] = {
	    "x --name a --loud f g",
	    "x f --name=a g -l",
	    "x -ln a f g",
	    "x f -lna -- g",
	    "x --no-loud -l -n a -- f g",
	};
	struct words w;
	struct settings s;
	struct complaint c;
	size_t count;

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		assert_int_equal(argv_read(&s, &w, lines[i], &count, &c),
				 PITH_OK);
		assert_string_equal(s.name, "a");
		assert_true(s.loud);
		assert_int_equal(count, 2);
		assert_string_equal(w.argv[1], "f");
		assert_string_equal(w.argv[2], "g");
	}
}

static void test_a_value_that_may_be_left_out(void **state)
{
	struct words w;
	struct settings s;
	struct complaint c;
	size_t count;

	(void)state;
	assert_int_equal(argv_read(&s, &w, "x --when never", &count, &c),
			 PITH_OK);
	assert_string_equal(s.when, "today");
	assert_int_equal(count, 1);
	assert_int_equal(argv_read(&s, &w, "x --when=never", &count, &c),
			 PITH_OK);
	assert_string_equal(s.when, "never");
}

static void test_what_is_wrong_in_a_command_line(void **state)
{
	static const struct {
		const char *line, *what;
	} cases[] = {
	    {"x --nme=x", "unknown option: --nme"},
	    {"x -lx", "unknown option: -x"},
	    {"x --name", "--name wants NAME"},
	    {"x -n", "--name wants NAME"},
	    {"x --loud=yes", "--loud takes no value"},
	    {"x --no-name", "unknown option: --no-name"},
	    {"x --no-help", "unknown option: --no-help"},
	    {"x --no-", "unknown option: --no-"},
	    {"x ---", "unknown option: ---"},
	    {"x --when=then", "--when: then is none of: today never"},
	    {"x --full=1", "out of memory"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct words w;
		struct settings s;
		struct complaint c;
		size_t count;

		assert_int_not_equal(
		    argv_read(&s, &w, cases[i].line, &count, &c), PITH_OK);
		assert_string_equal(c.what, cases[i].what);
		assert_string_equal(c.where, "");
		assert_int_equal(c.code, strstr(c.what, "memory") ? EXIT_IO
								  : EXIT_USAGE);
	}
}

/* Read a file's text; s and *keep live on. */
static enum pith_status text_read(struct settings *s, const char *text,
				  char **keep, struct complaint *c)
{
	size_t len = strlen(text);

	*s = (struct settings){.loud = false};
	*keep = malloc(len + 1); /* not one byte more: sanitizers look */
	assert_non_null(*keep);
	memcpy(*keep, text, len);
	return config_parse(&table, s, "file", *keep, len, c);
}

static void test_lines_of_a_file(void **state)
{
	static const char *const texts[] = {
	    "[pith-fetch]\nname = a b\nloud\n",
	    "nothing of ours\n[pith-fetch]\nname=a b\nloud=yes",
	    "[pith-fetch]\r\nname = x\r\nname =  a b \r\nno-loud = no\r\n",
	    "\t[ pith-fetch ]\n #loud = no\nloud\n\n\nname = a b\n[pith]\n=",
	};
	struct settings s;
	struct complaint c;
	char *keep;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(text_read(&s, texts[i], &keep, &c), PITH_OK);
		assert_string_equal(s.name, "a b");
		assert_true(s.loud);
		free(keep);
	}
}

static void test_what_is_wrong_in_a_file(void **state)
{
	static const struct {
		const char *text, *where, *what;
	} cases[] = {
	    {"[pith-fetch]\n\nnme = x", "file:3", "unknown option: nme"},
	    {"[pith-fetch]\nname", "file:2", "name wants NAME"},
	    {"[pith-fetch]\nname =", "file:2", "name: nothing after ="},
	    {"[pith-fetch]\n=", "file:2", ": nothing after ="},
	    {"[pith-fetch]\n= x", "file:2", "unknown option: "},
	    {"[pith-fetch]\nhelp", "file:2",
	     "help is for the command line alone"},
	    {"[pith-fetch]\nloud = 2", "file:2", "loud: neither yes nor no: 2"},
	    {"-l", "file:1", "options have no dashes here: -l"},
	    {"[", "file:1", "a section is [pith] or [pith-fetch]"},
	    {"[]", "file:1",
	     "no section: []; there are [pith] and [pith-fetch]"},
	    {"\n\x7f", "file:2", "there is a control character"},
	    {"[pith-fetch]\nfull = 1", "file:2", "out of memory"},
	};
	struct settings s;
	struct complaint c;
	char *keep;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_not_equal(text_read(&s, cases[i].text, &keep, &c),
				     PITH_OK);
		assert_string_equal(c.where, cases[i].where);
		assert_string_equal(c.what, cases[i].what);
		free(keep);
	}
}

static enum pith_status load(struct settings *s, struct words *w, size_t *count,
			     struct complaint *c)
{
	return config_load(&table, s, w->argc, w->argv, count, c);
}

/* What is only to be printed needs no settings; what is set is set once. */
static void test_the_order_of_reading(void **state)
{
	struct words w;
	struct settings s = {.loud = false};
	struct complaint c;
	size_t count;

	(void)state;
	setenv("PITH_FETCH_NAME", "b", 1);
	setenv("PITH_FETCH_WHEN", "today", 1);
	split(&w, "x -h --config=nowhere");
	assert_int_equal(load(&s, &w, &count, &c), PITH_OK);
	assert_true(s.help);
	assert_null(s.name);
	assert_int_equal(count, 0);
	s = (struct settings){.loud = false};
	split(&w, "x --no-config --when=never f");
	assert_int_equal(load(&s, &w, &count, &c), PITH_OK);
	assert_string_equal(s.name, "b");
	assert_string_equal(s.when, "never");
	assert_int_equal(s.times, 2);
	assert_int_equal(count, 1);
	setenv("PITH_FETCH_WHEN", "then", 1);
	assert_int_equal(load(&s, &w, &count, &c), PITH_FAILED);
	assert_string_equal(c.where, "PITH_FETCH_WHEN");
	config_free(&s.config);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_ways_to_write_an_option),
	    cmocka_unit_test(test_a_value_that_may_be_left_out),
	    cmocka_unit_test(test_what_is_wrong_in_a_command_line),
	    cmocka_unit_test(test_lines_of_a_file),
	    cmocka_unit_test(test_what_is_wrong_in_a_file),
	    cmocka_unit_test(test_the_order_of_reading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
