/* SPDX-License-Identifier: MIT
 *
 * charset_label.c: encodings, their labels and the single-byte tables. */
#include "page/charset_label.h"

#include <stdlib.h>
#include <string.h>

static const struct {
	const char *name, *iconv;
	enum encoding_kind kind;
} encodings[ENC_COUNT] = {
#define ENCODING_ROW(id, name, kind, iconv) [ENC_##id] = {name, iconv, kind},
    ENCODING_TABLE(ENCODING_ROW)
#undef ENCODING_ROW
};

static const uint16_t tables[ENC_COUNT][128] = {
#include "page/charset_single.inc"
};

static const struct label {
	const char *name;
	enum encoding encoding;
} labels[] = {
#include "page/charset_label.inc"
};

const char *encoding_name(enum encoding e)
{
	return e < ENC_COUNT ? encodings[e].name : "";
}

enum encoding_kind encoding_kind(enum encoding e)
{
	return encodings[e].kind;
}

const char *encoding_iconv(enum encoding e)
{
	return encodings[e].iconv;
}

const uint16_t *encoding_table(enum encoding e)
{
	return encodings[e].kind == ENCODING_SINGLE ? tables[e] : NULL;
}

static int compare(const void *key, const void *row)
{
	return strcmp(key, ((const struct label *)row)->name);
}

enum encoding encoding_by_label(struct str label)
{
	char key[32]; /* longer than the longest label */
	const struct label *found;

	label = str_trim(label);
	if (label.len >= sizeof(key))
		return ENC_NONE;
	for (size_t i = 0; i < label.len; i++)
		key[i] = ascii_lower(label.data[i]);
	key[label.len] = '\0';
	found = bsearch(key, labels, sizeof(labels) / sizeof(labels[0]),
			sizeof(labels[0]), compare);
	return found != NULL ? found->encoding : ENC_NONE;
}

enum encoding encoding_by_meta(struct str label)
{
	enum encoding e = encoding_by_label(label);

	return e != ENC_NONE && encodings[e].kind == ENCODING_UTF16 ? ENC_UTF_8
								    : e;
}
