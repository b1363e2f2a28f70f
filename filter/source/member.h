/* SPDX-License-Identifier: MIT
 *
 * member.h: gzip members or zstd frames in, plain bytes out, with the places
 * where members begin and a way on behind a damaged one. page/decode.h hides
 * both: one page needs neither, an archive lives by them. Included by source/
 * only. */
#ifndef SOURCE_MEMBER_H
#define SOURCE_MEMBER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"
#include "base/str.h"
#include "source/packing.h"

struct member;

enum member_event {
	MEMBER_WANT,  /* *in is used up */
	MEMBER_DATA,  /* *out is a piece of plain bytes, good until the next
		       * call */
	MEMBER_END,   /* a member ended, whole and with the right checksum */
	MEMBER_DAMAGE /* err says how; what follows is of a later member */
};

/* Make one that reports to err. expect: what the plain bytes of a member
 * behind a damaged one begin with ("WARC/"); at most 8 bytes, static. */
enum pith_status member_new(struct member **out, struct str expect,
			    struct err *err) PITH_CHECKED;

/* Free it; NULL is allowed. */
void member_free(struct member *m);

/* Begin the next stream, which begins at that offset of its file. */
void member_begin(struct member *m, enum packing packing, uint64_t offset);

/* Take from *in, which moves on. end: no bytes follow those of *in. */
enum member_event member_next(struct member *m, struct str *in, bool end,
			      struct str *out);

/* Do these bytes begin a member of that packing, whose plain bytes begin as
 * expected? 1, 0, or -1: not to be told from so few, or without memory, which
 * err says. A zstd frame counts by its magic number alone. */
int member_try(struct member *m, enum packing packing, struct str bytes);

/* Where the member in work, or the damage, begins, in compressed bytes. */
uint64_t member_offset(const struct member *m);

#endif
