/* SPDX-License-Identifier: MIT
 *
 * bench.c: how fast the stages are, in one run over folders of pages (.html,
 * .html.gz): megabytes of page per second, best of some rounds. */
#include <ftw.h>
#include <gumbo.h>
#include <time.h>
#include <zlib.h>

#include "../equal.h"
#include "pith.h"

enum {
	ROUNDS = 3,
	BYTES_MIN = 20 << 20, /* fewer are gone over again */
	BYTES_MAX = 200 << 20
};

static struct str *pages;
static size_t page_count, page_cap, bytes;

static struct equal both;
static pith *handle;

/* Run one way over all pages. */
typedef void (*way)(struct str page);

static void die(const char *what)
{
	fprintf(stderr, "bench: %s\n", what);
	exit(2);
}

static void *grow(void *old, size_t size)
{
	void *new = realloc(old, size);

	if (new == NULL)
		die("no memory");
	return new;
}

static int load(const char *path, const struct stat *st, int type,
		struct FTW *ftw)
{
	gzFile f;
	size_t len = 0, cap = 1 << 20;
	char *data, *clean;
	int n;

	(void)st;
	(void)ftw;
	if (type != FTW_F || strstr(path, ".html") == NULL ||
	    bytes >= BYTES_MAX)
		return 0;
	f = gzopen(path, "rb");
	data = malloc(cap);
	if (f == NULL || data == NULL)
		die(path);
	while ((n = gzread(f, data + len, (unsigned)(cap - len))) > 0) {
		len += (size_t)n;
		if (len == cap)
			data = grow(data, cap *= 2);
	}
	gzclose(f);
	clean = malloc(3 * len + 1);
	if (clean == NULL)
		die("no memory");
	len = equal_clean(data, len, clean);
	free(data);
	clean = grow(clean, len + 1);
	if (page_count == page_cap) {
		page_cap = page_cap ? 2 * page_cap : 1024;
		pages = grow(pages, page_cap * sizeof(*pages));
	}
	pages[page_count++] = (struct str){clean, len};
	bytes += len;
	return 0;
}

static void check(enum pith_status status)
{
	if (status > PITH_WARN)
		die(both.err.text);
}

static void run_thin(struct str page)
{
	thin_begin(both.thin, &equal_limits);
	check(thin_feed(both.thin, page.data, page.len));
	check(thin_finish(both.thin, &both.thin_page));
}

static void run_gumbo(struct str page)
{
	GumboOutput *tree = gumbo_parse_with_options(&kGumboDefaultOptions,
						     page.data, page.len);

	gumbo_destroy_output(&kGumboDefaultOptions, tree);
}

static struct GumboInternalOutput *run_parse(struct str page)
{
	struct GumboInternalOutput *tree;

	run_thin(page);
	arena_reset(&both.thinned_arena, SIZE_MAX, 0);
	check(parse_markup(&both.thinned_arena, both.thin_page.markup, &tree));
	return tree;
}

static void run_thin_gumbo(struct str page)
{
	(void)run_parse(page);
}

static void run_block(struct str page)
{
	check(block_build(&both.thinned_arena, run_parse(page), &both.thin_page,
			  &both.thinned));
}

static void run_whole(struct str page)
{
	const struct pith_article *article;

	check(pith_begin(handle, NULL, "utf-8"));
	check(pith_feed(handle, page.data, page.len));
	check(pith_finish(handle, &article));
}

/* Megabytes per second of the best round. */
static double measure(const char *name, way run)
{
	double best = 0, speed;
	size_t times = BYTES_MIN / bytes + 1;

	for (int i = 0; i < ROUNDS; i++) {
		struct timespec from, to;

		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
		for (size_t j = 0; j < times * page_count; j++)
			run(pages[j % page_count]);
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
		speed = (double)(times * bytes) / 1e6 /
			((double)(to.tv_sec - from.tv_sec) +
			 (double)(to.tv_nsec - from.tv_nsec) / 1e9);
		if (speed > best)
			best = speed;
	}
	printf("%-28s %8.1f MB/s\n", name, best);
	fflush(stdout);
	return best;
}

int main(int argc, char **argv)
{
	double gumbo, thinned, whole;

	for (int i = 1; i < argc; i++)
		if (nftw(argv[i], load, 16, FTW_PHYS) != 0)
			die(argv[i]);
	if (page_count == 0)
		die("no pages");
	equal_init(&both);
	if (pith_new(&handle) != PITH_OK)
		die("no memory");
	printf("%zu pages, %.1f MB\n", page_count, (double)bytes / 1e6);
	(void)measure("thin", run_thin);
	gumbo = measure("Gumbo on the raw page", run_gumbo);
	thinned = measure("thin + Gumbo", run_thin_gumbo);
	(void)measure("thin + Gumbo + block", run_block);
	whole = measure("whole page", run_whole);
	printf("thin + Gumbo is %.2f times Gumbo alone\n", thinned / gumbo);
	printf("a whole page takes %.2f times thin + Gumbo\n", thinned / whole);
	pith_free(handle);
	equal_free(&both);
	return 0;
}
