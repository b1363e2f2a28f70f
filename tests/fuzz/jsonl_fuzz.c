/* SPDX-License-Identifier: MIT
 *
 * jsonl_fuzz.c: any bytes as a JSON line; what passes through must be an
 * object again, without a name twice among ours and theirs. */
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "run/lines.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct options options = {
	    .html_field = "html", .text_field = "text", .url_field = "url"};
	struct str json = {(const char *)data, size};
	struct err err = {0};
	struct line line;
	struct buf out;
	json_t *back;

	buf_init(&out, 1 << 24, "output");
	if (line_read(&line, json, &options, &err) == PITH_FATAL)
		abort();
	if (buf_append(&out, "{\"url\":", 7, &err) != PITH_OK ||
	    line_quote(&out, json, &err) != PITH_OK ||
	    buf_append(&out, "}\n", 2, &err) != PITH_OK ||
	    line_pass(&line, &out, &err) != PITH_OK)
		abort();
	back = json_loadb(out.data, out.len,
			  JSON_DECODE_INT_AS_REAL | JSON_ALLOW_NUL, NULL);
	if (!json_is_object(back) || out.data[out.len - 1] != '\n')
		abort();
	if (line.root != NULL && json_object_get(back, "html") != NULL)
		abort();
	json_decref(back);
	line_free(&line);
	buf_free(&out);
	return 0;
}
