/* SPDX-License-Identifier: MIT
 *
 * plain.h: the bytes of an input that may be compressed, as a stream of
 * plain ones, and where in the input each of them is. Included by
 * source/reader.c only. */
#ifndef SOURCE_PLAIN_H
#define SOURCE_PLAIN_H

#include "source/item.h"
#include "source/member.h"

/* A gzip member or zstd frame: where it begins, and its first plain byte. */
struct plain_start {
	uint64_t offset, plain;
};

struct plain {
	struct str some;      /* plain bytes not yet taken */
	struct str in, later; /* bytes to come, and those after them */
	enum packing packing;
	bool ended;
	struct plain_start member, before; /* the one in work, the last */
	struct member *members;
};

enum plain_event {
	PLAIN_WANT,
	PLAIN_SOME,   /* some has bytes */
	PLAIN_MEMBER, /* a member ended */
	PLAIN_DAMAGE, /* err of the members says how */
	PLAIN_END
};

/* Begin an input whose bytes from offset on will come. members stay. */
void plain_begin(struct plain *p, enum packing packing, uint64_t offset);

/* What bytes of a stream's start are packed in: 1 with *packing, 0: in nothing,
 * -1: not to be told from so few. */
int plain_sniff(struct str bytes, enum packing *packing);

/* Say how it is packed, before any byte was given. */
void plain_pack(struct plain *p, enum packing packing);

/* Get more, where some is empty; taken counts all plain bytes so far. */
enum plain_event plain_more(struct plain *p, uint64_t taken);

/* Where plain byte number n is; of the member in work or the one before. */
struct place plain_place(const struct plain *p, uint64_t n);

#endif
