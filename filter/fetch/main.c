/* SPDX-License-Identifier: MIT
 *
 * main.c: pith-fetch(1), the polite fetcher: URLs in, WARC out. Nobody
 * includes it. */
#include <curl/curl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fetch/crawl.h"
#include "fetch/options.h"
#include "fetch/state.h"
#include "fetch/status.h"
#include "fetch/warc.h"
#include "run/completion.h"

/* SIGINT and SIGTERM so far, and the last of them. */
static volatile sig_atomic_t signals, last_signal;

static void on_signal(int number)
{
	last_signal = number;
	if (signals < 2)
		signals++;
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal};

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	action.sa_handler = SIG_IGN; /* a write says EPIPE instead */
	sigaction(SIGPIPE, &action, NULL);
}

/* End as the signal would have ended us, so that the caller sees it. */
static void die_of(int number)
{
	signal(number, SIG_DFL);
	raise(number);
}

static int complain(const struct fault *f)
{
	fprintf(stderr, "pith-fetch: %s\n", f->text);
	return (int)f->code;
}

static int print_status(const struct options *o)
{
	struct fault f = {0};
	struct state *state = NULL;
	enum pith_status status = state_open(&state, o->state, 0, true, &f);

	if (status == PITH_OK)
		status = status_print(state, o->status == STATUS_JSON, &f);
	state_close(state);
	return status == PITH_OK ? FETCH_OK : complain(&f);
}

static enum pith_status open_output(const struct options *o, struct warc *w,
				    struct fault *f)
{
	size_t len = o->output ? strlen(o->output) : 0;
	bool plain = !o->compress || o->raw ||
		     (len > 5 && !strcmp(o->output + len - 5, ".warc"));
	enum warc_mode mode = o->append	 ? WARC_APPEND
			      : o->state ? WARC_NEW
					 : WARC_REPLACE;
	enum pith_status status = warc_open(w, o->output, mode, !plain, f);

	w->user_agent = o->user_agent;
	w->robots = o->ignore_robots ? "ignore" : "obey";
	w->bare = o->raw;
	w->signals = &signals;
	w->patience = o->grace;
	return status;
}

static int fetch(const struct options *o)
{
	struct fault f = {0}, closing = {0};
	struct state *state = NULL;
	struct warc warc = {.fd = -1};
	enum fetch_exit worst = FETCH_OK;
	enum pith_status status = PITH_OK;
	bool gone = false;

	if (o->state != NULL)
		status = state_open(&state, o->state,
				    !o->wait	      ? 0
				    : o->wait_limited ? o->wait_time
						      : UINT64_MAX,
				    false, &f);
	if (status == PITH_OK)
		status = open_output(o, &warc, &f);
	if (status == PITH_OK) {
		catch_signals();
		status =
		    crawl_run(o, state, &warc, &signals, &worst, &gone, &f);
	}
	if (status == PITH_OK) {
		status = warc_close(&warc, &gone, &closing);
		f = closing;
	}
	warc_free(&warc);
	state_close(state);
	if (gone)
		die_of(SIGPIPE);
	if (status != PITH_OK)
		return complain(&f);
	if (signals > 0)
		die_of(last_signal);
	return (int)worst;
}

/* The end of what only prints. */
static int printed(int failed)
{
	return failed || fflush(stdout) != 0 ? FETCH_IO : FETCH_OK;
}

int main(int argc, char **argv)
{
	struct options o;
	struct fault f = {0};
	int code;

	fault_begin_process();
	/* libidn2 converts host names from the locale's charset. */
	setlocale(LC_CTYPE, "C.UTF-8");
	if (fetch_options_parse(&o, argc, argv, &f) != PITH_OK) {
		code = complain(&f);
	} else if (o.help) {
		code = printed(fetch_options_help());
	} else if (o.version) {
		code = printed(puts("pith-fetch " PITH_VERSION) < 0);
	} else if (o.completion >= 0) {
		code = printed(completion_print(&fetch_options_table,
						(enum shell)o.completion));
	} else if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		(void)fault_memory(&f);
		code = complain(&f);
	} else {
		code = o.print ? print_status(&o) : fetch(&o);
		curl_global_cleanup();
	}
	fetch_options_free(&o);
	return code;
}
