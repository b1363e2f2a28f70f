/* SPDX-License-Identifier: MIT
 *
 * charset_clean.c: checks UTF-8 at the speed of memory where it is plain ASCII,
 * a sequence at a time elsewhere. */
#include "page/charset_clean.h"

#include <string.h>

/* Stretches from DIRECT on are not copied. Between words there are few bytes of
 * ASCII: a whole block is looked at only after FEW. */
enum { DIRECT = 1024, BLOCK = 64, FEW = 8 };

/* What a sequence is to the page. */
enum verdict { KEEP, DROP, SPACE, REPLACE, MORE };

static const char replacement[3] = {'\xef', '\xbf', '\xbd'};

/* Printable ASCII, \t, \n, \f, \r. */
static bool is_plain(unsigned char c)
{
	return (unsigned char)(c - 0x20) < 0x5f || c == '\n' || c == '\t' ||
	       c == '\r' || c == '\f';
}

/* is_plain for BLOCK bytes; no branches, for the compiler to vectorise. */
static bool block_is_plain(const unsigned char *s)
{
	unsigned char bad = 0;

	for (size_t i = 0; i < BLOCK; i++) {
		unsigned char c = s[i];
		unsigned char space =
		    (unsigned char)(c - '\t') < 5 && c != '\v';
		unsigned char odd = (unsigned char)(c - 0x20) > 0x5e;

		bad |= odd & !space;
	}
	return bad == 0;
}

static size_t plain_span(const unsigned char *s, size_t n)
{
	size_t few = n < FEW ? n : FEW, i = 0;

	while (i < few && is_plain(s[i]))
		i++;
	if (i < few)
		return i;
	while (n - i >= BLOCK && block_is_plain(s + i))
		i += BLOCK;
	while (i < n && is_plain(s[i]))
		i++;
	return i;
}

size_t ascii_span(const char *data, size_t len)
{
	size_t few = len < FEW ? len : FEW, i = 0;

	while (i < few && (unsigned char)data[i] < 0x80)
		i++;
	if (i < few)
		return i;
	for (; len - i >= BLOCK; i += BLOCK) {
		unsigned char any = 0;

		for (size_t k = 0; k < BLOCK; k++)
			any |= (unsigned char)data[i + k];
		if (any >= 0x80)
			break;
	}
	while (i < len && (unsigned char)data[i] < 0x80)
		i++;
	return i;
}

/* U+FDD0 to U+FDEF and the last two of each plane, as a sequence of len. */
static bool is_noncharacter(const unsigned char *s, size_t len)
{
	if (len == 3 && s[0] == 0xef)
		return (s[1] == 0xb7 && s[2] >= 0x90 && s[2] < 0xb0) ||
		       (s[1] == 0xbf && s[2] >= 0xbe);
	return len == 4 && (s[1] & 0x0f) == 0x0f && s[2] == 0xbf &&
	       s[3] >= 0xbe;
}

/* Judge the sequence at s (n > 0, s[0] >= 0x80); returns its length. A bad one
 * is as long as it could still have become a good one, and at least 1: the
 * rule of the WHATWG decoder, which never takes an ASCII byte along. */
static size_t sequence(const unsigned char *s, size_t n, enum verdict *v)
{
	unsigned char low = 0x80, high = 0xbf;
	size_t need, i;

	*v = REPLACE;
	if (s[0] >= 0xc2 && s[0] < 0xe0) {
		need = 2;
	} else if (s[0] >= 0xe0 && s[0] < 0xf0) {
		need = 3;
		low = s[0] == 0xe0 ? 0xa0 : 0x80;  /* not overlong */
		high = s[0] == 0xed ? 0x9f : 0xbf; /* no surrogate */
	} else if (s[0] >= 0xf0 && s[0] < 0xf5) {
		need = 4;
		low = s[0] == 0xf0 ? 0x90 : 0x80;
		high = s[0] == 0xf4 ? 0x8f : 0xbf; /* up to U+10FFFF */
	} else {
		return 1;
	}
	for (i = 1; i < need; i++) {
		if (i == n) {
			*v = MORE;
			return n;
		}
		if (s[i] < low || s[i] > high)
			return i;
		low = 0x80;
		high = 0xbf;
	}
	if (need == 2 && s[0] == 0xc2 && s[1] < 0xa0)
		*v = DROP; /* C1 control */
	else if (!is_noncharacter(s, need))
		*v = KEEP;
	return need;
}

