/* SPDX-License-Identifier: MIT
 *
 * charset_names.c: a tool of the tests. Reads page files and prints the
 * encoding each is found to be in; tests/data/charset_check.py compares it
 * with the truth.
 *
 *   charset_names FILE…          name, U+FFFD per page, file; tab-separated
 *   charset_names -t N FILE…     MB per second of processor time
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "page/charset.h"
#include "page/decode.h"

struct work {
	struct err err;
	struct decode *decode;
	struct charset *charset;
	struct buf raw;
	size_t bytes, replaced;
};

static enum pith_status keep(void *user, const char *data, size_t len)
{
	struct work *w = user;

	return buf_append(&w->raw, data, len, &w->err);
}

static enum pith_status count(void *user, const char *data, size_t len)
{
	struct work *w = user;

	for (size_t i = 0; i + 3 <= len; i++)
		w->replaced += memcmp(data + i, "\xef\xbf\xbd", 3) == 0;
	return PITH_OK;
}

static enum pith_status discard(void *user, const char *data, size_t len)
{
	(void)data;
	((struct work *)user)->bytes += len;
	return PITH_OK;
}

static enum pith_status read_page(struct work *w, const char *path)
{
	static const struct decode_limits limits = {1 << 28, 1 << 28, 2000};
	enum pith_status status = PITH_OK;
	static char piece[65536];
	FILE *f = fopen(path, "rb");
	size_t n;

	if (f == NULL)
		return PITH_FATAL;
	decode_begin(w->decode, &limits);
	while (status == PITH_OK && (n = fread(piece, 1, sizeof(piece), f)) > 0)
		status = decode_feed(w->decode, piece, n);
	if (ferror(f))
		status = PITH_FATAL;
	fclose(f);
	return status == PITH_OK ? decode_finish(w->decode) : status;
}

static enum pith_status convert(struct work *w, const char *page, size_t len)
{
	enum { PIECE = 65536 };
	enum pith_status status = charset_begin(w->charset, NULL);

	for (size_t i = 0; i < len && status == PITH_OK; i += PIECE)
		status = charset_feed(w->charset, page + i,
				      len - i < PIECE ? len - i : PIECE);
	return status == PITH_OK ? charset_finish(w->charset) : status;
}

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int measure(struct work *w, int times, char **paths)
{
	enum pith_status status;
	size_t total = 0;
	double spent = 0;

	for (; *paths != NULL; paths++) {
		double begin;

		w->raw.len = 0;
		if (read_page(w, *paths) > PITH_WARN)
			continue;
		begin = seconds();
		for (int i = 0; i < times; i++) {
			status = convert(w, w->raw.data, w->raw.len);
			if (status != PITH_OK)
				break;
			total += w->raw.len;
		}
		spent += seconds() - begin;
		err_clear(&w->err);
	}
	printf("%.0f MB/s\n", (double)total / spent / 1e6);
	return 0;
}

int main(int argc, char **argv)
{
	struct work w = {.err = {PITH_CAUSE_NONE, ""}};
	bool timed = argc > 2 && strcmp(argv[1], "-t") == 0;

	buf_init(&w.raw, 1u << 30, "page");
	if (decode_new(&w.decode, keep, &w, &w.err) != PITH_OK ||
	    charset_new(&w.charset, timed ? discard : count, &w, &w.err) !=
		PITH_OK)
		return 2;
	if (timed)
		return measure(&w, atoi(argv[2]), argv + 3);
	for (int i = 1; i < argc; i++) {
		err_clear(&w.err);
		w.raw.len = w.replaced = 0;
		if (read_page(&w, argv[i]) > PITH_WARN ||
		    convert(&w, w.raw.data, w.raw.len) != PITH_OK)
			printf("error: %s\t0\t%s\n", w.err.text, argv[i]);
		else
			printf("%s\t%zu\t%s\n", charset_name(w.charset),
			       w.replaced, argv[i]);
	}
	buf_free(&w.raw);
	decode_free(w.decode);
	charset_free(w.charset);
	return ferror(stdout) || fclose(stdout) != 0 ? 2 : 0;
}
