/* SPDX-License-Identifier: MIT
 *
 * charset_test.c: which encoding a page is taken to be in, what comes out of
 * it, and that both depend on the bytes alone, not on how they are cut. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "page/charset.h"

#define BAD "\xef\xbf\xbd"

struct result {
	enum pith_status status;
	struct err err;
	char name[32];
	struct buf text;
};

static void place(char *at, struct str s)
{
	memcpy(at, s.data, s.len);
}

static enum pith_status keep(void *user, const char *data, size_t len)
{
	struct result *r = user;
	struct err err = {PITH_CAUSE_NONE, ""};

	return buf_append(&r->text, data, len, &err);
}

static void convert_pieces(struct charset *c, struct result *r, struct str in,
			   const char *label, size_t piece)
{
	err_clear(&r->err);
	r->text.len = 0;
	r->status = charset_begin(c, label);
	for (size_t i = 0; i < in.len && r->status == PITH_OK; i += piece)
		r->status = charset_feed(
		    c, in.data + i, in.len - i < piece ? in.len - i : piece);
	if (r->status == PITH_OK)
		r->status = charset_finish(c);
	snprintf(r->name, sizeof(r->name), "%s", charset_name(c));
}

/* Convert in one piece, and demand the same byte by byte and in odd pieces,
 * through one handle. */
static struct result convert(struct str in, const char *label)
{
	static const size_t pieces[] = {1, 2, 3, 1023, 1025, 5000};
	struct result one = {PITH_OK, {PITH_CAUSE_NONE, ""}, "", {0}};
	struct result other = one;
	struct charset *c, *d;

	buf_init(&one.text, 1 << 24, "text");
	buf_init(&other.text, 1 << 24, "text");
	assert_int_equal(charset_new(&c, keep, &one, &one.err), PITH_OK);
	assert_int_equal(charset_new(&d, keep, &other, &other.err), PITH_OK);
	convert_pieces(c, &one, in, label, in.len + 1);
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		convert_pieces(d, &other, in, label, pieces[i]);
		assert_int_equal(other.status, one.status);
		assert_string_equal(other.err.text, one.err.text);
		assert_string_equal(other.name, one.name);
		assert_true(
		    str_equal(buf_str(&other.text), buf_str(&one.text)));
	}
	charset_free(c);
	charset_free(d);
	buf_free(&other.text);
	return one;
}

static void expect(struct str in, const char *label, const char *name,
		   struct str text)
{
	struct result r = convert(in, label);

	if (!str_equal(buf_str(&r.text), text))
		print_message("%s: %.*s\n", r.name, (int)r.text.len,
			      r.text.len > 0 ? r.text.data : "");
	assert_int_equal(r.status, PITH_OK);
	assert_string_equal(r.name, name);
	assert_true(str_equal(buf_str(&r.text), text));
	buf_free(&r.text);
}

static void expect_name(struct str in, const char *label, const char *name)
{
	struct result r = convert(in, label);

	assert_int_equal(r.status, PITH_OK);
	assert_string_equal(r.name, name);
	buf_free(&r.text);
}

