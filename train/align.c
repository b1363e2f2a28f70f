/* SPDX-License-Identifier: MIT
 *
 * align.c: which words of a page are those of its gold text, in order. Run by
 * the Python files beside it.
 *
 * The best common subsequence where a match is worth 2 and each run of matches
 * costs 3, or 2 where it begins with a block: so that a lone "share" in the
 * menu does not count as the one in the article.
 *
 *   stdin   records of int32: n, m, page words [n], gold words [m]; a page
 *           word is negative (-1 - word) where a block begins
 *   stdout  int32 [n] a record: the gold word matched, or -1 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MATCH = 2, OPEN = 3, OPEN_BLOCK = 2, FAR = -(1 << 29) };
enum { FROM_UP = 0, FROM_LEFT = 1, FROM_MATCH = 2, RUN_GOES_ON = 4 };

static const size_t CELLS_MAX = (size_t)3 << 30;

struct word {
	int32_t word, place;
	uint8_t begins, adjoins; /* a block; the word before is there too */
};

static void *must(void *p)
{
	if (p == NULL) {
		fprintf(stderr, "align: out of memory\n");
		exit(1);
	}
	return p;
}

static int compare(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* Leave out page words that the gold does not have. */
static size_t keep_common(const int32_t *page, size_t n, const int32_t *gold,
			  size_t m, struct word *out)
{
	int32_t *sorted = must(malloc((m + 1) * sizeof(*sorted)));
	size_t count = 0;
	int before = 0;

	if (m > 0)
		memcpy(sorted, gold, m * sizeof(*sorted));
	qsort(sorted, m, sizeof(*sorted), compare);
	for (size_t i = 0; i < n; i++) {
		int32_t word = page[i] < 0 ? -1 - page[i] : page[i];
		int found = m > 0 && bsearch(&word, sorted, m, sizeof(word),
					     compare) != NULL;
		if (found)
			out[count++] = (struct word){
			    word, (int32_t)i, page[i] < 0, (uint8_t)before};
		before = found;
	}
	free(sorted);
	return count;
}

static void trace(const struct word *words, size_t n, size_t m,
		  const uint8_t *cells, int32_t *out)
{
	size_t i = n, j = m;
	int matching = 0;

	while (i > 0 && j > 0) {
		uint8_t cell = cells[(i - 1) * m + j - 1];

		if (matching || (cell & 3) == FROM_MATCH) {
			out[words[i - 1].place] = (int32_t)j - 1;
			matching = (cell & RUN_GOES_ON) != 0;
			i--;
			j--;
		} else if ((cell & 3) == FROM_UP) {
			i--;
		} else {
			j--;
		}
	}
}

static void align(const int32_t *page, size_t n, const int32_t *gold, size_t m,
		  int32_t *out)
{
	struct word *words = must(malloc((n + 1) * sizeof(*words)));
	int32_t *run = must(malloc((m + 1) * sizeof(*run)));
	int32_t *best = must(calloc(m + 1, sizeof(*best)));
	uint8_t *cells;
	size_t count = keep_common(page, n, gold, m, words);

	for (size_t i = 0; i < n; i++)
		out[i] = -1;
	if (m == 0 || count > CELLS_MAX / m) {
		free(words);
		free(run);
		free(best);
		return;
	}
	cells = must(malloc(count * m + 1));
	for (size_t j = 0; j <= m; j++)
		run[j] = FAR;
	for (size_t i = 0; i < count; i++) {
		int32_t corner = 0, corner_run = FAR; /* of the row above */
		int32_t open = words[i].begins ? OPEN_BLOCK : OPEN;
		uint8_t *row = cells + i * m;

		for (size_t j = 1; j <= m; j++) {
			int32_t up = best[j], up_run = run[j], here = FAR;
			uint8_t cell;

			cell = best[j - 1] > up ? FROM_LEFT : FROM_UP;
			if (words[i].word == gold[j - 1]) {
				here = corner - open;
				if (words[i].adjoins && corner_run >= here) {
					here = corner_run;
					cell |= RUN_GOES_ON;
				}
				here += MATCH;
			}
			if (best[j - 1] > up)
				best[j] = best[j - 1];
			if (here > best[j]) {
				best[j] = here;
				cell = (uint8_t)((cell & RUN_GOES_ON) |
						 FROM_MATCH);
			}
			run[j] = here;
			corner = up;
			corner_run = up_run;
			row[j - 1] = cell;
		}
	}
	trace(words, count, m, cells, out);
	free(words);
	free(run);
	free(best);
	free(cells);
}

int main(void)
{
	int32_t head[2];

	while (fread(head, sizeof(head), 1, stdin) == 1) {
		size_t n = (size_t)head[0], m = (size_t)head[1];
		int32_t *all = must(malloc((2 * n + m + 1) * sizeof(*all)));

		if (fread(all, sizeof(*all), n + m, stdin) != n + m) {
			fprintf(stderr, "align: input ends early\n");
			return 1;
		}
		align(all, n, all + n, m, all + n + m);
		if (fwrite(all + n + m, sizeof(*all), n, stdout) != n ||
		    fflush(stdout) != 0) {
			perror("align");
			return 1;
		}
		free(all);
	}
	return 0;
}
