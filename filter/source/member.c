/* SPDX-License-Identifier: MIT
 *
 * member.c: reads gzip members or zstd frames one after the other.
 *
 *   BETWEEN ─ first byte ─> INSIDE ─ checksum right ─> ENDED ─> BETWEEN
 *      └─ no member ──> BROKEN <── damage ──┘
 *   BROKEN ─> HUNT ─ what a member of this stream begins with ─> INSIDE
 *
 * All input passes through held[]:
 *
 *   [ history of the member | at: to be read next … | len ]
 *
 * A crawler that was killed and goes on in the same file leaves half a member;
 * what undoes it then reads on into the next, whole one before it notices. So
 * HUNT begins in the history, behind the start of the damaged member. A gzip
 * candidate counts only if its first bytes inflate to what a member of this
 * stream begins with: chance hits inside compressed data cost nothing. Of zstd
 * only the magic number is looked at, and the member found may be damaged too:
 * HUNT then begins behind that one, as long as the bytes read again are no more
 * than AGAIN times those of the stream. */
#include "source/member.h"

#include <stdlib.h>
#include <string.h>

/* HISTORY: a block of zstd has up to 128 KiB, and is read whole before any of
 * it is undone. */
enum {
	HISTORY = 192 * 1024,
	AGAIN = 8,
	HELD_SIZE = 2 * HISTORY,
	OUT_SIZE = 64 * 1024,
};

enum state { BETWEEN, INSIDE, ENDED, BROKEN, HUNT };

static const struct packing_kind *const kinds[PACKINGS] = {
    [PACKING_GZIP] = &packing_gzip, [PACKING_ZSTD] = &packing_zstd};

struct member {
	struct err *err;
	struct str expect;
	enum state state;
	uint64_t taken;	  /* file offset of held[at] */
	uint64_t start;	  /* of the member in work, or the damage */
	uint64_t begun;	  /* where the stream begins */
	uint64_t again;	  /* bytes read again so far */
	const char *what; /* BROKEN: how */
	const struct packing_kind *kind; /* of the stream */
	void *undo;			 /* its state */
	void *states[PACKINGS];		 /* those made so far */
	size_t at, len;
	char held[HELD_SIZE];
	char room[OUT_SIZE];
};

enum pith_status member_new(struct member **out, struct str expect,
			    struct err *err)
{
	struct member *m = malloc(sizeof(*m));

	*out = m;
	if (m == NULL)
		return err_set(err, PITH_CAUSE_MEMORY, "no memory for input");
	m->err = err;
	m->expect = expect;
	memset(m->states, 0, sizeof(m->states));
	member_begin(m, PACKING_NONE, 0);
	return PITH_OK;
}

void member_free(struct member *m)
{
	if (m == NULL)
		return;
	for (int i = 0; i < PACKINGS; i++)
		if (kinds[i] != NULL && m->states[i] != NULL)
			kinds[i]->drop(m->states[i]);
	free(m);
}

/* The state of that kind; NULL: no memory. */
static void *state_of(struct member *m, enum packing packing)
{
	if (kinds[packing] != NULL && m->states[packing] == NULL)
		m->states[packing] = kinds[packing]->make();
	return m->states[packing];
}

void member_begin(struct member *m, enum packing packing, uint64_t offset)
{
	m->state = BETWEEN;
	m->taken = m->start = m->begun = offset;
	m->again = 0;
	m->at = m->len = 0;
	m->kind = kinds[packing];
	m->undo = state_of(m, packing);
	if (m->kind != NULL && m->undo != NULL)
		m->kind->begin(m->undo);
}

uint64_t member_offset(const struct member *m)
{
	return m->start;
}

/* Move bytes of *in behind those held. What was read is kept as far as a
 * rewinding could ask for it. */
static void fill(struct member *m, struct str *in)
{
	size_t n = HELD_SIZE - m->len;

	if (n < in->len && m->at > HISTORY) {
		size_t drop = m->at - HISTORY;

		m->len -= drop;
		m->at -= drop;
		memmove(m->held, m->held + drop, m->len);
		n = HELD_SIZE - m->len;
	}
	n = n < in->len ? n : in->len;
	if (n == 0)
		return;
	memcpy(m->held + m->len, in->data, n);
	m->len += n;
	in->data += n;
	in->len -= n;
}

static void use(struct member *m, size_t n)
{
	m->at += n;
	m->taken += n;
}

