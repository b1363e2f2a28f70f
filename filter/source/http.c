/* SPDX-License-Identifier: MIT
 *
 * http.c: heads of HTTP answers and chunked bodies. */
#include "source/http.h"

#include <string.h>

#include "source/fields.h"

/* "HTTP/1.1 200 OK", "HTTP/2 200": the number after the first space. */
static int read_status(struct str line)
{
	const char *space = memchr(line.data, ' ', line.len);
	struct str rest;
	uint64_t n;

	if (space == NULL)
		return 0;
	rest.data = space;
	rest.len = line.len - (size_t)(space - line.data);
	rest = str_trim(rest);
	if (rest.len > 3 && ascii_digit(rest.data[3]))
		return 0;
	rest.len = rest.len < 3 ? rest.len : 3;
	return fields_number(rest, &n) && n >= 100 ? (int)n : 0;
}

void http_read(struct str head, struct http *out)
{
	struct str rest, name, value, line = fields_first(head, &rest);

	*out = (struct http){.status = line.len ? read_status(line) : 0};
	while (fields_next(&rest, &name, &value)) {
		if (str_equal_nocase(name, STR("content-type"))) {
			out->type = fields_main(value);
			out->charset = fields_parameter(value, STR("charset"));
		} else if (str_equal_nocase(name, STR("content-encoding"))) {
			if (out->codings.len == 0)
				out->codings = value;
		} else if (str_equal_nocase(name, STR("transfer-encoding"))) {
			out->chunked = str_find_nocase(value, STR("chunked"),
						       0) != SIZE_MAX;
		}
	}
}

/*  SIZE ─ digits, extension, \n ─> DATA ─ all bytes ─> AFTER ─ \n ─> SIZE
 *    └─ size 0 ─> ENDED */
enum { SIZE, EXTENSION, DATA, AFTER, ENDED };

static int hex_digit(char c)
{
	if (ascii_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The line of a chunk's size, byte by byte. False: it is none. */
static bool take_size(struct chunked *c, char b)
{
	int digit = c->state == SIZE ? hex_digit(b) : -1;
	bool ends = b == ';' || b == '\r' || b == '\n' || b == ' ' || b == '\t';

	/* 15 digits are more than any archive holds */
	if (digit >= 0 ? c->digits >= 15
		       : c->digits == 0 || (c->state == SIZE && !ends))
		return false;
	if (digit >= 0) {
		c->digits++;
		c->size = c->size << 4 | (unsigned)digit;
	} else if (b == '\n') {
		c->left = c->size;
		c->state = c->size > 0 ? DATA : ENDED;
		c->size = 0;
		c->digits = 0;
	} else {
		c->state = EXTENSION;
	}
	return true;
}

enum chunked_event chunked_next(struct chunked *c, struct str *in,
				struct str *out)
{
	while (in->len > 0 && c->state != ENDED) {
		if (c->state == DATA) {
			size_t n =
			    c->left < in->len ? (size_t)c->left : in->len;

			*out = (struct str){in->data, n};
			in->data += n;
			in->len -= n;
			c->left -= n;
			if (c->left == 0)
				c->state = AFTER;
			return CHUNKED_DATA;
		}
		if (c->state == AFTER) {
			if (*in->data != '\r' && *in->data != '\n')
				return CHUNKED_DAMAGE;
			if (*in->data == '\n')
				c->state = SIZE;
		} else if (!take_size(c, *in->data)) {
			return CHUNKED_DAMAGE;
		}
		in->data++;
		in->len--;
	}
	return c->state == ENDED ? CHUNKED_END : CHUNKED_WANT;
}
