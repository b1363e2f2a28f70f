/* SPDX-License-Identifier: MIT
 *
 * answer.c: what a finished transfer means: a page to write, a redirect to
 * follow, something to try again, or a failure. Part of filter/fetch/.
 *
 * Whatever is put into the state here is committed by crawl.c, after the
 * records put into the output here were written. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "fetch/address.h"
#include "fetch/crawl.h"
#include "fetch/head.h"
#include "fetch/record.h"
#include "fetch/retry.h"

static void keep(struct str value, char *out, size_t size)
{
	out[0] = '\0';
	if (value.len < size && value.len > 0) {
		memcpy(out, value.data, value.len);
		out[value.len] = '\0';
	}
}

/* What the state knows of the job's URL; nothing where there is no state. */
static enum pith_status known(struct crawl *c, const struct job *job,
			      struct state_page *row, struct fault *f)
{
	*row = (struct state_page){0};
	if (c->state == NULL)
		return PITH_OK;
	return state_page(c->state, job->url.text, row, f) == PITH_FATAL
		   ? PITH_FATAL
		   : PITH_OK;
}

static enum pith_status store(struct crawl *c, const struct job *job,
			      const struct state_page *row, struct fault *f)
{
	if (c->state == NULL)
		return PITH_OK;
	return state_put_page(c->state, job->url.text, row, f);
}

/* What a good answer, with its validators in head, makes of a row. */
static void remember(struct state_page *row, const struct transfer *t,
		     struct str head)
{
	keep(head_field(head, STR("ETag")), row->etag, sizeof(row->etag));
	keep(head_field(head, STR("Last-Modified")), row->last_modified,
	     sizeof(row->last_modified));
	row->status = t->status;
	row->failures = 0;
	row->fetched = row->due = t->date;
}

/* The job is at its end: tell the feed it came from. */
static enum pith_status close_job(struct crawl *c, struct job *job, bool again,
				  struct fault *f)
{
	if (job->kind == JOB_FEED)
		intake_feed_ended(&c->intake, job);
	return intake_item_done(&c->intake, job, again, f);
}

static int64_t retry_after(const struct transfer *t)
{
	struct str value = head_field(buf_str(&t->head), STR("Retry-After"));

	return t->head_whole ? head_retry_after(value, t->date) : -1;
}

/* Report a failure, record it and remember it. */
static enum pith_status fail(struct crawl *c, struct job *job,
			     const struct fault *why, int64_t after,
			     struct fault *f)
{
	struct warc_failure record = {job->url.text, (int64_t)time(NULL), why,
				      job->tries + 1};
	struct state_page row;
	/* Of a feed's item the next run asks again, unless the item's server
	 * had the last word. */
	bool again = why->again || why->code == FETCH_IO ||
		     why->code == FETCH_NETWORK || retry_status(why->status);

	journal_error(&c->journal, job->url.text, why->text);
	c->journal.failed++;
	c->exit = fault_worst(c->exit, why->code);
	if (!c->warc->bare && warc_failure(c->warc, &record, f) != PITH_OK)
		return PITH_FATAL;
	if (known(c, job, &row, f) != PITH_OK)
		return PITH_FATAL;
	row.status = why->status;
	row.fetched = record.date;
	row.failures++;
	row.due = retry_due(row.failures, after, row.fetched);
	if (store(c, job, &row, f) != PITH_OK)
		return PITH_FATAL;
	return close_job(c, job, again, f);
}

enum pith_status answer_fail(struct crawl *c, struct job *job,
			     const struct fault *why, struct fault *f)
{
	enum pith_status status = fail(c, job, why, -1, f);

	journal_url(&c->journal, job->url.text, why->status, 0, 0,
		    fault_class(why->code));
	job_free(job);
	return status;
}

