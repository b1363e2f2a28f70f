/* SPDX-License-Identifier: MIT
 *
 * option_table.h: a table of options, which is all that the command line, the
 * file of settings, the environment, --help and the shells' completions know
 * of them. Included by run/ and fetch/, each of which has such a table. */
#ifndef RUN_OPTION_TABLE_H
#define RUN_OPTION_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "pith.h"

enum option_flag {
	OPTION_MAYBE = 1,   /* the value may be left out: --x or --x=VALUE */
	OPTION_LIST = 2,    /* the value is words with commas */
	OPTION_RUN = 4,	    /* says what one run does: not for a file */
	OPTION_SOURCE = 12, /* the same, and which file is read */
	OPTION_ENDS = 20, /* the same: something is printed, and that is all */
	OPTION_FETCH = 36 /* the same, for it goes on to pith-fetch */
};

/* An option that takes no value is a switch, and "--no-NAME" turns it off. */
struct option_row {
	const char *name;     /* long, without dashes; rows are sorted */
	char letter;	      /* short, or 0 */
	unsigned char flags;  /* of enum option_flag */
	unsigned char take;   /* the program's own: how it is stored, */
	size_t at;	      /* where, */
	int64_t least, most;  /* and within what */
	const char *argument; /* what it takes, or NULL */
	const char *const
	    *words; /* all that it takes, ended by NULL; or NULL */
	const char *help;
};

struct option_table {
	const char *program;
	const char *variables; /* what the environment's names begin with */
	const struct option_row *rows;
	size_t count;
	bool files;    /* its other words may be names of files */
	size_t config; /* where struct config is in the program's struct */
	/* Store a value in the program's struct; it lives as long as that. A
	 * switch has none: on says which way. PITH_FAILED: it does not fit;
	 * PITH_FATAL: no memory. */
	enum pith_status (*take)(void *options, const struct option_row *row,
				 bool on, const char *value);
};

/* What is wrong, in one line: "WHERE: WHAT". */
struct complaint {
	int code;	 /* enum exit_code */
	char where[320]; /* "" on the command line */
	char what[192];
};

/* The words for a name that says what is wrong: printf into c->what, keep
 * c->where. Returns PITH_FAILED. */
enum pith_status complain_usage(struct complaint *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Set the option that "NAME" or "no-NAME" of len bytes is to value, or turn a
 * switch where it is NULL. dashes: "--", or "" where names have none. */
enum pith_status option_set(const struct option_table *t, void *options,
			    const char *dashes, const char *name, size_t len,
			    const char *value,
			    struct complaint *c) PITH_CHECKED;

/* The row of "NAME", or of "no-NAME" where *on becomes false; or NULL. */
const struct option_row *option_find(const struct option_table *t,
				     const char *name, size_t len, bool *on);

/* Set what the command line says; "--" ends options. Its other words become
 * argv[1] to argv[*count]. With mask, only options of such flags are set and
 * counted, and argv stays as it is. */
enum pith_status option_argv(const struct option_table *t, void *options,
			     int argc, char **argv, unsigned mask,
			     size_t *count, struct complaint *c) PITH_CHECKED;

/* Print the rows as --help has them, to stdout; width: of the left column.
 * Returns 0, or -1 if a write failed. */
int option_help(const struct option_table *t, int width);

#endif
