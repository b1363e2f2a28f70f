/* SPDX-License-Identifier: MIT
 *
 * plain.c: plain bytes of an input, and their places. */
#include "source/plain.h"

#include <string.h>

void plain_begin(struct plain *p, enum packing packing, uint64_t offset)
{
	struct member *members = p->members;

	*p = (struct plain){.packing = packing, .members = members};
	p->member.offset = p->before.offset = offset;
	member_begin(members, packing, offset);
}

void plain_pack(struct plain *p, enum packing packing)
{
	p->packing = packing;
	member_begin(p->members, packing, p->member.offset);
}

int plain_sniff(struct str bytes, enum packing *packing)
{
	size_t n = bytes.len < 2 ? bytes.len : 2;

	*packing = PACKING_GZIP;
	if (n > 0 && memcmp(bytes.data, "\x1f\x8b", n) == 0)
		return n == 2 ? 1 : -1;
	*packing = PACKING_ZSTD;
	return packing_zstd.try(NULL, bytes, STR(""));
}

enum plain_event plain_more(struct plain *p, uint64_t taken)
{
	enum member_event event;

	do {
		if (p->in.len == 0) {
			p->in = p->later;
			p->later = (struct str){NULL, 0};
		}
		if (p->packing == PACKING_NONE) {
			p->some = p->in;
			p->in = (struct str){NULL, 0};
			if (p->some.len > 0)
				return PLAIN_SOME;
			return p->ended ? PLAIN_END : PLAIN_WANT;
		}
		event = member_next(p->members, &p->in,
				    p->ended && p->later.len == 0, &p->some);
	} while (event == MEMBER_WANT && p->later.len > 0);
	if (event == MEMBER_WANT)
		return p->ended ? PLAIN_END : PLAIN_WANT;
	if (member_offset(p->members) != p->member.offset) {
		p->before = p->member;
		p->member.offset = member_offset(p->members);
		p->member.plain = taken;
	}
	if (event == MEMBER_DATA)
		return PLAIN_SOME;
	return event == MEMBER_END ? PLAIN_MEMBER : PLAIN_DAMAGE;
}

struct place plain_place(const struct plain *p, uint64_t n)
{
	const struct plain_start *s = &p->member;

	if (p->packing == PACKING_NONE)
		return (struct place){s->offset + n, 0};
	if (n < s->plain)
		s = &p->before;
	return (struct place){s->offset, n > s->plain ? n - s->plain : 0};
}
