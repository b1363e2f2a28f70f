/* SPDX-License-Identifier: MIT
 *
 * coding.c: which codings a Content-Encoding names, and who undoes them. */
#include "source/coding.h"

#include <string.h>

/* The codings libpith undoes itself, and the one that is none. */
static bool is_native(struct str name)
{
	static const struct str names[] = {
	    {"", 0},	    {"identity", 8}, {"gzip", 4}, {"x-gzip", 6},
	    {"deflate", 7}, {"none", 4},     {"utf-8", 5}};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_equal_nocase(names[i], name))
			return true;
	return false;
}

static const struct coding_kind *kind_of(struct str name)
{
	if (str_equal_nocase(name, STR("br")))
		return &coding_brotli;
	if (str_equal_nocase(name, STR("zstd")))
		return &coding_zstd;
	return NULL;
}

/* "gzip, br": only the one applied last is undone here. */
static enum pith_status read_list(struct coding *c, struct str codings)
{
	while (codings.len > 0) {
		const char *comma = memchr(codings.data, ',', codings.len);
		size_t n = comma ? (size_t)(comma - codings.data) : codings.len;
		struct str name = str_trim((struct str){codings.data, n});

		n += comma != NULL;
		codings.data += n;
		codings.len -= n;
		if (c->kind == NULL && is_native(name))
			continue;
		if (c->kind == NULL)
			c->kind = kind_of(name);
		else if (name.len > 0 &&
			 !str_equal_nocase(name, STR("identity")))
			c->kind = NULL;
		if (c->kind == NULL)
			return err_set(c->err, PITH_CAUSE_CORRUPT,
				       "a content encoding that pith does "
				       "not undo");
	}
	return PITH_OK;
}

enum pith_status coding_begin(struct coding *c, struct str codings,
			      coding_sink sink, void *user, struct err *err)
{
	*c = (struct coding){.sink = sink, .user = user, .err = err};
	return read_list(c, codings);
}

enum pith_status coding_feed(struct coding *c, const char *data, size_t len)
{
	if (len == 0)
		return PITH_OK;
	if (!c->begun && c->kind != NULL) {
		if (!c->kind->begins((unsigned char)data[0])) {
			c->kind = NULL;
		} else {
			c->state = c->kind->make();
			if (c->state == NULL)
				return err_set(c->err, PITH_CAUSE_MEMORY,
					       "no memory for %s",
					       c->kind->name);
		}
	}
	c->begun = true;
	if (c->kind == NULL)
		return c->sink(c->user, data, len);
	return c->kind->feed(c, data, len);
}

void coding_end(struct coding *c)
{
	if (c->state != NULL)
		c->kind->drop(c->state);
	c->state = NULL;
}
