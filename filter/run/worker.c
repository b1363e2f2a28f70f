/* SPDX-License-Identifier: MIT
 *
 * worker.c: the loop of a worker process: a job in, a result out. */
#include "run/worker.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "run/frame.h"
#include "run/lines.h"
#include "run/sandbox.h"

#ifdef PITH_TEST_FAULTS
#include "run/fault.h"
#else
#define fault_look(data, len)                                                  \
	do {                                                                   \
	} while (0)
#endif

enum { PIECE = 64 * 1024 };

struct worker {
	int jobs, results;
	struct extract extract;
	struct item item;
	char piece[PIECE];
};

/* The parts of an item but its body, which is read as it is needed. */
static bool read_item(struct worker *w, struct job_head *head)
{
	struct item *item = &w->item;

	if (!frame_read(w->jobs, head, sizeof(*head)))
		return false;
	item_reset(item);
	item->kind = (enum item_kind)head->kind;
	item->cause = (enum pith_cause)head->cause;
	item->outcome = (int)head->outcome;
	item->http_status = (int)head->http_status;
	item->chunked = head->chunked != 0;
	item->record = head->record != 0;
	item->place = head->place;
	for (int i = 0; i < ITEM_BODY; i++) {
		struct buf *part = &item->parts[i];

		if (buf_reserve(part, (size_t)head->sizes[i],
				&w->extract.err) != PITH_OK ||
		    !frame_read(w->jobs, part->data, (size_t)head->sizes[i]))
			return false;
		part->len = (size_t)head->sizes[i];
	}
	return true;
}

static bool read_body(struct worker *w, uint64_t left)
{
	bool matters = true;

	while (left > 0) {
		size_t n = left < PIECE ? (size_t)left : PIECE;

		if (!frame_read(w->jobs, w->piece, n))
			return false;
		if (item_get(&w->item, ITEM_ERROR).len == 0)
			fault_look(w->piece, n);
		if (matters)
			matters = extract_feed(&w->extract, w->piece, n);
		left -= n;
	}
	return true;
}

static bool write_result(struct worker *w, uint64_t seq, const struct result *r)
{
	struct str parts[RESULT_PARTS] = {r->output, r->error, r->url};
	struct result_head head = {.magic = RESULT_MAGIC,
				   .seq = seq,
				   .code = r->code,
				   .wanted = r->wanted};
	bool good;

	for (int i = 0; i < RESULT_PARTS; i++) {
		if (i != RESULT_OUTPUT && parts[i].len > RESULT_TEXT_MAX)
			parts[i].len = RESULT_TEXT_MAX;
		head.sizes[i] = parts[i].len;
	}
	good = frame_write(w->results, &head, sizeof(head));
	for (int i = 0; i < RESULT_PARTS; i++)
		good = good &&
		       frame_write(w->results, parts[i].data, parts[i].len);
	return good;
}

_Noreturn void worker_main(const struct options *options, int jobs, int results)
{
	struct worker *w = malloc(sizeof(*w));
	struct job_head head;

	if (w == NULL)
		_exit(EXIT_MEMORY);
	line_begin_process();
	w->jobs = jobs;
	w->results = results;
	item_init(&w->item, 0);
	/* the parent has tried both before, to tell the user */
	if (extract_init(&w->extract, options) != PITH_OK ||
	    !sandbox_enter(options, false))
		_exit(EXIT_IO);
	while (read_item(w, &head)) {
		struct result result;

		extract_begin(&w->extract, &w->item);
		if (!read_body(w, head.sizes[ITEM_BODY]))
			break;
		extract_finish(&w->extract, &result);
		if (extract_is_short(&w->extract))
			_exit(EXIT_MEMORY);
		if (!write_result(w, head.seq, &result))
			break;
	}
	_exit(extract_is_short(&w->extract) ? EXIT_MEMORY : 0);
}
