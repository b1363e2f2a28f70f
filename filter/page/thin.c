/* SPDX-License-Identifier: MIT
 *
 * thin.c: takes pieces of any size apart into whole tokens for the scanner,
 * and hands on what came of a page. */
#include "page/thin.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "page/thin_scan.h"

enum {
	PIECE = 64 * 1024, /* scanned at a time: fits a level-2 cache */
	SLACK = 4096,	   /* output beyond the input's size, per piece */
	ROOM = 8 * PIECE,  /* made in advance */
	/* Memory of a buffer kept from page to page. */
	KEEP = 8 * 1024 * 1024
};

enum pith_status thin_new(struct thin **out, struct err *err)
{
	struct thin *t = calloc(1, sizeof(*t));

	*out = t;
	if (t == NULL)
		return err_set(err, PITH_CAUSE_MEMORY,
			       "no memory for the thinner");
	t->err = err;
	buf_init(&t->markup, SIZE_MAX / 2, "markup");
	buf_init(&t->text, SIZE_MAX / 2, "text");
	buf_init(&t->data.text, THIN_SCRIPTS_BYTES, "JSON-LD");
	buf_init(&t->stores.text, THIN_STORES_BYTES, "a page's data");
	buf_init(&t->carry, SIZE_MAX / 2, "one tag");
	buf_init(&t->lines, PIECE, "lines");
	return PITH_OK;
}

void thin_free(struct thin *t)
{
	if (t == NULL)
		return;
	buf_free(&t->markup);
	buf_free(&t->text);
	buf_free(&t->data.text);
	buf_free(&t->stores.text);
	buf_free(&t->carry);
	buf_free(&t->lines);
	free(t->runs);
	free(t->values);
	free(t);
}

void thin_begin(struct thin *t, const struct thin_limits *limits)
{
	t->limits = *limits;
	t->status = PITH_OK;
	t->fed = 0;
	buf_reset(&t->markup, KEEP);
	buf_reset(&t->text, KEEP);
	buf_reset(&t->data.text, KEEP);
	buf_reset(&t->stores.text, KEEP);
	buf_reset(&t->carry, KEEP);
	buf_reset(&t->lines, KEEP);
	/* The ceilings leave room for what a piece may add in advance. */
	t->markup.ceiling = limits->max_page + ROOM;
	t->text.ceiling = limits->max_page + ROOM;
	t->run_count = t->value_count = 0;
	t->data.count = t->stores.count = 0;
	t->empty_raws = 0;
	t->carry_need = 0;
	t->after_cr = false;
	tree_begin(&t->tree, (unsigned)(limits->max_depth < TREE_DEPTH_MAX
					    ? limits->max_depth
					    : TREE_DEPTH_MAX));
	t->state = t->after_skip = THIN_DATA;
	t->skip = SKIP_BEFORE_NAME;
	t->escape = ESCAPE_NONE;
	t->raw_passes = t->raw_ends = t->run_passes = t->unsure = false;
	t->aside = NULL;
	t->after_space = t->after_text = t->after_pre = false;
	t->after_reference = t->after_comment = false;
	t->pending_text = false;
	t->code_class_count = 0;
}

/* Scan n bytes at data; *used is how many of them are done with. */
static enum pith_status scan(struct thin *t, const char *data, size_t n,
			     bool last, size_t *used)
{
	enum pith_status status;

	/* Markup is no longer than the input but for the end tags that are
	 * written out for others, each of which had a start tag. */
	status = buf_reserve(&t->markup, 4 * n + SLACK, t->err);
	if (status == PITH_OK)
		status = buf_reserve(&t->text, 3 * n + SLACK, t->err);
	if (status != PITH_OK)
		return status;
	t->end = data + n;
	t->last = last;
	t->less = NULL;
	*used = (size_t)(thin_scan(t, data) - data);
	if (t->status == PITH_OK && t->markup.len > t->limits.max_page + SLACK)
		t->status = err_set(t->err, PITH_CAUSE_LIMIT,
				    "markup of more than %zu bytes",
				    t->limits.max_page);
	return t->status;
}

/* Keep what the scanner could not finish. */
static enum pith_status keep(struct thin *t, const char *data, size_t n)
{
	enum pith_status status = buf_append(&t->carry, data, n, t->err);

	/* Trying again with each byte would be quadratic. */
	t->carry_need = t->carry.len + t->carry.len / 2 + 16;
	return status;
}

/* Take bytes whose newlines are all \n. */
static enum pith_status take(struct thin *t, const char *data, size_t n)
{
	enum pith_status status;
	size_t used;

