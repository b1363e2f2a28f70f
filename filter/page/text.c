/* SPDX-License-Identifier: MIT
 *
 * text.c: collapses white space and counts words, in one pass over the
 * bytes. */
#include "page/text.h"

#include <string.h>

#include "base/eight.h"
#include "base/utf8.h"

enum { POOL = 16 * 1024 };

void text_init(struct text *t, struct arena *arena)
{
	*t = (struct text){.arena = arena};
}

void text_begin(struct text *t)
{
	t->words = t->link_words = 0;
	t->chars = t->link_chars = 0;
	t->in_word = t->space = false;
	t->joint = 0;
}

struct text_mark text_mark(const struct text *t)
{
	return (struct text_mark){t->len, t->words, t->link_words, t->chars,
				  t->link_chars};
}

void text_return(struct text *t, const struct text_mark *mark)
{
	t->len = mark->len;
	t->words = mark->words;
	t->link_words = mark->link_words;
	t->chars = mark->chars;
	t->link_chars = mark->link_chars;
	t->joint = 0;
}

bool text_is_blank(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_space(s.data[i]) && s.data[i] != '\0')
			return false;
	return true;
}

/* Room for n more bytes and a NUL. Texts share pools: what text_take gave away
 * stays where it is, the text in work moves to the next pool. */
static enum pith_status reserve(struct text *t, size_t n)
{
	size_t want;
	char *data;

	if (t->cap - t->len > n)
		return PITH_OK;
	want = 2 * (t->len + n + 1);
	if (want < POOL)
		want = POOL;
	data = arena_alloc(t->arena, want);
	if (data == NULL)
		return arena_status(t->arena);
	if (t->len > 0)
		memcpy(data, t->data, t->len);
	t->data = data;
	t->cap = want;
	return PITH_OK;
}

/* White space outside of pre, beyond ASCII's. */
static bool is_space(uint32_t c)
{
	return c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
	       c == 0x3000;
}

static void count(struct text *t, uint32_t c, struct text_mode mode)
{
	float words = 0;

	t->chars++;
	if (utf8_is_cjk(c)) {
		words = 0.5f; /* two characters make about one word */
		t->in_word = false;
	} else if (utf8_is_word(c)) {
		words = t->in_word ? 0.0f : 1.0f;
		t->in_word = true;
	} else {
		t->in_word = false;
	}
	t->words += words;
	if (mode.link) {
		t->link_chars++;
		t->link_words += words;
	}
}

/* Write what is due before a character. */
static void settle(struct text *t)
{
	if (t->space && t->len > 0 && t->data[t->len - 1] != '\n')
		t->data[t->len++] = ' ';
	else if (t->joint != 0)
		t->len += utf8_put(t->joint, t->data + t->len);
	t->space = false;
	t->joint = 0;
}

/* Invisible: a space of no width, joiners, operators of mathematics. Some
 * editors write a paragraph of one to leave a line empty. */
static bool is_invisible(uint32_t c)
{
	return (c >= 0x200b && c <= 0x200d) || (c >= 0x2060 && c <= 0x2064);
}

/* They mean something behind a character, and most only before another: those
 * that shape the letter before them, U+200C and U+200D, end words of India. */
static void append_invisible(struct text *t, uint32_t c)
{
	if (t->chars == 0 || t->space || t->data[t->len - 1] == '\n')
		return;
	if (c != 0x200c && c != 0x200d) {
		t->joint = c;
		t->in_word = false;
		return;
	}
	settle(t);
	t->len += utf8_put(c, t->data + t->len);
	t->in_word = false;
}

static void append_space(struct text *t, char c, struct text_mode mode)
{
	t->in_word = false;
	t->joint = 0;
	if (!mode.pre)
		t->space = true;
	else if (c == '\r') /* CR LF is one line end, as is CR alone */
		t->data[t->len++] = '\n';
	else if (c != '\f')
		t->data[t->len++] = c;
}

/* Counts of the ASCII that is being appended. */
struct tally {
	uint32_t words, chars;
	bool in_word;
};

/* Copy words with single spaces between, eight bytes at a time, as far as there
 * is nothing else; to has room for len. Stops after a character, never after a
 * space. */
