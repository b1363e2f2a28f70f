/* SPDX-License-Identifier: MIT
 *
 * lines.c: reads and writes JSON lines. jansson reads; what is passed through
 * is copied byte for byte, so that numbers keep their digits. */
#include "run/lines.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"
#include "run/exit.h"

/* Members of an object that pith writes; docs/pith.schema.json lists them. */
enum { OUR_NAMES = 64 };

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* The length of the JSON value at s, which is valid. */
static size_t value_length(struct str s)
{
	size_t depth = 0, i = 0;
	bool quoted = false;

	for (; i < s.len; i++) {
		char c = s.data[i];

		if (quoted) {
			if (c == '\\')
				i++;
			else if (c == '"')
				quoted = false;
		} else if (c == '"') {
			quoted = true;
		} else if (c == '{' || c == '[') {
			depth++;
		} else if (depth == 0 && (c == ',' || c == '}' || c == ']' ||
					  c == ':' || is_space(c))) {
			break;
		} else if (c == '}' || c == ']') {
			depth--;
		}
	}
	return i < s.len ? i : s.len;
}

static void skip(struct str *s, const char *what)
{
	while (s->len > 0 &&
	       (is_space(*s->data) || strchr(what, *s->data) != NULL) &&
	       *s->data != '\0') {
		s->data++;
		s->len--;
	}
}

static struct str take_value(struct str *s)
{
	struct str value = {s->data, value_length(*s)};

	s->data += value.len;
	s->len -= value.len;
	return value;
}

bool line_member(struct str *rest, struct str *name, struct str *value)
{
	skip(rest, "{,");
	if (rest->len == 0 || *rest->data != '"')
		return false;
	*name = take_value(rest);
	skip(rest, ":");
	*value = take_value(rest);
	return true;
}

static struct str string_of(const json_t *value)
{
	return (struct str){json_string_value(value),
			    json_string_length(value)};
}

static void *allocate(size_t size)
{
	void *p = malloc(size);

	if (p == NULL)
		_exit(EXIT_MEMORY);
	return p;
}

void line_begin_process(void)
{
	json_set_alloc_funcs(allocate, free);
	json_object_seed(0); /* it reads /dev/urandom */
}

enum pith_status line_read(struct line *l, struct str json,
			   const struct options *options, struct err *err)
{
	json_error_t error;
	json_t *page, *url;

	*l = (struct line){.json = json, .options = options};
	l->root = json_loadb(json.data ? json.data : "", json.len,
			     JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, &error);
	if (l->root == NULL)
		return err_set(err, PITH_CAUSE_CORRUPT,
			       "not JSON: byte %d: %.100s", error.position,
			       error.text);
	if (!json_is_object(l->root)) {
		line_free(l);
		return err_set(err, PITH_CAUSE_CORRUPT, "not a JSON object");
	}
	url = json_object_get(l->root, options->url_field);
	if (json_is_string(url) &&
	    strlen(json_string_value(url)) == json_string_length(url))
		l->url = json_string_value(url);
	page = json_object_get(l->root, options->html_field);
	if (!json_is_string(page)) {
		page = json_object_get(l->root, options->text_field);
		l->text = true;
	}
	if (!json_is_string(page))
		return err_set(err, PITH_CAUSE_CORRUPT,
			       "no string in the field %.60s or %.60s",
			       options->html_field, options->text_field);
	l->page = string_of(page);
	return PITH_OK;
}

void line_free(struct line *l)
{
	json_decref(l->root);
	l->root = NULL;
	l->url = NULL;
}

/* "\uXXXX", or two of them; returns the length. */
static size_t escape(uint32_t c, char *text, size_t size)
{
	unsigned unit = c, low;

	if (c <= 0xffff)
		return (size_t)snprintf(text, size, "\\u%04x", unit);
	unit = 0xd800 + ((c - 0x10000) >> 10);
	low = 0xdc00 + (c & 0x3ff);
	return (size_t)snprintf(text, size, "\\u%04x\\u%04x", unit, low);
}

enum pith_status line_quote(struct buf *out, struct str s, struct err *err)
{
	enum pith_status status = buf_push(out, '"', err);
	size_t n;

	for (size_t i = 0; i < s.len && status == PITH_OK; i += n) {
		char text[16];
		uint32_t c;

		n = utf8_decode(s.data + i, s.len - i, &c);
		if (utf8_is_unprintable(c) || c == '\n' || c == '\t') {
			size_t len = escape(c, text, sizeof(text));

			status = buf_append(out, text, len, err);
		} else if (c == '"' || c == '\\') {
			text[0] = '\\';
			text[1] = (char)c;
			status = buf_append(out, text, 2, err);
		} else {
			status = buf_append(out, text, utf8_put(c, text), err);
		}
	}
	return status == PITH_OK ? buf_push(out, '"', err) : status;
}

