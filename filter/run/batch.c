/* SPDX-License-Identifier: MIT
 *
 * batch.c: the parent's loop: pages from the inputs into a window of slots,
 * slots to idle workers, results out in the order of the input.
 *
 *   input ─> [ past | done | busy | done | ready | free … ] ─> output
 *              ^ tail                        ^ head
 *                           | |
 *                          workers
 *
 * The window is bounded in pages and in bytes: a slow reader of the output
 * stops the input, a slow page what is a window behind it. The loop waits in
 * ppoll alone, but for the output. */
#include "run/batch.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "run/input.h"
#include "run/lane.h"
#include "run/lines.h"
#include "run/say.h"
#include "run/sink.h"
#include "run/stop.h"

/* Pages in the window for each worker; bytes of all pages in it, unless there
 * is one alone; milliseconds a worker has beyond the page's own limit, which
 * it is to keep itself. */
enum { WINDOW = 8, BYTES_MAX = 64 * 1024 * 1024, GRACE = 2000 };

struct batch {
	const struct options *options;
	struct input *input;
	struct sink sink;
	struct resume resume;
	struct stats stats;
	struct lane *lanes;
	size_t lane_count;
	struct slot *slots;
	size_t slot_count;
	uint64_t head, tail; /* seq of the next to fill, to write */
	uint64_t read;	     /* pages seen, skipped ones too */
	size_t bytes;	     /* of the bodies in the window */
	bool ended;	     /* no more input is wanted */
	bool broken;	     /* nothing more can be done */
	bool terminal;
	enum exit_code code;
	struct pollfd *polls;
};

static struct slot *slot_at(struct batch *b, uint64_t seq)
{
	return &b->slots[seq % b->slot_count];
}

static void join(struct batch *b, enum exit_code code)
{
	b->code = exit_join(b->code, code);
}

/* What is wrong with the run itself ends it. */
static void give_up(struct batch *b, const char *where, const char *what)
{
	stats_hide(&b->stats);
	say_plain(where, what);
	join(b, EXIT_IO);
	b->broken = true;
}

static int64_t page_time(const struct batch *b)
{
	return options_number(b->options, PITH_MAX_TIME, 10000);
}

/* A page has come whole into its slot. */
static void take_page(struct batch *b, struct slot *s)
{
	s->seq = b->head;
	s->lost = false;
	s->wanted = true;
	for (int i = 0; i < RESULT_PARTS; i++)
		s->parts[i].len = 0;
	s->state = SLOT_READY;
	b->bytes += s->item.parts[ITEM_BODY].len;
	b->head++;
}

static bool has_room(const struct batch *b)
{
	return !b->ended && b->head - b->tail < b->slot_count &&
	       (b->bytes < BYTES_MAX || b->head == b->tail);
}

/* Read as many pages as the window has room for. True: more can be read when
 * the input has bytes. */
static bool fill(struct batch *b)
{
	const struct options *o = b->options;

	while (has_room(b) && !stop_asked()) {
		struct slot *s = slot_at(b, b->head);

		if (o->limit >= 0 &&
		    b->read >= (uint64_t)o->skip + (uint64_t)o->limit) {
			b->ended = true;
			break;
		}
		switch (input_next(b->input, &s->item)) {
		case INPUT_WAIT:
			return true;
		case INPUT_END:
			b->ended = true;
			break;
		case INPUT_ITEM:
			/* the next run is to go on here, so this one ends */
			b->ended = o->resume && item_is_unread(&s->item);
			if (b->read++ < (uint64_t)o->skip)
				item_reset(&s->item);
			else
				take_page(b, s);
			break;
		}
	}
	return false;
}

static void drop_body(struct batch *b, struct slot *s)
{
	b->bytes -= s->item.parts[ITEM_BODY].len;
	buf_reset(&s->item.parts[ITEM_BODY], 1024 * 1024);
}

/* Its line says what went wrong, where lines are written; a worker writes it,
 * but for a page of which two have died. Without memory for that the run ends,
 * and the page is not done: the next run goes on with it. */
