/* SPDX-License-Identifier: MIT
 *
 * equal.c: runs over pages (.html, .html.gz, or folders of them) and names
 * those whose blocks differ with and without thin. Exit 1 if there are any. */
#include <ftw.h>
#include <zlib.h>

#include "../equal.h"

static struct equal state;
static unsigned pages, differing;
static bool dump;

static struct str slurp(const char *path)
{
	gzFile f = gzopen(path, "rb");
	size_t len = 0, cap = 1 << 20;
	char *data = malloc(cap);
	int n;

	if (f == NULL || data == NULL) {
		fprintf(stderr, "equal: %s: cannot read\n", path);
		exit(2);
	}
	while ((n = gzread(f, data + len, (unsigned)(cap - len))) > 0) {
		len += (size_t)n;
		if (len == cap) {
			cap *= 2;
			data = realloc(data, cap);
			if (data == NULL)
				exit(2);
		}
	}
	gzclose(f);
	return (struct str){data, len};
}

static void dump_page(const char *path, const struct page *p)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		return;
	for (uint32_t i = 0; i < p->elem_count; i++) {
		const struct elem *e = &p->elems[i];

		fprintf(f, "E %u %u-%u %s", i, e->parent, e->end,
			tag_name((enum tag)e->tag));
		for (unsigned j = 0; j < e->attr_count; j++)
			if (!equal_may_drop((enum tag)e->tag, &e->attrs[j]))
				fprintf(f, " %s=%s",
					attr_name(e->attrs[j].attr),
					e->attrs[j].value.data);
		fputc('\n', f);
	}
	for (uint32_t i = 0; i < p->block_count; i++)
		fprintf(f, "B %u %s\n", p->blocks[i].elem,
			p->blocks[i].text.data);
	fclose(f);
}

static int compare(const char *path, const struct stat *st, int type,
		   struct FTW *ftw)
{
	struct str raw;
	char *clean;
	size_t n;

	(void)st;
	(void)ftw;
	if (type != FTW_F || strstr(path, ".html") == NULL)
		return 0;
	raw = slurp(path);
	clean = malloc(3 * raw.len + 1);
	if (clean == NULL)
		exit(2);
	n = equal_clean(raw.data, raw.len, clean);
	pages++;
	state.why[0] = '\0';
	if (equal_build(&state, (struct str){clean, n}, 8192) != PITH_OK) {
		printf("%s: %s\n", path, state.err.text);
		differing++;
	} else if (!equal_compare(&state)) {
		printf("%s: %s\n", path, state.why);
		differing++;
		if (dump) {
			FILE *f = fopen("thin.html", "w");

			dump_page("thin.txt", &state.thinned);
			dump_page("raw.txt", &state.raw);
			if (f != NULL) {
				fwrite(state.thin_page.markup.data, 1,
				       state.thin_page.markup.len, f);
				fclose(f);
			}
		}
	}
	free(clean);
	free((void *)(uintptr_t)raw.data);
	return 0;
}

int main(int argc, char **argv)
{
	equal_init(&state);
	for (int i = 1; i < argc; i++) {
		if (strcmp(argv[i], "-d") == 0)
			dump = true; /* writes thin.txt, raw.txt, thin.html */
		else if (nftw(argv[i], compare, 16, FTW_PHYS) != 0)
			perror(argv[i]);
	}
	equal_free(&state);
	printf("%u pages, %u differ\n", pages, differing);
	return differing > 0;
}