/* Is the name, with its quotes, one of the list, or the field that held the
 * page? A name with an escape in it is compared as jansson reads it. */
static bool is_ours(const struct line *l, struct str name,
		    const struct str *names, size_t count)
{
	json_t *value = json_loadb(name.data, name.len,
				   JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	struct str plain;
	bool ours;

	if (value == NULL)
		return true;
	plain = string_of(value);
	ours = str_equal(plain, (struct str){l->options->html_field,
					     strlen(l->options->html_field)}) ||
	       str_equal(plain, (struct str){l->options->text_field,
					     strlen(l->options->text_field)});
	for (size_t i = 0; i < count && !ours; i++)
		ours = names[i].len >= 2 &&
		       str_equal(plain, (struct str){names[i].data + 1,
						     names[i].len - 2});
	json_decref(value);
	return ours;
}

enum pith_status line_pass(const struct line *l, struct buf *out,
			   struct err *err)
{
	struct str names[OUR_NAMES], name, value, rest = buf_str(out);
	enum pith_status status = PITH_OK;
	size_t count = 0, object;
	char *copy;

	if (l->root == NULL || out->len == 0)
		return PITH_OK;
	/* the names move when out grows */
	copy = malloc(out->len);
	if (copy == NULL)
		return err_set(err, PITH_CAUSE_MEMORY, "no memory for a line");
	memcpy(copy, out->data, out->len);
	rest.data = copy;
	while (count < OUR_NAMES && line_member(&rest, &name, &value))
		names[count++] = name;
	while (out->len > 0 && out->data[out->len - 1] != '}')
		out->len--;
	object = out->len > 0 ? --out->len : 0;
	rest = l->json;
	while (status == PITH_OK && line_member(&rest, &name, &value)) {
		if (is_ours(l, name, names, count))
			continue;
		if (count > 0 || out->len > object)
			status = buf_push(out, ',', err);
		if (status == PITH_OK)
			status = buf_append(out, name.data, name.len, err);
		if (status == PITH_OK)
			status = buf_push(out, ':', err);
		if (status == PITH_OK)
			status = buf_append(out, value.data, value.len, err);
	}
	free(copy);
	return status == PITH_OK ? buf_append(out, "}\n", 2, err) : status;
}

enum pith_status line_input(struct buf *out, struct str name, struct err *err)
{
	if (str_equal(name, STR("-")))
		return buf_append(out, "null", 4, err);
	return line_quote(out, name, err);
}

/* Open the object that ends out again, for another member. */
static enum pith_status reopen(struct buf *out, struct err *err)
{
	while (out->len > 0 && out->data[out->len - 1] != '}')
		out->len--;
	if (out->len > 0)
		out->len--;
	if (out->len > 0 && out->data[out->len - 1] != '{')
		return buf_push(out, ',', err);
	return PITH_OK;
}

enum pith_status line_place(const struct item *item,
			    const struct options *options, struct buf *out,
			    struct err *err)
{
	bool all = options->resume;
	struct place p = item->place;
	enum pith_status status;
	char numbers[80];
	int n = 0;

	if (out->len == 0 || (item->kind == ITEM_LINE && !all))
		return PITH_OK;
	if (all || (item->record && p.within > 0))
		n = snprintf(numbers, sizeof(numbers),
			     ",\"offset\":%" PRIu64 ",\"within\":%" PRIu64,
			     p.offset, p.within);
	else if (item->record)
		n = snprintf(numbers, sizeof(numbers), ",\"offset\":%" PRIu64,
			     p.offset);
	status = reopen(out, err);
	if (status == PITH_OK)
		status = buf_append(out, "\"input\":", 8, err);
	if (status == PITH_OK)
		status = line_input(out, item_get(item, ITEM_INPUT), err);
	if (status == PITH_OK)
		status = buf_append(out, numbers, (size_t)n, err);
	return status == PITH_OK ? buf_append(out, "}\n", 2, err) : status;
}

enum pith_status line_error(const struct item *item,
			    const struct options *options, struct buf *out,
			    struct err *err)
{
	struct str url = item_get(item, ITEM_URL);
	struct str after = STR(",\"status\":\"failed\",\"error\":");
	enum pith_status status = buf_append(out, "{\"url\":", 7, err);

	if (status == PITH_OK)
		status = url.len > 0 ? line_quote(out, url, err)
				     : buf_append(out, "null", 4, err);
	if (status == PITH_OK)
		status = buf_append(out, after.data, after.len, err);
	if (status == PITH_OK)
		status = line_quote(out, item_get(item, ITEM_ERROR), err);
	if (status == PITH_OK)
		status = buf_append(out, "}\n", 2, err);
	return status == PITH_OK ? line_place(item, options, out, err) : status;
}