static void fail_page(struct batch *b, struct slot *s, const char *what)
{
	bool lines = options_lines(b->options), done = !lines || s->lost;
	struct err err = {0};
	bool told;

	s->lost = true;
	s->state = SLOT_READY;
	s->parts[RESULT_OUTPUT].len = 0;
	s->code = EXIT_REFUSED;
	(void)err_set(&err, PITH_CAUSE_LIMIT, "%s", what);
	s->parts[RESULT_ERROR].len = 0;
	told = item_set(&s->item, ITEM_ERROR, (struct str){what, strlen(what)},
			&err) == PITH_OK &&
	       buf_append(&s->parts[RESULT_ERROR], what, strlen(what), &err) ==
		   PITH_OK;
	if (s->item.kind != ITEM_LINE)
		drop_body(b, s);
	if (told && done && lines)
		told = line_error(&s->item, b->options,
				  &s->parts[RESULT_OUTPUT], &err) == PITH_OK;
	if (!told)
		give_up(b, "memory", "none left");
	else if (done)
		s->state = SLOT_DONE;
}

/* A worker is lost; the page it had is charged with it. */
static void lose(struct batch *b, struct lane *l, const char *reason)
{
	struct slot *s = l->slot;
	char what[160];

	lane_stop(l, true, what, sizeof(what));
	if (s == NULL)
		return;
	b->stats.lost++;
	fail_page(b, s, reason ? reason : what[0] ? what : "the worker ended");
}

/* A broken item needs no worker where only text is written, or no line. */
static bool answer_at_once(struct batch *b, struct slot *s)
{
	struct str error = item_get(&s->item, ITEM_ERROR);
	struct err err = {0};

	if (error.len == 0 ||
	    (options_lines(b->options) &&
	     !(b->options->resume && item_is_unread(&s->item))))
		return false;
	s->code = exit_of_item(&s->item);
	if (buf_append(&s->parts[RESULT_ERROR], error.data, error.len, &err) !=
	    PITH_OK) {
		give_up(b, "memory", "none left");
		return true;
	}
	drop_body(b, s);
	s->state = SLOT_DONE;
	return true;
}

/* An idle lane, with a worker that runs; NULL if all there can be are busy. */
static struct lane *idle_lane(struct batch *b)
{
	struct lane *unused = NULL;
	size_t running = 0;
	int error;

	for (size_t i = 0; i < b->lane_count; i++) {
		if (b->lanes[i].pid > 0 && b->lanes[i].slot == NULL)
			return &b->lanes[i];
		running += b->lanes[i].pid > 0;
		if (b->lanes[i].pid == 0 && unused == NULL)
			unused = &b->lanes[i];
	}
	if (unused == NULL)
		return NULL;
	error = lane_start(unused, b->options, b->lanes, b->lane_count);
	if (error != 0 && running == 0)
		give_up(b, "worker", strerror(error));
	return error == 0 ? unused : NULL;
}

/* Hand pages to workers, oldest first. */
static void dispatch(struct batch *b)
{
	for (uint64_t seq = b->tail; seq < b->head && !b->broken; seq++) {
		struct slot *s = slot_at(b, seq);
		int64_t time = page_time(b);
		struct lane *l;

		if (s->state != SLOT_READY || answer_at_once(b, s))
			continue;
		l = idle_lane(b);
		if (l == NULL)
			return;
		lane_give(l, s,
			  time > 0 ? clock_ms() + (uint64_t)time + GRACE : 0);
		if (lane_send(l) == LANE_LOST) {
			lose(b, l, NULL);
			seq--; /* it is ready again, or done */
		}
	}
}

static void count(struct batch *b, const struct slot *s)
{
	b->stats.pages++;
	b->stats.failed += s->parts[RESULT_ERROR].len > 0;
	b->stats.texts += s->code == EXIT_TEXT;
	b->stats.empty += s->code == EXIT_EMPTY;
}

static struct str url_of(const struct slot *s)
{
	struct str url = item_get(&s->item, ITEM_URL);

	return url.len > 0 ? url : buf_str(&s->parts[RESULT_URL]);
}

/* Write one page and tell of its error. Time spent waiting for whoever reads
 * the output is not charged to the pages in work. */
