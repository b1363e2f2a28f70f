/* SPDX-License-Identifier: MIT
 *
 * warc_made.h: archives made by a test, and what a reader sees in them, which
 * must be the same in pieces of any size. Included by tests/unit/warc*_test.c
 * only. */
#ifndef TESTS_WARC_MADE_H
#define TESTS_WARC_MADE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source/reader.h"

struct fixture {
	struct err err;
	struct filter filter;
	struct reader *reader;
	struct item item;
	char seen[4096];
	size_t len;
};

static void say(struct fixture *f, struct str s)
{
	if (s.len > sizeof(f->seen) - f->len - 1)
		s.len = sizeof(f->seen) - f->len - 1;
	if (s.len > 0)
		memcpy(f->seen + f->len, s.data, s.len);
	f->len += s.len;
	f->seen[f->len] = '\0';
}

/* "url|type|charset|body;" or "!offset url: error;" */
static void note(struct fixture *f)
{
	const struct item *i = &f->item;
	char text[64];

	if (i->kind == ITEM_BROKEN) {
		snprintf(text, sizeof(text), "!%llu+%llu ",
			 (unsigned long long)i->place.offset,
			 (unsigned long long)i->place.within);
		say(f, (struct str){text, strlen(text)});
		say(f, item_get(i, ITEM_URL));
		say(f, STR(":"));
		say(f, item_get(i, ITEM_ERROR));
	} else {
		say(f, item_get(i, ITEM_URL));
		say(f, STR("|"));
		say(f, item_get(i, ITEM_TYPE));
		say(f, STR("|"));
		say(f, item_get(i, ITEM_CHARSET));
		say(f, STR("|"));
		say(f, item_get(i, ITEM_BODY));
	}
	say(f, STR(";"));
}

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_non_null(f);
	item_init(&f->item, 1000);
	assert_int_equal(
	    reader_new(&f->reader, READER_AUTO, &f->filter, &f->err), PITH_OK);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	reader_free(f->reader);
	item_free(&f->item);
	free(f);
	return 0;
}

/* Feed and note until the reader wants bytes or ends. */
static enum reader_event drain(struct fixture *f)
{
	enum reader_event event;

	while ((event = reader_next(f->reader, &f->item)) == READER_ITEM)
		note(f);
	return event;
}

static const char *read_in(struct fixture *f, struct str bytes, size_t size)
{
	f->len = 0;
	f->seen[0] = '\0';
	item_reset(&f->item);
	reader_begin(f->reader, "test");
	while (bytes.len > 0) {
		size_t n = size < bytes.len ? size : bytes.len;
		char *copy = malloc(n); /* a sanitizer sees a read beyond */

		assert_non_null(copy);
		memcpy(copy, bytes.data, n);
		reader_feed(f->reader, (struct str){copy, n});
		drain(f);
		free(copy);
		bytes.data += n;
		bytes.len -= n;
	}
	reader_finish(f->reader);
	assert_int_equal(drain(f), READER_END);
	return f->seen;
}

static void expect(struct fixture *f, struct str bytes, const char *wanted)
{
	static const size_t sizes[] = {1, 2, 3, 7, 64, 1000, 1 << 20};

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		assert_string_equal(read_in(f, bytes, sizes[i]), wanted);
}

/* Bytes that grow. */
struct made {
	char data[16384];
	size_t len;
};

static struct str made_str(const struct made *m)
{
	return (struct str){m->data, m->len};
}

static void add(struct made *m, const char *data, size_t len)
{
	assert_true(len <= sizeof(m->data) - m->len);
	memcpy(m->data + m->len, data, len);
	m->len += len;
}

/* A record; length tells Content-Length, or its true one where it is 0. */
static void add_record(struct made *m, const char *type, const char *url,
		       const char *content, const char *block, size_t length)
{
	char head[512];

	snprintf(head, sizeof(head),
		 "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\n"
		 "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
		 type, url, content, length ? length : strlen(block));
	add(m, head, strlen(head));
	add(m, block, strlen(block));
	add(m, "\r\n\r\n", 4);
}

#define HTTP "application/http; msgtype=response"

static void add_answer(struct made *m, const char *url, const char *body)
{
	char block[1024];

	snprintf(block, sizeof(block),
		 "HTTP/1.1 200 OK\r\nContent-Type: text/html; "
		 "charset=\"utf-8\"\r\n\r\n%s",
		 body);
	add_record(m, "response", url, HTTP, block, 0);
}

/* Something was damaged, and told, and the two answers behind it are there. */
static void expect_rest(const char *seen)
{
	assert_non_null(strchr(seen, '!'));
	assert_non_null(strstr(seen, ";http://b/|text/html|utf-8|Two;"
				     "http://c/|text/html|utf-8|Three;"));
}

#endif
