/* SPDX-License-Identifier: MIT
 *
 * inject.c: lets one call of the C library fail, in programs that have it
 * preloaded. tests/faults/drive.py says which one, in the environment:
 *
 *   INJECT=CALL:WHAT:N:FILE
 *
 * The N-th call of that name fails with errno WHAT, counted over all processes
 * of a run. WHAT may be "short": less is read or written than was asked for;
 * "full": so the N-th write, and those after it have no space; or "after"
 * (malloc): all fail from the N-th on. The count is kept in FILE, 8 bytes. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define SHARED __attribute__((visibility("default")))

enum what { WHAT_NONE, WHAT_ERROR, WHAT_SHORT, WHAT_FULL, WHAT_AFTER };

static struct {
	char call[16];
	enum what what;
	int error;
	unsigned long number;
	atomic_ulong *count;
} plan;

__attribute__((constructor)) static void read_plan(void)
{
	const char *text = getenv("INJECT");
	char what[16], path[256];
	void *map;
	int fd;

	if (text == NULL || sscanf(text, "%15[^:]:%15[^:]:%lu:%255s", plan.call,
				   what, &plan.number, path) != 4)
		return;
	fd = open(path, O_RDWR | O_CLOEXEC);
	map = mmap(NULL, sizeof(*plan.count), PROT_READ | PROT_WRITE,
		   MAP_SHARED, fd, 0);
	close(fd);
	if (map == MAP_FAILED)
		abort();
	plan.what = !strcmp(what, "short")   ? WHAT_SHORT
		    : !strcmp(what, "full")  ? WHAT_FULL
		    : !strcmp(what, "after") ? WHAT_AFTER
					     : WHAT_ERROR;
	plan.error = plan.what == WHAT_ERROR  ? atoi(what)
		     : plan.what == WHAT_FULL ? ENOSPC
					      : ENOMEM;
	plan.count = map;
}

/* What is to become of this call. */
static enum what strike(const char *call)
{
	unsigned long n;

	if (plan.count == NULL || strcmp(call, plan.call) != 0)
		return WHAT_NONE;
	n = atomic_fetch_add(plan.count, 1) + 1;
	if (plan.number == 0 || n < plan.number)
		return WHAT_NONE;
	errno = plan.error;
	if (plan.what == WHAT_AFTER)
		return WHAT_ERROR;
	if (plan.what == WHAT_FULL)
		return n == plan.number ? WHAT_SHORT : WHAT_ERROR;
	return n == plan.number ? plan.what : WHAT_NONE;
}

/* name(params), which strike knows as call; bad is what it gives where it
 * fails, less what it then does if that is to be short. */
