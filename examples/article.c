/* SPDX-License-Identifier: MIT
 *
 * article.c: the article of the page on standard input, by libpith.
 *
 *   cc -o article article.c $(pkg-config --cflags --libs pith)
 *   ./article < page.html
 *
 * Exit status: 0 there is an article, 1 there is none, 2 something failed. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <pith.h>

int main(void)
{
	char bytes[65536];
	const struct pith_article *a;
	pith *p;
	size_t n;
	int result = 2;

	if (pith_new(&p) != PITH_OK)
		return 2;
	while ((n = fread(bytes, 1, sizeof(bytes), stdin)) > 0)
		if (pith_feed(p, bytes, n) != PITH_OK)
			goto out;
	if (ferror(stdin) || pith_finish(p, &a) > PITH_WARN)
		goto out;
	/* a text has a length, and no NUL at its end */
	n = fwrite(a->text.data, 1, a->text.len, stdout);
	if (n == a->text.len && fflush(stdout) == 0)
		result = n > 0 ? 0 : 1;
out:
	if (result == 2)
		fprintf(stderr, "article: %s\n",
			*pith_error(p) ? pith_error(p) : strerror(errno));
	pith_free(p); /* and with it the article */
	return result;
}
