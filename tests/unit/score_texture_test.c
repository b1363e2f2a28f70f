/* SPDX-License-Identifier: MIT
 *
 * score_texture_test.c: the texture of a text is what a plain count says, and
 * its hash hears letters, digits and spaces alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <string.h>

#include "score/texture.h"

static unsigned count(const char *s, const char *of)
{
	unsigned n = 0;

	for (; *s != '\0'; s++)
		n += strchr(of, *s) != NULL;
	return n;
}

/* Sentence ends before white space or at the end; marks of quotes and brackets
 * may stand between. */
static unsigned count_sentences(const char *s)
{
	unsigned n = 0;
	bool ended = false;

	for (; *s != '\0'; s++) {
		if (strchr(".!?", *s) != NULL)
			ended = true;
		else if (strchr(" \n\t", *s) != NULL)
			n += ended, ended = false;
		else if (strchr("\"')]", *s) == NULL)
			ended = false;
	}
	return n + ended;
}

/* What the hash hears: letters in lower case, a 0 for digits in a row, a space
 * for some, but for those that come first. */
static void hear(const char *s, char *to)
{
	size_t n = 0;
	char before = ' ';

	for (; *s != '\0'; before = *s++) {
		bool space = strchr(" \n\t", *s) != NULL;

		if (ascii_alpha(*s))
			to[n++] = ascii_lower(*s);
		else if (ascii_digit(*s) && !ascii_digit(before))
			to[n++] = '0';
		else if (space && strchr(" \n\t", before) == NULL)
			to[n++] = ' ';
	}
	to[n] = '\0';
}

/* Words are runs of letters and digits, in lower case. */
static void check_words(const char *s, const struct texture_words *words)
{
	char word[512];
	unsigned n = 0;
	size_t len = 0;

	for (; n < TEXTURE_WORDS; s++) {
		if (ascii_alpha(*s) || ascii_digit(*s)) {
			word[len++] = ascii_lower(*s);
			continue;
		}
		if (len > 0) {
			assert_true(n < words->count);
			assert_true(words->hashes[n++] ==
				    str_hash((struct str){word, len}));
		}
		len = 0;
		if (*s == '\0')
			break;
	}
	assert_int_equal(words->count, n);
}

static void check(const char *s)
{
	struct texture_words words;
	struct texture t;
	char sound[512];

	texture_read((struct str){s, strlen(s)}, &t, &words);
	check_words(s, &words);
	assert_int_equal(t.lower, count(s, "abcdefghijklmnopqrstuvwxyz"));
	assert_int_equal(t.upper, count(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"));
	assert_int_equal(t.digit, count(s, "0123456789"));
	assert_int_equal(t.comma, count(s, ",;"));
	assert_int_equal(t.end, count(s, ".!?"));
	assert_int_equal(t.quote, count(s, "\"'"));
	assert_int_equal(t.bar, count(s, "|>/"));
	assert_int_equal(t.money, count(s, "$"));
	assert_int_equal(t.other, count(s, ":()[]-@#&"));
	assert_int_equal(t.marks, count(s, "@#"));
	assert_int_equal(t.lines, count(s, "\n"));
	assert_int_equal(t.sentences, count_sentences(s));
	hear(s, sound);
	if (t.hash != str_hash((struct str){sound, strlen(sound)}))
		fail_msg("\"%s\" does not sound like \"%s\"", s, sound);
}

static void test_any_texts(void **state)
{
	static const char bytes[] =
	    "abcdefghijklmnopqrstuvwxyz     ABZ019.!?,;:\"'()[]-|>/$@#&\n\t";
	char s[301];
	uint32_t seed = 1;

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		size_t len = round % sizeof(s);
		/* words only, words and marks, anything */
		size_t most = round % 3 == 0   ? 31
			      : round % 3 == 1 ? 40
					       : sizeof(bytes) - 1;

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			s[i] = bytes[(seed >> 16) % most];
		}
		s[len] = '\0';
		check(s);
	}
}

static struct texture_words words_of(const char *s)
{
	struct texture_words words;
	struct texture unused;

	texture_read((struct str){s, strlen(s)}, &unused, &words);
	return words;
}

static void test_words(void **state)
{
	struct texture_words a, b;
	char many[400] = "";

	(void)state;
	/* CJK characters are words, letters of other scripts make them */
	a = words_of("\xe4\xb8\xad\xe6\x96\x87x");
	assert_int_equal(a.count, 3);
	assert_true(a.hashes[0] == 0x4e2d && a.hashes[1] == 0x6587);
	a = words_of("\xd0\x9c\xd0\xb8\xd1\x80 na\xc3\xaf"
		     "f\xe2\x80\xa6 x");
	assert_int_equal(a.count, 3);
	b = words_of("(\xd0\x9c\xd0\xb8\xd1\x80) - Na\xc3\xaf"
		     "F \xe2\x80\x9cx");
	assert_int_equal(b.count, 3);
	for (unsigned i = 0; i < 3; i++)
		assert_true(a.hashes[i] == b.hashes[i]);
	/* the first ones only */
	for (unsigned i = 0; i < TEXTURE_WORDS + 10; i++)
		strcat(many, i < TEXTURE_WORDS ? "ab " : "cd ");
	a = words_of(many);
	assert_int_equal(a.count, TEXTURE_WORDS);
	assert_true(a.hashes[TEXTURE_WORDS - 1] == a.hashes[0]);
	assert_int_equal(words_of("").count, 0);
	assert_int_equal(words_of("...").count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_any_texts),
	    cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