static void labels_mean_what_browsers_take_them_for(void **state)
{
	static const struct {
		const char *label, *name;
	} cases[] = {
	    {"utf8", "UTF-8"},
	    {"UTF-8", "UTF-8"},
	    {"iso-8859-1", "windows-1252"},
	    {"latin1", "windows-1252"},
	    {"us-ascii", "windows-1252"},
	    {"gb2312", "gb18030"},
	    {"GBK", "gb18030"},
	    {"\t shift_jis \n", "Shift_JIS"},
	    {"ks_c_5601-1987", "EUC-KR"},
	    {"big5-hkscs", "Big5"},
	    {"ISO-8859-9", "windows-1254"},
	    {"tis-620", "windows-874"},
	    {"koi8-r", "KOI8-R"},
	    {"koi8-ru", "KOI8-U"},
	    {"x-mac-cyrillic", "x-mac-cyrillic"},
	    {"iso-8859-8-i", "ISO-8859-8-I"},
	    {"logical", "ISO-8859-8-I"},
	    {"iso-2022-jp", "ISO-2022-JP"},
	    {"hz-gb-2312", "replacement"},
	    {"utf-16", "UTF-16LE"},
	    {"unicodefffe", "UTF-16BE"},
	    {"x-x-big5", "Big5"},
	    {"866", "IBM866"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *label = cases[i].label;
		const char *name =
		    charset_by_label((struct str){label, strlen(label)});

		assert_non_null(name);
		assert_string_equal(name, cases[i].name);
	}
	assert_null(charset_by_label(STR("")));
	assert_null(charset_by_label(STR("utf-7")));
	assert_null(charset_by_label(STR("utf-8x")));
	assert_null(charset_by_label(STR("a label longer than any other one")));
}

static void an_unknown_label_is_refused(void **state)
{
	struct result r = convert(STR("<p>"), "martian");

	(void)state;
	assert_int_equal(r.status, PITH_FAILED);
	assert_int_equal(r.err.cause, PITH_CAUSE_CHARSET);
	assert_string_equal(r.err.text, "unknown charset \"martian\"");
	buf_free(&r.text);
}

static void a_byte_order_mark_beats_all(void **state)
{
	(void)state;
	expect(STR("\xef\xbb\xbf<meta charset=koi8-r>\xc3\xa9"), "koi8-r",
	       "UTF-8", STR("<meta charset=koi8-r>\xc3\xa9"));
	expect(STR("\xff\xfe<\0p\0>\0\x16\x04"), "utf-8", "UTF-16LE",
	       STR("<p>\xd0\x96"));
	expect(STR("\xfe\xff\0<\0p\0>\x04\x16"), NULL, "UTF-16BE",
	       STR("<p>\xd0\x96"));
	expect(STR("\xef\xbb\xbf"), NULL, "UTF-8", STR(""));
}

static void utf16_is_known_by_its_nuls(void **state)
{
	(void)state;
	expect(STR("<\0p\0>\0\x16\x04\x3d\xd8\x00\xde!\0"), NULL, "UTF-16LE",
	       STR("<p>\xd0\x96\xf0\x9f\x98\x80!"));
	expect(STR("\0<\0p\0>\x04\x16"), "windows-1252", "UTF-16BE",
	       STR("<p>\xd0\x96"));
	/* lone surrogates, an odd byte at the end */
	expect(STR("\xff\xfe\x00\xd8<\0\x00\xdc>\0\x00\xd8"), NULL, "UTF-16LE",
	       STR(BAD "<" BAD ">" BAD));
	expect(STR("\xff\xfe<\0p"), NULL, "UTF-16LE", STR("<" BAD));
	/* told so from outside, without NULs */
	expect(STR("\x16\x04\x17\x04\x18\x04\xff\xff"), "utf-16le", "UTF-16LE",
	       STR("\xd0\x96\xd0\x97\xd0\x98" BAD));
	/* told so from outside, and wrong */
	expect(STR("<p>plain</p>"), "utf-16", "UTF-8", STR("<p>plain</p>"));
}

static void bytes_of_utf8_beat_a_label(void **state)
{
	(void)state;
	expect(STR("<meta charset=iso-8859-1>caf\xc3\xa9"), NULL, "UTF-8",
	       STR("<meta charset=iso-8859-1>caf\xc3\xa9"));
	expect(STR("caf\xc3\xa9"), "windows-1251", "UTF-8", STR("caf\xc3\xa9"));
	expect(STR("<meta charset=gb2312>\xe5\xad\x97"), NULL, "UTF-8",
	       STR("<meta charset=gb2312>\xe5\xad\x97"));
	/* one character of GB 2312 that could be two bytes of UTF-8 */
	expect(STR("<meta charset=gb2312>\xd2\xbb"), NULL, "gb18030",
	       STR("<meta charset=gb2312>\xe4\xb8\x80"));
	/* mostly UTF-8: a cut sequence is bad, not a reason to think again */
	expect(STR("\xe2\x80\x93\xe2\x80\x94 \xe2\x82 \xe2\x80\x99"), "utf-8",
	       "UTF-8", STR("\xe2\x80\x93\xe2\x80\x94 " BAD " \xe2\x80\x99"));
}

static void a_label_of_utf8_yields_to_other_bytes(void **state)
{
	(void)state;
	expect(STR("<meta charset=utf-8>caf\xe9 \xa9"), NULL, "windows-1252",
	       STR("<meta charset=utf-8>caf\xc3\xa9 \xc2\xa9"));
	/* then the page's own word counts */
	expect(STR("<meta charset=koi8-r>\xc4\xc1"), "utf-8", "KOI8-R",
	       STR("<meta charset=koi8-r>\xd0\xb4\xd0\xb0"));
}

static void a_hint_beats_meta(void **state)
{
	(void)state;
	expect(STR("<meta charset=windows-1252>\xc4\xc1"), "koi8-r", "KOI8-R",
	       STR("<meta charset=windows-1252>\xd0\xb4\xd0\xb0"));
	/* but not one that says nothing */
	expect_name(STR("<meta charset=koi8-r>\xc4\xc1"), "replacement",
		    "KOI8-R");
	expect_name(STR("<meta charset=koi8-r>\xc4\xc1"), "utf-16", "KOI8-R");
}

static void declarations_are_found(void **state)
{
	static const struct {
		const char *head, *name;
	} cases[] = {
	    {"<meta charset=koi8-r>", "KOI8-R"},
	    {"<META CHARSET='KOI8-R'>", "KOI8-R"},
	    {"<meta charset=\" koi8-r \" />", "KOI8-R"},
	    {"<meta/charset=koi8-r>", "KOI8-R"},
	    {"<meta http-equiv=Content-Type content='text/html; "
	     "charset=koi8-r'>",
	     "KOI8-R"},
	    {"<meta content=\"text/html; charset = 'koi8-r'\" "
	     "http-equiv='content-type'>",
	     "KOI8-R"},
	    {"<meta content=text/html;charset=koi8-r;x "
	     "http-equiv=content-type>",
	     "KOI8-R"},
	    {"<meta content='text/html; charset=koi8-r'>", "windows-1252"},
	    {"<meta http-equiv=refresh content='charset=koi8-r'>",
	     "windows-1252"},
	    {"<meta name=x content='charset charset=greek' "
	     "http-equiv=content-type>",
	     "ISO-8859-7"},
	    {"<meta charset=martian><meta charset=koi8-r>", "KOI8-R"},
	    {"<meta charset=greek charset=koi8-r>", "ISO-8859-7"},
	    {"<!-- <meta charset=greek> --><meta charset=koi8-r>", "KOI8-R"},
	    {"<!--><meta charset=koi8-r>", "KOI8-R"},
	    {"<a title='<meta charset=greek>'><meta charset=koi8-r>", "KOI8-R"},
	    {"<script>'<meta charset=greek>'</script><meta charset=koi8-r>",
	     "KOI8-R"},
	    {"<metadata charset=greek><meta charset=koi8-r>", "KOI8-R"},
	    {"</x charset=greek><!x <meta charset=greek><meta charset=koi8-r>",
	     "KOI8-R"},
	    {"<?xml version='1.0' encoding='koi8-r'?>", "KOI8-R"},
	    {"<?xml version='1.0' encoding='greek'?><meta charset=koi8-r>",
	     "KOI8-R"},
	    {"<?xml version='1.0'?>", "windows-1252"},
	    {"<meta charset=x-user-defined>", "windows-1252"},
	    {"<meta charset=hz-gb-2312>", "windows-1252"},
	    {"<meta charset=koi8-r", "windows-1252"},
	    {"<meta charset='koi8-r", "windows-1252"},
	    {"<meta charset=", "windows-1252"},
	    {"<", "windows-1252"},
	};
	char page[6000];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		int n =
		    snprintf(page, sizeof(page), "%s\xc4\xc1", cases[i].head);

		print_message("%s\n", cases[i].head);
		expect_name((struct str){page, (size_t)n}, NULL, cases[i].name);
	}
	/* far down the page; after the first byte that is not ASCII */
	memset(page, ' ', sizeof(page));
	place(page + 5000, STR("<meta charset=koi8-r>\xc4\xc1"));
	expect_name((struct str){page, sizeof(page)}, NULL, "KOI8-R");
	place(page, STR("<title>\xc4\xc1</title>"));
	expect_name((struct str){page, sizeof(page)}, NULL, "KOI8-R");
	expect_name(STR("<meta charset=utf-16>\xc3\xa9"), NULL, "UTF-8");
	expect_name(STR("<meta charset=koi8-r>all ASCII"), NULL, "KOI8-R");
	expect_name(STR("<p>all ASCII"), NULL, "UTF-8");
	expect_name(STR(""), NULL, "UTF-8");
}

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
	    {"shift_jis", "\x93\xfa\x96{ \xb6\xc5 \\~ \x87\x40",
	     "\u65e5\u672c \uff76\uff85 \\~ \u2460"},
	    {"euc-jp", "\xc6\xfc\xcb\xdc \x8e\xb6 \xad\xa1",
	     "\u65e5\u672c \uff76 \u2460"},
	    {"euc-kr", "\xc7\xd1\xb1\xdb \x8c\x63", "\ud55c\uae00 \ub620"},
	    {"iso-2022-jp", "\x1b$BF|K\\\x1b(B a \x1b(I6\x1b(J\\ \x1b$B-!",
	     "\u65e5\u672c a \uff76\\ \u2460"},
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

