/* SPDX-License-Identifier: MIT
 *
 * json_mend.c: one pass over a script, which writes what a strict parser
 * takes. */
#include "meta/json_mend.h"

#include <string.h>

struct mender {
	const char *p, *end;
	char *out;
	size_t len;
	char closers[JSON_DEPTH_MAX]; /* of what is open */
	size_t depth;
	bool comma; /* one is due before the next value */
};

static void put(struct mender *m, const char *s, size_t n)
{
	memcpy(m->out + m->len, s, n);
	m->len += n;
}

/* Four hexadecimal digits at p, or -1. */
static int32_t hex4(const char *p, const char *end)
{
	int32_t n = 0;

	if (end - p < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char c = ascii_lower(p[i]);

		if (!ascii_digit(c) && !(c >= 'a' && c <= 'f'))
			return -1;
		n = n * 16 + (ascii_digit(c) ? c - '0' : c - 'a' + 10);
	}
	return n;
}

/* "\uXXXX" at p; half a pair and NUL become U+FFFD. */
static void put_unicode(struct mender *m)
{
	int32_t c = hex4(m->p + 2, m->end), low = -1;

	if (c < 0) { /* no escape: the letter */
		m->p++;
		return;
	}
	if (c >= 0xd800 && c < 0xdc00 && m->end - m->p >= 12 &&
	    m->p[6] == '\\' && m->p[7] == 'u')
		low = hex4(m->p + 8, m->end);
	if (low >= 0xdc00 && low < 0xe000) {
		put(m, m->p, 12);
		m->p += 12;
		return;
	}
	if (c == 0 || (c >= 0xd800 && c < 0xe000))
		put(m, "\\ufffd", 6);
	else
		put(m, m->p, 6);
	m->p += 6;
}

static void mend_string(struct mender *m)
{
	put(m, m->p++, 1);
	while (m->p < m->end && *m->p != '"') {
		char c = *m->p;

		if (c == '\\' && m->p + 1 < m->end) {
			if (m->p[1] == 'u') {
				put_unicode(m);
			} else if (strchr("\"\\/bfnrt", m->p[1]) &&
				   m->p[1] != '\0') {
				put(m, m->p, 2);
				m->p += 2;
			} else {
				m->p++;
			}
		} else if (c == '\n') {
			put(m, "\\n", 2);
			m->p++;
		} else if ((unsigned char)c < 0x20 || c == '\\') {
			put(m, " ", 1);
			m->p++;
		} else {
			put(m, m->p++, 1);
		}
	}
	put(m, "\"", 1);
	m->p += m->p < m->end;
}

/* A comment of JavaScript or an end of one of HTML or CDATA; returns its
 * length, 0 if there is none. */
static size_t comment(const struct mender *m)
{
	static const char *const marks[] = {"<!--", "-->", "<![CDATA[", "]]>"};
	size_t left = (size_t)(m->end - m->p);
	const char *q;

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		size_t n = strlen(marks[i]);

		if (left >= n && !memcmp(m->p, marks[i], n))
			return n;
	}
	if (left < 2 || m->p[0] != '/')
		return 0;
	if (m->p[1] == '/') {
		/* "//<![CDATA[" may have the data on its line */
		for (q = m->p; q < m->end && *q != '\n' && *q != '[';)
			q++;
		return (size_t)(q - m->p) + (q < m->end);
	}
	if (m->p[1] != '*')
		return 0;
	for (q = m->p + 2; q + 1 < m->end; q++)
		if (q[0] == '*' && q[1] == '/')
			return (size_t)(q + 2 - m->p);
	return left;
}

static void put_comma(struct mender *m)
{
	if (m->comma)
		put(m, ",", 1);
	m->comma = false;
}

static bool is_undefined(const struct mender *m)
{
	return m->end - m->p >= 9 && memcmp(m->p, "undefined", 9) == 0;
}

/* One token of an object or array; false if it nests too deep. */
static bool mend_token(struct mender *m)
{
	char c = *m->p;
	size_t n;

	switch (c) {
	case '{':
	case '[':
		if (m->depth == JSON_DEPTH_MAX)
			return false;
		put_comma(m);
		m->closers[m->depth++] = c == '{' ? '}' : ']';
		put(m, m->p++, 1);
		break;
	case '}':
	case ']':
		/* a wrong one closes what is open */
		put(m, &m->closers[--m->depth], 1);
		m->comma = false;
		m->p++;
		break;
	case '"':
		put_comma(m);
		mend_string(m);
		break;
	case ',':
		n = m->len;
		m->comma = n > 0 && strchr("{[:,", m->out[n - 1]) == NULL;
		m->p++;
		break;
	default:
		n = comment(m);
		if (n > 0) {
			m->p += n;
		} else if ((unsigned char)c <= 0x20 || c == ';') {
			m->p++;
		} else if (is_undefined(m)) {
			put_comma(m);
			put(m, "null", 4);
			m->p += 9;
		} else {
			put_comma(m);
			put(m, m->p++, 1);
		}
	}
	return true;
}

enum pith_status json_mend(struct arena *arena, struct str script,
			   struct json_roots *out)
{
	const char *text = script.len > 0 ? script.data : "";
	struct mender m = {.p = text, .end = text + script.len};

	out->count = 0;
	if (script.len > JSON_BYTES_MAX)
		return PITH_OK;
	m.out = arena_alloc(arena, 2 * script.len + JSON_DEPTH_MAX + 8);
	if (m.out == NULL)
		return arena_status(arena);
	while (m.p < m.end && out->count < JSON_ROOTS_MAX) {
		char *root = m.out + m.len;

		if (*m.p != '{' && *m.p != '[') {
			size_t n = comment(&m);

			m.p += n > 0 ? n : 1;
			continue;
		}
		m.comma = false;
		do {
			if (!mend_token(&m))
				return PITH_OK;
		} while (m.depth > 0 && m.p < m.end);
		while (m.depth > 0)
			put(&m, &m.closers[--m.depth], 1);
		out->roots[out->count++] =
		    (struct str){root, (size_t)(m.out + m.len - root)};
	}
	return PITH_OK;
}
