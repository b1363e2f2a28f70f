/* SPDX-License-Identifier: MIT
 *
 * options.h: what pith-fetch was asked to do. Only filter/fetch/ includes
 * it. */
#ifndef FETCH_OPTIONS_H
#define FETCH_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fetch/fault.h"
#include "run/config.h"

/* Arguments of an option that may be repeated. */
struct texts {
	const char **items;
	size_t count;
};

/* Times are milliseconds, sizes bytes. Texts belong to argv, the environment
 * or config, or are static. */
struct options {
	struct config config;
	struct texts urls; /* arguments */
	struct texts feeds;
	struct texts resolve; /* HOST:PORT:ADDRESS */
	const char *list;     /* file of URLs, "-" is stdin; or NULL */
	const char *output;   /* NULL is stdout */
	const char *state, *log, *cacert;
	const char *user_agent, *accept;
	bool wait, wait_limited; /* for the state; to wait_time */
	bool print;		 /* only print the state, */
	int status;		 /* as enum status_format */
	int completion;		 /* enum shell, or -1 */
	bool append, compress, raw, all, cookies, keep_errors;
	bool ignore_robots, allow_private, verbose, help, version;
	uint32_t wait_time;
	uint32_t delay, max_crawl_delay, grace;
	uint32_t connect_time, first_byte_time, max_time, low_speed_time;
	uint32_t max_retry_delay;
	uint32_t jobs, retries, max_redirects, window;
	size_t low_speed, max_size;
};

enum status_format { STATUS_TABLE, STATUS_JSON };

extern const struct option_table fetch_options_table;

/* Read the file of settings, the environment and the command line. PITH_FATAL
 * with a FETCH_USAGE fault that says what is wrong. Free with
 * fetch_options_free, on failure too. */
enum pith_status fetch_options_parse(struct options *o, int argc, char **argv,
				     struct fault *f) PITH_CHECKED;

void fetch_options_free(struct options *o);

/* Print the list of options to stdout. Returns 0, or -1 if a write failed. */
int fetch_options_help(void);

/* "1.5", "250ms", "2m", "1h" or "3d" as milliseconds; seconds without a unit.
 */
bool fetch_options_duration(const char *text, uint32_t *ms);

/* "32M", "500k", "1G" or plain bytes. */
bool fetch_options_size(const char *text, size_t *bytes);

#endif
