/* SPDX-License-Identifier: MIT
 *
 * charset_sniff.h: what the first bytes of a page say about the rest: binary,
 * UTF-16, a declared encoding. Included by charset*.c only. */
#ifndef PAGE_CHARSET_SNIFF_H
#define PAGE_CHARSET_SNIFF_H

#include "base/str.h"
#include "page/charset_label.h"

/* What a file of these first bytes is by its signature, if it is no text: "a
 * PNG image"; static. NULL if it may be text. */
const char *sniff_signature(struct str head);

/* Whether the bytes have more controls than any text. UTF-16 may: ask for it
 * first. */
bool sniff_binary(struct str head);

/* UTF-8, UTF-16LE or UTF-16BE by a byte order mark, *skip bytes long. */
enum encoding sniff_mark(struct str head, size_t *skip);

/* UTF-16LE or UTF-16BE without a byte order mark, by where its NULs are. */
enum encoding sniff_utf16(struct str head);

/* Whether bytes said to be UTF-16 can be: text of bytes cannot. */
bool sniff_may_be_utf16(struct str head);

/* The encoding that a meta element or else an XML declaration names; ENC_NONE
 * without one. The prescan of the HTML standard, which also skips scripts and
 * styles because it is asked to look beyond the first 1024 bytes. */
enum encoding sniff_meta(struct str head);

#endif
