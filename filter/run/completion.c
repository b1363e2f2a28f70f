/* SPDX-License-Identifier: MIT
 *
 * completion.c: completions for bash, zsh and fish. Part of run/.
 *
 * A value is one of the words of its row, or a file where the row calls it
 * FILE, or something nobody can guess. */
#include "run/completion.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Every write goes through this; ferror tells of all at the end. */
static void put(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void put(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vprintf(format, args);
	va_end(args);
}

/* A text for single quotes, in which quote stands for one; a backslash comes
 * before the special characters. */
static void put_quoted(const char *s, const char *quote, const char *special)
{
	for (; *s != '\0'; s++) {
		if (*s == '\'')
			put("%s", quote);
		else
			put("%s%c", strchr(special, *s) ? "\\" : "", *s);
	}
}

static bool takes_file(const struct option_row *row)
{
	return row->argument != NULL && !strcmp(row->argument, "FILE");
}

/* Does "--no-NAME" mean anything? */
static bool has_no(const struct option_row *row)
{
	return row->argument == NULL && !(row->flags & OPTION_RUN);
}

static void put_words(const struct option_row *row)
{
	for (size_t i = 0; row->words[i] != NULL; i++)
		put("%s%s", i > 0 ? " " : "", row->words[i]);
}

/* The name of a function in bash: _pith_fetch. */
static void put_function(const struct option_table *t)
{
	put("_");
	for (const char *s = t->program; *s != '\0'; s++)
		put("%c", *s == '-' ? '_' : *s);
}

/* bash: what comes after an option, as a branch of "case $last". "=" is a word
 * of its own for bash, so last is "--name=" where one stands. */
static void bash_value(const struct option_row *row)
{
	if (row->argument == NULL)
		return;
	put("\t");
	if (!(row->flags & OPTION_MAYBE)) {
		if (row->letter)
			put("-%c | ", row->letter);
		put("--%s | ", row->name);
	}
	put("--%s=) ", row->name);
	if (row->words != NULL) {
		put("words='");
		put_words(row);
		put("'%s ;;\n", row->flags & OPTION_LIST ? " list=yes" : "");
	} else {
		put("%s ;;\n", takes_file(row) ? "files=yes" : "return");
	}
}

static void bash(const struct option_table *t)
{
	put("# bash completion for %s; %s --completion bash wrote it.\n",
	    t->program, t->program);
	put_function(t);
	put("()\n{\n"
	    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} words='' files='' "
	    "list='' head=''\n"
	    "\tlocal last=${COMP_WORDS[COMP_CWORD-1]}\n"
	    "\n"
	    "\tif [[ $cur == '=' ]]; then\n"
	    "\t\tcur='' last+='='\n"
	    "\telif [[ $last == '=' ]]; then\n"
	    "\t\tlast=${COMP_WORDS[COMP_CWORD-2]}=\n"
	    "\tfi\n"
	    "\tCOMPREPLY=()\n"
	    "\tcase $last in\n");
	for (size_t i = 0; i < t->count; i++)
		bash_value(&t->rows[i]);
	put("\t*)\n"
	    "\t\tif [[ $cur != -* || \" ${COMP_WORDS[*]:1:COMP_CWORD-1} \" "
	    "== *' -- '* ]]; then\n"
	    "\t\t\tfiles=%s\n"
	    "\t\telse\n"
	    "\t\t\twords='",
	    t->files ? "yes" : "''");
	for (size_t i = 0; i < t->count; i++) {
		put("%s--%s", i > 0 ? "\n\t\t\t    " : "", t->rows[i].name);
		if (has_no(&t->rows[i]))
			put(" --no-%s", t->rows[i].name);
	}
	put("'\n"
	    "\t\tfi ;;\n"
	    "\tesac\n"
	    "\tif [[ $files ]]; then\n"
	    "\t\tcompopt -o filenames 2>/dev/null\n"
	    "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
	    "\t\treturn\n"
	    "\tfi\n"
	    "\tif [[ $list && $cur == *,* ]]; then\n"
	    "\t\thead=${cur%%,*},\n"
	    "\t\tcur=${cur##*,}\n"
	    "\tfi\n"
	    "\tmapfile -t COMPREPLY < <(compgen -P \"$head\" -W \"$words\" -- "
	    "\"$cur\")\n"
	    "}\n"
	    "complete -F ");
	put_function(t);
	put(" %s\n", t->program);
}