static void a_contradicted_label_of_many_bytes_loses(void **state)
{
	/* "A clear evening, and the wind from the sea was quiet." */
	static const char russian[] =
	    "<meta charset=euc-kr><p>\xdf\xf1\xed\xfb\xe9 "
	    "\xe2\xe5\xf7\xe5\xf0, "
	    "\xe8 \xe2\xe5\xf2\xe5\xf0 \xf1 \xec\xee\xf0\xff \xe1\xfb\xeb "
	    "\xf2\xe8\xf5.</p><p>\xcc\xfb \xf1\xe8\xe4\xe5\xeb\xe8 \xed\xe0 "
	    "\xe1\xe5\xf0\xe5\xe3\xf3 \xe8 \xe6\xe4\xe0\xeb\xe8.</p>";

	(void)state;
	expect_name(STR(russian), NULL, "windows-1251");
	expect_name(STR("<meta charset=shift_jis>caf\xe9, na\xefve, \xfc"
			"ber, "
			"\xa9 2020 d\xe9j\xe0 vu"),
		    NULL, "windows-1252");
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

static void guesses_are_made_of_text(void **state)
{
	/* "The boat goes at noon. Bring bread, salt and warm clothes." */
	static const char russian[] =
	    "<div class=content><p>\xcc\xcf\xc4\xcb\xc1 \xc9\xc4\xa3\xd4 \xd7 "
	    "\xd0\xcf\xcc\xc4\xc5\xce\xd8. \xf7\xcf\xda\xd8\xcd\xc9\xd4\xc5 "
	    "\xc8\xcc\xc5\xc2, \xd3\xcf\xcc\xd8 \xc9 "
	    "\xd4\xa3\xd0\xcc\xd5\xc0 \xcf\xc4\xc5\xd6\xc4\xd5.</p></div>";

	(void)state;
	expect_name(STR(russian), NULL, "KOI8-R");
	/* too little to go by */
	expect(STR("caf\xe9"), NULL, "windows-1252", STR("caf\xc3\xa9"));
	expect(STR("\xa9 2020"), NULL, "windows-1252", STR("\xc2\xa9 2020"));
	/* Japanese by escape sequences needs no label */
	expect(STR("a \x1b$BF|K\\\x1b(B b"), NULL, "ISO-2022-JP",
	       STR("a \xe6\x97\xa5\xe6\x9c\xac b"));
	/* other escape sequences are of terminals, and go */
	expect(STR("\x1b[1mred\x1b[0m \xd0\x96\x1b"), NULL, "UTF-8",
	       STR("[1mred[0m \xd0\x96"));
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

static void binary_is_refused_by_name(void **state)
{
	static const struct {
		struct str bytes;
		const char *message;
	} cases[] = {
#define CASE(bytes, message) {{bytes, sizeof(bytes) - 1}, message}
	    CASE("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not text: a PNG image"),
	    CASE("\xff\xd8\xff\xe0\0\x10JFIF", "not text: a JPEG image"),
	    CASE("GIF89a\1\0\1\0", "not text: a GIF image"),
	    CASE("RIFF\1\2\3\4WEBPVP8 ", "not text: a WebP image"),
	    CASE("%PDF-1.7\n%\xe2\xe3", "not text: a PDF document"),
	    CASE("PK\3\4\x14\0\0\0", "not text: a ZIP archive"),
	    CASE("PK\3\4\x14\0\0\0\0\0!!!!!!!!!!!!!!!!\x08\0\0\0"
		 "mimetypeapplication/epub+zip",
		 "not text: an EPUB book"),
	    CASE("\x1f\x8b\x08\0\0\0", "not text: a gzip file"),
	    CASE("\xfd"
		 "7zXZ\0\0",
		 "not text: an xz file"),
	    CASE("\x28\xb5\x2f\xfd\4", "not text: a zstd file"),
	    CASE("BZh91AY&SY", "not text: a bzip2 file"),
	    CASE("\x7f"
		 "ELF\2\1\1",
		 "not text: an ELF program"),
	    CASE("\0\0\0\x20"
		 "ftypisom",
		 "not text: an MP4 film"),
	    CASE("ID3\4\0", "not text: an MP3 sound"),
	    CASE("OggS\0\2", "not text: an Ogg stream"),
	    CASE("\0asm\1\0\0\0", "not text: a WebAssembly module"),
	    CASE("SQLite format 3\0\x10", "not text: an SQLite database"),
	    CASE("wOF2\0\1\0\0", "not text: a font"),
	    CASE("a\1b\2c\3d\4e\5\0\0\xee\xdd", "not text: binary data"),
#undef CASE
	};
	char tar[600] = "name";

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct result r = convert(cases[i].bytes, NULL);

		print_message("%s\n", cases[i].message);
		assert_int_equal(r.status, PITH_FAILED);
		assert_int_equal(r.err.cause, PITH_CAUSE_BINARY);
		assert_string_equal(r.err.text, cases[i].message);
		assert_int_equal(r.text.len, 0);
		buf_free(&r.text);
	}
	place(tar + 257, STR("ustar"));
	struct result r = convert((struct str){tar, sizeof(tar)}, NULL);
	assert_string_equal(r.err.text, "not text: a tar archive");
	buf_free(&r.text);
	/* a page with a few stray controls is still a page */
	expect(STR("<p>one\0two\1three</p>"), NULL, "UTF-8",
	       STR("<p>onetwothree</p>"));
	expect(STR("ID3 tags, OggS and GIF are formats"), NULL, "UTF-8",
	       STR("ID3 tags, OggS and GIF are formats"));
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

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(labels_mean_what_browsers_take_them_for),
	    cmocka_unit_test(an_unknown_label_is_refused),
	    cmocka_unit_test(a_byte_order_mark_beats_all),
	    cmocka_unit_test(utf16_is_known_by_its_nuls),
	    cmocka_unit_test(bytes_of_utf8_beat_a_label),
	    cmocka_unit_test(a_label_of_utf8_yields_to_other_bytes),
	    cmocka_unit_test(a_hint_beats_meta),
	    cmocka_unit_test(declarations_are_found),
	    cmocka_unit_test(each_encoding_is_read),
	    cmocka_unit_test(markup_after_a_lead_byte_stays),
	    cmocka_unit_test(a_contradicted_label_of_many_bytes_loses),
	    cmocka_unit_test(what_comes_out_is_clean),
	    cmocka_unit_test(guesses_are_made_of_text),
	    cmocka_unit_test(long_ascii_is_handed_on_at_once),
	    cmocka_unit_test(binary_is_refused_by_name),
	    cmocka_unit_test(all_modules_open_at_once),
	    cmocka_unit_test(the_sink_stops_the_feeding),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
