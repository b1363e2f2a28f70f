/* SPDX-License-Identifier: MIT
 *
 * pace.c: queues of jobs by host, and the heap that says whose turn it is.
 * Part of filter/fetch/. */
#include "fetch/pace.h"

#include <stdlib.h>
#include <string.h>

#define MAX_IDLE_HOSTS 4096 /* kept for their pause and robots.txt */

static void queue_init(struct job_queue *q)
{
	q->first = NULL;
	q->end = &q->first;
}

static void queue_append(struct job_queue *q, struct job *job)
{
	job->next = NULL;
	*q->end = job;
	q->end = &job->next;
}

static void queue_prepend(struct job_queue *q, struct job *job)
{
	if (q->first == NULL)
		q->end = &job->next;
	job->next = q->first;
	q->first = job;
}

static struct job *queue_pop(struct job_queue *q)
{
	struct job *job = q->first;

	if (job != NULL && (q->first = job->next) == NULL)
		q->end = &q->first;
	return job;
}

static void queue_free(struct job_queue *q)
{
	struct job *job;

	while ((job = queue_pop(q)) != NULL)
		job_free(job);
}

struct job *job_new(enum job_kind kind, struct url *url)
{
	struct job *job = calloc(1, sizeof(*job));

	if (job == NULL) {
		url_free(url);
		return NULL;
	}
	job->kind = kind;
	job->url = *url;
	*url = (struct url){0};
	return job;
}

void job_free(struct job *job)
{
	if (job == NULL)
		return;
	url_free(&job->url);
	free(job->item);
	free(job->stamp);
	free(job);
}

void pace_init(struct pace *p, uint32_t delay)
{
	*p = (struct pace){.delay = delay, .trim_at = MAX_IDLE_HOSTS};
}

static void host_free(struct host *host)
{
	struct site *site;

	while ((site = host->sites) != NULL) {
		host->sites = site->next;
		queue_free(&site->waiting);
		robots_free(&site->robots);
		free(site->origin);
		free(site);
	}
	queue_free(&host->jobs);
	free(host->name);
	free(host);
}

void pace_free(struct pace *p)
{
	for (size_t i = 0; i < p->table_size; i++)
		for (struct host *h = p->table[i], *next; h; h = next) {
			next = h->next;
			host_free(h);
		}
	free(p->table);
	free(p->heap);
	*p = (struct pace){0};
}

/* The heap: earliest ready first, then who came first. */

static bool before(const struct host *a, const struct host *b)
{
	return a->ready != b->ready ? a->ready < b->ready : a->order < b->order;
}

static void put(struct pace *p, size_t i, struct host *host)
{
	p->heap[i] = host;
	host->place = i;
}

static void sift_up(struct pace *p, size_t i)
{
	struct host *host = p->heap[i];

	for (; i > 1 && before(host, p->heap[i / 2]); i /= 2)
		put(p, i, p->heap[i / 2]);
	put(p, i, host);
}

static void sift_down(struct pace *p, size_t i)
{
	struct host *host = p->heap[i];

	for (size_t child; (child = i * 2) <= p->heap_len; i = child) {
		if (child < p->heap_len &&
		    before(p->heap[child + 1], p->heap[child]))
			child++;
		if (!before(p->heap[child], host))
			break;
		put(p, i, p->heap[child]);
	}
	put(p, i, host);
}

/* A host with jobs and no transfer belongs in the heap; its memory was made
 * with the host, so this cannot fail. */
static void enter(struct pace *p, struct host *host)
{
	if (host->place || host->busy || host->jobs.first == NULL)
		return;
	host->order = p->order++;
	p->heap[++p->heap_len] = host;
	sift_up(p, p->heap_len);
}

static void leave(struct pace *p, struct host *host)
{
	size_t i = host->place;
	struct host *last = p->heap[p->heap_len--];

	host->place = 0;
	if (last == host)
		return;
	put(p, i, last);
	sift_up(p, i);
	sift_down(p, last->place);
}

/* The table of hosts. */

static enum pith_status grow(struct pace *p, struct fault *f)
{
	if (p->hosts + 1 >= p->heap_cap) {
		size_t cap = p->heap_cap ? p->heap_cap * 2 : 64;
		struct host **heap = realloc(p->heap, cap * sizeof(*heap));

		if (heap == NULL)
			return fault_memory(f);
		p->heap = heap;
		p->heap_cap = cap;
	}
	if (p->hosts >= p->table_size) {
		size_t size = p->table_size ? p->table_size * 2 : 64;
		struct host **table = calloc(size, sizeof(*table));

		if (table == NULL)
			return fault_memory(f);
		for (size_t i = 0; i < p->table_size; i++)
			for (struct host *h = p->table[i], *next; h; h = next) {
				struct str s = {h->name, strlen(h->name)};
				size_t slot = str_hash(s) & (size - 1);

				next = h->next;
				h->next = table[slot];
				table[slot] = h;
			}
		free(p->table);
		p->table = table;
		p->table_size = size;
	}
	return PITH_OK;
}

