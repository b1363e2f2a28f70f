/* SPDX-License-Identifier: MIT
 *
 * intake.c: jobs from arguments, list and feeds. Part of filter/fetch/. */
#include "fetch/intake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Feeds alive at once, of each sort; an index may name thousands. */
#define MAX_FEEDS 8
/* Of a feed once decompressed: what the sitemap protocol allows. */
#define MAX_FEED ((size_t)50 << 20)

enum pith_status intake_open(struct intake *in, const struct options *o,
			     struct state *state, struct fault *f)
{
	*in = (struct intake){.options = o, .state = state, .list.fd = -1};
	return o->list ? urllist_open(&in->list, o->list, f) : PITH_OK;
}

static void feed_free(struct feed *feed)
{
	feed_close(feed->reader);
	free(feed->content);
	free(feed->url);
	free(feed);
}

void intake_free(struct intake *in)
{
	struct feed *feed;

	while ((feed = in->open) != NULL) {
		in->open = feed->next;
		feed_free(feed);
	}
	while ((feed = in->draining) != NULL) {
		in->draining = feed->next;
		feed_free(feed);
	}
	urllist_close(&in->list);
}

int intake_fd(const struct intake *in)
{
	return in->list.fd;
}

/* A job for a URL as somebody wrote it. */
static enum intake_result make(enum job_kind kind, const char *text,
			       const char *base, struct job **job,
			       struct fault *f)
{
	struct url url;
	struct fault bad = {0};
	enum pith_status status = url_parse(text, base, &url, &bad);

	if (status == PITH_FATAL) {
		*f = bad;
		return INTAKE_FATAL;
	}
	if (status != PITH_OK) {
		/* What the user wrote is a usage error; what a feed says is
		 * the feed's. */
		(void)fault_set(f, base ? FETCH_REFUSED : FETCH_USAGE, "%s",
				bad.text);
		return INTAKE_BAD;
	}
	*job = job_new(kind, &url);
	if (*job != NULL)
		return INTAKE_JOB;
	(void)fault_memory(f);
	return INTAKE_FATAL;
}

/* Give up the feed's bytes: its items are out, or it is damaged. */
static enum pith_status finish_feed(struct intake *in, struct feed *feed,
				    struct fault *f);

/* Was this version of the item seen by an earlier run? */
static enum pith_status is_seen(struct intake *in, const struct feed *feed,
				const struct job *job, const char *stamp,
				bool *seen, struct fault *f)
{
	*seen = false;
	if (in->state == NULL || in->options->all || job->kind != JOB_PAGE)
		return PITH_OK;
	return state_item_seen(in->state, feed->url, job->url.text, stamp, seen,
			       f);
}

/* The end of the feed on top, or damage to it. */
static enum intake_result end_feed(struct intake *in, bool damaged,
				   struct fault *f)
{
	in->open->failed |= damaged;
	if (finish_feed(in, in->open, f) == PITH_FATAL)
		return INTAKE_FATAL;
	return damaged ? INTAKE_BAD : INTAKE_LATER;
}

/* The next item of the feed on top that is news; INTAKE_LATER if the feed is
 * at its end. */
static enum intake_result next_item(struct intake *in, struct job **job,
				    struct fault *f)
{
	struct feed *feed = in->open;
	struct feed_item item;
	enum intake_result result;
	bool seen;

	do {
		enum pith_status status = feed_next(feed->reader, &item, f);

		job_free(*job);
		*job = NULL;
		if (status == PITH_FATAL)
			return INTAKE_FATAL;
		if (status != PITH_OK)
			return end_feed(in, status != PITH_EOF, f);
		if (item.feed && feed->nested) {
			(void)fault_set(f, FETCH_REFUSED,
					"an index within a sitemap index");
			return end_feed(in, true, f);
		}
		feed->index |= item.feed;
		result = make(item.feed ? JOB_FEED : JOB_PAGE, item.url,
			      feed->url, job, f);
		if (result != INTAKE_JOB)
			return result;
		if (is_seen(in, feed, *job, item.stamp, &seen, f) != PITH_OK)
			return INTAKE_FATAL;
	} while (seen);
	(*job)->item = strdup((*job)->url.text);
	(*job)->stamp = strdup(item.stamp);
	if (!(*job)->item || !(*job)->stamp) {
		(void)fault_memory(f);
		return INTAKE_FATAL;
	}
	(*job)->feed = feed;
	(*job)->from_public = feed->from_public;
	feed->pending++;
	in->alive[1] += item.feed;
	return INTAKE_JOB;
}