/* Write the exchange; a revisit if all it says is that nothing changed. */
static enum pith_status emit(struct crawl *c, struct transfer *t,
			     const char *digest, const struct state_page *row,
			     bool revisit, struct fault *f)
{
	struct warc_page page = {.url = t->job->url.text,
				 .address = t->address,
				 .digest = digest,
				 .since = row->changed,
				 .date = t->date,
				 .http2 = t->http2,
				 .body = buf_str(&t->body)};

	if (t->job->kind != JOB_PAGE)
		return PITH_OK;
	if (c->warc->bare)
		return t->status >= 300 && t->status < 400
			   ? PITH_OK
			   : warc_body(c->warc, page.body, f);
	if (record_response(buf_str(&t->head), &c->head, f) != PITH_OK ||
	    record_request(buf_str(&t->request), &c->request, f) != PITH_OK)
		return PITH_FATAL;
	page.head = buf_str(&c->head);
	page.request = buf_str(&c->request);
	return revisit ? warc_revisit(c->warc, &page, f)
		       : warc_page(c->warc, &page, f);
}

/* Write the exchange if it is news, and remember it. identity is what news is
 * told from. */
static enum pith_status record(struct crawl *c, struct transfer *t,
			       struct str identity, bool *news, struct fault *f)
{
	struct str head = buf_str(&t->head);
	struct digest digest;
	struct state_page row;
	char text[DIGEST_TEXT];

	if (known(c, t->job, &row, f) != PITH_OK)
		return PITH_FATAL;
	digest_init(&digest);
	digest_add(&digest, identity.data, identity.len);
	digest_end(&digest, text);
	*news = c->options->all || strcmp(text, row.digest) != 0;
	if (*news) {
		struct digest payload;
		char sum[DIGEST_TEXT];

		digest_init(&payload);
		digest_add(&payload, t->body.data, t->body.len);
		digest_end(&payload, sum);
		if (emit(c, t, sum, &row, false, f) != PITH_OK)
			return PITH_FATAL;
		row.changed = t->date;
	}
	memcpy(row.digest, text, sizeof(row.digest));
	/* A redirect is asked for in full: 304 would not say where to. */
	if (t->status >= 300 && t->status < 400)
		head.len = 0;
	remember(&row, t, head);
	return store(c, t->job, &row, f);
}

/* 304: the page is as the state knows it. */
static enum pith_status unchanged(struct crawl *c, struct transfer *t,
				  struct fault *f)
{
	struct state_page row;

	if (known(c, t->job, &row, f) != PITH_OK)
		return PITH_FATAL;
	if (c->options->all && emit(c, t, row.digest, &row, true, f) != PITH_OK)
		return PITH_FATAL;
	row.status = t->status;
	row.failures = 0;
	row.fetched = row.due = t->date;
	if (store(c, t->job, &row, f) != PITH_OK)
		return PITH_FATAL;
	return close_job(c, t->job, false, f);
}

/* A job for the target of a redirect, or the fault of it. */
static enum pith_status target(struct crawl *c, struct transfer *t,
			       struct str location, struct job **out,
			       struct fault *why)
{
	const struct options *o = c->options;
	struct job *old = t->job, *job;
	enum pith_status status;
	struct url url;
	char text[URL_MAX_BYTES], host[256];

	if (old->redirects >= (short)o->max_redirects)
		return fault_set(why, FETCH_REFUSED, "more than %u redirects",
				 o->max_redirects);
	if (location.len >= sizeof(text))
		return fault_set(why, FETCH_REFUSED,
				 "redirect to a URL of more than %d bytes",
				 URL_MAX_BYTES);
	keep(location, text, sizeof(text));
	status = url_parse(text, old->url.text, &url, why);
	if (status != PITH_OK)
		return status;
	keep(url_host(&url), host, sizeof(host));
	if ((old->from_public || t->public_address) && !o->allow_private &&
	    address_is_numeric(host) && !address_text_is_public(host)) {
		url_free(&url);
		return fault_set(why, FETCH_REFUSED,
				 "redirect from a public site to the private "
				 "address %s; --allow-private lets it",
				 host);
	}
	job = job_new(old->kind, &url);
	if (job == NULL)
		return fault_memory(why);
	job->redirects = (short)(old->redirects + 1);
	job->from_public = old->from_public || t->public_address;
	*out = job;
	return PITH_OK;
}

static enum pith_status redirect(struct crawl *c, struct transfer *t,
				 struct str location, struct fault *f)
{
	struct job *job = NULL, *old = t->job;
	struct fault why = {0};
	enum pith_status status = target(c, t, location, &job, &why);
	bool news;

