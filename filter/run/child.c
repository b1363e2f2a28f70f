/* SPDX-License-Identifier: MIT
 *
 * child.c: starts pith-fetch and waits for it. */
#include "run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/wait.h>
#include <unistd.h>

#include "run/say.h"

static const char program[] = "pith-fetch";

bool child_wants(const char *name)
{
	return !strncasecmp(name, "http://", 7) ||
	       !strncasecmp(name, "https://", 8);
}

/* The program beside this one; its bare name if there is none. */
static void find_program(char *path, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", path, size - 1);
	char *slash;

	if (n > 0) {
		path[n] = '\0';
		slash = strrchr(path, '/');
		if (slash != NULL &&
		    (size_t)(slash + 1 - path) + sizeof(program) <= size) {
			memcpy(slash + 1, program, sizeof(program));
			if (access(path, X_OK) == 0)
				return;
		}
	}
	snprintf(path, size, "%s", program);
}

/* Words: program, --name value …, --, URLs, NULL. */
static char **make_words(const struct options *o)
{
	char **words =
	    calloc(o->fetch_count + o->input_count + 8, sizeof(*words));
	size_t n = 0;

	if (words == NULL)
		return NULL;
	words[n++] = strdup(program);
	for (size_t i = 0; i + 1 < o->fetch_count; i += 2) {
		size_t size = strlen(o->fetch[i]) + strlen(o->fetch[i + 1]) + 4;
		char *word = malloc(size);

		if (word != NULL)
			snprintf(word, size, "--%s=%s", o->fetch[i],
				 o->fetch[i + 1]);
		words[n++] = word;
	}
	if (o->config.none)
		words[n++] = strdup("--no-config");
	if (o->config.file != NULL) {
		words[n++] = strdup("--config");
		words[n++] = strdup(o->config.file);
	}
	words[n++] = strdup("--");
	for (size_t i = 0; i < o->input_count; i++)
		if (child_wants(o->inputs[i]))
			words[n++] = strdup(o->inputs[i]);
	for (size_t i = 0; i < n; i++) {
		if (words[i] == NULL) { /* memory was short */
			while (n > 0)
				free(words[--n]);
			free((void *)words);
			return NULL;
		}
	}
	return words;
}

static void free_words(char **words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		free(words[i]);
	free((void *)words);
}

int child_start(const struct options *o, pid_t *pid, int *fd)
{
	char path[PATH_MAX], **words = make_words(o);
	int ends[2], error = 0;

	if (words == NULL)
		return ENOMEM;
	find_program(path, sizeof(path));
	if (pipe2(ends, O_CLOEXEC) != 0) {
		error = errno;
		free_words(words);
		return error;
	}
	*pid = fork();
	if (*pid == 0) {
		signal(SIGPIPE, SIG_DFL);
		if (dup2(ends[1], STDOUT_FILENO) >= 0)
			execvp(path, words);
		fprintf(stderr, "pith: %s: %s\n", path, strerror(errno));
		_exit(EXIT_IO);
	}
	if (*pid < 0)
		error = errno;
	free_words(words);
	close(ends[1]);
	if (error != 0) {
		close(ends[0]);
		return error;
	}
	*fd = ends[0];
	return 0;
}

enum exit_code child_end(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno == EINTR)
			continue;
		say_plain(program, strerror(errno));
		return EXIT_IO;
	}
	/* we stopped reading before its end: it has done its part */
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE)
		return EXIT_TEXT;
	return WIFEXITED(status) ? (enum exit_code)WEXITSTATUS(status)
				 : EXIT_IO;
}
