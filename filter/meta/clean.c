/* SPDX-License-Identifier: MIT
 *
 * clean.c: makes one line of what a page has in an attribute or in JSON. */
#include "meta/clean.h"

#include <string.h>

#include "base/utf8.h"

enum {
	READ_MAX = 16 /* bytes looked at for each byte wanted */
};

static const struct {
	const char *name;
	uint32_t c;
} references[] = {
    {"amp;", '&'},	 {"apos;", '\''},    {"gt;", '>'},
    {"hellip;", 0x2026}, {"laquo;", 0xab},   {"ldquo;", 0x201c},
    {"lsquo;", 0x2018},	 {"lt;", '<'},	     {"mdash;", 0x2014},
    {"nbsp;", ' '},	 {"ndash;", 0x2013}, {"quot;", '"'},
    {"raquo;", 0xbb},	 {"rdquo;", 0x201d}, {"rsquo;", 0x2019},
    {"trade;", 0x2122},	 {"reg;", 0xae},     {"eacute;", 0xe9},
};

static size_t read_number(const char *p, const char *end, uint32_t *c)
{
	const char *q = p;
	unsigned base = 10;
	uint32_t n = 0;

	if (q < end && (*q == 'x' || *q == 'X')) {
		base = 16;
		q++;
	}
	for (; q < end && n < 0x110000; q++) {
		char d = ascii_lower(*q);
		unsigned v = ascii_digit(d) ? (unsigned)(d - '0')
			     : base == 16 && d >= 'a' && d <= 'f'
				 ? (unsigned)(d - 'a' + 10)
				 : 99;
		if (v == 99)
			break;
		n = n * base + v;
	}
	if (q == p || q >= end || *q != ';' || n == 0 || n > 0x10ffff ||
	    (n >= 0xd800 && n < 0xe000))
		return 0;
	*c = n;
	return (size_t)(q + 1 - p);
}

/* The reference at p, after its &; returns its length, 0 if it is none. */
static size_t read_reference(const char *p, const char *end, uint32_t *c)
{
	if (p < end && *p == '#') {
		size_t n = read_number(p + 1, end, c);

		return n > 0 ? n + 1 : 0;
	}
	for (size_t i = 0; i < sizeof(references) / sizeof(references[0]);
	     i++) {
		size_t n = strlen(references[i].name);

		if ((size_t)(end - p) >= n &&
		    !memcmp(p, references[i].name, n)) {
			*c = references[i].c;
			return n;
		}
	}
	return 0;
}

/* Is there markup in a value? A title may be about <table> elements: what has
 * neither an end tag nor an empty element is text. */
static bool has_markup(struct str s)
{
	return str_find_nocase(s, STR("</"), 0) != SIZE_MAX ||
	       str_find_nocase(s, STR("/>"), 0) != SIZE_MAX ||
	       str_find_nocase(s, STR("<br>"), 0) != SIZE_MAX ||
	       str_find_nocase(s, STR("<!"), 0) != SIZE_MAX;
}

/* One character of the source: decoded, or a tag taken as a space. */
static size_t next(const char *p, const char *end, bool markup, uint32_t *c)
{
	size_t n;

	if (markup && *p == '<' && p + 1 < end &&
	    (ascii_alpha(p[1]) || p[1] == '/' || p[1] == '!')) {
		const char *q = memchr(p, '>', (size_t)(end - p));

		if (q != NULL) {
			*c = ' ';
			return (size_t)(q + 1 - p);
		}
	}
	if (*p != '&')
		return utf8_decode(p, (size_t)(end - p), c);
	n = read_reference(p + 1, end, c);
	if (n == 0) {
		*c = '&';
		return 1;
	}
	if (*c == '&') { /* "&amp;#39;" */
		size_t again = read_reference(p + 1 + n, end, c);

		if (again == 0)
			*c = '&';
		n += again;
	}
	return n + 1;
}

static bool is_space(uint32_t c)
{
	return c <= 0x20 || c == 0xa0 || (c >= 0x2000 && c <= 0x200b) ||
	       c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x3000;
}

struct str clean_line(struct arena *arena, struct str s, size_t most)
{
	const char *p = s.data ? s.data : "", *end = p + s.len;
	size_t n = 0, word = 0;
	bool space = false, markup;
	char *data;

	if (s.len > READ_MAX * most)
		end = p + READ_MAX * most;
	markup = s.len > 0 && has_markup((struct str){p, (size_t)(end - p)});
	/* a bad byte becomes a character of three */
	data = arena_alloc(arena, (s.len < most / 3 ? 3 * s.len : most) + 8);
	if (data == NULL)
		return (struct str){NULL, 0};
	while (p < end) {
		uint32_t c;

		p += next(p, end, markup, &c);
		if (is_space(c)) {
			space = n > 0;
			continue;
		}
		if (utf8_is_unprintable(c))
			continue;
		if (space) {
			word = n;
			data[n++] = ' ';
		}
		space = false;
		n += utf8_put(c, data + n);
		if (n > most) {
			n = word > most / 2 ? word : n - 1;
			while (n > 0 && ((unsigned char)data[n] & 0xc0) == 0x80)
				n--;
			break;
		}
	}
	data[n] = '\0';
	return (struct str){data, n};
}

struct str clean_key(struct arena *arena, struct str s)
{
	char *data = arena_alloc(arena, 3 * s.len + 8);
	size_t n = 0;
	bool space = false;

	if (data == NULL)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < s.len;) {
		uint32_t c;

		i += utf8_decode(s.data + i, s.len - i, &c);
		if (c == '\'' || c == 0x2019)
			continue;
		if (!utf8_is_word(c)) {
			space = n > 0;
			continue;
		}
		if (space)
			data[n++] = ' ';
		space = false;
		n += utf8_put(utf8_lower(c), data + n);
	}
	data[n] = '\0';
	return (struct str){data, n};
}
