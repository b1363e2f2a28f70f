/* SPDX-License-Identifier: MIT
 *
 * charset.c: finds the encoding of a page while it streams.
 *
 *   HEAD  ── BOM, UTF-16 ──────────────> CONVERT
 *    └─ else ─> PLAIN ── byte >= 0x80 ─> LOOK ── judged ─> CONVERT
 *                 ^──── only an ESC ──────┘
 *
 * HEAD holds back the first HEAD_SIZE bytes. PLAIN hands bytes below 0x80 on,
 * for they mean the same in every encoding that is left, but keeps a copy of
 * the first of them: that is where a declaration stands. LOOK holds back up to
 * LOOK_SIZE bytes from the first one that matters and judges those. All
 * verdicts depend on the bytes alone, never on how they were cut in pieces. */
#include "page/charset.h"

#include <stdlib.h>
#include <string.h>

#include "page/charset_clean.h"
#include "page/charset_convert.h"
#include "page/charset_guess.h"
#include "page/charset_label.h"
#include "page/charset_sniff.h"

enum { HEAD_SIZE = 1024, KEEP_SIZE = 32 * 1024, LOOK_SIZE = 64 * 1024 };

#define ESCAPE 0x1b

enum state { HEAD, PLAIN, LOOK, CONVERT };

/*   raw  [ copy of bytes handed on | held back | room ]
 *        0                        kept        len        */
struct charset {
	struct err *err;
	enum state state;
	enum encoding hint, encoding;
	bool escape_seen; /* an ESC has been judged: no other is looked at */
	size_t kept, len;
	struct clean clean;
	struct convert convert;
	struct guess guess;
	charset_sink sink;
	void *user;
	char raw[KEEP_SIZE + LOOK_SIZE];
};

enum pith_status charset_new(struct charset **out, charset_sink sink,
			     void *user, struct err *err)
{
	struct charset *c = malloc(sizeof(*c));

	*out = c;
	if (c == NULL)
		return err_set(err, PITH_CAUSE_MEMORY,
			       "no memory for charset conversion");
	c->err = err;
	c->sink = sink;
	c->user = user;
	convert_init(&c->convert, &c->clean, err);
	guess_init(&c->guess, &c->convert, err);
	return charset_begin(c, NULL);
}

void charset_free(struct charset *c)
{
	if (c == NULL)
		return;
	convert_free(&c->convert);
	guess_free(&c->guess);
	free(c);
}

enum pith_status charset_preload(struct charset *c)
{
	for (int e = 0; e < ENC_COUNT; e++) {
		enum pith_status status =
		    convert_open(&c->convert, (enum encoding)e);

		if (status == PITH_FATAL)
			return status;
		if (status == PITH_FAILED)
			err_clear(c->err);
	}
	return PITH_OK;
}

enum pith_status charset_begin(struct charset *c, const char *label)
{
	c->state = HEAD;
	c->hint = c->encoding = ENC_NONE;
	c->escape_seen = false;
	c->kept = c->len = 0;
	clean_begin(&c->clean, c->sink, c->user);
	if (label == NULL)
		return PITH_OK;
	c->hint = encoding_by_label((struct str){label, strlen(label)});
	if (c->hint == ENC_NONE)
		return err_set(c->err, PITH_CAUSE_CHARSET,
			       "unknown charset \"%.60s\"", label);
	return PITH_OK;
}

static bool is_utf16(enum encoding e)
{
	return e == ENC_UTF_16LE || e == ENC_UTF_16BE;
}

/* An encoding that is still possible after PLAIN, and safe. */
static enum encoding usable(enum encoding e)
{
	return is_utf16(e) || e == ENC_REPLACEMENT ? ENC_NONE : e;
}

/* What is told from outside, then what the page says of itself. */
static void find_declared(const struct charset *c, enum encoding declared[2])
{
	size_t len = c->len < KEEP_SIZE ? c->len : KEEP_SIZE;

	declared[0] = usable(c->hint);
	declared[1] = usable(sniff_meta((struct str){c->raw, len}));
}

/* Convert what is held back after the first `from` bytes, and all to come. */
static enum pith_status start(struct charset *c, enum encoding e, size_t from)
{
	enum pith_status status = convert_begin(&c->convert, e);

	if (status != PITH_OK)
		return status;
	c->state = CONVERT;
	c->encoding = e;
	return convert_feed(&c->convert, c->raw + from, c->len - from);
}

