/* SPDX-License-Identifier: MIT
 *
 * fields.c: heads of "Name: value" lines. */
#include "source/fields.h"

#include <string.h>

void fields_init(struct fields *f, size_t ceiling, const char *what)
{
	buf_init(&f->text, ceiling, what);
	f->line = 0;
}

void fields_free(struct fields *f)
{
	buf_free(&f->text);
}

void fields_begin(struct fields *f)
{
	buf_reset(&f->text, 64 * 1024);
	f->line = 0;
}

enum pith_status fields_feed(struct fields *f, struct str *in, struct err *err)
{
	while (in->len > 0) {
		const char *end = memchr(in->data, '\n', in->len);
		size_t n = end ? (size_t)(end - in->data) + 1 : in->len;
		enum pith_status status =
		    buf_append(&f->text, in->data, n, err);
		size_t line;

		if (status != PITH_OK)
			return status;
		in->data += n;
		in->len -= n;
		if (end == NULL)
			return PITH_OK;
		line = f->text.len - f->line;
		if (line == 1 || (line == 2 && f->text.data[f->line] == '\r'))
			return PITH_EOF;
		f->line = f->text.len;
	}
	return PITH_OK;
}

struct str fields_first(struct str head, struct str *rest)
{
	const char *end = head.len ? memchr(head.data, '\n', head.len) : NULL;
	size_t n = end ? (size_t)(end - head.data) + 1 : head.len;

	*rest = head;
	if (n > 0)
		*rest = (struct str){head.data + n, head.len - n};
	return str_trim((struct str){head.data, n});
}

bool fields_next(struct str *rest, struct str *name, struct str *value)
{
	while (rest->len > 0) {
		struct str line = *rest;
		const char *colon;
		size_t n = 0;

		/* a line that begins with white space goes on with the last */
		do {
			const char *end =
			    memchr(line.data + n, '\n', line.len - n);

			n = end ? (size_t)(end - line.data) + 1 : line.len;
		} while (n < line.len &&
			 (line.data[n] == ' ' || line.data[n] == '\t'));
		line.len = n;
		rest->data += n;
		rest->len -= n;
		colon = memchr(line.data, ':', line.len);
		if (colon == NULL)
			continue;
		n = (size_t)(colon - line.data);
		*name = str_trim((struct str){line.data, n});
		*value = str_trim((struct str){colon + 1, line.len - n - 1});
		return true;
	}
	return false;
}

bool fields_number(struct str s, uint64_t *out)
{
	uint64_t n = 0;

	if (s.len == 0)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (!ascii_digit(s.data[i]) || n > (UINT64_MAX - 9) / 10)
			return false;
		n = n * 10 + (uint64_t)(s.data[i] - '0');
	}
	*out = n;
	return true;
}

static struct str cut(struct str s, char at, struct str *rest)
{
	const char *end = s.len ? memchr(s.data, at, s.len) : NULL;
	size_t n = end ? (size_t)(end - s.data) : s.len;
	size_t used = end ? n + 1 : n;

	*rest = s;
	if (used > 0)
		*rest = (struct str){s.data + used, s.len - used};
	return str_trim((struct str){s.data, n});
}

struct str fields_main(struct str value)
{
	struct str rest;

	return cut(value, ';', &rest);
}

struct str fields_parameter(struct str value, struct str name)
{
	struct str rest, v;

	cut(value, ';', &rest);
	while (rest.len > 0) {
		struct str part = cut(rest, ';', &rest);

		if (!str_equal_nocase(cut(part, '=', &v), name))
			continue;
		v = str_trim(v);
		if (v.len >= 2 && (v.data[0] == '"' || v.data[0] == '\'') &&
		    v.data[v.len - 1] == v.data[0])
			v = str_trim((struct str){v.data + 1, v.len - 2});
		return v;
	}
	return (struct str){NULL, 0};
}
