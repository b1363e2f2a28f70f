/* SPDX-License-Identifier: MIT
 *
 * sandbox.c: seccomp and resource limits; the one file that sees the kernel's
 * headers of it.
 *
 * What is not allowed kills the process: a page that took over the program
 * gets nothing to try again with. docs/sandbox.md says why each call is
 * there.
 *
 * The filter is written here, not by libseccomp: that takes some 300
 * allocations for it, and where one fails the filter lacks rules, or the
 * program hangs or crashes (2.5.4). */
#include "run/sandbox.h"

#include <endian.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* How the kernel names this machine; elsewhere there is no sandbox. s390x is
 * not among them: its mmap takes its arguments in memory, where a filter cannot
 * look. */
#if defined(__x86_64__)
#define MACHINE AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define MACHINE AUDIT_ARCH_I386
#elif defined(__aarch64__) && __BYTE_ORDER == __LITTLE_ENDIAN
#define MACHINE AUDIT_ARCH_AARCH64
#elif defined(__arm__) && __BYTE_ORDER == __LITTLE_ENDIAN
#define MACHINE AUDIT_ARCH_ARM
#elif defined(__riscv) && __riscv_xlen == 64
#define MACHINE AUDIT_ARCH_RISCV64
#elif defined(__powerpc64__) && __BYTE_ORDER == __LITTLE_ENDIAN
#define MACHINE AUDIT_ARCH_PPC64LE
#else
#define MACHINE 0
#endif

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
    SYS_read,
    SYS_write,
    SYS_readv,
    SYS_writev,
    SYS_close,
    SYS_lseek,
    SYS_fstat,
    /* memory; mmap without PROT_EXEC is below */
    SYS_brk,
    SYS_munmap,
    SYS_mremap,
    SYS_madvise,
    /* clocks, where the vDSO does not serve them */
    SYS_clock_gettime,
    SYS_gettimeofday,
    /* the C library's own: locks, seeds, qsort's look at the memory's size */
    SYS_futex,
    SYS_getrandom,
    SYS_sysinfo,
    SYS_restart_syscall,
    /* the end; raise() and abort() */
    SYS_exit,
    SYS_exit_group,
    SYS_rt_sigreturn,
    SYS_rt_sigprocmask,
    SYS_rt_sigaction,
    SYS_getpid,
    SYS_gettid,
/* the same on machines of 32 bits, and what only some have */
#ifdef SYS__llseek
    SYS__llseek,
#endif
#ifdef SYS_fstat64
    SYS_fstat64,
#endif
#ifdef SYS_clock_gettime64
    SYS_clock_gettime64,
#endif
#ifdef SYS_time
    SYS_time,
#endif
#ifdef SYS_futex_time64
    SYS_futex_time64,
#endif
#ifdef SYS_sigreturn
    SYS_sigreturn,
#endif
#if SANITIZED
    /* what the sanitizers need beyond; never in a release */
    SYS_sigaltstack,
    SYS_sched_yield,
    SYS_readlink,
    SYS_sched_getaffinity,
    SYS_openat,
    SYS_mmap,
    SYS_mprotect,
    SYS_prctl,
    SYS_clone,
    SYS_wait4,
    SYS_ptrace,
    SYS_getdents64,
#ifdef SYS_newfstatat
    SYS_newfstatat,
#endif
#endif
};

/* Memory may be mapped, never as code. Where there is mmap2, mmap takes its
 * arguments in memory, as on s390x. */
static const int maps[] = {
    SYS_mprotect,
#ifdef SYS_mmap2
    SYS_mmap2,
#else
    SYS_mmap,
#endif
};

/* Signals go to this process alone, whose one thread has its number. raise()
 * of glibc makes the first call, that of musl the second. */
static const int signals[] = {SYS_tgkill, SYS_tkill};

enum {
	ALLOWED = sizeof(allowed) / sizeof(allowed[0]),
	MAPS = sizeof(maps) / sizeof(maps[0]),
	SIGNALS = sizeof(signals) / sizeof(signals[0]),
	FILTER_MAX = 4 + 2 * ALLOWED + 5 * MAPS + 5 * SIGNALS + 1
};

/* The program that the kernel runs at each call. */
struct rules {
	struct sock_filter code[FILTER_MAX];
	unsigned short len;
};

static void put(struct rules *f, struct sock_filter op)
{
	f->code[f->len++] = op;
}

static void put_load(struct rules *f, size_t offset)
{
	put(f, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS,
					    (uint32_t)offset));
}

/* Compare what was loaded: go on where it is k, else pass over `skip`. */
static void put_if(struct rules *f, uint32_t k, uint8_t skip)
{
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, k, 0,
					    skip));
}

static void put_return(struct rules *f, uint32_t action)
{
	put(f, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, action));
}

/* Where the low half of a call's argument is. */
static size_t argument(unsigned n)
{
	size_t at = offsetof(struct seccomp_data, args) + n * sizeof(uint64_t);

	return __BYTE_ORDER == __BIG_ENDIAN ? at + 4 : at;
}

static void write_rules(struct rules *f)
{
	/* calls of another machine have other numbers */
	put_load(f, offsetof(struct seccomp_data, arch));
	put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MACHINE,
					    1, 0));
	put_return(f, SECCOMP_RET_KILL_PROCESS);
	put_load(f, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < ALLOWED; i++) {
		put_if(f, (uint32_t)allowed[i], 1);
		put_return(f, SECCOMP_RET_ALLOW);
	}
	for (size_t i = 0; i < MAPS; i++) {
		put_if(f, (uint32_t)maps[i], 4);
		put_load(f, argument(2));
		put(f, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K,
						    PROT_EXEC, 1, 0));
		put_return(f, SECCOMP_RET_ALLOW);
		put_return(f, SECCOMP_RET_KILL_PROCESS);
	}
	for (size_t i = 0; i < SIGNALS; i++) {
		put_if(f, (uint32_t)signals[i], 4);
		put_load(f, argument(0));
		put_if(f, (uint32_t)getpid(), 1);
		put_return(f, SECCOMP_RET_ALLOW);
		put_return(f, SECCOMP_RET_KILL_PROCESS);
	}
	put_return(f, SECCOMP_RET_KILL_PROCESS);
}

static bool close_system_calls(void)
{
	struct rules f = {.len = 0};
	struct sock_fprog program = {.filter = f.code};

	write_rules(&f);
	program.len = f.len;
	return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	       syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
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

	return MACHINE != 0 &&
	       syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0;
}

bool sandbox_enter(const struct options *options, bool once)
{
	if (options->sandbox == SANDBOX_NONE)
		return true;
	limit_resources(options, once);
	if (options->sandbox == SANDBOX_AUTO && !sandbox_available())
		return true; /* the user was told */
	return close_system_calls();
}
