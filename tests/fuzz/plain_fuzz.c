/* SPDX-License-Identifier: MIT
 *
 * plain_fuzz.c: any text is cut into blocks that lie in it one after the
 * other, gets a verdict on each, and comes out whole where all are kept. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "render/render.h"
#include "score/plain_score.h"

enum { MEMORY = 256 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good)
{
	if (!good)
		abort();
}

static void check_lines(const struct plain *p)
{
	const char *at = p->text.data;

	for (uint32_t i = 0; i < p->page.block_count; i++) {
		const struct str line = p->lines[i];

		check(line.len > 0 && p->page.blocks[i].text.len > 0);
		check(line.data >= at);
		for (; at < line.data; at++)
			check(ascii_space(*at) || (unsigned char)*at >= 0x80);
		at = line.data + line.len;
	}
	check(at <= p->text.data + p->text.len);
}

static void check_printable(struct str s)
{
	uint32_t c;

	for (size_t i = 0; i < s.len;) {
		i += utf8_decode(s.data + i, s.len - i, &c);
		check(!utf8_is_unprintable(c));
	}
}

/* What charset promises: valid UTF-8. In the arena. */
static struct str make_valid(struct arena *arena, const uint8_t *data,
			     size_t size)
{
	struct str s = {(const char *)data, size};
	char *copy = arena_alloc(arena, size + 1);
	uint32_t c;

	check(copy != NULL);
	for (size_t i = 0; i < size;) {
		size_t n = utf8_decode(s.data + i, size - i, &c);

		memcpy(copy + i, s.data + i, n);
		if (n == 1 && c > 0x7f)
			copy[i] = '?';
		i += n;
	}
	return (struct str){copy, size};
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct score_options options = {.bias = size % 2 ? 100 : 0};
	struct err err = {0};
	struct arena arena;
	struct plain plain;
	struct selection s;
	struct buf out;

	arena_init(&arena, &err);
	arena_reset(&arena, MEMORY, 0);
	buf_init(&out, MEMORY, "text");
	check(plain_build(&arena, make_valid(&arena, data, size), &plain) ==
	      PITH_OK);
	check_lines(&plain);
	check(plain_score(&arena, &plain, &options, &s) == PITH_OK);
	check(s.confidence >= 0 && s.confidence <= 1);
	check(render_plain(&plain, &s, &out, &err) == PITH_OK);
	check_printable(buf_str(&out));
	if (options.bias > 0 && plain.page.block_count > 0)
		check(out.len >= plain.text.len &&
		      memcmp(out.data, plain.text.data, plain.text.len) == 0);
	buf_free(&out);
	arena_free(&arena);
	return 0;
}