#define WRAP(call, type, bad, name, params, args, less)                        \
	SHARED type name params                                                \
	{                                                                      \
		static __typeof__(name) *real;                                 \
		enum what what;                                                \
                                                                               \
		if (real == NULL) {                                            \
			void *symbol = dlsym(RTLD_NEXT, #name);                \
			memcpy(&real, &symbol, sizeof(real));                  \
		}                                                              \
		what = strike(call);                                           \
		if (what == WHAT_ERROR)                                        \
			return bad;                                            \
		if (what == WHAT_SHORT) {                                      \
			less;                                                  \
		}                                                              \
		return real args;                                              \
	}

#define HALF(n) ((n) > 1 ? (n) / 2 : (n))

WRAP("read", ssize_t, -1, read, (int fd, void *p, size_t n), (fd, p, n), n = 1)
WRAP("read", ssize_t, -1, pread, (int fd, void *p, size_t n, off_t at),
     (fd, p, n, at), n = 1)
WRAP("recv", ssize_t, -1, recv, (int fd, void *p, size_t n, int flags),
     (fd, p, n, flags), n = 1)
WRAP("send", ssize_t, -1, send, (int fd, const void *p, size_t n, int flags),
     (fd, p, n, flags), n = HALF(n))
WRAP("write", ssize_t, -1, writev, (int fd, const struct iovec *v, int n),
     (fd, v, n), n = HALF(n))
WRAP("open", int, -1, mkstemp, (char *name), (name), )
WRAP("open", FILE *, NULL, fopen, (const char *name, const char *mode),
     (name, mode), )
WRAP("open", FILE *, NULL, fdopen, (int fd, const char *mode), (fd, mode), )
WRAP("sync", int, -1, fsync, (int fd), (fd), )
WRAP("sync", int, -1, fdatasync, (int fd), (fd), )
WRAP("rename", int, -1, rename, (const char *a, const char *b), (a, b), )
WRAP("seek", off_t, -1, lseek, (int fd, off_t at, int how), (fd, at, how), )
WRAP("truncate", int, -1, ftruncate, (int fd, off_t n), (fd, n), )
WRAP("stat", int, -1, stat, (const char *name, struct stat *s), (name, s), )
WRAP("stat", int, -1, fstat, (int fd, struct stat *s), (fd, s), )
WRAP("stat", int, -1, lstat, (const char *name, struct stat *s), (name, s), )
WRAP("mode", int, -1, fchmod, (int fd, mode_t mode), (fd, mode), )
WRAP("mkdir", int, -1, mkdir, (const char *name, mode_t mode), (name, mode), )
WRAP("poll", int, -1, poll, (struct pollfd * p, nfds_t n, int t), (p, n, t), )
WRAP("poll", int, -1, ppoll,
     (struct pollfd * p, nfds_t n, const struct timespec *t, const sigset_t *m),
     (p, n, t, m), )
WRAP("pipe", int, -1, pipe2, (int ends[2], int flags), (ends, flags), )
WRAP("pipe", int, -1, dup, (int fd), (fd), )
WRAP("pipe", int, -1, dup2, (int from, int to), (from, to), )
WRAP("fork", pid_t, -1, fork, (void), (), )
WRAP("wait", pid_t, -1, waitpid, (pid_t pid, int *status, int options),
     (pid, status, options), )
WRAP("socket", int, -1, socket, (int domain, int type, int protocol),
     (domain, type, protocol), )
WRAP("socket", int, -1, connect,
     (int fd, const struct sockaddr *to, socklen_t size), (fd, to, size), )

#ifdef __GLIBC__
/* What programs built with 64 bits for files call where a word has 32. */
WRAP("read", ssize_t, -1, pread64, (int fd, void *p, size_t n, off64_t at),
     (fd, p, n, at), n = 1)
WRAP("write", ssize_t, -1, pwrite64,
     (int fd, const void *p, size_t n, off64_t at), (fd, p, n, at), n = HALF(n))
WRAP("truncate", int, -1, ftruncate64, (int fd, off64_t n), (fd, n), )
WRAP("stat", int, -1, fstat64, (int fd, struct stat64 *s), (fd, s), )
WRAP("seek", off64_t, -1, lseek64, (int fd, off64_t at, int how),
     (fd, at, how), )
#endif

/* Messages of the program under test are not its output. */
WRAP(fd == STDERR_FILENO ? "" : "write", ssize_t, -1, write,
     (int fd, const void *p, size_t n), (fd, p, n), n = HALF(n))

/* A file is closed even where the call fails. */
SHARED int close(int fd)
{
	static int (*real)(int);

	if (real == NULL) {
		void *symbol = dlsym(RTLD_NEXT, "close");

		memcpy(&real, &symbol, sizeof(real));
	}
	if (fd <= STDERR_FILENO || strike("close") != WHAT_ERROR)
		return real(fd);
	(void)real(fd);
	errno = plan.error;
	return -1;
}

static int open_really(const char *name, int flags, mode_t mode)
{
	static int (*real)(int, const char *, int, ...);

	if (real == NULL) {
		void *symbol = dlsym(RTLD_NEXT, "openat");

		memcpy(&real, &symbol, sizeof(real));
	}
	return strike("open") == WHAT_ERROR ? -1
					    : real(AT_FDCWD, name, flags, mode);
}

/* The mode is read whether it is there or not, as the kernel does. */
SHARED int open(const char *name, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	return open_really(name, flags, mode);
}

#ifdef __GLIBC__
SHARED int open64(const char *name, int flags, ...)
{
	va_list args;
	mode_t mode;

	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	return open_really(name, flags, mode);
}

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);

SHARED void *malloc(size_t size)
{
	return strike("malloc") == WHAT_ERROR ? NULL : __libc_malloc(size);
}

SHARED void *calloc(size_t count, size_t size)
{
	return strike("malloc") == WHAT_ERROR ? NULL
					      : __libc_calloc(count, size);
}

SHARED void *realloc(void *old, size_t size)
{
	return strike("malloc") == WHAT_ERROR ? NULL
					      : __libc_realloc(old, size);
}
#endif
