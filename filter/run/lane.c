/* SPDX-License-Identifier: MIT
 *
 * lane.c: starts worker processes, talks to them and buries them. */
#include "run/lane.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/worker.h"

/* A page fits a pipe of this size; less is served too, with more turns. */
enum { PIPE_SIZE = 1024 * 1024, LANES_MAX = 512 };

size_t lane_count(const struct options *options)
{
	int64_t n = options->jobs;

	if (n < 0)
		n = sysconf(_SC_NPROCESSORS_ONLN);
	if (n < 1)
		n = 1;
	return n > LANES_MAX ? LANES_MAX : (size_t)n;
}

static void close_pair(int pair[2])
{
	close(pair[0]);
	close(pair[1]);
}

/* In the new process: keep the two pipes, nothing else. */
static void leave_parent(pid_t parent, const int jobs[2], const int results[2],
			 const struct lane *others, size_t count)
{
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0);
	/* a terminal's interrupt is for the parent, who ends the workers */
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_DFL);
	signal(SIGPIPE, SIG_DFL);
	for (size_t i = 0; i < count; i++) {
		if (others[i].pid > 0) {
			close(others[i].jobs);
			close(others[i].results);
		}
	}
	close(jobs[1]);
	close(results[0]);
	for (int fd = 0; fd < 3 && null >= 0; fd++)
		dup2(null, fd);
	for (int fd = 3; fd < 64; fd++)
		if (fd != jobs[0] && fd != results[1])
			close(fd);
}

int lane_start(struct lane *l, const struct options *options,
	       struct lane *others, size_t count)
{
	int jobs[2], results[2], error;
	pid_t parent = getpid();

	*l = (struct lane){.pid = 0};
	if (pipe2(jobs, O_CLOEXEC) != 0)
		return errno;
	if (pipe2(results, O_CLOEXEC) != 0) {
		error = errno;
		close_pair(jobs);
		return error;
	}
	l->pid = fork();
	if (l->pid < 0) {
		error = errno;
		l->pid = 0;
		close_pair(jobs);
		close_pair(results);
		return error;
	}
	if (l->pid == 0) {
		leave_parent(parent, jobs, results, others, count);
		worker_main(options, jobs[0], results[1]);
	}
	close(jobs[0]);
	close(results[1]);
	l->jobs = jobs[1];
	l->results = results[0];
	/* a smaller pipe does the same work in more steps */
	(void)fcntl(l->jobs, F_SETPIPE_SZ, PIPE_SIZE);
	(void)fcntl(l->results, F_SETPIPE_SZ, PIPE_SIZE);
	if (fcntl(l->jobs, F_SETFL, O_NONBLOCK) != 0 ||
	    fcntl(l->results, F_SETFL, O_NONBLOCK) != 0)
		return errno;
	return 0;
}

void lane_give(struct lane *l, struct slot *slot, uint64_t deadline)
{
	slot->state = SLOT_BUSY;
	for (int i = 0; i < RESULT_PARTS; i++)
		slot->parts[i].len = 0;
	l->slot = slot;
	l->deadline = deadline;
	job_head_of(&slot->item, slot->seq, &l->job);
	l->sent = l->got = 0;
	l->total = sizeof(l->job);
	for (int i = 0; i < ITEM_PARTS; i++)
		l->total += slot->item.parts[i].len;
}

enum lane_event lane_send(struct lane *l)
{
	while (lane_sending(l)) {
		struct iovec v[1 + ITEM_PARTS] = {{&l->job, sizeof(l->job)}};
		size_t skip = l->sent;
		ssize_t n;

		for (int i = 0; i < ITEM_PARTS; i++)
			v[1 + i] = (struct iovec){l->slot->item.parts[i].data,
						  l->slot->item.parts[i].len};
		for (size_t i = 0; i < 1 + ITEM_PARTS; i++) {
			size_t part = skip < v[i].iov_len ? skip : v[i].iov_len;

			if (part == 0)
				continue;
			v[i].iov_base = (char *)v[i].iov_base + part;
			v[i].iov_len -= part;
			skip -= part;
		}
		n = writev(l->jobs, v, 1 + ITEM_PARTS);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return LANE_MORE;
		if (n < 0)
			return LANE_LOST;
		l->sent += (size_t)n;
	}
	return LANE_MORE;
}

/* Where the next bytes of the result belong, and how many there may be. None:
 * it is whole. */
static char *result_place(struct lane *l, size_t *left)
{
	size_t at = l->got;

	if (at < sizeof(l->result)) {
		*left = sizeof(l->result) - at;
		return (char *)&l->result + at;
	}
	at -= sizeof(l->result);
	for (int i = 0; i < RESULT_PARTS; i++) {
		size_t size = (size_t)l->result.sizes[i];

		if (at < size) {
			*left = size - at;
			return l->slot->parts[i].data + at;
		}
		at -= size;
	}
	*left = 0;
	return NULL;
}

static bool begin_result(struct lane *l)
{
	struct err err = {0};

	if (!result_valid(&l->result, l->slot->seq))
		return false;
	for (int i = 0; i < RESULT_PARTS; i++)
		if (buf_reserve(&l->slot->parts[i], (size_t)l->result.sizes[i],
				&err) != PITH_OK)
			return false;
	return true;
}

static void end_result(struct lane *l)
{
	struct slot *s = l->slot;

	for (int i = 0; i < RESULT_PARTS; i++)
		s->parts[i].len = (size_t)l->result.sizes[i];
	s->code = (enum exit_code)l->result.code;
	s->wanted = l->result.wanted != 0;
	s->state = SLOT_DONE;
	l->slot = NULL;
}

enum lane_event lane_receive(struct lane *l)
{
	for (;;) {
		size_t left, head = sizeof(l->result);
		char *place;
		ssize_t n;

		if (l->slot == NULL) /* bytes that nobody asked for, or death */
			return LANE_LOST;
		place = result_place(l, &left);
		n = read(l->results, place, left);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			return LANE_MORE;
		if (n <= 0)
			return LANE_LOST;
		l->got += (size_t)n;
		if (l->got == head && !begin_result(l))
			return LANE_LIES;
		if (l->got < head || result_place(l, &left) != NULL)
			continue;
		/* nobody answers before the job was read to its end */
		if (l->sent < l->total)
			return LANE_LIES;
		end_result(l);
		return LANE_DONE;
	}
}

void lane_stop(struct lane *l, bool force, char *what, size_t size)
{
	int status = 0;

	what[0] = '\0';
	if (l->pid == 0)
		return;
	close(l->jobs); /* a worker without jobs ends */
	close(l->results);
	if (force)
		kill(l->pid, SIGKILL);
	while (waitpid(l->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	l->pid = 0;
	l->slot = NULL;
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
		snprintf(what, size,
			 "the worker was killed: the sandbox "
			 "forbids what it tried");
	else if (WIFSIGNALED(status))
		snprintf(what, size, "the worker was killed by signal %d (%s)",
			 WTERMSIG(status), strsignal(WTERMSIG(status)));
	else if (WEXITSTATUS(status) == EXIT_MEMORY)
		snprintf(what, size, "no memory for the page");
	else if (WEXITSTATUS(status) != 0)
		snprintf(what, size, "the worker ended with status %d",
			 WEXITSTATUS(status));
}