/* Hold bytes back up to a length of raw; returns how many were taken. */
static size_t hold(struct charset *c, const char *s, size_t n, size_t up_to)
{
	size_t room = up_to - c->len;

	if (n > room)
		n = room;
	memmove(c->raw + c->len, s, n); /* s may be further on in raw */
	c->len += n;
	return n;
}

/* Hand on bytes below 0x80, up to the first that is none or an ESC, where
 * LOOK begins; returns how many were taken. s may be in raw after what is
 * kept. */
static size_t pass_plain(struct charset *c, const char *s, size_t n,
			 enum pith_status *status)
{
	size_t plain = ascii_span(s, n);
	const char *escape = c->escape_seen ? NULL : memchr(s, ESCAPE, plain);

	if (escape != NULL)
		plain = (size_t)(escape - s);
	*status = clean_feed(&c->clean, s, plain);
	hold(c, s, plain, KEEP_SIZE);
	c->kept = c->len;
	c->state = plain < n ? LOOK : PLAIN;
	return plain;
}

/* What was held back is plain after all, at least at its start. */
static enum pith_status release(struct charset *c)
{
	const char *held = c->raw + c->kept;
	size_t len = c->len - c->kept, plain;
	enum pith_status status;

	c->len = c->kept;
	plain = pass_plain(c, held, len, &status);
	hold(c, held + plain, len - plain, c->kept + LOOK_SIZE);
	return status;
}

/* Judge the first bytes of the page. */
static enum pith_status judge_head(struct charset *c)
{
	struct str head = {c->raw, c->len};
	size_t skip;
	enum encoding e = sniff_mark(head, &skip);
	const char *binary = e == ENC_NONE ? sniff_signature(head) : NULL;

	if (e == ENC_NONE && binary == NULL) {
		e = sniff_utf16(head);
		if (e == ENC_NONE && is_utf16(c->hint) &&
		    sniff_may_be_utf16(head))
			e = c->hint;
		if (e == ENC_NONE && sniff_binary(head))
			binary = "binary data";
	}
	if (binary != NULL)
		return err_set(c->err, PITH_CAUSE_BINARY, "not text: %s",
			       binary);
	return e != ENC_NONE ? start(c, e, skip) : release(c);
}

/* Judge what is held back from the first byte that matters. */
static enum pith_status judge_look(struct charset *c)
{
	struct str look = {c->raw + c->kept, c->len - c->kept};
	enum pith_status status;
	enum encoding declared[2], e;

	if (ascii_span(look.data, look.len) < look.len) {
		find_declared(c, declared);
		status = guess_encoding(&c->guess, look, declared, &e);
		return status == PITH_OK ? start(c, e, c->kept) : status;
	}
	if (guess_is_iso_2022_jp(look))
		return start(c, ENC_ISO_2022_JP, c->kept);
	c->escape_seen = true;
	return release(c);
}

enum pith_status charset_feed(struct charset *c, const char *data, size_t len)
{
	enum pith_status status = PITH_OK;

	while (len > 0 && status == PITH_OK) {
		size_t n = len;

		switch (c->state) {
		case HEAD:
			n = hold(c, data, len, HEAD_SIZE);
			if (c->len == HEAD_SIZE)
				status = judge_head(c);
			break;
		case PLAIN:
			n = pass_plain(c, data, len, &status);
			break;
		case LOOK:
			n = hold(c, data, len, c->kept + LOOK_SIZE);
			if (c->len == c->kept + LOOK_SIZE)
				status = judge_look(c);
			break;
		case CONVERT:
			status = convert_feed(&c->convert, data, len);
			break;
		}
		data += n;
		len -= n;
	}
	return status;
}

enum pith_status charset_finish(struct charset *c)
{
	enum encoding declared[2];
	enum pith_status status = PITH_OK;

	if (c->state == HEAD)
		status = judge_head(c);
	while (c->state == LOOK && status == PITH_OK)
		status = judge_look(c);
	if (status != PITH_OK)
		return status;
	if (c->state == CONVERT)
		return convert_finish(&c->convert);
	/* all ASCII: whatever it is said to be, it is UTF-8 as well */
	find_declared(c, declared);
	c->encoding = declared[0] != ENC_NONE ? declared[0] : declared[1];
	if (c->encoding == ENC_NONE)
		c->encoding = ENC_UTF_8;
	return clean_finish(&c->clean);
}

const char *charset_name(const struct charset *c)
{
	return encoding_name(c->encoding);
}

const char *charset_by_label(struct str label)
{
	enum encoding e = encoding_by_label(label);

	return e != ENC_NONE ? encoding_name(e) : NULL;
}