static uint64_t least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* Go back to behind the start of the damaged member. */
static void rewind_to_start(struct member *m)
{
	uint64_t back, paid;
	size_t n;

	if (m->taken == m->start && m->at < m->len)
		use(m, 1); /* nothing of it was read */
	back = m->taken > m->start ? m->taken - m->start - 1 : 0;
	paid = AGAIN * (m->taken - m->begun);
	paid = paid > m->again ? paid - m->again : 0;
	n = (size_t)least(least(back, paid), least(m->at, HISTORY));
	m->again += n;
	m->at -= n;
	m->taken -= n;
}

int member_try(struct member *m, enum packing packing, struct str bytes)
{
	void *undo;

	if (bytes.len == 0 || kinds[packing] == NULL)
		return 0;
	undo = state_of(m, packing);
	if (undo != NULL)
		return kinds[packing]->try(undo, bytes, m->expect);
	(void)err_set(m->err, PITH_CAUSE_MEMORY, "%s", kinds[packing]->memory);
	return -1;
}

/* Look for a member in what is held; true once one begins at at. */
static bool hunt(struct member *m, bool end)
{
	if (m->undo == NULL) /* no memory for it: nothing is found */
		use(m, m->len - m->at);
	while (m->at < m->len) {
		const char *p = m->held + m->at;
		size_t len = m->len - m->at;
		int found = 0;

		if ((unsigned char)*p == m->kind->first)
			found = m->kind->try(m->undo, (struct str){p, len},
					     m->expect);
		if (found > 0)
			return true;
		if (found < 0 && !end)
			return false;
		p = memchr(p + 1, m->kind->first, len - 1);
		use(m, p ? (size_t)(p - m->held) - m->at : len);
	}
	return false;
}

static enum member_event undo_some(struct member *m, struct str *out)
{
	struct str in = {m->held + m->at, m->len - m->at};
	size_t made;

	switch (
	    m->kind->next(m->undo, &in, m->room, OUT_SIZE, &made, &m->what)) {
	case PACKING_ENDED:
		m->state = ENDED;
		break;
	case PACKING_BAD:
		m->state = BROKEN;
		break;
	case PACKING_MORE:
		break;
	}
	use(m, m->len - m->at - in.len);
	*out = (struct str){m->room, made};
	return made > 0 ? MEMBER_DATA : MEMBER_WANT;
}

static void open_member(struct member *m)
{
	unsigned char first = (unsigned char)m->held[m->at];

	m->state = INSIDE;
	if (m->undo != NULL && m->kind->open(m->undo, first, m->start == 0))
		return;
	m->state = BROKEN;
	m->what = m->undo ? m->kind->none : m->kind->memory;
}

/* Between two members: zeros are padding, as tapes have it. */
static void look_between(struct member *m)
{
	while (m->at < m->len && m->held[m->at] == 0)
		use(m, 1);
	m->start = m->taken;
	if (m->at < m->len)
		open_member(m);
}

static enum member_event end_of(struct member *m)
{
	if (m->state == ENDED) {
		m->state = BETWEEN;
		return MEMBER_END;
	}
	(void)err_set(m->err, PITH_CAUSE_CORRUPT, "%s", m->what);
	rewind_to_start(m);
	m->state = HUNT;
	return MEMBER_DAMAGE;
}

enum member_event member_next(struct member *m, struct str *in, bool end,
			      struct str *out)
{
	bool last;

	*out = (struct str){NULL, 0};
	for (;;) {
		if (m->state == ENDED || m->state == BROKEN)
			return end_of(m);
		fill(m, in);
		last = end && in->len == 0;
		if (m->state == BETWEEN) {
			look_between(m);
		} else if (m->state == INSIDE) {
			size_t at = m->at;

			/* also without input: there may be output left */
			if (undo_some(m, out) == MEMBER_DATA)
				return MEMBER_DATA;
			if (m->state != INSIDE)
				continue;
			if (last && (m->at == m->len || m->at == at)) {
				m->state = BROKEN;
				m->what = m->kind->cut;
				continue;
			}
			if (m->at == at && in->len == 0)
				return MEMBER_WANT; /* the rest of a block */
		} else if (hunt(m, last)) {
			m->start = m->taken;
			open_member(m);
			continue;
		} else if (in->len > 0) {
			continue; /* a candidate that wants more bytes */
		} else {
			return MEMBER_WANT;
		}
		if (m->at == m->len && in->len == 0 && m->state != ENDED &&
		    m->state != BROKEN)
			return MEMBER_WANT;
	}
}
