/* SPDX-License-Identifier: MIT
 *
 * sandbox.c: seccomp and resource limits; the one file that sees libseccomp.
 *
 * What is not allowed kills the process: a page that took over the program
 * gets nothing to try again with. docs/sandbox.md says why each call is
 * there. */
#include "run/sandbox.h"

#include <errno.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

static const int allowed[] = {
    /* open files */
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(readv), SCMP_SYS(writev),
    SCMP_SYS(close), SCMP_SYS(lseek), SCMP_SYS(_llseek), SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    /* memory; mmap without PROT_EXEC is below */
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise),
    /* clocks, where the vDSO does not serve them */
    SCMP_SYS(clock_gettime), SCMP_SYS(clock_gettime64), SCMP_SYS(gettimeofday),
    SCMP_SYS(time),
    /* the C library's own: locks, seeds, qsort's look at the memory's size */
    SCMP_SYS(futex), SCMP_SYS(futex_time64), SCMP_SYS(getrandom),
    SCMP_SYS(sysinfo), SCMP_SYS(restart_syscall),
    /* the end; raise() and abort() */
    SCMP_SYS(exit), SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction),
    SCMP_SYS(getpid), SCMP_SYS(gettid)};

/* What the sanitizers need beyond; never in a release. */
static const int sanitizers[] = {
    SCMP_SYS(sigaltstack), SCMP_SYS(sched_yield),
    SCMP_SYS(readlink),	   SCMP_SYS(sched_getaffinity),
    SCMP_SYS(openat),	   SCMP_SYS(mmap),
    SCMP_SYS(mprotect),	   SCMP_SYS(prctl),
    SCMP_SYS(clone),	   SCMP_SYS(wait4),
    SCMP_SYS(ptrace),	   SCMP_SYS(getdents64),
    SCMP_SYS(newfstatat)};

/* Calls that this machine has not, or that are allowed already, are no
 * mistake. */
static bool added(int r)
{
	return r == 0 || r == -EDOM || r == -EINVAL || r == -EEXIST;
}

static bool allow(scmp_filter_ctx filter, const int *calls, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!added(seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
						  calls[i], 0, NULL)))
			return false;
	return true;
}

/* Memory may be mapped, never as code; signals go to this process alone. */
static bool allow_some(scmp_filter_ctx filter)
{
	static const int maps[] = {SCMP_SYS(mmap), SCMP_SYS(mmap2),
				   SCMP_SYS(mprotect)};
	struct scmp_arg_cmp no_code = {2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0};
	struct scmp_arg_cmp self = {0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0};

	for (size_t i = 0; i < sizeof(maps) / sizeof(maps[0]); i++)
		if (!added(seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
						  maps[i], 1, &no_code)))
			return false;
	return added(seccomp_rule_add_array(filter, SCMP_ACT_ALLOW,
					    SCMP_SYS(tgkill), 1, &self));
}

static bool close_system_calls(void)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_KILL_PROCESS);
	bool good;

	if (filter == NULL)
		return false;
	/* sets no_new_privs too, which seccomp_init asks for by default */
	good =
	    allow(filter, allowed, sizeof(allowed) / sizeof(allowed[0])) &&
	    (!SANITIZED || allow(filter, sanitizers,
				 sizeof(sanitizers) / sizeof(sanitizers[0]))) &&
	    allow_some(filter) && seccomp_load(filter) == 0;
	seccomp_release(filter);
	return good;
}

static void limit(int which, uint64_t value)
{
	struct rlimit r;

	if (getrlimit(which, &r) != 0)
		return;
	if (r.rlim_max != RLIM_INFINITY && value > r.rlim_max)
		value = r.rlim_max;
	r.rlim_cur = r.rlim_max = (rlim_t)value;
	(void)setrlimit(which, &r); /* a line of defence, not the only one */
}

/* Memory: what a page may take by the library's own count, twice for arrays
 * that grow, and the program itself. */
static void limit_resources(const struct options *o, bool once)
{
	int64_t page = options_number(o, PITH_MAX_PAGE, 64 << 20);
	int64_t memory = options_number(o, PITH_MAX_MEMORY, 512 << 20);
	int64_t time = options_number(o, PITH_MAX_TIME, 10000);

	limit(RLIMIT_CORE, 0);
	if (SANITIZED) /* they map terabytes */
		return;
	limit(RLIMIT_AS, 2 * (uint64_t)memory + 8 * (uint64_t)page +
			     (UINT64_C(256) << 20));
	if (once && time > 0)
		limit(RLIMIT_CPU, (uint64_t)time / 1000 + 5);
}

bool sandbox_available(void)
{
	unsigned action = SECCOMP_RET_KILL_PROCESS;

	return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool sandbox_enter(const struct options *options, bool once)
{
	if (options->sandbox == SANDBOX_NONE)
		return true;
	limit_resources(options, once);
	return close_system_calls() || options->sandbox == SANDBOX_AUTO;
}
