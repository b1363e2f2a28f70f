/* SPDX-License-Identifier: MIT
 *
 * charset_sniff.c: signatures of binary formats, byte order marks, NULs. */
#include "page/charset_sniff.h"

#include <string.h>

#define SIGNATURE(offset, bytes, name)                                         \
	{                                                                      \
		offset, sizeof(bytes) - 1, bytes, name                         \
	}

/* The first that fits is taken. */
static const struct {
	size_t offset, len;
	const char *bytes, *name;
} signatures[] = {
    SIGNATURE(0, "\x89PNG\r\n\x1a\n", "a PNG image"),
    SIGNATURE(0, "\xff\xd8\xff", "a JPEG image"),
    SIGNATURE(0, "GIF87a", "a GIF image"),
    SIGNATURE(0, "GIF89a", "a GIF image"),
    SIGNATURE(8, "WEBPVP8", "a WebP image"),
    SIGNATURE(8, "WAVEfmt ", "a WAVE sound"),
    SIGNATURE(8, "AVI LIST", "an AVI film"),
    SIGNATURE(4, "ftypavif", "an AVIF image"),
    SIGNATURE(4, "ftypheic", "an HEIC image"),
    SIGNATURE(4, "ftyp", "an MP4 film"),
    SIGNATURE(0, "\0\0\1\0", "an icon"),
    SIGNATURE(0, "II*\0", "a TIFF image"),
    SIGNATURE(0, "MM\0*", "a TIFF image"),
    SIGNATURE(0, "%PDF-", "a PDF document"),
    SIGNATURE(0, "{\\rtf", "an RTF document"),
    SIGNATURE(30, "mimetypeapplication/epub+zip", "an EPUB book"),
    SIGNATURE(30, "mimetypeapplication/vnd.oasis", "an OpenDocument file"),
    SIGNATURE(30, "[Content_Types].xml", "an Office document"),
    SIGNATURE(0, "PK\3\4", "a ZIP archive"),
    SIGNATURE(0, "PK\5\6", "a ZIP archive"),
    SIGNATURE(0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    SIGNATURE(0, "\x1f\x8b", "a gzip file"),
    SIGNATURE(0,
	      "\xfd"
	      "7zXZ\0",
	      "an xz file"),
    SIGNATURE(0, "\x28\xb5\x2f\xfd", "a zstd file"),
    SIGNATURE(4, "1AY&SY", "a bzip2 file"),
    SIGNATURE(0, "7z\xbc\xaf\x27\x1c", "a 7z archive"),
    SIGNATURE(0, "Rar!\x1a\x07", "a RAR archive"),
    SIGNATURE(257, "ustar", "a tar archive"),
    SIGNATURE(0,
	      "\x7f"
	      "ELF",
	      "an ELF program"),
    SIGNATURE(0, "\0asm", "a WebAssembly module"),
    SIGNATURE(0, "\xca\xfe\xba\xbe", "a Java class or Mach-O program"),
    SIGNATURE(0, "\xcf\xfa\xed\xfe", "a Mach-O program"),
    SIGNATURE(0, "SQLite format 3\0", "an SQLite database"),
    SIGNATURE(0, "ID3\2", "an MP3 sound"),
    SIGNATURE(0, "ID3\3", "an MP3 sound"),
    SIGNATURE(0, "ID3\4", "an MP3 sound"),
    SIGNATURE(0, "\xff\xfb", "an MP3 sound"),
    SIGNATURE(0, "OggS\0", "an Ogg stream"),
    SIGNATURE(0, "fLaC\0", "a FLAC sound"),
    SIGNATURE(0, "\x1a\x45\xdf\xa3", "a Matroska or WebM film"),
    SIGNATURE(0, "FLV\1", "a Flash film"),
    SIGNATURE(0, "wOFF", "a font"),
    SIGNATURE(0, "wOF2", "a font"),
    SIGNATURE(0, "OTTO\0", "a font"),
    SIGNATURE(0, "\0\1\0\0", "a font"),
};

/* Controls that text does not have. ESC belongs to ISO-2022-JP. */
static bool is_binary_control(unsigned char b)
{
	return b < 0x20 && !ascii_space((char)b) && b != '\b' && b != '\v' &&
	       b != 0x1b;
}

const char *sniff_signature(struct str head)
{
	for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]);
	     i++) {
		size_t offset = signatures[i].offset, len = signatures[i].len;

		if (head.len >= offset + len &&
		    memcmp(head.data + offset, signatures[i].bytes, len) == 0)
			return signatures[i].name;
	}
	return NULL;
}

bool sniff_binary(struct str head)
{
	size_t controls = 0;

	for (size_t i = 0; i < head.len; i++)
		controls += is_binary_control((unsigned char)head.data[i]);
	/* random bytes have 9 %; broken pages have a few */
	return controls > 2 && controls * 25 > head.len;
}

enum encoding sniff_mark(struct str head, size_t *skip)
{
	*skip = 3;
	if (head.len >= 3 && memcmp(head.data, "\xef\xbb\xbf", 3) == 0)
		return ENC_UTF_8;
	*skip = 2;
	if (head.len >= 2 && memcmp(head.data, "\xff\xfe", 2) == 0)
		return ENC_UTF_16LE;
	if (head.len >= 2 && memcmp(head.data, "\xfe\xff", 2) == 0)
		return ENC_UTF_16BE;
	*skip = 0;
	return ENC_NONE;
}

static bool is_text(unsigned char b)
{
	return (b >= 0x20 && b < 0x7f) || ascii_space((char)b);
}

enum encoding sniff_utf16(struct str head)
{
	const unsigned char *s = (const unsigned char *)head.data;
	size_t pairs = head.len / 2, little = 0, big = 0;

	/* Markup is ASCII in any language, and the head of a page is markup:
	 * a third of its pairs have a NUL beside a printable character, and
	 * nearly all of these on the same side. */
	for (size_t i = 0; i < pairs; i++) {
		little += is_text(s[2 * i]) && s[2 * i + 1] == 0;
		big += s[2 * i] == 0 && is_text(s[2 * i + 1]);
	}
	if (pairs < 2)
		return ENC_NONE;
	if (little * 3 >= pairs && big * 16 <= little)
		return ENC_UTF_16LE;
	if (big * 3 >= pairs && little * 16 <= big)
		return ENC_UTF_16BE;
	return ENC_NONE;
}

bool sniff_may_be_utf16(struct str head)
{
	size_t other = 0;

	for (size_t i = 0; i < head.len; i++)
		other += !is_text((unsigned char)head.data[i]);
	return other * 4 >= head.len;
}
