/* SPDX-License-Identifier: MIT
 *
 * crawl.c: the loop of a run. Part of filter/fetch/. */
#include "fetch/crawl.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/arena.h"
#include "fetch/address.h"

#define LONGEST_NAP 250 /* ms; signals are looked at that often */
#define MAX_HEAD    (512 * 1024)

uint64_t crawl_random(struct crawl *c)
{
	c->random ^= c->random << 13; /* xorshift64, Marsaglia 2003 */
	c->random ^= c->random >> 7;
	c->random ^= c->random << 17;
	return c->random;
}

static enum pith_status open_run(struct crawl *c, struct fault *f)
{
	const struct options *o = c->options;
	long connections = (long)(o->jobs * 4 < 64 ? 64 : o->jobs * 4);

	buf_init(&c->head, MAX_HEAD, "response head");
	buf_init(&c->request, MAX_HEAD, "request head");
	if (getrandom(&c->random, sizeof(c->random), 0) < 0 || c->random == 0)
		c->random = 1;
	c->now = clock_ms();
	c->multi = curl_multi_init();
	c->slots = calloc(o->jobs, sizeof(*c->slots));
	if (c->multi == NULL || c->slots == NULL)
		return fault_memory(f);
	/* Room for the connections of many hosts taken in turn. */
	curl_multi_setopt(c->multi, CURLMOPT_MAXCONNECTS,
			  connections > 256 ? 256L : connections);
	if (o->cookies) {
		c->cookies = curl_share_init();
		if (c->cookies == NULL ||
		    curl_share_setopt(c->cookies, CURLSHOPT_SHARE,
				      CURL_LOCK_DATA_COOKIE) != CURLSHE_OK)
			return fault_memory(f);
	}
	for (uint32_t i = 0; i < o->jobs; i++)
		if (transfer_init(&c->slots[i], o, c->cookies, &c->now, f) !=
		    PITH_OK)
			return PITH_FATAL;
	if (journal_open(&c->journal, o, c->now, f) != PITH_OK)
		return PITH_FATAL;
	return intake_open(&c->intake, o, c->state, f);
}

static void close_run(struct crawl *c)
{
	for (uint32_t i = 0; c->slots && i < c->options->jobs; i++) {
		if (c->slots[i].job != NULL)
			curl_multi_remove_handle(c->multi, c->slots[i].easy);
		transfer_free(&c->slots[i]);
	}
	free(c->slots);
	curl_multi_cleanup(c->multi);
	curl_share_cleanup(c->cookies);
	pace_free(&c->pace);
	intake_free(&c->intake);
	buf_free(&c->head);
	buf_free(&c->request);
}

/* Queue what the intake gives, as far as the window reaches. */
static enum pith_status fill(struct crawl *c, struct fault *f)
{
	char where[512];
	struct job *job;

	c->window_full = false;
	while (!c->intake_ended) {
		struct fault bad = {0};

		if (c->pace.waiting >= c->options->window) {
			c->window_full = true;
			break;
		}

		switch (
		    intake_next(&c->intake, &job, where, sizeof(where), &bad)) {
		case INTAKE_JOB:
			if (pace_add(&c->pace, job, f) != PITH_OK)
				return PITH_FATAL;
			break;
		case INTAKE_BAD:
			journal_error(&c->journal, where, bad.text);
			c->journal.failed++;
			c->exit = fault_worst(c->exit, bad.code);
			break;
		case INTAKE_LATER:
			return PITH_OK;
		case INTAKE_END:
			c->intake_ended = true;
			break;
		case INTAKE_FATAL:
			*f = bad;
			return PITH_FATAL;
		}
	}
	return PITH_OK;
}

/* May the job be fetched in this run? If so, with which validators? */
static enum pith_status look_up(struct crawl *c, const struct job *job,
				struct state_page *row, bool *due,
				struct fault *f)
{
	*row = (struct state_page){0};
	*due = true;
	if (c->state == NULL || job->kind == JOB_ROBOTS)
		return PITH_OK;
	if (state_page(c->state, job->url.text, row, f) == PITH_FATAL)
		return PITH_FATAL;
	/* Only failures put a URL off, and --all takes even those; and all
	 * items of a feed, which 304 would hide. */
	*due = c->options->all || row->failures == 0 ||
	       row->due <= (int64_t)time(NULL);
	if (c->options->all && job->kind == JOB_FEED)
		row->etag[0] = row->last_modified[0] = '\0';
	return PITH_OK;
}

/* Take a job whose turn it is to its transfer, past robots.txt and the state.
 * *job becomes NULL if it needs no transfer. */
static enum pith_status admit(struct crawl *c, struct host *host,
			      struct job **job, struct state_page *row,
			      struct fault *f)
{
	struct fault why = {0};
	struct job *robots, *taken = *job;
	enum pith_status status;
	bool due;

	*job = NULL;
	if (taken->kind != JOB_ROBOTS && !c->options->ignore_robots)
		switch (gate_check(c, host, taken, &robots, &why)) {
		case GATE_OPEN:
			break;
		case GATE_SHUT:
			return answer_fail(c, taken, &why, f);
		case GATE_WAIT:
			return PITH_OK;
		case GATE_ASK:
			taken = robots;
			break;
		case GATE_FATAL:
			*f = why;
			job_free(taken);
			return PITH_FATAL;
		}
	if (look_up(c, taken, row, &due, f) != PITH_OK) {
		job_free(taken);
		return PITH_FATAL;
	}
	if (due) {
		*job = taken;
		return PITH_OK;
	}
	journal_url(&c->journal, taken->url.text, row->status, 0, 0, "not due");
	if (taken->kind == JOB_FEED)
		intake_feed_ended(&c->intake, taken);
	status = intake_item_done(&c->intake, taken, true, f);
	job_free(taken);
	return status;
}

