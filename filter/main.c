/* SPDX-License-Identifier: MIT
 *
 * main.c: pith(1). Extracts through pith.h alone, as any other program
 * could. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "pith.h"
#include "run/exit.h"
#include "run/options.h"
#include "run/output.h"
#include "source/file.h"

struct run {
	const struct options *options;
	pith *page;
	struct output out;
	size_t texts; /* written so far */
};

static void complain(const char *where, const char *what)
{
	fprintf(stderr, "pith: %s: %s\n", where, what);
}

/* One piece of output; complains once, where it first fails. */
static enum exit_code put(struct run *r, const void *data, size_t len)
{
	if (r->out.error != 0 || output_write(&r->out, data, len) == 0)
		return r->out.error != 0 ? EXIT_IO : EXIT_TEXT;
	complain(r->out.name ? r->out.name : "stdout", strerror(r->out.error));
	return EXIT_IO;
}

static enum exit_code put_article(struct run *r, const struct pith_article *a)
{
	enum exit_code code = EXIT_TEXT;

	if (a->text.len == 0)
		return EXIT_EMPTY;
	if (r->texts++ > 0)
		code = put(r, "\f\n", 2);
	return exit_join(code, put(r, a->text.data, a->text.len));
}

/* Feed a file to the end, or to where its page is refused. */
static enum exit_code feed_file(struct run *r, struct file *f,
				const char *where)
{
	char piece[64 * 1024];
	enum pith_status status = PITH_OK;
	ssize_t n = 0;

	while (status == PITH_OK &&
	       (n = file_read(f, piece, sizeof(piece))) > 0)
		status = pith_feed(r->page, piece, (size_t)n);
	if (n < 0) {
		complain(where, strerror(f->error));
		return EXIT_IO;
	}
	return EXIT_TEXT; /* a refusal is told by pith_finish */
}

static enum exit_code extract_file(struct run *r, const char *name)
{
	const char *where = strcmp(name, "-") ? name : "stdin";
	const struct pith_article *article;
	enum pith_status status;
	enum exit_code code;
	struct file f;

	if (file_open(&f, name) != 0) {
		complain(where, strerror(f.error));
		return EXIT_IO;
	}
	status = pith_begin(r->page, NULL, r->options->charset);
	if (status != PITH_OK) {
		complain("--charset", pith_error(r->page));
		file_close(&f);
		return EXIT_USAGE;
	}
	code = feed_file(r, &f, where);
	file_close(&f);
	if (code != EXIT_TEXT)
		return code;
	status = pith_finish(r->page, &article);
	if (status != PITH_OK) {
		complain(where, pith_error(r->page));
		code = EXIT_REFUSED;
	}
	if (article != NULL)
		code = exit_join(code, put_article(r, article));
	return code;
}

static enum exit_code run_all(struct run *r)
{
	enum exit_code code = EXIT_TEXT;

	if (r->options->input_count == 0)
		code = extract_file(r, "-");
	for (size_t i = 0; i < r->options->input_count && r->out.error == 0;
	     i++)
		code = exit_join(code, extract_file(r, r->options->inputs[i]));
	if (output_close(&r->out) != 0 && code != EXIT_IO) {
		complain(r->out.name ? r->out.name : "stdout",
			 strerror(r->out.error));
		code = EXIT_IO;
	}
	return code;
}

/* Hand the limits given on the command line to the library. */
static enum exit_code set_numbers(struct run *r)
{
	for (int i = 0; i < PITH_OPTION_COUNT; i++) {
		if (!r->options->given[i])
			continue;
		if (pith_set(r->page, (enum pith_option)i,
			     r->options->numbers[i]) != PITH_OK) {
			complain("usage", pith_error(r->page));
			return EXIT_USAGE;
		}
	}
	return EXIT_TEXT;
}

static int print_only(int failed)
{
	if (failed || fflush(stdout) != 0 || ferror(stdout)) {
		perror("pith: stdout");
		return EXIT_IO;
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct options options;
	struct run run = {.options = &options};
	enum exit_code code;
	char message[160];

	signal(SIGPIPE, SIG_DFL); /* a parent may have had it ignored */
	if (!options_read(&options, argc, argv, message, sizeof(message))) {
		complain("usage", message);
		return EXIT_USAGE;
	}
	if (options.help)
		return print_only(options_help());
	if (options.version)
		return print_only(printf("pith %s\n", pith_version()) < 0);
	if (options.input_count == 0 && isatty(STDIN_FILENO)) {
		complain("usage", "no FILE, and standard input is a "
				  "terminal; try pith --help");
		return EXIT_USAGE;
	}
	if (pith_new(&run.page) != PITH_OK) {
		complain("memory", "none left");
		return EXIT_IO;
	}
	code = set_numbers(&run);
	if (code == EXIT_TEXT && output_open(&run.out, options.output) != 0) {
		complain(options.output, strerror(run.out.error));
		code = EXIT_IO;
	}
	if (code == EXIT_TEXT)
		code = run_all(&run);
	pith_free(run.page);
	return code;
}
