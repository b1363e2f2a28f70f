/* SPDX-License-Identifier: MIT
 *
 * hostile.h: makes inputs of one pattern and any size, and measures what it
 * costs to read them. Included by tests/bench/hostile*.c only. */
#ifndef BENCH_HOSTILE_H
#define BENCH_HOSTILE_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* A page is `head`, then `unit` again and again, then, in the second half, if
 * there is one, `tail` again and again. A # stands for a running number. */
struct hostile {
	const char *name, *head, *unit, *tail;
};

/* Write at most `size` bytes of `piece`; gives how many. */
static size_t put(char *to, size_t size, const char *piece, unsigned number)
{
	size_t n = 0;

	for (; *piece != '\0'; piece++) {
		char digits[16] = {*piece, '\0'};
		size_t len;

		if (*piece == '#' && piece[1] != '9')
			snprintf(digits, sizeof(digits), "%u", number);
		len = strlen(digits);
		if (n + len > size)
			return 0;
		memcpy(to + n, digits, len);
		if (*piece == '^')
			to[n] = '\0';
		n += len;
	}
	return n;
}

static char *make(const struct hostile *h, size_t size, size_t *len)
{
	char *page = malloc(size);
	size_t n, added;
	unsigned number = 0;

	if (page == NULL)
		exit(2);
	n = put(page, size, h->head, 0);
	while ((added = put(page + n, (h->tail != NULL ? size / 2 : size) - n,
			    h->unit, number++)) > 0)
		n += added;
	while (h->tail != NULL &&
	       (added = put(page + n, size - n, h->tail, number++)) > 0)
		n += added;
	*len = n;
	return page;
}

/* Exit status of a child. */
enum { FINE, REFUSED, BROKEN };

struct cost {
	double seconds; /* CPU */
	double mega;	/* bytes at the peak */
	int status;
};

/* What running over a page costs, in a process of its own. */
static struct cost measure(const struct hostile *h, size_t size,
			   int (*over)(const char *page, size_t len))
{
	struct cost cost = {0, 0, BROKEN};
	struct rusage usage;
	int status;
	pid_t child;

	fflush(NULL);
	child = fork();
	if (child == 0) {
		size_t len;
		char *page = make(h, size, &len);

		_exit(over(page, len));
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return cost;
	cost.seconds =
	    (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
	    (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	cost.mega = (double)usage.ru_maxrss / 1024;
	if (WIFEXITED(status))
		cost.status = WEXITSTATUS(status);
	return cost;
}

static const char *status_text(int status)
{
	return status == FINE ? "" : status == REFUSED ? " refused" : " broken";
}

/* What reading an input of 8 MB may take at most. */
struct bounds {
	double seconds, mega;
	double slack;	   /* seconds that count for nothing */
	bool refusal_ends; /* how much a refusal costs may grow faster */
};

/* Read it at 1, 2, 4 and 8 MB: it may be refused, but costs no more than the
 * bounds, and four times the input costs no more than six times the time and
 * memory. A slow moment of the machine is measured again. */
static bool check_sizes(const struct hostile *h, unsigned number,
			int (*over)(const char *page, size_t len),
			const struct bounds *most)
{
	enum { SIZES = 4, TRIES = 3 };
	struct cost c[SIZES];
	bool ok = false;

	for (int try = 0; try < TRIES && !ok; try++) {
		ok = true;
		for (int i = 0; i < SIZES; i++) {
			c[i] = measure(h, (size_t)1 << (20 + i), over);
			ok = ok && c[i].status != BROKEN &&
			     c[i].seconds < most->seconds &&
			     c[i].mega < most->mega;
		}
		for (int i = 2; i < SIZES; i++)
			ok = ok &&
			     ((most->refusal_ends && c[i].status == REFUSED) ||
			      (c[i].seconds <
				   6 * c[i - 2].seconds + most->slack &&
			       c[i].mega < 6 * c[i - 2].mega + 16));
	}
	printf("%s %u %-20s", ok ? "ok" : "not ok", number, h->name);
	for (int i = 0; i < SIZES; i++)
		printf(" %.2f s %.0f MB%s", c[i].seconds, c[i].mega,
		       status_text(c[i].status));
	printf("\n");
	return ok;
}

#endif