	while (t->carry.len > 0 && n > 0) {
		size_t old = t->carry.len;
		size_t add = old < t->carry_need ? t->carry_need - old : 1;

		if (add > n)
			add = n;
		status = buf_append(&t->carry, data, add, t->err);
		if (status != PITH_OK)
			return status;
		if (t->carry.len < t->carry_need)
			return PITH_OK;
		status = scan(t, t->carry.data, t->carry.len, false, &used);
		if (status != PITH_OK)
			return status;
		if (used >= old) { /* the rest stands in data as well */
			t->carry.len = 0;
			data += used - old;
			n -= used - old;
		} else {
			memmove(t->carry.data, t->carry.data + used,
				t->carry.len - used);
			t->carry.len -= used;
			t->carry_need = t->carry.len + t->carry.len / 2 + 16;
			data += add;
			n -= add;
		}
	}
	if (n == 0)
		return PITH_OK;
	status = scan(t, data, n, false, &used);
	if (status == PITH_OK && used < n)
		status = keep(t, data + used, n - used);
	return status;
}

/* Take bytes of any kind, at most a PIECE: makes \r\n and \r into \n. */
static enum pith_status take_lines(struct thin *t, const char *data, size_t n)
{
	const char *end = data + n;
	const char *cr;
	enum pith_status status;

	if (t->after_cr && data[0] == '\n')
		data++;
	t->after_cr = false;
	cr = memchr(data, '\r', (size_t)(end - data));
	if (cr == NULL)
		return take(t, data, (size_t)(end - data));
	t->lines.len = 0;
	status = buf_reserve(&t->lines, PIECE, t->err);
	if (status != PITH_OK)
		return status;
	while (cr != NULL) {
		memcpy(t->lines.data + t->lines.len, data, (size_t)(cr - data));
		t->lines.len += (size_t)(cr - data);
		t->lines.data[t->lines.len++] = '\n';
		data = cr + 1;
		if (data == end)
			t->after_cr = true;
		else if (*data == '\n')
			data++;
		cr = memchr(data, '\r', (size_t)(end - data));
	}
	memcpy(t->lines.data + t->lines.len, data, (size_t)(end - data));
	t->lines.len += (size_t)(end - data);
	return take(t, t->lines.data, t->lines.len);
}

enum pith_status thin_feed(struct thin *t, const char *data, size_t len)
{
	while (len > 0 && t->status == PITH_OK) {
		size_t n = len < PIECE ? len : PIECE;

		t->fed += n;
		t->status = take_lines(t, data, n);
		data += n;
		len -= n;
	}
	return t->status;
}

/* Turn places into pointers, now that the buffers stay where they are. Runs
 * and values share a buffer, in the order in which they came. */
static void settle_texts(struct thin *t)
{
	size_t end = t->text.len;
	size_t run = t->run_count, value = t->value_count;

	while (run > 0 || value > 0) {
		bool is_value =
		    run == 0 || (value > 0 && t->values[value - 1].len >=
						  t->runs[run - 1].len);
		struct str *s =
		    is_value ? &t->values[--value] : &t->runs[--run];
		size_t start = s->len;

		*s = (struct str){t->text.data + start, end - start - is_value};
		end = start;
	}
}

static void settle_scripts(struct thin_scripts *s)
{
	const char *text = s->text.data != NULL ? s->text.data : "";
	size_t end = s->text.len;

	for (size_t i = s->count; i-- > 0;) {
		size_t start = s->list[i].len;

		s->list[i] = (struct str){text + start, end - start};
		end = start;
	}
}

struct str thin_value(const struct thin_page *page, struct str value)
{
	uint32_t c;
	size_t n;

	if (value.len != 4 || (unsigned char)value.data[0] < 0xf3)
		return value;
	utf8_decode(value.data, 4, &c);
	if (c < THIN_PLANE_15)
		return value;
	n = c < THIN_PLANE_16 ? c - THIN_PLANE_15
			      : c - THIN_PLANE_16 + THIN_PLANE_SIZE;
	return n < page->value_count ? page->values[n] : value;
}

enum pith_status thin_finish(struct thin *t, struct thin_page *out)
{
	size_t used;

	*out = (struct thin_page){.run_count = 0};
	if (t->status == PITH_OK)
		t->status = scan(t, t->carry.len > 0 ? t->carry.data : "",
				 t->carry.len, true, &used);
	if (t->status != PITH_OK)
		return t->status;
	settle_texts(t);
	settle_scripts(&t->data);
	settle_scripts(&t->stores);
	out->markup = buf_str(&t->markup);
	out->runs = t->runs;
	out->run_count = t->run_count;
	out->values = t->values;
	out->value_count = t->value_count;
	out->data = t->data.list;
	out->data_count = t->data.count;
	out->stores = t->stores.list;
	out->store_count = t->stores.count;
	out->empty_raws = t->empty_raws;
	return PITH_OK;
}