	if (status == PITH_FATAL) {
		*f = why;
		return status;
	}
	if (job == NULL) {
		why.status = t->status;
		return fail(c, old, &why, -1, f);
	}
	status = record(c, t, location, &news, f);
	if (status != PITH_OK) {
		job_free(job);
		return status;
	}
	/* The new job stands for the old one in its feed. */
	job->feed = old->feed;
	job->item = old->item;
	job->stamp = old->stamp;
	old->item = old->stamp = NULL;
	old->feed = NULL;
	return pace_add_first(&c->pace, job, f);
}

/* An answer that is there to be used. */
static enum pith_status use(struct crawl *c, struct transfer *t,
			    const char **note, struct fault *f)
{
	struct state_page row;
	struct fault why = {0};
	enum pith_status status;
	bool news = false;

	if (t->job->kind == JOB_PAGE) {
		status = record(c, t, buf_str(&t->body), &news, f);
		*note = news ? "written" : "unchanged";
		c->journal.done++;
		c->journal.bytes += t->bytes;
		return status == PITH_OK ? close_job(c, t->job, false, f)
					 : status;
	}
	if (known(c, t->job, &row, f) != PITH_OK)
		return PITH_FATAL;
	remember(&row, t, buf_str(&t->head));
	*note = "feed";
	status =
	    intake_feed(&c->intake, t->job, &t->body,
			t->job->from_public || t->public_address, &row, &why);
	if (status == PITH_FAILED)
		return fail(c, t->job, &why, -1, f);
	if (status == PITH_FATAL) {
		*f = why;
		return status;
	}
	return close_job(c, t->job, false, f);
}

/* The last answer for a page or a feed. */
static enum pith_status settle(struct crawl *c, struct transfer *t,
			       const char **note, struct fault *f)
{
	struct str location = head_field(buf_str(&t->head), STR("Location"));
	struct fault why = t->fault;
	int s = t->status;

	*note = fault_class(why.code);
	if (why.code == FETCH_OK && s >= 300 && s < 400 && s != 304 &&
	    s != 300 && location.len > 0) {
		*note = "redirect";
		return redirect(c, t, location, f);
	}
	if (why.code == FETCH_OK && s == 304 && t->conditional) {
		*note = "unchanged";
		c->journal.done++;
		return unchanged(c, t, f);
	}
	if (why.code == FETCH_OK &&
	    ((s >= 200 && s < 300) || (s >= 400 && c->options->keep_errors)))
		return use(c, t, note, f);
	if (why.code == FETCH_OK)
		(void)fault_set(&why, FETCH_HTTP, "HTTP status %d", s);
	why.status = s;
	*note = fault_class(why.code);
	return fail(c, t->job, &why, retry_after(t), f);
}

/* Is the transfer to be tried again in this run? Then *wait tells when. */
static bool try_again(struct crawl *c, const struct transfer *t, uint64_t *wait)
{
	const struct options *o = c->options;
	int64_t after = retry_after(t);

	if (t->fault.code == FETCH_OK ? !retry_status(t->status)
				      : !t->fault.again)
		return false;
	if (t->job->tries >= (short)o->retries)
		return false;
	*wait = retry_delay(t->job->tries, after, o->max_retry_delay,
			    crawl_random(c));
	/* A server that wants more time than we have gets it: the next run
	 * asks again. */
	return *wait <= o->max_retry_delay;
}

enum pith_status answer_take(struct crawl *c, struct transfer *t,
			     struct fault *f)
{
	enum pith_status status;
	uint64_t wait = 0, ms = c->now - t->started;
	const char *note = "robots.txt";

	if (try_again(c, t, &wait)) {
		struct job *job = t->job;

		journal_url(&c->journal, job->url.text, t->status, t->bytes, ms,
			    "retry");
		job->tries++;
		t->job = NULL;
		status = pace_add_first(&c->pace, job, f);
	} else {
		status = t->job->kind == JOB_ROBOTS ? gate_answer(c, t, f)
						    : settle(c, t, &note, f);
		journal_url(&c->journal, t->job->url.text, t->status, t->bytes,
			    ms, note);
	}
	pace_done(&c->pace, t->host, c->now, c->now + wait);
	transfer_clear(t);
	return status;
}
