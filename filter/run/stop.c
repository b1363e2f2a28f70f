/* SPDX-License-Identifier: MIT
 *
 * stop.c: signals that ask a run to end. */
#include "run/stop.h"

#include <stddef.h>

/* The one variable of the program that is not const. */
static volatile sig_atomic_t stop_signal;

static void note_signal(int number)
{
	stop_signal = number;
}

void stop_catch(sigset_t *mask)
{
	static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
	struct sigaction act = {.sa_handler = note_signal,
				.sa_flags = (int)SA_RESETHAND},
			 old;
	sigset_t block;

	sigemptyset(&block);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++) {
		/* what nohup and the like ignore stays ignored */
		if (sigaction(numbers[i], NULL, &old) == 0 &&
		    old.sa_handler == SIG_IGN)
			continue;
		sigaction(numbers[i], &act, NULL);
		sigaddset(&block, numbers[i]);
	}
	signal(SIGPIPE, SIG_IGN); /* a worker that died is no reason to */
	sigprocmask(SIG_BLOCK, &block, mask);
}

bool stop_asked(void)
{
	return stop_signal != 0;
}

void stop_raise(const sigset_t *mask)
{
	sigprocmask(SIG_SETMASK, mask, NULL);
	if (stop_signal != 0)
		raise(stop_signal);
}