/* zsh: a specification of _arguments; "*" lets an option come again. */
static void zsh_row(const struct option_row *row)
{
	bool maybe = row->flags & OPTION_MAYBE;
	const char *equal = row->argument == NULL ? "" : maybe ? "=-" : "=";

	put("\t    '*'");
	if (row->letter)
		put("{-%c%s,--%s%s}", row->letter, row->argument ? "+" : "",
		    row->name, equal);
	else
		put("--%s%s", row->name, equal);
	put("'[");
	put_quoted(row->help, "'\\''", "[]:\\");
	put("]");
	if (row->argument != NULL)
		put("%s%.*s:", maybe ? "::" : ":",
		    (int)strcspn(row->argument, ":"), row->argument);
	if (row->words != NULL && row->flags & OPTION_LIST) {
		put("_values -s , %s ", row->argument);
		put_words(row);
	} else if (row->words != NULL) {
		put("(");
		put_words(row);
		put(")");
	} else if (row->argument != NULL) {
		put("%s", takes_file(row) ? "_files" : " ");
	}
	put("' \\\n");
	if (has_no(row))
		put("\t    '*--no-%s[without --%s]' \\\n", row->name,
		    row->name);
}

static void zsh(const struct option_table *t)
{
	const char *name = t->program;

	put("#compdef %s\n"
	    "# zsh completion for %s; %s --completion zsh wrote it.\n"
	    "_%s()\n{\n\t_arguments -s -S \\\n",
	    name, name, name, name);
	for (size_t i = 0; i < t->count; i++)
		zsh_row(&t->rows[i]);
	put("\t    '*:%s'\n}\n", t->files ? "FILE:_files" : "URL:_urls");
	/* as a file of fpath it is the function's body, else it is sourced */
	put("if [[ $funcstack[1] = _%s ]]; then\n"
	    "\t_%s \"$@\"\n"
	    "else\n"
	    "\tcompdef _%s %s\n"
	    "fi\n",
	    name, name, name, name);
}

static void fish_row(const struct option_table *t, const struct option_row *row)
{
	put("complete -c %s -l %s", t->program, row->name);
	if (row->letter)
		put(" -s %c", row->letter);
	if (takes_file(row))
		put(" -r -F");
	else if (row->argument != NULL)
		put(row->flags & OPTION_MAYBE ? " -f" : " -x");
	if (row->words != NULL) {
		put(" -a '");
		put(row->flags & OPTION_LIST ? "(__fish_append , " : "");
		put_words(row);
		put(row->flags & OPTION_LIST ? ")'" : "'");
	}
	put(" -d '");
	put_quoted(row->help, "\\'", "\\");
	put("'\n");
	if (has_no(row))
		put("complete -c %s -l no-%s -d 'without --%s'\n", t->program,
		    row->name, row->name);
}

static void fish(const struct option_table *t)
{
	put("# fish completion for %s; %s --completion fish wrote it.\n",
	    t->program, t->program);
	if (!t->files)
		put("complete -c %s -f\n", t->program);
	for (size_t i = 0; i < t->count; i++)
		fish_row(t, &t->rows[i]);
}

int completion_print(const struct option_table *t, enum shell shell)
{
	switch (shell) {
	case SHELL_BASH:
		bash(t);
		break;
	case SHELL_ZSH:
		zsh(t);
		break;
	case SHELL_FISH:
		fish(t);
		break;
	}
	return ferror(stdout) ? -1 : 0;
}