static struct transfer *free_slot(struct crawl *c)
{
	for (uint32_t i = 0; i < c->options->jobs; i++)
		if (c->slots[i].job == NULL)
			return &c->slots[i];
	return NULL;
}

/* Start what may start; *next is when more may. */
static enum pith_status start(struct crawl *c, uint64_t *next, struct fault *f)
{
	struct transfer *slot;
	struct state_page row;
	struct host *host;
	struct job *job;

	*next = UINT64_MAX;
	while ((slot = free_slot(c)) != NULL) {
		struct validators v = {row.etag, row.last_modified};

		job = pace_take(&c->pace, c->now, &host, next);
		if (job == NULL)
			return PITH_OK;
		if (admit(c, host, &job, &row, f) != PITH_OK)
			return PITH_FATAL;
		if (job == NULL) {
			pace_undo(&c->pace, host);
			continue;
		}
		if (transfer_start(slot, c->multi, job, host, v, f) != PITH_OK)
			return PITH_FATAL;
		c->active++;
	}
	return PITH_OK;
}

static enum pith_status finish(struct crawl *c, struct transfer *t,
			       CURLcode result, struct fault *f)
{
	transfer_finish(t, c->multi, result);
	c->active--;
	return answer_take(c, t, f);
}

/* Let libcurl work, and take what is finished or out of time. */
static enum pith_status turn(struct crawl *c, struct fault *f)
{
	int running, left;
	CURLMsg *message;
	enum pith_status status = PITH_OK;

	if (curl_multi_perform(c->multi, &running) != CURLM_OK)
		return fault_memory(f);
	while (status == PITH_OK &&
	       (message = curl_multi_info_read(c->multi, &left)) != NULL) {
		struct transfer *t;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		status = finish(c, t, message->data.result, f);
	}
	for (uint32_t i = 0; i < c->options->jobs && status == PITH_OK; i++)
		if (c->slots[i].job != NULL && transfer_late(&c->slots[i]))
			status = finish(c, &c->slots[i],
					CURLE_OPERATION_TIMEDOUT, f);
	return status;
}

/* First the output, then the state: what the state knows is written. The time
 * this takes is our reader's and no server's. */
static enum pith_status save(struct crawl *c, struct fault *f)
{
	uint64_t before = clock_ms();
	enum pith_status status = warc_flush(c->warc, &c->reader_gone, f);

	if (status == PITH_OK && c->state != NULL)
		status = state_commit(c->state, f);
	c->blocked += clock_ms() - before;
	return status;
}

static enum pith_status nap(struct crawl *c, uint64_t next, bool reading,
			    struct fault *f)
{
	int fd = reading ? intake_fd(&c->intake) : -1;
	struct curl_waitfd more = {fd, CURL_WAIT_POLLIN, 0};
	uint64_t ms = next > c->now ? next - c->now : 0;
	CURLMcode code;

	code =
	    curl_multi_poll(c->multi, &more, fd >= 0,
			    (int)(ms < LONGEST_NAP ? ms : LONGEST_NAP), NULL);
	return code == CURLM_OK ? PITH_OK
				: fault_set(f, FETCH_IO, "libcurl: %s",
					    curl_multi_strerror(code));
}

static enum pith_status
loop(struct crawl *c, const volatile sig_atomic_t *signals, struct fault *f)
{
	uint64_t next = UINT64_MAX, stop_by = UINT64_MAX;
	enum pith_status status = PITH_OK;

	while (status == PITH_OK) {
		size_t active;
		bool reading;

		c->now = clock_ms() - c->blocked;
		if (*signals > 0 && stop_by == UINT64_MAX) {
			stop_by = c->now + c->options->grace;
			next = UINT64_MAX;
		}
		if (*signals == 0) {
			status = fill(c, f);
			if (status == PITH_OK)
				status = start(c, &next, f);
		}
		if (status != PITH_OK)
			break;
		if (c->active == 0 &&
		    (*signals > 0 || (c->intake_ended && c->pace.waiting == 0)))
			return save(c, f);
		active = c->active;
		status = turn(c, f);
		if (status == PITH_OK)
			status = save(c, f);
		if (c->now > stop_by || *signals > 1)
			return status; /* what is in flight is dropped */
		pace_trim(&c->pace, c->now);
		journal_progress(&c->journal, c->now, c->pace.waiting,
				 c->pace.hosts, c->intake_ended);
		reading = *signals == 0 && !c->intake_ended &&
			  c->pace.waiting < c->options->window;
		/* A transfer that ended lets others begin at once, and room
		 * in the window lets URLs in. */
		if (status == PITH_OK && c->active == active &&
		    !(c->window_full && reading))
			status = nap(c, next, reading, f);
	}
	return status;
}

enum pith_status crawl_run(const struct options *o, struct state *state,
			   struct warc *warc,
			   const volatile sig_atomic_t *signals,
			   enum fetch_exit *worst, bool *gone, struct fault *f)
{
	struct crawl c = {.options = o, .state = state, .warc = warc};
	struct fault other = {0};
	enum pith_status status;

	c.intake.list.fd = -1;
	pace_init(&c.pace, o->delay);
	status = open_run(&c, f);
	if (status == PITH_OK)
		status = loop(&c, signals, f);
	if (journal_close(&c.journal, &other) != PITH_OK && status == PITH_OK) {
		*f = other;
		status = PITH_FATAL;
	}
	close_run(&c);
	*worst = c.exit;
	*gone = c.reader_gone;
	return status;
}
