/* SPDX-License-Identifier: MIT
 *
 * status.c: the pages of a state file as a table or as JSON. Part of
 * filter/fetch/. */
#include "fetch/status.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* ISO 8601, or "-" for never. */
static const char *when(int64_t seconds, char text[32])
{
	time_t t = (time_t)seconds;
	struct tm tm;

	if (seconds == 0 || gmtime_r(&t, &tm) == NULL)
		return strcpy(text, "-");
	strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return text;
}

static void row(const char *url, const struct state_page *page, void *arg)
{
	char fetched[32], changed[32], due[32];

	(void)arg;
	printf("%6d %8d  %-20s  %-20s  %-20s  %s\n", page->status,
	       page->failures, when(page->fetched, fetched),
	       when(page->changed, changed), when(page->due, due), url);
}

static void object(const char *url, const struct state_page *page, void *arg)
{
	bool *first = arg;
	json_t *o = json_pack(
	    "{ss ss ss ss si si sI sI sI}", "url", url, "etag", page->etag,
	    "last_modified", page->last_modified, "digest", page->digest,
	    "status", page->status, "failures", page->failures, "fetched",
	    (json_int_t)page->fetched, "changed", (json_int_t)page->changed,
	    "due", (json_int_t)page->due);

	fputs(*first ? "\n" : ",\n", stdout);
	*first = false;
	/* Only bytes that are no UTF-8 make no object; servers send such. Want
	 * of memory does not come here (fault_begin_process). */
	if (o == NULL)
		o = json_pack("{ss si si}", "url", url, "status", page->status,
			      "failures", page->failures);
	if (o != NULL)
		json_dumpf(o, stdout, JSON_COMPACT | JSON_ENSURE_ASCII);
	json_decref(o);
}

enum pith_status status_print(struct state *s, bool json, struct fault *f)
{
	bool first = true;
	enum pith_status status;

	if (json) {
		putchar('[');
		status = state_each(s, object, &first, f);
		if (status == PITH_OK)
			puts("\n]");
	} else {
		puts("status failures  fetched               changed       "
		     "        due                   url");
		status = state_each(s, row, NULL, f);
	}
	if (status == PITH_OK && (fflush(stdout) != 0 || ferror(stdout)))
		status = fault_set(f, FETCH_IO, "stdout: %s", strerror(errno));
	return status;
}
