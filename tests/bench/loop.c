/* SPDX-License-Identifier: MIT
 *
 * loop.c: the library alone, called in a loop over pages in memory, to text:
 * what tests/bench/batch.py compares the program with. Prints seconds of the
 * processor for the first page of all and for all others.
 *
 *   loop FILE …    pages as they are served, without compression */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "pith.h"

struct page {
	char *data;
	size_t len;
};

static void die(const char *what)
{
	fprintf(stderr, "loop: %s\n", what);
	exit(2);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static struct page load(const char *name)
{
	FILE *f = fopen(name, "rb");
	struct page p = {NULL, 0};
	long size;

	if (f == NULL || fseek(f, 0, SEEK_END) != 0)
		die(name);
	size = ftell(f);
	if (size < 0)
		die(name);
	rewind(f);
	p.data = malloc((size_t)size + 1);
	if (p.data == NULL)
		die("no memory");
	p.len = fread(p.data, 1, (size_t)size, f);
	fclose(f);
	return p;
}

/* Bytes of text. */
static size_t extract(pith *handle, const struct page *p)
{
	const struct pith_article *article;
	struct pith_text text;

	if (pith_begin(handle, NULL, NULL) != PITH_OK ||
	    pith_feed(handle, p->data, p->len) > PITH_WARN ||
	    pith_finish(handle, &article) > PITH_WARN ||
	    pith_render(handle, PITH_TEXT, &text) != PITH_OK)
		return 0;
	return text.len;
}

int main(int argc, char **argv)
{
	struct page *pages = calloc((size_t)argc, sizeof(*pages));
	double start, first;
	size_t bytes;
	pith *handle;

	if (argc < 2 || pages == NULL)
		die("no pages");
	for (int i = 1; i < argc; i++)
		pages[i] = load(argv[i]);
	start = now();
	if (pith_new(&handle) != PITH_OK || pith_preload(handle) != PITH_OK)
		die("no memory");
	bytes = extract(handle, &pages[1]);
	first = now() - start;
	for (int i = 2; i < argc; i++)
		bytes += extract(handle, &pages[i]);
	printf("%.6f %.6f %zu\n", first, now() - start - first, bytes);
	for (int i = 1; i < argc; i++)
		free(pages[i].data);
	free(pages);
	pith_free(handle);
	return 0;
}