/* The next line of the list. */
static enum intake_result next_line(struct intake *in, struct job **job,
				    char *where, size_t size, struct fault *f)
{
	const char *text;

	switch (urllist_next(&in->list, &text, f)) {
	case PITH_OK:
		snprintf(where, size, "%s:%zu: %s", in->list.name,
			 in->list.line, text);
		return make(JOB_PAGE, text, NULL, job, f);
	case PITH_FAILED:
		snprintf(where, size, "%s", in->list.name);
		return INTAKE_BAD;
	case PITH_FATAL:
		return INTAKE_FATAL;
	default:
		return INTAKE_LATER;
	}
}

enum intake_result intake_next(struct intake *in, struct job **job, char *where,
			       size_t size, struct fault *f)
{
	const struct options *o = in->options;
	enum intake_result result;
	const char *text;

	*job = NULL;
	while (in->open != NULL) {
		if (in->open->index && in->alive[1] >= MAX_FEEDS)
			return INTAKE_LATER;
		snprintf(where, size, "%s", in->open->url);
		result = next_item(in, job, f);
		if (result == INTAKE_FATAL) {
			job_free(*job);
			*job = NULL;
		}
		if (result != INTAKE_LATER)
			return result;
	}
	if (in->feeds < o->feeds.count) {
		if (in->alive[0] >= MAX_FEEDS)
			return INTAKE_LATER;
		text = o->feeds.items[in->feeds++];
		snprintf(where, size, "%s", text);
		result = make(JOB_FEED, text, NULL, job, f);
		in->alive[0] += result == INTAKE_JOB;
		return result;
	}
	if (in->urls < o->urls.count) {
		text = o->urls.items[in->urls++];
		snprintf(where, size, "%s", text);
		return make(JOB_PAGE, text, NULL, job, f);
	}
	if (in->list.fd >= 0 || in->list.len > 0)
		return next_line(in, job, where, size, f);
	return in->alive[0] + in->alive[1] ? INTAKE_LATER : INTAKE_END;
}

enum pith_status intake_feed(struct intake *in, const struct job *job,
			     struct buf *content, bool from_public,
			     const struct state_page *row, struct fault *f)
{
	struct feed *feed = calloc(1, sizeof(*feed));
	enum pith_status status;

	if (feed == NULL)
		return fault_memory(f);
	feed->url = strdup(job->url.text);
	if (feed->url == NULL) {
		free(feed);
		return fault_memory(f);
	}
	status = feed_open(&feed->reader, buf_str(content), MAX_FEED, f);
	if (status != PITH_OK) {
		feed_free(feed);
		return status;
	}
	feed->content = content->data;
	content->data = NULL;
	content->len = content->cap = 0;
	feed->from_public = from_public;
	feed->nested = job->item != NULL;
	feed->row = *row;
	feed->next = in->open;
	in->open = feed;
	in->alive[feed->nested]++;
	return PITH_OK;
}

void intake_feed_ended(struct intake *in, const struct job *job)
{
	in->alive[job->item != NULL]--;
}

/* All items are out and done: the state may know this version. An index is
 * asked in full each time, because its sitemaps change without it. */
static enum pith_status settle(struct intake *in, struct feed *feed,
			       struct fault *f)
{
	enum pith_status status = PITH_OK;
	struct feed **link = &in->draining;

	if (feed->reader != NULL || feed->pending > 0)
		return PITH_OK;
	while (*link != feed)
		link = &(*link)->next;
	*link = feed->next;
	if (in->state != NULL) {
		if (feed->index || feed->failed)
			feed->row.etag[0] = feed->row.last_modified[0] = '\0';
		status = state_put_page(in->state, feed->url, &feed->row, f);
	}
	feed_free(feed);
	return status;
}

static enum pith_status finish_feed(struct intake *in, struct feed *feed,
				    struct fault *f)
{
	struct fault other = {0};
	enum pith_status status;

	feed_close(feed->reader);
	feed->reader = NULL;
	free(feed->content);
	feed->content = NULL;
	in->open = feed->next;
	feed->next = in->draining;
	in->draining = feed;
	in->alive[feed->nested]--;
	status = settle(in, feed, &other);
	if (status == PITH_FATAL)
		*f = other;
	return status;
}

enum pith_status intake_item_done(struct intake *in, struct job *job,
				  bool again, struct fault *f)
{
	struct feed *feed = job->feed;

	if (feed == NULL)
		return PITH_OK;
	job->feed = NULL;
	feed->pending--;
	feed->failed |= again;
	if (in->state != NULL && job->kind == JOB_PAGE && !again &&
	    state_put_item(in->state, feed->url, job->item, job->stamp, f) !=
		PITH_OK)
		return PITH_FATAL;
	return settle(in, feed, f);
}
