/* SPDX-License-Identifier: MIT
 *
 * main.c: pith(1). Extracts through pith.h alone, as any other program could.
 *
 * One page on its way to standard output is read by this process itself, which
 * enters the sandbox first. All else is the work of run/batch.c. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "run/batch.h"
#include "run/child.h"
#include "run/completion.h"
#include "run/extract.h"
#include "run/input.h"
#include "run/sandbox.h"
#include "run/say.h"
#include "run/sink.h"
#include "source/file.h"

/* The single page, and what was read of it to see that it is one. */
struct single {
	const struct options *options;
	const char *name;
	struct file file;
	struct extract extract;
	struct sink sink;
	struct item item;
	struct err err;
	bool ended;
	size_t held;
	char piece[64 * 1024];
};

/* Could it be one page, for standard output? */
static bool may_be_single(const struct options *o)
{
	if (o->input_count > 1 || o->files_from != NULL || o->recursive ||
	    o->fetch_lists || o->output != NULL || o->resume || o->stats ||
	    o->skip > 0 || o->limit >= 0 || o->jobs > 1)
		return false;
	if (o->input == INPUT_WARC || o->input == INPUT_LINES)
		return false;
	return o->input_count == 0 || !child_wants(o->inputs[0]);
}

/* Read until it is clear what the input is, in *found. */
static enum pith_status look(struct single *s, enum reader_kind *found)
{
	enum reader_kind kind = input_kind(s->options);
	struct reader *reader;
	struct filter none = {.count = 0};
	enum pith_status status = reader_new(&reader, kind, &none, &s->err);
	ssize_t n = 1;

	if (status != PITH_OK)
		return status;
	while (kind == READER_AUTO && n > 0) {
		n = file_read(&s->file, s->piece + s->held,
			      sizeof(s->piece) - s->held);
		if (n > 0)
			s->held += (size_t)n;
		s->ended = n == 0;
		kind = reader_sniff(reader, (struct str){s->piece, s->held},
				    n <= 0 || s->held >= 4096);
	}
	if (reader_is_short(reader))
		status = err_set(&s->err, PITH_CAUSE_MEMORY, "no memory");
	reader_free(reader);
	*found = n < 0 ? READER_PAGE : kind;
	return status;
}

/* Feed the page to its end, or to where it is refused. */
static enum exit_code feed(struct single *s)
{
	bool more =
	    s->held == 0 || extract_feed(&s->extract, s->piece, s->held);
	const char *reason;
	ssize_t n = 1;

	while (more && !s->ended && s->file.error == 0 &&
	       (n = file_read(&s->file, s->piece, sizeof(s->piece))) > 0)
		more = extract_feed(&s->extract, s->piece, (size_t)n);
	if (s->file.error == 0)
		return EXIT_TEXT; /* a refusal is told at the end */
	reason = strerror(s->file.error);
	say_item(&s->item, (struct str){NULL, 0},
		 (struct str){reason, strlen(reason)});
	return EXIT_IO;
}

static enum exit_code extract(struct single *s)
{
	struct result result;
	enum exit_code code;

	item_init(&s->item, 0);
	if (item_set(&s->item, ITEM_INPUT,
		     (struct str){s->name, strlen(s->name)},
		     &s->err) != PITH_OK ||
	    (s->options->input == INPUT_TEXT &&
	     item_set(&s->item, ITEM_TYPE, STR("text/plain"), &s->err) !=
		 PITH_OK)) {
		say_plain(s->name, s->err.text);
		return EXIT_IO;
	}
	extract_begin(&s->extract, &s->item);
	code = feed(s);
	if (code != EXIT_TEXT)
		return code;
	extract_finish(&s->extract, &result);
	if (!result.wanted)
		return EXIT_EMPTY;
	if (result.error.len > 0)
		say_item(&s->item, result.url, result.error);
	if (sink_put(&s->sink, item_get(&s->item, ITEM_URL),
		     item_get(&s->item, ITEM_INPUT),
		     result.output) != PITH_OK ||
	    sink_close(&s->sink, true) != PITH_OK) {
		say_plain(s->sink.where, s->sink.err.text);
		return exit_join(result.code, EXIT_IO);
	}
	return result.code;
}

/* Read the one input; an archive goes on to run/batch.c. */
static enum exit_code run_single(struct single *s)
{
	const struct options *o = s->options;
	enum reader_kind kind;

