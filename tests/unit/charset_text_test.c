/* SPDX-License-Identifier: MIT
 *
 * charset_text_test.c: what comes out of a page of a known encoding, and when
 * it comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "charset_result.h"

static void each_encoding_is_read(void **state)
{
	static const struct {
		const char *label, *bytes, *text;
	} cases[] = {
	    {"windows-1252",
	     "\x80 \x93"
	     "a\x94 \x81\x8d\x8f\x90\x9d",
	     "\u20ac \u201ca\u201d "},
	    {"windows-1251", "\xcf\xf0\xe8\xe2\xe5\xf2 \xb9",
	     "\u041f\u0440\u0438\u0432\u0435\u0442 \u2116"},
	    {"koi8-u", "\xae\xbe\xa4", "\u045e\u040e\u0454"},
	    {"windows-1253", "\xa2\xeb\xf6\xe1 \xd2",
	     "\u0386\u03bb\u03c6\u03b1 " BAD},
	    {"windows-1255", "\xf9\xec\xe5\xed\xca",
	     "\u05e9\u05dc\u05d5\u05dd\u05ba"},
	    {"windows-1256", "\xd3\xe1\xc7\xe3", "\u0633\u0644\u0627\u0645"},
	    {"tis-620", "\xca\xc7\xd1\xca\x80",
	     "\u0e2a\u0e27\u0e31\u0e2a"
	     "\u20ac"},
	    {"macintosh", "\x8e\xdb", "\u00e9\u20ac"},
	    {"x-mac-ukrainian", "\xa2\xb6\xff", "\u0490\u0491\u20ac"},
	    {"ibm866", "\x8f\xe0\xa8", "\u041f\u0440\u0438"},
	    {"iso-8859-15", "\xa4\xbd", "\u20ac\u0153"},
	    {"gb2312", "\xd6\xd0\xb9\xfa\x81\x30\x81\x30\x90\x30\x81\x30",
	     "\u4e2d\u56fd\U00010000"},
	    {"gbk", "\x80 \xd6\xd0 \xb9\xfa", "\u20ac \u4e2d \u56fd"},
	    {"big5", "\xa4\xa4\xa4\xe5 \x88\x62", "\u4e2d\u6587 \u00ca\u0304"},
	    {"shift_jis", "\x93\xfa\x96{ \xb6\xc5 \\~",
	     "\u65e5\u672c \uff76\uff85 \\~"},
	    {"euc-jp", "\xc6\xfc\xcb\xdc \x8e\xb6", "\u65e5\u672c \uff76"},
	    {"euc-kr", "\xc7\xd1\xb1\xdb \x8c\x63", "\ud55c\uae00 \ub620"},
	    {"iso-2022-jp", "\x1b$BF|K\\\x1b(B a \x1b(I6\x1b(J\\",
	     "\u65e5\u672c a \uff76\\"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *name = charset_by_label(
		    (struct str){cases[i].label, strlen(cases[i].label)});
		struct str in = {cases[i].bytes, strlen(cases[i].bytes)};
		struct str out = {cases[i].text, strlen(cases[i].text)};

		print_message("%s\n", cases[i].label);
		expect(in, cases[i].label, name, out);
	}
}

static void characters_of_vendors_are_read(void **state)
{
	static const char circled_one[] = "\u2460";

	(void)state;
	if (!iconv_is_full()) {
		print_message("skipped: iconv of this system has none\n");
		skip();
	}
	expect(STR("\x87\x40"), "shift_jis", "Shift_JIS", STR(circled_one));
	expect(STR("\xad\xa1"), "euc-jp", "EUC-JP", STR(circled_one));
	expect(STR("\x1b$B-!"), "iso-2022-jp", "ISO-2022-JP", STR(circled_one));
}

static void markup_after_a_lead_byte_stays(void **state)
{
	static const char *const labels[] = {"gb18030", "big5", "shift_jis",
					     "euc-jp", "euc-kr"};
	static const char lead[] = "<i>\xe0<b>\xe0\"\xe0</b>\xe0";

	(void)state;
	for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++) {
		/* good characters, for the label not to be doubted */
		char page[100];
		struct result r;

		if (i == 2 && !iconv_is_full())
			continue;
		memset(page, '\xa4', sizeof(page));
		place(page + 80, STR(lead));
		r = convert((struct str){page, 80 + sizeof(lead) - 1},
			    labels[i]);
		assert_int_equal(r.status, PITH_OK);
		assert_true(str_find_nocase(
				buf_str(&r.text),
				STR("<i>" BAD "<b>" BAD "\"" BAD "</b>" BAD),
				0) != SIZE_MAX);
		buf_free(&r.text);
	}
	expect(STR("\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0<p>\xe2\x82<p>"
		   "\xf0\x9f\x98<p>\xd0"),
	       "utf-8", "UTF-8",
	       STR("\xd0\x96\xd0\x96\xd0\x96\xd0\x96" BAD "<p>" BAD "<p>" BAD
		   "<p>" BAD));
}

