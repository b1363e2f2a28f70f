/* SPDX-License-Identifier: MIT
 *
 * config_fuzz.c: any bytes as a file of settings. A file is taken or refused
 * with one harmless line; what is taken sets the same as the words of a
 * command line that says it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/config.h"
#include "run/options.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS = 64 };

/* Lines as the options of a command line, read by other rules than those of
 * config.c, as far as they go. */
struct words {
	char *argv[WORDS + 1];
	int argc;
	bool known; /* all could be told */
};

static void add_line(struct words *w, const char *line, size_t len)
{
	static const char blanks[] = " \t\r";
	const char *equal = memchr(line, '=', len);
	size_t name = equal ? (size_t)(equal - line) : len, value = 0;

	while (name > 0 && strchr(blanks, line[name - 1]) != NULL)
		name--;
	if (equal != NULL) {
		for (equal++; strchr(blanks, *equal) != NULL; equal++)
			;
		value = (size_t)(line + len - equal);
	}
	if (w->argc == WORDS) {
		w->known = false;
		return;
	}
	w->argv[w->argc] = malloc(name + value + 4);
	if (w->argv[w->argc] == NULL)
		abort();
	sprintf(w->argv[w->argc++], "--%.*s%s%.*s", (int)name, line,
		equal ? "=" : "", (int)value, equal ? equal : "");
}

static void collect(struct words *w, const char *text, size_t size)
{
	bool ours = true;

	w->argv[w->argc++] = strdup("pith");
	for (size_t at = 0, len; at < size; at += len + 1) {
		const char *line = text + at;

		len = strcspn(line, "\n");
		while (*line == ' ' || *line == '\t' || *line == '\r')
			line++;
		if (*line == '[')
			ours = strstr(line, "pith-fetch") == NULL ||
			       strstr(line, "pith-fetch") > text + at + len;
		else if (ours && *line != '#' && line < text + at + len)
			add_line(w, line,
				 strcspn(line, "\n") -
				     (text[at + len - 1] == '\r'));
	}
	w->argv[w->argc] = NULL;
}

/* Is what both say the same? Switches with values have no words for that. */
static void compare(const struct options *a, const char *text, size_t size)
{
	struct words w = {.argc = 0, .known = true};
	struct options b;
	struct complaint c;
	size_t count;

	collect(&w, text, size);
	options_init(&b);
	if (option_argv(&options_table, &b, w.argc, w.argv, 0, &count, &c) ==
		PITH_OK &&
	    w.known && count == 0) {
		if (memcmp(a->numbers, b.numbers, sizeof(b.numbers)) != 0 ||
		    memcmp(a->given, b.given, sizeof(b.given)) != 0 ||
		    a->format != b.format || a->input != b.input ||
		    a->jobs != b.jobs || a->sandbox != b.sandbox ||
		    a->quiet != b.quiet || a->filter.count != b.filter.count)
			abort();
	}
	for (int i = 0; i < w.argc; i++)
		free(w.argv[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1), *kept = malloc(size + 1);
	struct complaint c;
	struct options o;

	if (text == NULL || kept == NULL)
		abort();
	if (size > 0) {
		memcpy(text, data, size);
		memcpy(kept, data, size);
	}
	kept[size] = '\0';
	options_init(&o);
	if (config_parse(&options_table, &o, "file", text, size, &c) ==
	    PITH_OK) {
		if (o.help || o.version || o.output != NULL ||
		    o.fetch_count > 0 || strlen(kept) != size)
			abort();
		compare(&o, kept, size);
	} else if (memchr(c.what, '\0', sizeof(c.what)) == NULL ||
		   strncmp(c.where, "file:", 5) != 0 ||
		   strtoul(c.where + 5, NULL, 10) < 1 ||
		   strpbrk(c.what, "\n\r\033\177") != NULL) {
		abort();
	}
	free(text);
	free(kept);
	return 0;
}
