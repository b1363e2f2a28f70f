/* SPDX-License-Identifier: MIT
 *
 * charset_test.c: which encoding a page is taken to be in, and which bytes are
 * refused as no page at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "charset_result.h"

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
	if (!iconv_is_full())
		return;
	expect_name(STR("<meta charset=shift_jis>caf\xe9, na\xefve, \xfc"
			"ber, "
			"\xa9 2020 d\xe9j\xe0 vu"),
		    NULL, "windows-1252");
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
	    cmocka_unit_test(a_contradicted_label_of_many_bytes_loses),
	    cmocka_unit_test(guesses_are_made_of_text),
	    cmocka_unit_test(binary_is_refused_by_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
