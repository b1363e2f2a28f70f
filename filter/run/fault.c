/* SPDX-License-Identifier: MIT
 *
 * fault.c: what a program in the hands of a hostile page might do. */
#include "run/fault.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool asks(const char *data, size_t len, const char *name)
{
	const char *mark = memmem(data, len, "PITH-FAULT:", 11);
	size_t n = strlen(name);

	return mark != NULL && (size_t)(data + len - mark) >= 11 + n &&
	       !memcmp(mark + 11, name, n);
}

static void run_forever(void)
{
	for (volatile unsigned i = 0;; i++)
		continue;
}

static void take_all_memory(void)
{
	for (;;) {
		char *p = malloc(1 << 20);

		if (p == NULL)
			abort();
		memset(p, 1, 1 << 20);
	}
}

static void show_file(void)
{
	int fd = open("/etc/passwd", O_RDONLY | O_CLOEXEC);

	_exit(fd >= 0 ? 0 : 99); /* a sandbox lets neither happen */
}

static void open_socket(void)
{
	_exit(socket(AF_INET, SOCK_STREAM, 0) >= 0 ? 0 : 99);
}

static void start_program(void)
{
	execl("/bin/true", "true", (char *)NULL);
	_exit(99);
}

static void start_process(void)
{
	_exit(fork() >= 0 ? 0 : 99);
}

/* Memory that can be run. */
static void map_code(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_EXEC,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	_exit(p != MAP_FAILED ? 0 : 99);
}

/* Signal 0 harms nobody. */
static void signal_another(void)
{
	_exit(syscall(SYS_tgkill, 1, 1, 0) == 0 ? 0 : 99);
}

static void signal_thread(void)
{
	_exit(syscall(SYS_tkill, 1, 0) == 0 ? 0 : 99);
}

/* Results that nobody asked for, on every open file. */
static void lie(void)
{
	static const char lies[4096] = "PWNED";
	ssize_t n = 0;

	for (int fd = 0; fd < 64; fd++)
		n += write(fd, lies, sizeof(lies));
	_exit(n > 0 ? 0 : 99);
}

static void quit(void)
{
	_exit(0);
}

void fault_look(const char *data, size_t len)
{
	static const struct {
		const char *name;
		void (*act)(void);
	} faults[] = {
	    {"crash", abort},
	    {"loop", run_forever},
	    {"memory", take_all_memory},
	    {"open", show_file},
	    {"socket", open_socket},
	    {"exec", start_program},
	    {"fork", start_process},
	    {"map", map_code},
	    {"signal", signal_another},
	    {"thread", signal_thread},
	    {"lie", lie},
	    {"quit", quit},
	};

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (asks(data, len, faults[i].name))
			faults[i].act();
}
