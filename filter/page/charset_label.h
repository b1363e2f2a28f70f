/* SPDX-License-Identifier: MIT
 *
 * charset_label.h: the encodings pages are written in, and the labels they go
 * by. Included by charset*.c only. */
#ifndef PAGE_CHARSET_LABEL_H
#define PAGE_CHARSET_LABEL_H

#include <stdint.h>

#include "base/str.h"

/* How an encoding is read. */
enum encoding_kind {
	ENCODING_UTF8,
	ENCODING_UTF16,
	ENCODING_SINGLE, /* a table of the upper 128 bytes */
	ENCODING_MULTI,	 /* iconv; bytes below 0x80 that do not follow a
			  * lead byte are ASCII */
	ENCODING_ISO_2022_JP,
	ENCODING_IGNORED /* a label known to be unsafe, of no evidence */
};

/* X(ID, canonical name, kind, iconv's name or NULL). Names and order are those
 * of the WHATWG Encoding Standard. Its gbk has the decoder of gb18030, so the
 * two are one here; x-user-defined is windows-1252, as in a meta element. */
#define ENCODING_TABLE(X)                                                      \
	X(UTF_8, "UTF-8", ENCODING_UTF8, NULL)                                 \
	X(IBM866, "IBM866", ENCODING_SINGLE, NULL)                             \
	X(ISO_8859_2, "ISO-8859-2", ENCODING_SINGLE, NULL)                     \
	X(ISO_8859_3, "ISO-8859-3", ENCODING_SINGLE, NULL)                     \
	X(ISO_8859_4, "ISO-8859-4", ENCODING_SINGLE, NULL)                     \
	X(ISO_8859_5, "ISO-8859-5", ENCODING_SINGLE, NULL)                     \
	X(ISO_8859_6, "ISO-8859-6", ENCODING_SINGLE, NULL)                     \
	X(ISO_8859_7, "ISO-8859-7", ENCODING_SINGLE, NULL)                     \
	X(ISO_8859_8, "ISO-8859-8", ENCODING_SINGLE, NULL)                     \
	X(ISO_8859_8_I, "ISO-8859-8-I", ENCODING_SINGLE, NULL)                 \
	X(ISO_8859_10, "ISO-8859-10", ENCODING_SINGLE, NULL)                   \
	X(ISO_8859_13, "ISO-8859-13", ENCODING_SINGLE, NULL)                   \
	X(ISO_8859_14, "ISO-8859-14", ENCODING_SINGLE, NULL)                   \
	X(ISO_8859_15, "ISO-8859-15", ENCODING_SINGLE, NULL)                   \
	X(ISO_8859_16, "ISO-8859-16", ENCODING_SINGLE, NULL)                   \
	X(KOI8_R, "KOI8-R", ENCODING_SINGLE, NULL)                             \
	X(KOI8_U, "KOI8-U", ENCODING_SINGLE, NULL)                             \
	X(MACINTOSH, "macintosh", ENCODING_SINGLE, NULL)                       \
	X(WINDOWS_874, "windows-874", ENCODING_SINGLE, NULL)                   \
	X(WINDOWS_1250, "windows-1250", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1251, "windows-1251", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1252, "windows-1252", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1253, "windows-1253", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1254, "windows-1254", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1255, "windows-1255", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1256, "windows-1256", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1257, "windows-1257", ENCODING_SINGLE, NULL)                 \
	X(WINDOWS_1258, "windows-1258", ENCODING_SINGLE, NULL)                 \
	X(X_MAC_CYRILLIC, "x-mac-cyrillic", ENCODING_SINGLE, NULL)             \
	X(GB18030, "gb18030", ENCODING_MULTI, "GB18030")                       \
	X(BIG5, "Big5", ENCODING_MULTI, "BIG5-HKSCS")                          \
	X(EUC_JP, "EUC-JP", ENCODING_MULTI, "EUC-JP-MS")                       \
	X(ISO_2022_JP, "ISO-2022-JP", ENCODING_ISO_2022_JP, "EUC-JP-MS")       \
	X(SHIFT_JIS, "Shift_JIS", ENCODING_MULTI, "CP932")                     \
	X(EUC_KR, "EUC-KR", ENCODING_MULTI, "CP949")                           \
	X(REPLACEMENT, "replacement", ENCODING_IGNORED, NULL)                  \
	X(UTF_16BE, "UTF-16BE", ENCODING_UTF16, NULL)                          \
	X(UTF_16LE, "UTF-16LE", ENCODING_UTF16, NULL)

enum encoding {
#define ENCODING_ENUM(id, name, kind, iconv) ENC_##id,
	ENCODING_TABLE(ENCODING_ENUM)
#undef ENCODING_ENUM
	    ENC_COUNT,
	ENC_NONE = ENC_COUNT
};

/* Canonical name; static. "" for ENC_NONE. */
const char *encoding_name(enum encoding e);

/* How it is read; not for ENC_NONE. */
enum encoding_kind encoding_kind(enum encoding e);

/* The name to open in iconv; NULL where none is needed. */
const char *encoding_iconv(enum encoding e);

/* The characters of bytes 0x80 to 0xff of a single-byte encoding, U+FFFD where
 * a byte has none; NULL for the other kinds. */
const uint16_t *encoding_table(enum encoding e);

/* The encoding a label stands for, in any case, with HTML white space around
 * it; ENC_NONE if nobody knows it. */
enum encoding encoding_by_label(struct str label);

/* The same for a label found inside a page: one that says UTF-16, but could be
 * read as ASCII, means UTF-8. */
enum encoding encoding_by_meta(struct str label);

#endif