struct utf8_count utf8_count(const char *data, size_t len)
{
	const unsigned char *s = (const unsigned char *)data;
	struct utf8_count count = {0, 0, 0};
	size_t i = 0;

	while ((i += ascii_span(data + i, len - i)) < len) {
		while (i < len && s[i] >= 0x80) {
			enum verdict v;
			size_t n = sequence(s + i, len - i, &v);

			if (v == REPLACE)
				count.bad++;
			else if (v != MORE && n == 2)
				count.two++;
			else if (v != MORE)
				count.more++;
			i += n;
		}
	}
	return count;
}

void clean_begin(struct clean *c, charset_sink sink, void *user)
{
	c->sink = sink;
	c->user = user;
	c->bad = c->out_len = c->held_len = 0;
}

static enum pith_status flush(struct clean *c)
{
	size_t len = c->out_len;

	c->out_len = 0;
	return len > 0 ? c->sink(c->user, c->out, len) : PITH_OK;
}

static enum pith_status put(struct clean *c, const void *data, size_t len)
{
	if (len > sizeof(c->out) - c->out_len || len >= DIRECT) {
		enum pith_status status = flush(c);
		if (status != PITH_OK)
			return status;
		if (len >= DIRECT)
			return c->sink(c->user, data, len);
	}
	memcpy(c->out + c->out_len, data, len);
	c->out_len += len;
	return PITH_OK;
}

/* Put what stands for a sequence that is not kept. A vertical tab is the line
 * break of some word processors: a space keeps its words apart. */
static enum pith_status put_verdict(struct clean *c, enum verdict v)
{
	if (v == SPACE)
		return put(c, " ", 1);
	if (v != REPLACE)
		return PITH_OK;
	c->bad++;
	return put(c, replacement, sizeof(replacement));
}

/* Go on with the sequence that the last piece left unfinished; returns how
 * many bytes of s it took. */
static size_t finish_held(struct clean *c, const unsigned char *s, size_t n,
			  enum pith_status *status)
{
	enum verdict v = MORE;
	size_t taken = 0, len = 0;

	while (v == MORE && taken < n) {
		c->held[c->held_len++] = (char)s[taken++];
		len = sequence((const unsigned char *)c->held, c->held_len, &v);
	}
	if (v == MORE)
		return taken;
	/* only the last byte can have broken it: it is not part of it */
	taken -= c->held_len - len;
	c->held_len = 0;
	*status = v == KEEP ? put(c, c->held, len) : put_verdict(c, v);
	return taken;
}

/* The first sequence from *at on that is not kept; *len gets its length, *at
 * its place: n with KEEP if there is none. */
static enum verdict find_unclean(const unsigned char *s, size_t n, size_t *at,
				 size_t *len)
{
	enum verdict v;
	size_t i = *at;

	*len = 0;
	for (;;) {
		i += plain_span(s + i, n - i);
		*at = i;
		if (i == n)
			return KEEP;
		if (s[i] < 0x80) {
			*len = 1;
			return s[i] == '\v' ? SPACE : DROP;
		}
		for (; i < n && s[i] >= 0x80; i += *len) {
			*len = sequence(s + i, n - i, &v);
			if (v != KEEP) {
				*at = i;
				return v;
			}
		}
	}
}

enum pith_status clean_feed(struct clean *c, const char *data, size_t len)
{
	const unsigned char *s = (const unsigned char *)data;
	enum pith_status status = PITH_OK;
	size_t i = 0;

	if (c->held_len > 0)
		i = finish_held(c, s, len, &status);
	while (status == PITH_OK && i < len) {
		size_t start = i, n;
		enum verdict v = find_unclean(s, len, &i, &n);

		status = put(c, s + start, i - start);
		if (status != PITH_OK)
			break;
		if (v == MORE) {
			memcpy(c->held, s + i, n);
			c->held_len = n;
		} else {
			status = put_verdict(c, v);
		}
		i += n;
	}
	return status == PITH_OK ? flush(c) : status;
}

enum pith_status clean_finish(struct clean *c)
{
	enum pith_status status = PITH_OK;

	if (c->held_len > 0)
		status = put_verdict(c, REPLACE);
	c->held_len = 0;
	return status == PITH_OK ? flush(c) : status;
}
