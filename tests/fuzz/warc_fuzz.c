/* SPDX-License-Identifier: MIT
 *
 * warc_fuzz.c: any bytes as an archive, in one piece and in small ones. Both
 * must give the same pages at the same places. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "source/reader.h"

struct seen {
	uint64_t digest, items;
	struct place last;
};

static void note(struct seen *s, const struct item *item)
{
	for (int p = 0; p < ITEM_PARTS; p++)
		s->digest = s->digest * 31 +
			    str_hash(item_get(item, (enum item_part)p));
	s->digest = s->digest * 31 + (uint64_t)item->kind;
	s->items++;
	if (s->items > 1 && place_before(item->place, s->last))
		abort(); /* --resume relies on places that grow */
	s->last = item->place;
}

static struct seen read_in(struct str bytes, size_t size, enum reader_kind kind)
{
	struct seen seen = {0};
	struct filter filter = {.count = 0};
	struct err err = {0};
	struct reader *r;
	struct item item;

	if (reader_new(&r, kind, &filter, &err) != PITH_OK)
		abort();
	item_init(&item, 4096);
	reader_begin(r, "fuzz");
	for (;;) {
		enum reader_event event = reader_next(r, &item);
		size_t n = size < bytes.len ? size : bytes.len;

		if (event == READER_END)
			break;
		if (event == READER_ITEM)
			note(&seen, &item);
		if (event != READER_WANT)
			continue;
		if (n == 0) {
			reader_finish(r);
			continue;
		}
		reader_feed(r, (struct str){bytes.data, n});
		bytes.data += n;
		bytes.len -= n;
	}
	item_free(&item);
	reader_free(r);
	return seen;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	enum reader_kind kind =
	    size > 0 && data[0] == '{' ? READER_LINES : READER_WARC;
	struct str bytes = {(const char *)data, size};
	struct seen whole = read_in(bytes, SIZE_MAX, kind);
	struct seen pieces = read_in(bytes, 1 + size % 13, kind);

	if (whole.digest != pieces.digest || whole.items != pieces.items)
		abort();
	return 0;
}
