/* SPDX-License-Identifier: MIT
 *
 * member.c: reads gzip members one after the other.
 *
 *   BETWEEN ─ 1f ─> INSIDE ─ checksum right ─> ENDED ─> BETWEEN
 *      └─ no gzip ─> BROKEN <── damage ──┘
 *   BROKEN ─> HUNT ─ "1f 8b 08" whose plain bytes begin as expected ─> INSIDE
 *
 * All input passes through held[]:
 *
 *   [ history of the member | at: to be read next … | len ]
 *
 * A crawler that was killed and goes on in the same file leaves half a member;
 * inflate then reads on into the next, whole one before it notices. So HUNT
 * begins in the history, behind the start of the damaged member. A candidate
 * counts only if its first bytes inflate to what a member of this stream
 * begins with: chance hits inside compressed data cost nothing. */
#include "source/member.h"

#include <stdlib.h>
#include <string.h>

#define ZLIB_CONST
#include <zlib.h>

/* TRIAL: enough to inflate the first bytes of a member: a dynamic Huffman
 * header has at most 322 bytes, the names in front of it are short. */
enum {
	TRIAL = 2048,
	HISTORY = 128 * 1024,
	HELD_SIZE = 2 * HISTORY,
	OUT_SIZE = 64 * 1024,
	GZIP = MAX_WBITS + 16
};

enum state { BETWEEN, INSIDE, ENDED, BROKEN, HUNT };

struct member {
	struct err *err;
	struct str expect;
	enum state state;
	uint64_t taken;	  /* file offset of held[at] */
	uint64_t start;	  /* of the member in work, or the damage */
	uint64_t rewound; /* no rewinding below it: bytes are read twice at
			   * most */
	const char *what; /* BROKEN: how */
	z_stream stream, trial;
	size_t at, len;
	char held[HELD_SIZE];
	char room[OUT_SIZE];
};

enum pith_status member_new(struct member **out, struct str expect,
			    struct err *err)
{
	struct member *m = malloc(sizeof(*m));

	*out = NULL;
	if (m == NULL)
		return err_set(err, PITH_CAUSE_MEMORY, "no memory for gzip");
	memset(&m->stream, 0, sizeof(m->stream));
	memset(&m->trial, 0, sizeof(m->trial));
	m->err = err;
	m->expect = expect;
	if (inflateInit2(&m->stream, GZIP) != Z_OK ||
	    inflateInit2(&m->trial, GZIP) != Z_OK) {
		member_free(m);
		return err_set(err, PITH_CAUSE_MEMORY, "no memory for gzip");
	}
	member_begin(m, 0);
	*out = m;
	return PITH_OK;
}

void member_free(struct member *m)
{
	if (m == NULL)
		return;
	inflateEnd(&m->stream);
	inflateEnd(&m->trial);
	free(m);
}

void member_begin(struct member *m, uint64_t offset)
{
	m->state = BETWEEN;
	m->taken = m->start = m->rewound = offset;
	m->at = m->len = 0;
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

/* Go back to behind the start of the damaged member. */
static void rewind_to_start(struct member *m)
{
	uint64_t back = m->taken > m->start ? m->taken - m->start - 1 : 0;
	size_t n = back < m->at ? (size_t)back : m->at;

	if (m->start < m->rewound)
		return;
	m->rewound = m->taken;
	m->at -= n;
	m->taken -= n;
}

int member_try(struct member *m, const char *data, size_t len)
{
	char begin[8];
	int r;

	if (data[0] != 0x1f)
		return 0;
	if (len < 3)
		return -1;
	if (memcmp(data, "\x1f\x8b\x08", 3) != 0)
		return 0;
	inflateReset(&m->trial);
	m->trial.next_in = (const Bytef *)data;
	m->trial.avail_in = (uInt)(len < TRIAL ? len : TRIAL);
	m->trial.next_out = (Bytef *)begin;
	m->trial.avail_out = (uInt)m->expect.len;
	r = inflate(&m->trial, Z_SYNC_FLUSH);
	if (m->trial.avail_out == 0)
		return !memcmp(begin, m->expect.data, m->expect.len);
	if ((r != Z_OK && r != Z_BUF_ERROR) || len >= TRIAL)
		return 0;
	return -1;
}

/* Look for a member in what is held; true once one begins at at. */
static bool hunt(struct member *m, bool end)
{
	while (m->at < m->len) {
		const char *p = m->held + m->at;
		size_t len = m->len - m->at;
		int found = member_try(m, p, len);

		if (found > 0)
			return true;
		if (found < 0 && !end)
			return false;
		p = memchr(p + 1, 0x1f, len - 1);
		use(m, p ? (size_t)(p - m->held) - m->at : len);
	}
	return false;
}

static enum member_event inflate_some(struct member *m, struct str *out)
{
	int r;

	m->stream.next_in = (const Bytef *)m->held + m->at;
	m->stream.avail_in = (uInt)(m->len - m->at);
	m->stream.next_out = (Bytef *)m->room;
	m->stream.avail_out = OUT_SIZE;
	r = inflate(&m->stream, Z_NO_FLUSH);
	use(m, m->len - m->at - m->stream.avail_in);
	*out = (struct str){m->room, OUT_SIZE - m->stream.avail_out};
	if (r == Z_STREAM_END) {
		m->state = ENDED;
	} else if (r != Z_OK && r != Z_BUF_ERROR) {
		m->state = BROKEN;
		m->what = r == Z_MEM_ERROR ? "no memory for gzip"
					   : "damaged gzip data";
	}
	return out->len > 0 ? MEMBER_DATA : MEMBER_WANT;
}

/* Between two members: zeros are padding, as tapes have it. */
static void look_between(struct member *m)
{
	while (m->at < m->len && m->held[m->at] == 0)
		use(m, 1);
	m->start = m->taken;
	if (m->at == m->len)
		return;
	m->state = INSIDE;
	if (m->held[m->at] == 0x1f) {
		inflateReset(&m->stream);
	} else {
		m->state = BROKEN;
		m->what = "bytes that are no gzip member";
	}
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
			/* also without input: inflate may hold output */
			if (inflate_some(m, out) == MEMBER_DATA)
				return MEMBER_DATA;
			if (m->at == m->len && last && m->state == INSIDE) {
				m->state = BROKEN;
				m->what = "gzip data cut short";
				continue;
			}
		} else if (hunt(m, last)) {
			m->start = m->taken;
			inflateReset(&m->stream);
			m->state = INSIDE;
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