	s->name = o->input_count > 0 ? o->inputs[0] : "-";
	if (file_open(&s->file, s->name) != 0) {
		say_plain(s->name, strerror(s->file.error));
		return EXIT_IO;
	}
	if (look(s, &kind) != PITH_OK) {
		say_plain(s->name, s->err.text);
		return EXIT_IO;
	}
	if (kind == READER_WARC) {
		file_close(&s->file);
		return batch_run(o, (struct str){s->piece, s->held});
	}
	if (sink_open(&s->sink, o, NULL) != PITH_OK) {
		say_plain(s->sink.where, s->sink.err.text);
		return EXIT_IO;
	}
	if (!sandbox_enter(o, true)) {
		say_plain("sandbox", "this kernel refuses it");
		return EXIT_IO;
	}
	return extract(s);
}

/* Names and meanings of the features. Returns 0, or -1 if a write failed. */
static int print_features(void)
{
	const char *name, *meaning;

	for (unsigned i = 0; (name = pith_feature(i, &meaning)) != NULL; i++)
		if (printf("%s\t%s\n", name, meaning) < 0)
			return -1;
	return 0;
}

static int print_only(int failed)
{
	if (failed || fflush(stdout) != 0 || ferror(stdout)) {
		perror("pith: stdout");
		return EXIT_IO;
	}
	return 0;
}

/* Is there something for pith-fetch? */
static bool wants_fetch(const struct options *o)
{
	bool wanted = o->fetch_lists;

	for (size_t i = 0; i < o->input_count && !wanted; i++)
		wanted = child_wants(o->inputs[i]);
	return wanted;
}

/* What the options cannot mean, else NULL. */
static const char *contradiction(const struct options *o)
{
	if (o->input_count == 0 && o->files_from == NULL && !o->fetch_lists &&
	    isatty(STDIN_FILENO))
		return "no FILE, and standard input is a terminal; try pith "
		       "--help";
	if (o->fetch_count > 0 && !wants_fetch(o))
		return "--delay and --state want a URL, -i or --feed";
	if (o->resume && (o->output == NULL || !options_lines(o)))
		return "--resume wants -f jsonl and -o FILE";
	if (o->resume && o->unordered)
		return "--resume and --unordered exclude each other";
	if (o->resume && wants_fetch(o))
		return "--resume wants files; --state goes on with URLs";
	return NULL;
}

/* Say what the kernel lacks, once. */
static bool check_sandbox(const struct options *o)
{
	if (o->sandbox == SANDBOX_NONE || sandbox_available())
		return true;
	if (o->sandbox == SANDBOX_AUTO) {
		say_plain("sandbox", "this kernel has no seccomp; pages are "
				     "read without");
		return true;
	}
	say_plain("sandbox", "this kernel has no seccomp");
	return false;
}

/* What only prints. Returns false where there is more to do. */
static bool print(const struct options *o, int *code)
{
	if (o->help)
		*code = print_only(options_help());
	else if (o->features)
		*code = print_only(print_features());
	else if (o->version)
		*code = print_only(printf("pith %s\n", pith_version()) < 0);
	else if (o->completion >= 0)
		*code = print_only(completion_print(&options_table,
						    (enum shell)o->completion));
	else
		return false;
	return true;
}

static int run(const struct options *o)
{
	static struct single single;
	const char *wrong = contradiction(o);

	if (wrong != NULL) {
		say_plain("usage", wrong);
		return EXIT_USAGE;
	}
	single.options = o;
	if (extract_init(&single.extract, o) != PITH_OK) {
		bool usage = single.extract.err.cause == PITH_CAUSE_ARGUMENT;

		say_plain(usage ? "usage" : "memory", single.extract.err.text);
		return usage ? EXIT_USAGE : EXIT_IO;
	}
	if (!check_sandbox(o))
		return EXIT_IO;
	if (may_be_single(o))
		return (int)run_single(&single);
	return (int)batch_run(o, (struct str){NULL, 0});
}

int main(int argc, char **argv)
{
	struct options options;
	struct complaint wrong;
	int code;

	/* a parent may have had them ignored */
	signal(SIGPIPE, SIG_DFL);
	signal(SIGCHLD, SIG_DFL);
	if (options_read(&options, argc, argv, &wrong) != PITH_OK) {
		say_plain(*wrong.where ? wrong.where : "usage", wrong.what);
		code = wrong.code;
	} else if (!print(&options, &code)) {
		code = run(&options);
	}
	options_free(&options);
	return code;
}