static size_t copy_words(const char *s, size_t len, char *to, struct tally *t)
{
	size_t n = 0;

	while (len - n >= 8) {
		uint64_t eight = eight_load(s + n), spaces, words;
		unsigned take = 8;

		if (eight & EIGHT_YES || eight_in(eight, ' ', '~') != EIGHT_YES)
			break;
		spaces = eight_in(eight, ' ', ' ');
		if (spaces & spaces << 8)
			break;
		words = eight_words(eight);
		memcpy(to + n, s + n, 8);
		/* a space at the end may be the first of two */
		take -= spaces >> 63;
		t->words += eight_count(
		    words & ~(words << 8 | (uint64_t)t->in_word << 7));
		t->chars += take - eight_count(spaces << 8);
		t->in_word = words >> (8 * take - 1) & 1;
		n += take;
	}
	return n;
}

/* The printable ASCII at the start of s, which most text is made of, a
 * character first; returns its length. */
static size_t append_ascii(struct text *t, const char *s, size_t len,
			   struct text_mode mode)
{
	struct tally tally = {.in_word = t->in_word};
	size_t n = 0, from;
	char *to;

	settle(t);
	to = t->data + t->len;
	do {
		for (from = n; n < len && s[n] > 0x20 && s[n] < 0x7f; n++) {
			bool is_word = ascii_word[(unsigned char)s[n]] != 0;

			tally.words += is_word & !tally.in_word;
			tally.in_word = is_word;
			to[n] = s[n];
		}
		tally.chars += (uint32_t)(n - from);
		n += copy_words(s + n, len - n, to + n, &tally);
	} while (n > from && n < len && s[n] > 0x20 && s[n] < 0x7f);
	t->in_word = tally.in_word;
	t->len += n;
	t->chars += tally.chars;
	t->words += (float)tally.words;
	if (mode.link) {
		t->link_chars += tally.chars;
		t->link_words += (float)tally.words;
	}
	return n;
}

enum pith_status text_append(struct text *t, struct str s,
			     struct text_mode mode)
{
	enum pith_status status = reserve(t, s.len + 4); /* and what is due */
	size_t i = 0;

	if (status != PITH_OK)
		return status;
	while (i < s.len) {
		unsigned char byte = (unsigned char)s.data[i];
		uint32_t c;
		size_t n;

		if (ascii_space((char)byte)) {
			append_space(t, (char)byte, mode);
			i += byte == '\r' && i + 1 < s.len &&
				     s.data[i + 1] == '\n'
				 ? 2
				 : 1;
			continue;
		}
		if (byte > 0x20 && byte < 0x7f) {
			i += append_ascii(t, s.data + i, s.len - i, mode);
			continue;
		}
		n = utf8_decode(s.data + i, s.len - i, &c);
		if (is_space(c)) {
			append_space(t, ' ', mode);
		} else if (is_invisible(c) && !mode.pre) {
			append_invisible(t, c);
		} else if (!utf8_is_unprintable(c)) {
			settle(t);
			memcpy(t->data + t->len, s.data + i, n);
			t->len += n;
			count(t, c, mode);
		}
		i += n;
	}
	return PITH_OK;
}

void text_space(struct text *t)
{
	t->space = true;
	t->in_word = false;
	t->joint = 0;
}

enum pith_status text_newline(struct text *t)
{
	enum pith_status status = reserve(t, 1);

	if (status != PITH_OK)
		return status;
	t->space = false;
	t->in_word = false;
	t->joint = 0;
	if (t->len > 0)
		t->data[t->len++] = '\n';
	return PITH_OK;
}

enum pith_status text_take(struct text *t, struct str *out)
{
	enum pith_status status = reserve(t, 1);

	if (status != PITH_OK)
		return status;
	while (t->len > 0 && ascii_space(t->data[t->len - 1]))
		t->len--;
	t->data[t->len] = '\0';
	*out = (struct str){t->data, t->len};
	t->data += t->len + 1;
	t->cap -= t->len + 1;
	t->len = 0;
	t->space = false;
	t->joint = 0;
	return PITH_OK;
}