static void write_page(struct batch *b, struct slot *s)
{
	uint64_t before = clock_ms(), stalled;

	if (s->wanted) {
		count(b, s);
		join(b, s->code);
		if (s->parts[RESULT_ERROR].len > 0 && s->item.outcome == 0) {
			stats_hide(&b->stats);
			say_item(&s->item, url_of(s),
				 buf_str(&s->parts[RESULT_ERROR]));
		}
		if (sink_put(&b->sink, url_of(s),
			     item_get(&s->item, ITEM_INPUT),
			     buf_str(&s->parts[RESULT_OUTPUT])) != PITH_OK &&
		    !b->broken)
			give_up(b, b->sink.where, b->sink.err.text);
		b->stats.out = b->sink.bytes;
	}
	if (s->item.parts[ITEM_BODY].len > 0)
		drop_body(b, s);
	item_reset(&s->item);
	buf_reset(&s->parts[RESULT_OUTPUT], 256 * 1024);
	s->state = SLOT_PAST;
	stalled = clock_ms() - before;
	for (size_t i = 0; i < b->lane_count; i++)
		if (b->lanes[i].slot != NULL && b->lanes[i].deadline > 0)
			b->lanes[i].deadline += stalled;
}

static void write_done(struct batch *b)
{
	if (b->options->unordered)
		for (uint64_t seq = b->tail; seq < b->head; seq++)
			if (slot_at(b, seq)->state == SLOT_DONE)
				write_page(b, slot_at(b, seq));
	while (b->tail < b->head) {
		struct slot *s = slot_at(b, b->tail);

		if (s->state == SLOT_DONE)
			write_page(b, s);
		if (s->state != SLOT_PAST)
			break;
		s->state = SLOT_FREE;
		b->tail++;
	}
}

/* Until the next deadline or look at the progress; NULL: for ever. */
static struct timespec *patience(struct batch *b, struct timespec *t)
{
	uint64_t now = clock_ms(), until = UINT64_MAX;

	for (size_t i = 0; i < b->lane_count; i++) {
		const struct lane *l = &b->lanes[i];

		if (l->slot != NULL && l->deadline > 0 && l->deadline < until)
			until = l->deadline;
	}
	if (b->terminal && until > now + 500)
		until = now + 500;
	if (until == UINT64_MAX)
		return NULL;
	until = until > now ? until - now : 0;
	t->tv_sec = (time_t)(until / 1000);
	t->tv_nsec = (long)(until % 1000) * 1000000;
	return t;
}

/* Wait until something can be done. polls: input, then two for each lane. */
static void wait_for(struct batch *b, bool reading, const sigset_t *mask)
{
	struct timespec t;
	nfds_t n = 1;

	b->polls[0] = (struct pollfd){.fd = reading ? b->input->fd : -1,
				      .events = POLLIN};
	for (size_t i = 0; i < b->lane_count; i++) {
		const struct lane *l = &b->lanes[i];

		b->polls[n++] = (struct pollfd){
		    .fd = l->pid > 0 ? l->results : -1, .events = POLLIN};
		b->polls[n++] = (struct pollfd){
		    .fd = l->pid > 0 && lane_sending(l) ? l->jobs : -1,
		    .events = POLLOUT};
	}
	if (ppoll(b->polls, n, patience(b, &t), mask) < 0) {
		if (errno != EINTR)
			give_up(b, "poll", strerror(errno));
		for (nfds_t i = 0; i < n; i++)
			b->polls[i].revents = 0;
	}
	if (b->polls[0].revents != 0)
		input_ready(b->input);
}

static void serve_lanes(struct batch *b)
{
	char late[80];

	for (size_t i = 0; i < b->lane_count; i++) {
		struct lane *l = &b->lanes[i];
		enum lane_event event = LANE_MORE;

		if (l->pid == 0)
			continue;
		if (b->polls[2 + 2 * i].revents != 0)
			event = lane_send(l);
		if (event == LANE_MORE && b->polls[1 + 2 * i].revents != 0)
			event = lane_receive(l);
		if (event == LANE_LOST) {
			lose(b, l, NULL);
		} else if (event == LANE_LIES) {
			lose(b, l, "the worker gave no valid answer");
		} else if (l->slot != NULL && l->deadline > 0 &&
			   clock_ms() >= l->deadline) {
			snprintf(late, sizeof(late),
				 "over the time limit of %lld ms; the worker "
				 "was killed",
				 (long long)page_time(b));
			lose(b, l, late);
		}
	}
}

