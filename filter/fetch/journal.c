/* SPDX-License-Identifier: MIT
 *
 * journal.c: messages, log and progress. Part of filter/fetch/. */
#include "fetch/journal.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/utf8.h"

#define CLEAR_LINE "\r\033[K"

enum pith_status journal_open(struct journal *j, const struct options *o,
			      uint64_t now, struct fault *f)
{
	const char *term = getenv("TERM");

	*j = (struct journal){.verbose = o->verbose, .started = now};
	j->terminal = isatty(STDERR_FILENO) && term && strcmp(term, "dumb");
	if (o->log == NULL)
		return PITH_OK;
	j->log = fopen(o->log, "ae");
	if (j->log == NULL)
		return fault_set(f, FETCH_IO, "%s: %s", o->log,
				 strerror(errno));
	setvbuf(j->log, NULL, _IOLBF, 0);
	return PITH_OK;
}

static void clear(struct journal *j)
{
	if (j->shown)
		fputs(CLEAR_LINE, stderr);
	j->shown = false;
}

/* What a terminal must not see becomes "?"; where is a line of a list or an
 * argument, as it was given. */
static void print_safe(const char *s)
{
	size_t left = strlen(s), n;

	for (; left > 0; s += n, left -= n) {
		char text[4];
		uint32_t c;
		size_t size;

		n = utf8_decode(s, left, &c);
		if (utf8_is_unprintable(c) || c == '\n' || c == '\t')
			c = '?';
		size = utf8_put(c, text);
		fwrite(text, 1, size, stderr);
	}
}

void journal_error(struct journal *j, const char *where, const char *message)
{
	clear(j);
	fputs("pith-fetch: ", stderr);
	print_safe(where);
	fprintf(stderr, ": %s\n", message);
}

void journal_url(struct journal *j, const char *url, int status, uint64_t bytes,
		 uint64_t ms, const char *note)
{
	if (j->verbose) {
		clear(j);
		fprintf(stderr,
			"pith-fetch: %s: %s, status %d, %" PRIu64
			" bytes, %.3f s\n",
			url, note, status, bytes, (double)ms / 1000);
	}
	if (j->log != NULL) {
		time_t now = time(NULL);
		struct tm tm;
		char when[32];

		gmtime_r(&now, &tm);
		strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &tm);
		fprintf(j->log, "%s %d %" PRIu64 " %.3f %s %s\n", when, status,
			bytes, (double)ms / 1000, url, note);
	}
}

void journal_progress(struct journal *j, uint64_t now, size_t waiting,
		      size_t hosts, bool all_known)
{
	uint64_t ms = now - j->started;

	if (!j->terminal || now - j->last < 500)
		return;
	j->last = now;
	fprintf(stderr,
		CLEAR_LINE "%" PRIu64 " done, %" PRIu64
			   " failed, %zu%s waiting "
			   "on %zu hosts, %.0f kB/s",
		j->done, j->failed, waiting, all_known ? "" : "+", hosts,
		ms ? (double)j->bytes / (double)ms : 0);
	if (all_known && j->done > 0)
		fprintf(stderr, ", %.0f s left",
			(double)waiting * (double)ms / (double)j->done / 1000);
	fflush(stderr);
	j->shown = true;
}

enum pith_status journal_close(struct journal *j, struct fault *f)
{
	int bad = 0;

	clear(j);
	if (j->log != NULL)
		bad = ferror(j->log) | fclose(j->log);
	j->log = NULL;
	return bad ? fault_set(f, FETCH_IO, "log: %s", strerror(errno))
		   : PITH_OK;
}
