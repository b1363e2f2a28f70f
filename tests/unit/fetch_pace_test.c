/* SPDX-License-Identifier: MIT
 *
 * fetch_pace_test.c: whose turn it is, with a clock the test moves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "fetch/pace.h"

static struct job *job_for(const char *text)
{
	struct fault f = {0};
	struct url url;

	assert_int_equal(url_parse(text, NULL, &url, &f), PITH_OK);
	return job_new(JOB_PAGE, &url);
}

static void add(struct pace *p, const char *text)
{
	struct fault f = {0};

	assert_int_equal(pace_add(p, job_for(text), &f), PITH_OK);
}

/* Take a job at the time given, which must be for that URL. */
static struct host *take(struct pace *p, uint64_t now, const char *want)
{
	uint64_t next;
	struct host *host;
	struct job *job = pace_take(p, now, &host, &next);

	assert_non_null(job);
	assert_string_equal(job->url.text, want);
	job_free(job);
	return host;
}

static uint64_t none(struct pace *p, uint64_t now)
{
	uint64_t next;
	struct host *host;

	assert_null(pace_take(p, now, &host, &next));
	return next;
}

static void test_one_at_a_time(void **state)
{
	struct pace p;
	struct host *host;

	(void)state;
	pace_init(&p, 1000);
	add(&p, "http://a/1");
	add(&p, "http://a:81/2");
	add(&p, "https://a/3");
	host = take(&p, 5000, "http://a/1");
	assert_true(none(&p, 9000) == UINT64_MAX);
	pace_done(&p, host, 9000, 0);
	assert_int_equal(none(&p, 9999), 10000);
	host = take(&p, 10000, "http://a:81/2");
	pace_done(&p, host, 10100, 50000);
	assert_int_equal(none(&p, 49999), 50000);
	host = take(&p, 50000, "https://a/3");
	pace_done(&p, host, 50001, 0);
	assert_int_equal(p.waiting, 0);
	/* the pause outlasts an empty queue */
	add(&p, "http://a/4");
	assert_int_equal(none(&p, 50500), 51001);
	pace_free(&p);
}

static void test_hosts_in_turn(void **state)
{
	struct pace p;
	struct host *a, *b;

	(void)state;
	pace_init(&p, 0);
	add(&p, "http://a/1");
	add(&p, "http://a/2");
	add(&p, "http://a/3");
	add(&p, "http://b/1");
	a = take(&p, 1, "http://a/1");
	b = take(&p, 1, "http://b/1");
	pace_done(&p, b, 2, 0);
	add(&p, "http://b/2");
	pace_done(&p, a, 3, 0);
	b = take(&p, 3, "http://b/2");
	a = take(&p, 3, "http://a/2");
	pace_undo(&p, a);
	a = take(&p, 3, "http://a/3");
	pace_done(&p, a, 4, 0);
	pace_done(&p, b, 4, 0);
	assert_true(none(&p, 9) == UINT64_MAX);
	pace_free(&p);
}

static void test_held_jobs(void **state)
{
	struct pace p;
	struct host *host, *other;
	struct site *site;
	struct job *job;
	uint64_t next;
	struct fault f = {0};

	(void)state;
	pace_init(&p, 0);
	add(&p, "http://a/1");
	add(&p, "http://a/2");
	add(&p, "http://a/3");
	for (int i = 0; i < 2; i++) {
		job = pace_take(&p, 1, &host, &next);
		site = pace_site(host, job);
		assert_non_null(site);
		assert_ptr_equal(site, pace_site(host, job));
		pace_hold(&p, site, job);
		pace_undo(&p, host);
	}
	assert_int_equal(p.waiting, 3);
	pace_release(&p, site);
	assert_int_equal(p.waiting, 3);
	assert_int_equal(pace_add_first(&p, job_for("http://a/first"), &f),
			 PITH_OK);
	for (int i = 0; i < 4; i++) {
		static const char *const want[] = {
		    "http://a/first", "http://a/1", "http://a/2", "http://a/3"};

		other = take(&p, 1, want[i]);
		assert_ptr_equal(other, host);
		pace_done(&p, host, 1, 0);
	}
	pace_free(&p);
}

/* Many hosts come out in the order of their times. */
static void test_heap(void **state)
{
	struct pace p;
	struct host *hosts[500];
	uint64_t last = 0, next;

	(void)state;
	pace_init(&p, 0);
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 500; i++) {
			char text[40];

			sprintf(text, "http://h%d/%d", i, round);
			add(&p, text);
		}
	for (int i = 0; i < 500; i++)
		job_free(pace_take(&p, 0, &hosts[i], &next));
	for (int i = 0; i < 500; i++)
		pace_done(&p, hosts[i], 0, (uint64_t)(i * 7919 % 500 + 1));
	for (int i = 0; i < 500; i++) {
		struct host *host;
		struct job *job = pace_take(&p, 1000, &host, &next);

		assert_non_null(job);
		assert_true(host->ready >= last);
		last = host->ready;
		job_free(job);
	}
	assert_int_equal(p.waiting, 0);
	pace_free(&p);
}

/* Hosts that are done are forgotten once there are many. */
static void test_trim(void **state)
{
	struct pace p;
	struct host *host;
	uint64_t next;

	(void)state;
	pace_init(&p, 0);
	for (int i = 0; i < 20000; i++) {
		char text[40];

		sprintf(text, "http://h%d/", i);
		add(&p, text);
		job_free(pace_take(&p, (uint64_t)i, &host, &next));
		pace_done(&p, host, (uint64_t)i, 0);
		pace_trim(&p, (uint64_t)i);
		assert_true(p.hosts < 5000);
	}
	pace_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_one_at_a_time),
	    cmocka_unit_test(test_hosts_in_turn),
	    cmocka_unit_test(test_held_jobs),
	    cmocka_unit_test(test_heap),
	    cmocka_unit_test(test_trim),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