static struct host *find(struct pace *p, struct str name)
{
	struct host *h = NULL;

	if (p->table_size > 0)
		h = p->table[str_hash(name) & (p->table_size - 1)];
	while (h && !str_equal((struct str){h->name, strlen(h->name)}, name))
		h = h->next;
	return h;
}

static struct host *find_or_add(struct pace *p, struct str name,
				struct fault *f)
{
	struct host *h = find(p, name);
	size_t slot;

	if (h != NULL || grow(p, f) != PITH_OK)
		return h;
	h = calloc(1, sizeof(*h));
	if (h == NULL || (h->name = strndup(name.data, name.len)) == NULL) {
		free(h);
		(void)fault_memory(f);
		return NULL;
	}
	queue_init(&h->jobs);
	h->delay = p->delay;
	slot = str_hash(name) & (p->table_size - 1);
	h->next = p->table[slot];
	p->table[slot] = h;
	p->hosts++;
	return h;
}

static enum pith_status add(struct pace *p, struct job *job, bool first,
			    struct fault *f)
{
	struct host *host = find_or_add(p, url_host(&job->url), f);

	if (host == NULL) {
		job_free(job);
		return PITH_FATAL;
	}
	if (first)
		queue_prepend(&host->jobs, job);
	else
		queue_append(&host->jobs, job);
	p->waiting++;
	enter(p, host);
	return PITH_OK;
}

enum pith_status pace_add(struct pace *p, struct job *job, struct fault *f)
{
	return add(p, job, false, f);
}

enum pith_status pace_add_first(struct pace *p, struct job *job,
				struct fault *f)
{
	return add(p, job, true, f);
}

struct job *pace_take(struct pace *p, uint64_t now, struct host **host,
		      uint64_t *next)
{
	struct host *h;

	*host = NULL;
	*next = UINT64_MAX;
	if (p->heap_len == 0)
		return NULL;
	h = p->heap[1];
	if (h->ready > now) {
		*next = h->ready;
		return NULL;
	}
	leave(p, h);
	h->busy = true;
	p->waiting--;
	*host = h;
	return queue_pop(&h->jobs);
}

void pace_done(struct pace *p, struct host *host, uint64_t now,
	       uint64_t not_before)
{
	host->busy = false;
	host->ready = now + host->delay;
	if (host->ready < not_before)
		host->ready = not_before;
	enter(p, host);
}

void pace_undo(struct pace *p, struct host *host)
{
	host->busy = false;
	enter(p, host);
}

struct site *pace_site(struct host *host, const struct job *job)
{
	struct str origin = url_origin(&job->url);
	struct site *s = host->sites;

	while (s &&
	       !str_equal((struct str){s->origin, strlen(s->origin)}, origin))
		s = s->next;
	if (s != NULL)
		return s;
	s = calloc(1, sizeof(*s));
	if (s == NULL ||
	    (s->origin = strndup(origin.data, origin.len)) == NULL) {
		free(s);
		return NULL;
	}
	s->host = host;
	queue_init(&s->waiting);
	s->next = host->sites;
	host->sites = s;
	return s;
}

void pace_hold(struct pace *p, struct site *site, struct job *job)
{
	p->waiting++;
	queue_append(&site->waiting, job);
	site->host->held++;
}

void pace_release(struct pace *p, struct site *site)
{
	struct host *host = site->host;
	struct job *job;

	/* What waited goes before what came later, in its order. */
	if (site->waiting.first != NULL) {
		for (job = site->waiting.first; job != NULL; job = job->next)
			host->held--;
		*site->waiting.end = host->jobs.first;
		if (host->jobs.first == NULL)
			host->jobs.end = site->waiting.end;
		host->jobs.first = site->waiting.first;
		queue_init(&site->waiting);
	}
	enter(p, host);
}

void pace_trim(struct pace *p, uint64_t now)
{
	if (p->hosts <= p->trim_at)
		return;
	for (size_t i = 0; i < p->table_size; i++)
		for (struct host **link = &p->table[i], *h; (h = *link);) {
			if (h->busy || h->jobs.first || h->held ||
			    h->ready > now) {
				link = &h->next;
				continue;
			}
			*link = h->next;
			host_free(h);
			p->hosts--;
		}
	/* Those that are left are busy: look again when they are twice. */
	p->trim_at =
	    p->hosts > MAX_IDLE_HOSTS / 2 ? p->hosts * 2 : MAX_IDLE_HOSTS;
}
