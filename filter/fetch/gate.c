/* SPDX-License-Identifier: MIT
 *
 * gate.c: asks robots.txt, from the state or from the site. Part of
 * filter/fetch/. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "fetch/crawl.h"
#include "fetch/head.h"

#define DAY	      (24 * 3600)
#define STALE	      (30 * DAY) /* RFC 9309, 2.3.1.4 */
#define MAX_REDIRECTS 5		 /* RFC 9309, 2.3.1.2 */

/* Rules are here: set the pace they ask for. */
static enum pith_status take_rules(struct crawl *c, struct site *site,
				   struct str text, struct fault *f)
{
	const struct options *o = c->options;
	struct host *host = site->host;
	int64_t delay;

	robots_free(&site->robots);
	if (robots_parse(text, robots_token(o->user_agent), &site->robots, f) !=
	    PITH_OK)
		return PITH_FATAL;
	delay = site->robots.crawl_delay;
	if (delay > o->max_crawl_delay)
		delay = o->max_crawl_delay;
	if (delay > host->delay)
		host->delay = (uint32_t)delay;
	site->fault = (struct fault){0};
	site->state = ROBOTS_HERE;
	return PITH_OK;
}

/* Take the rules from the state if they are no older than age seconds. */
static enum pith_status recall(struct crawl *c, struct site *site, int64_t now,
			       int64_t age, bool *found, struct fault *f)
{
	struct state_robots known;
	enum pith_status status;

	*found = false;
	if (c->state == NULL)
		return PITH_OK;
	status = state_robots(c->state, site->origin, &known, f);
	if (status == PITH_FATAL)
		return status;
	if (status == PITH_EOF || known.fetched > now ||
	    now - known.fetched > age)
		return PITH_OK;
	*found = true;
	site->fetched = known.fetched;
	return take_rules(c, site, known.text, f);
}

static enum pith_status ask(struct site *site, const struct job *job,
			    struct job **robots, struct fault *f)
{
	char text[600]; /* a host name has at most 253 characters */
	struct url url;
	enum pith_status status;

	if (snprintf(text, sizeof(text), "%s/robots.txt", site->origin) >=
	    (int)sizeof(text))
		return fault_set(f, FETCH_REFUSED, "host name too long");
	status = url_parse(text, NULL, &url, f);
	if (status != PITH_OK)
		return status;
	*robots = job_new(JOB_ROBOTS, &url);
	if (*robots == NULL)
		return fault_memory(f);
	(*robots)->site = site;
	(*robots)->from_public = job->from_public;
	return PITH_OK;
}

enum gate gate_check(struct crawl *c, struct host *host, struct job *job,
		     struct job **robots, struct fault *f)
{
	struct site *site = pace_site(host, job);
	int64_t now = (int64_t)time(NULL);
	enum pith_status status = PITH_OK;
	bool found;

	if (site == NULL) {
		(void)fault_memory(f);
		return GATE_FATAL;
	}
	if (site->state == ROBOTS_HERE && now - site->fetched > DAY)
		site->state = ROBOTS_UNKNOWN;
	if (site->state == ROBOTS_UNKNOWN &&
	    recall(c, site, now, DAY, &found, f) != PITH_OK)
		return GATE_FATAL;
	switch (site->state) {
	case ROBOTS_COMING:
		pace_hold(&c->pace, site, job);
		return GATE_WAIT;
	case ROBOTS_UNKNOWN:
		status = ask(site, job, robots, f);
		if (status != PITH_OK)
			return status == PITH_FATAL ? GATE_FATAL : GATE_SHUT;
		site->state = ROBOTS_COMING;
		pace_hold(&c->pace, site, job);
		return GATE_ASK;
	case ROBOTS_HERE:
		break;
	}
	if (site->fault.code != FETCH_OK) {
		*f = site->fault;
		return GATE_SHUT;
	}
	if (robots_allows(&site->robots, job->url.text + job->url.origin_len))
		return GATE_OPEN;
	(void)fault_set(f, FETCH_REFUSED, "disallowed by robots.txt");
	return GATE_SHUT;
}

/* Nothing may be fetched, because nobody knows what may; unless an older
 * answer is known. */
static enum pith_status shut(struct crawl *c, struct transfer *t,
			     struct fault *f)
{
	struct site *site = t->job->site;
	bool found;

	if (recall(c, site, site->fetched, STALE, &found, f) != PITH_OK)
		return PITH_FATAL;
	site->fetched = t->date;
	site->state = ROBOTS_HERE;
	if (found)
		return PITH_OK;
	if (t->fault.code != FETCH_OK)
		(void)fault_set(&site->fault, t->fault.code, "robots.txt: %s",
				t->fault.text);
	else
		(void)fault_set(&site->fault, FETCH_HTTP,
				"robots.txt: HTTP status %d", t->status);
	site->fault.status = t->status;
	return PITH_OK;
}

/* Follow a redirect of robots.txt, as a job of the host it leads to. */
static enum pith_status follow(struct crawl *c, struct transfer *t,
			       struct str location, bool *followed,
			       struct fault *f)
{
	char text[URL_MAX_BYTES];
	struct fault bad = {0};
	struct url url;
	struct job *job;
	enum pith_status status;

	*followed = false;
	if (t->job->redirects >= MAX_REDIRECTS || location.len >= sizeof(text))
		return PITH_OK;
	memcpy(text, location.data, location.len);
	text[location.len] = '\0';
	status = url_parse(text, t->job->url.text, &url, &bad);
	if (status == PITH_FATAL)
		return fault_memory(f);
	if (status != PITH_OK)
		return PITH_OK;
	job = job_new(JOB_ROBOTS, &url);
	if (job == NULL)
		return fault_memory(f);
	job->site = t->job->site;
	job->redirects = (short)(t->job->redirects + 1);
	job->from_public = t->job->from_public || t->public_address;
	*followed = true;
	return pace_add_first(&c->pace, job, f);
}

enum pith_status gate_answer(struct crawl *c, struct transfer *t,
			     struct fault *f)
{
	struct site *site = t->job->site;
	struct str location = head_field(buf_str(&t->head), STR("Location"));
	struct state_robots known = {0};
	enum pith_status status;
	bool followed = false;

	site->fetched = t->date;
	if (t->fault.code != FETCH_OK || t->status >= 500 || t->status == 429) {
		status = shut(c, t, f);
	} else if (t->status >= 300 && t->status < 400 && location.len > 0) {
		status = follow(c, t, location, &followed, f);
		if (status == PITH_OK && !followed)
			status = take_rules(c, site, STR(""), f);
	} else {
		/* 400 to 499: there is none, everything is allowed. */
		known.fetched = t->date;
		known.status = t->status;
		if (t->status >= 200 && t->status < 300)
			known.text = buf_str(&t->body);
		status = take_rules(c, site, known.text, f);
		if (status == PITH_OK && c->state != NULL)
			status =
			    state_put_robots(c->state, site->origin, &known, f);
	}
	if (status == PITH_OK && !followed)
		pace_release(&c->pace, site);
	return status;
}
