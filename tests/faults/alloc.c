/* SPDX-License-Identifier: MIT
 *
 * alloc.c: a page goes through the library again and again, and each time
 * another allocation fails: of malloc, which the libraries below share, and of
 * the page's arena. Run by tests/run.sh.
 *
 * Every time there must be either the same output as ever or PITH_FATAL for
 * want of memory with a message, and all memory must be given back.
 *
 * malloc is this program's own, so that it serves the shared libraries too;
 * calls of the arena come here by the linker's --wrap. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "pith.h"

/* What fails; ALL_AFTER: from the one chosen on, every one. */
enum kind { KIND_MALLOC, KIND_AFTER, KIND_ARENA, KIND_COUNT };

static const char *const kind_names[] = {
    [KIND_MALLOC] = "one allocation",
    [KIND_AFTER] = "all allocations from one on",
    [KIND_ARENA] = "one of the arena",
};

/* The page in work: how many were asked for, which one is to fail (0: none),
 * how many blocks of malloc are in use. */
static struct {
	enum kind kind;
	bool on;
	unsigned long count, fail;
	long live;
} state;

static bool fails(bool arena)
{
	if (!state.on || arena != (state.kind == KIND_ARENA))
		return false;
	state.count++;
	if (state.fail == 0 || state.count < state.fail)
		return false;
	return state.kind == KIND_AFTER || state.count == state.fail;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED
#endif
#endif
#if defined(__SANITIZE_ADDRESS__) && !defined(SANITIZED)
#define SANITIZED
#endif

#if defined(__GLIBC__) && !defined(SANITIZED)
enum { OWN_MALLOC = true };

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void __libc_free(void *p);

/* The shared libraries are to see them. */
#define SHARED __attribute__((visibility("default")))

static void *give(void *p)
{
	state.live += p != NULL;
	return p;
}

static bool no_memory(void)
{
	if (!fails(false))
		return false;
	errno = ENOMEM;
	return true;
}

SHARED void *malloc(size_t size)
{
	return no_memory() ? NULL : give(__libc_malloc(size));
}

SHARED void *calloc(size_t count, size_t size)
{
	return no_memory() ? NULL : give(__libc_calloc(count, size));
}

SHARED void *realloc(void *old, size_t size)
{
	void *p;

	if (no_memory())
		return NULL;
	p = __libc_realloc(old, size);
	if (old == NULL || p == NULL)
		state.live += (p != NULL) - (old != NULL && size == 0);
	return p;
}

SHARED void free(void *p)
{
	state.live -= p != NULL;
	__libc_free(p);
}
#else
enum { OWN_MALLOC = false };
#endif

void *__real_arena_alloc(struct arena *a, size_t size);
void *__real_arena_calloc(struct arena *a, size_t count, size_t size);
void *__real_arena_grow(struct arena *a, const void *old, size_t have,
			size_t need, size_t size, size_t *cap);
struct str __real_arena_copy(struct arena *a, struct str s);
void *__wrap_arena_alloc(struct arena *a, size_t size);
void *__wrap_arena_calloc(struct arena *a, size_t count, size_t size);
void *__wrap_arena_grow(struct arena *a, const void *old, size_t have,
			size_t need, size_t size, size_t *cap);
struct str __wrap_arena_copy(struct arena *a, struct str s);

static bool arena_fails(struct arena *a)
{
	if (!fails(true))
		return false;
	(void)err_set(a->err, PITH_CAUSE_MEMORY, "no memory left");
	return true;
}

void *__wrap_arena_alloc(struct arena *a, size_t size)
{
	return arena_fails(a) ? NULL : __real_arena_alloc(a, size);
}

void *__wrap_arena_calloc(struct arena *a, size_t count, size_t size)
{
	return arena_fails(a) ? NULL : __real_arena_calloc(a, count, size);
}

void *__wrap_arena_grow(struct arena *a, const void *old, size_t have,
			size_t need, size_t size, size_t *cap)
{
	return arena_fails(a)
		   ? NULL
		   : __real_arena_grow(a, old, have, need, size, cap);
}

struct str __wrap_arena_copy(struct arena *a, struct str s)
{
	return arena_fails(a) ? (struct str){NULL, 0} : __real_arena_copy(a, s);
}

static const struct trial {
	const char *page; /* below golden/ */
	bool text, undeclared, all;
} trials[] = {
    {"news/overlay/page.html", false, false, false},
    {"blog/gzip/page.html.gz", false, false, false},
    {"charset/utf-16le-bom/page.html", false, false, false},
    {"language/japanese-shift-jis/page.html", false, false, false},
    {"language/japanese-shift-jis/page.html", false, true, false},
    {"language/russian-koi8-r/page.html", false, true, false},
    {"shop/product/page.html", false, false, true},
    {"forum/thread/page.html", false, false, true},
    {"town/tables/page.html", false, false, true},
    {"docs/code/page.html", false, false, true},
    {"markup/json-ld-only/page.html", false, false, true},
    {"none/not-found/page.html", false, false, true},
    {"plain/browser/page.txt", true, false, true},
};

enum { TRIALS = sizeof(trials) / sizeof(trials[0]) };

/* A page as it is in its file. With undeclared, its encoding is not named. */
static char *read_page(const struct trial *t, size_t *len)
{
	static char page[256 * 1024];
	char path[256];
	FILE *f;

	snprintf(path, sizeof(path), "golden/%s", t->page);
	f = fopen(path, "rb");
	if (f == NULL)
		return NULL;
	*len = fread(page, 1, sizeof(page), f);
	fclose(f);
	for (size_t at; t->undeclared &&
			(at = str_find_nocase((struct str){page, *len},
					      STR("charset"), 0)) != SIZE_MAX;)
		memset(page + at, '-', 7);
	return page;
}

/* A digest of all that came out of a page, or why nothing did. */
struct outcome {
	enum pith_status status;
	enum pith_cause cause;
	bool told;
	uint64_t digest;
};

static enum pith_status render_all(pith *p, uint64_t *digest)
{
	struct pith_text out;

	for (int format = 0; format < PITH_FORMAT_COUNT; format++) {
		enum pith_status status =
		    pith_render(p, (enum pith_format)format, &out);

		if (status != PITH_OK)
			return status;
		*digest =
		    *digest * 31 + str_hash((struct str){out.data, out.len});
	}
	return PITH_OK;
}

static enum pith_status set_all(pith *p, const struct trial *t)
{
	static const struct {
		enum pith_option option;
		int64_t value;
	} more[] = {
	    {PITH_WITH_TITLE, 1},    {PITH_WITH_COMMENTS, 1},
	    {PITH_WITH_IMAGES, 1},   {PITH_WITH_CAPTIONS, 2},
	    {PITH_WITH_METADATA, 2}, {PITH_WITH_BLOCKS, 1},
	    {PITH_JSON_BODY, 7},     {PITH_WIDTH, 60},
	    {PITH_REASONS, 3},
	};
	enum pith_status status = pith_set(p, PITH_NOW, 1600000000);

	if (status == PITH_OK && t->text)
		status = pith_set(p, PITH_INPUT, PITH_INPUT_TEXT);
	for (size_t i = 0; t->all && i < sizeof(more) / sizeof(more[0]); i++)
		if (status == PITH_OK)
			status = pith_set(p, more[i].option, more[i].value);
	return status;
}

static enum pith_status extract(pith *p, const struct trial *t,
				const char *page, size_t len, uint64_t *digest)
{
	const struct pith_article *article;
	enum pith_status status = set_all(p, t);

	if (status == PITH_OK)
		status = pith_preload(p);
	if (status == PITH_OK)
		status = pith_begin(p, "https://example.org/a/b", NULL);
	for (size_t i = 0, n; i < len && status == PITH_OK; i += n) {
		n = len - i < 4096 ? len - i : 4096;
		status = pith_feed(p, page + i, n);
	}
	if (status == PITH_OK)
		status = pith_finish(p, &article);
	return status == PITH_OK ? render_all(p, digest) : status;
}

/* One whole life of a handle. */
static struct outcome live(const struct trial *t, const char *page, size_t len)
{
	struct outcome o = {PITH_FATAL, PITH_CAUSE_MEMORY, true, 0};
	pith *p;

	if (pith_new(&p) != PITH_OK)
		return o;
	o.status = extract(p, t, page, len, &o.digest);
	o.cause = pith_error_cause(p);
	o.told = pith_error(p)[0] != '\0';
	pith_free(p);
	return o;
}

static const char *judge(const struct outcome *o, const struct outcome *want)
{
	if (o->status == PITH_OK)
		return o->digest == want->digest ? NULL
						 : "the output is another";
	if (o->status != PITH_FATAL)
		return "the status is not PITH_FATAL";
	if (o->cause != PITH_CAUSE_MEMORY)
		return "the cause is not memory";
	return o->told ? NULL : "there is no message";
}

/* One life in which an allocation fails. */
static struct outcome live_with(const struct trial *t, const char *page,
				size_t len, unsigned long fail)
{
	state.count = 0;
	state.fail = fail;
	return live(t, page, len);
}

/* Does a fault leave blocks behind each time? glibc keeps what it learned of
 * iconv's modules, and frees it again: that grows once at most. */
static bool leaks(const struct trial *t, const char *page, size_t len,
		  unsigned long fail)
{
	bool grows = true;

	for (int i = 0; i < 6 && grows; i++) {
		long before = state.live;

		(void)live_with(t, page, len, fail);
		grows = state.live > before;
	}
	return grows;
}

/* Let allocations fail in turn; *at is the one in work, for whoever has to
 * tell how this process ended. Returns how many went wrong. */
static int run(const struct trial *t, enum kind kind,
	       volatile unsigned long *at)
{
	unsigned long total;
	size_t len = 0;
	const char *page = read_page(t, &len);
	struct outcome want;
	int bad = 0, spared = 0;

	if (page == NULL) {
		printf("# golden/%s: %s\n", t->page, strerror(errno));
		return 1;
	}
	state.kind = kind;
	(void)live(t, page, len); /* what libraries keep for good is made */
	state.on = true;
	want = live(t, page, len);
	total = state.count;
	if (want.status != PITH_OK || total == 0) {
		printf("# without a fault: status %d, %lu allocations\n",
		       want.status, total);
		return 1;
	}
	for (unsigned long n = 1; n <= total; n++) {
		long before = state.live;
		struct outcome o;
		const char *wrong;

		*at = n;
		o = live_with(t, page, len, n);
		wrong = judge(&o, &want);
		if (wrong != NULL && o.status == PITH_OK && t->undeclared &&
		    spared++ == 0)
			wrong = NULL; /* uchardet's copy of its answer */
		/* uchardet leaves what it was making when it threw */
		if (wrong == NULL && !t->undeclared && state.live > before &&
		    leaks(t, page, len, n))
			wrong = "memory was not given back";
		if (wrong == NULL)
			continue;
		printf("# allocation %lu of %lu: %s (status %d)\n", n, total,
		       wrong, o.status);
		if (++bad == 10)
			break;
	}
	printf("# %lu allocations\n", total);
	return bad;
}

/* In a process of its own: an abort is told, too. */
static bool check(const struct trial *t, enum kind kind, int number)
{
	volatile unsigned long *at =
	    mmap(NULL, sizeof(*at), PROT_READ | PROT_WRITE,
		 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	int status = 0;
	bool good;
	pid_t child;

	fflush(stdout);
	if (at == MAP_FAILED)
		return false;
	child = fork();
	if (child == 0) {
		int bad = run(t, kind, at);

		fflush(stdout);
		_exit(bad > 0);
	}
	good = child > 0 && waitpid(child, &status, 0) == child && status == 0;
	if (child > 0 && WIFSIGNALED(status))
		printf("# allocation %lu: ended by signal %d\n", *at,
		       WTERMSIG(status));
	munmap((void *)(uintptr_t)at, sizeof(*at));
	printf("%s %d %s%s: %s fails\n", good ? "ok" : "not ok", number,
	       t->page, t->undeclared ? ", no encoding named" : "",
	       kind_names[kind]);
	return good;
}

int main(void)
{
	int number = 0, failed = 0;

	for (int i = 0; i < TRIALS; i++)
		for (int kind = 0; kind < KIND_COUNT; kind++)
			if (OWN_MALLOC || kind == KIND_ARENA)
				failed += !check(&trials[i], (enum kind)kind,
						 ++number);
	printf("1..%d\n", number);
	return failed > 0;
}