static void what_comes_out_is_clean(void **state)
{
	char text[1100], *stray = text + sizeof(text) - 20;

	(void)state;
	/* many controls at the very beginning are another thing: binary */
	memset(text, '.', sizeof(text));
	place(stray, STR("a\0b\x01"
			 "c\x08"
			 "d\x0e"
			 "e\x1f"
			 "f\x7fg\t\n\f\r"));
	struct result r = convert((struct str){text, sizeof(text)}, NULL);
	assert_int_equal(r.status, PITH_OK);
	assert_int_equal(r.text.len, sizeof(text) - 6);
	assert_memory_equal(r.text.data + (stray - text), "abcdefg\t\n\f\r...",
			    14);
	buf_free(&r.text);
	expect(STR("one\vtwo"), NULL, "UTF-8", STR("one two"));
	expect(STR("\xc2\x80\xc2\x9f\xc2\xa0\xc2\x85"), "utf-8", "UTF-8",
	       STR("\xc2\xa0"));
	expect(STR("\xd0\x96\xef\xb7\x90\xef\xb7\xaf\xef\xb7\xb0"), "utf-8",
	       "UTF-8", STR("\xd0\x96" BAD BAD "\xef\xb7\xb0"));
	expect(STR("\xef\xbf\xbe\xef\xbf\xbf\xf0\x9f\xbf\xbe\xf4\x8f\xbf\xbf"
		   "\xd0\x96\xd0\x96\xd0\x96\xd0\x96"),
	       "utf-8", "UTF-8",
	       STR(BAD BAD BAD BAD "\xd0\x96\xd0\x96\xd0\x96\xd0\x96"));
	/* overlong, surrogate, beyond U+10FFFF: each byte that begins nothing
	 * is one bad sequence */
	expect(
	    STR("\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96"
		"\xc0\xaf \xed\xa0\x80 "),
	    "utf-8", "UTF-8",
	    STR("\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96" BAD
		    BAD " " BAD BAD BAD " "));
	expect(
	    STR("\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96 \xf4\x90\x80\x80"),
	    "utf-8", "UTF-8",
	    STR("\xd0\x96\xd0\x96\xd0\x96\xd0\x96\xd0\x96 " BAD BAD BAD BAD));
	/* an inner U+FEFF is a character like others */
	expect(STR("a\xef\xbb\xbf"
		   "b"),
	       NULL, "UTF-8",
	       STR("a\xef\xbb\xbf"
		   "b"));
}

static void long_ascii_is_handed_on_at_once(void **state)
{
	struct result r = {PITH_OK, {PITH_CAUSE_NONE, ""}, "", {0}};
	static char text[300000];
	struct charset *c;

	(void)state;
	buf_init(&r.text, 1 << 24, "text");
	memset(text, 'a', sizeof(text));
	place(text + sizeof(text) - 2, STR("\xc4\xc1"));
	place(text, STR("<meta charset=koi8-r>"));
	assert_int_equal(charset_new(&c, keep, &r, &r.err), PITH_OK);
	assert_int_equal(charset_begin(c, NULL), PITH_OK);
	assert_int_equal(charset_feed(c, text, 200000), PITH_OK);
	assert_int_equal(r.text.len, 200000);
	assert_string_equal(charset_name(c), "");
	charset_free(c);
	charset_free(NULL);
	buf_free(&r.text);
	expect_name((struct str){text, sizeof(text)}, NULL, "KOI8-R");
}

static enum pith_status refuse(void *user, const char *data, size_t len)
{
	(void)data;
	(void)len;
	++*(int *)user;
	return PITH_EOF;
}

static void the_sink_stops_the_feeding(void **state)
{
	static const char *const labels[] = {"utf-8", "koi8-r", "gbk",
					     "utf-16"};
	struct err err = {PITH_CAUSE_NONE, ""};
	static char text[200000];
	struct charset *c;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		int calls = 0;

		for (size_t k = 0; k < sizeof(text); k += 2)
			place(text + k,
			      i == 0 ? STR("\xc3\xa9") : STR("\xc4\xc1"));
		assert_int_equal(charset_new(&c, refuse, &calls, &err),
				 PITH_OK);
		assert_int_equal(charset_begin(c, labels[i]), PITH_OK);
		assert_int_equal(charset_feed(c, text, sizeof(text)), PITH_EOF);
		assert_int_equal(calls, 1);
		charset_free(c);
	}
}

static void all_modules_open_at_once(void **state)
{
	struct result r = {PITH_OK, {PITH_CAUSE_NONE, ""}, "", {0}};
	struct charset *c;

	(void)state;
	assert_int_equal(charset_new(&c, keep, &r, &r.err), PITH_OK);
	assert_int_equal(charset_preload(c), PITH_OK);
	charset_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(each_encoding_is_read),
	    cmocka_unit_test(characters_of_vendors_are_read),
	    cmocka_unit_test(markup_after_a_lead_byte_stays),
	    cmocka_unit_test(what_comes_out_is_clean),
	    cmocka_unit_test(long_ascii_is_handed_on_at_once),
	    cmocka_unit_test(the_sink_stops_the_feeding),
	    cmocka_unit_test(all_modules_open_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
