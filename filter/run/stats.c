/* SPDX-License-Identifier: MIT
 *
 * stats.c: totals of a run and its progress. */
#include "run/stats.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/arena.h"

enum { PERIOD = 500 /* ms */ };

void stats_begin(struct stats *s)
{
	*s = (struct stats){.start = clock_ms()};
	s->told = s->start;
}

/* Seconds to go, by the bytes read so far; 0 if nobody knows. */
static uint64_t left(const struct stats *s, uint64_t ms)
{
	if (s->size <= s->in || s->in == 0)
		return 0;
	return (uint64_t)((double)(s->size - s->in) / (double)s->in *
			  (double)ms / 1000) +
	       1;
}

void stats_show(struct stats *s)
{
	uint64_t now = clock_ms(), ms = now - s->start, eta;

	if (now - s->told < PERIOD)
		return;
	s->told = now;
	s->shown = true;
	eta = left(s, ms);
	fprintf(stderr,
		"\r\033[K%" PRIu64 " pages, %.0f/s, %.1f MB, %" PRIu64
		" errors",
		s->pages, (double)s->pages * 1000 / (double)ms,
		(double)s->in / 1e6, s->failed);
	if (eta > 0)
		fprintf(stderr, ", %" PRIu64 ":%02" PRIu64 " to go", eta / 60,
			eta % 60);
	fflush(stderr);
}

void stats_hide(struct stats *s)
{
	if (!s->shown)
		return;
	fputs("\r\033[K", stderr);
	s->shown = false;
}

void stats_print(const struct stats *s)
{
	fprintf(stderr,
		"{\"pages\":%" PRIu64 ",\"texts\":%" PRIu64
		",\"empty\":%" PRIu64 ",\"failed\":%" PRIu64
		",\"skipped\":%" PRIu64 ",\"workers_lost\":%" PRIu64
		",\"bytes_in\":%" PRIu64 ",\"bytes_out\":%" PRIu64
		",\"seconds\":%.3f}\n",
		s->pages, s->texts, s->empty, s->failed, s->skipped, s->lost,
		s->in, s->out, (double)(clock_ms() - s->start) / 1000);
}