static void loop(struct batch *b, const sigset_t *mask)
{
	for (;;) {
		bool reading = fill(b);

		dispatch(b);
		write_done(b);
		if (b->terminal)
			stats_show(&b->stats);
		if (stop_asked())
			b->ended = true;
		if (b->broken || (b->ended && b->tail == b->head))
			break;
		/* room may have come free since fill() */
		if (!reading && has_room(b))
			continue;
		wait_for(b, reading, mask);
		serve_lanes(b);
	}
}

static bool make_room(struct batch *b)
{
	const struct options *o = b->options;
	int64_t given = o->numbers[PITH_MAX_INPUT];
	uint64_t most = o->given[PITH_MAX_INPUT] ? (uint64_t)given : 32 << 20;

	b->lane_count = lane_count(o);
	b->slot_count = b->lane_count * WINDOW;
	b->lanes = calloc(b->lane_count, sizeof(*b->lanes));
	b->slots = calloc(b->slot_count, sizeof(*b->slots));
	b->polls = calloc(1 + 2 * b->lane_count, sizeof(*b->polls));
	b->input = malloc(sizeof(*b->input));
	if (b->lanes == NULL || b->slots == NULL || b->polls == NULL ||
	    b->input == NULL)
		return false;
	for (size_t i = 0; i < b->slot_count; i++) {
		item_init(&b->slots[i].item, most < SIZE_MAX ? most : SIZE_MAX);
		for (int p = 0; p < RESULT_PARTS; p++)
			buf_init(&b->slots[i].parts[p], RESULT_OUTPUT_MAX,
				 "a result");
	}
	return true;
}

static void free_room(struct batch *b)
{
	char what[160];

	for (size_t i = 0; b->lanes != NULL && i < b->lane_count; i++)
		lane_stop(&b->lanes[i], b->lanes[i].slot != NULL, what,
			  sizeof(what));
	for (size_t i = 0; b->slots != NULL && i < b->slot_count; i++) {
		item_free(&b->slots[i].item);
		for (int p = 0; p < RESULT_PARTS; p++)
			buf_free(&b->slots[i].parts[p]);
	}
	free(b->lanes);
	free(b->slots);
	free(b->polls);
	free(b->input);
	resume_free(&b->resume);
}

static void run(struct batch *b, struct str first, const sigset_t *mask)
{
	const struct options *o = b->options;
	enum pith_status status = sink_open(&b->sink, o, &b->resume);

	if (status != PITH_OK && status != PITH_EOF) {
		say_plain(b->sink.where, b->sink.err.text);
		join(b, EXIT_IO);
		return;
	}
	if (o->resume && status == PITH_OK)
		b->read = b->resume.lines + (uint64_t)o->skip;
	if (input_open(b->input, o,
		       o->resume && status == PITH_OK ? &b->resume : NULL,
		       first, &b->stats))
		loop(b, mask);
	else
		give_up(b, "input", b->input->err.text);
	if (!b->input->found && !stop_asked())
		give_up(b, o->output, "its last line is of none of the inputs");
	join(b, input_close(b->input));
	status = sink_close(&b->sink, !stop_asked() && !b->broken);
	if (status != PITH_OK && b->code != EXIT_IO)
		give_up(b, b->sink.where, b->sink.err.text);
	stats_hide(&b->stats);
	if (o->stats)
		stats_print(&b->stats);
	if (b->code == EXIT_TEXT && b->stats.texts + b->resume.lines == 0)
		b->code = EXIT_EMPTY;
}

enum exit_code batch_run(const struct options *options, struct str first)
{
	struct batch b = {.options = options, .code = EXIT_TEXT};
	sigset_t mask;

	stats_begin(&b.stats);
	b.terminal = !options->quiet && isatty(STDERR_FILENO);
	stop_catch(&mask);
	if (make_room(&b))
		run(&b, first, &mask);
	else
		give_up(&b, "memory", "none left");
	free_room(&b);
	stop_raise(&mask);
	return b.code;
}
