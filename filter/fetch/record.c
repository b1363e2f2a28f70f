/* SPDX-License-Identifier: MIT
 *
 * record.c: HTTP heads as archives want them. Part of filter/fetch/. */
#include "fetch/record.h"

#include <string.h>

static bool is_field(struct str line, const char *const *names)
{
	for (; *names != NULL; names++) {
		size_t n = strlen(*names);

		if (line.len > n && line.data[n] == ':' &&
		    str_equal_nocase((struct str){line.data, n},
				     (struct str){*names, n}))
			return true;
	}
	return false;
}

/* Append a line, with the version of HTTP/2 in it replaced. */
static enum pith_status first_line(struct str line, struct buf *out,
				   struct err *e)
{
	size_t at = str_find_nocase(line, STR("HTTP/2"), 0);
	enum pith_status status;

	/* A path may hold the same text: the version of a request is last. */
	for (size_t next = at; at > 0 && next != SIZE_MAX;
	     next = str_find_nocase(line, STR("HTTP/2"), at + 1))
		at = next;
	if (at == SIZE_MAX ||
	    (at > 0 &&
	     str_trim((struct str){line.data + at, line.len - at}).len != 6))
		return buf_append(out, line.data, line.len, e);
	status = buf_append(out, line.data, at, e);
	if (status == PITH_OK)
		status = buf_append(out, "HTTP/1.1", 8, e);
	if (status == PITH_OK)
		status =
		    buf_append(out, line.data + at + 6, line.len - at - 6, e);
	return status;
}

/* Copy a head line by line: without the fields of drop, and with a prefix
 * before those of rename. */
static enum pith_status copy(struct str head, const char *const *drop,
			     const char *const *rename, struct buf *out,
			     struct fault *f)
{
	enum pith_status status = PITH_OK;
	struct err e = {0};
	bool dropping = false, first = true;

	out->len = 0;
	while (head.len > 0 && status == PITH_OK) {
		const char *eol = memchr(head.data, '\n', head.len);
		struct str line = {
		    head.data, eol ? (size_t)(eol - head.data) + 1 : head.len};

		head.data += line.len;
		head.len -= line.len;
		/* A folded line goes with the one before. */
		if (*line.data != ' ' && *line.data != '\t')
			dropping = is_field(line, drop);
		if (dropping)
			continue;
		if (is_field(line, rename))
			status = buf_append(out, "X-Crawler-", 10, &e);
		if (status == PITH_OK && first)
			status = first_line(line, out, &e);
		else if (status == PITH_OK)
			status = buf_append(out, line.data, line.len, &e);
		first = false;
	}
	return status == PITH_OK ? PITH_OK
				 : fault_set(f, FETCH_IO, "%s", e.text);
}

enum pith_status record_response(struct str head, struct buf *out,
				 struct fault *f)
{
	static const char *const drop[] = {NULL};
	static const char *const rename[] = {"Transfer-Encoding", NULL};

	return copy(head, drop, rename, out, f);
}

enum pith_status record_request(struct str head, struct buf *out,
				struct fault *f)
{
	static const char *const drop[] = {
	    "Authorization", "Proxy-Authorization", "Cookie", NULL};
	static const char *const rename[] = {NULL};

	return copy(head, drop, rename, out, f);
}
