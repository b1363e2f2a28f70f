/* SPDX-License-Identifier: MIT
 *
 * list.h: the names of inputs, one after the other: arguments, the lines of a
 * file, the pages in folders. Names are not read ahead, folders not kept.
 * Included by source/ and run/. */
#ifndef SOURCE_LIST_H
#define SOURCE_LIST_H

#include <dirent.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

/* Folders in folders, at most. */
enum { LIST_DEPTH = 64 };

/* A folder being walked: its entries, sorted by bytes. */
struct list_folder {
	struct dirent **entries;
	int count, at;
	size_t length; /* of its path in path */
};

struct list {
	char *const *names; /* arguments */
	size_t count, at;
	FILE *file; /* of more names, or NULL */
	const char *file_name;
	int separator;
	bool recursive;
	char line[PATH_MAX + 1]; /* the name of a line */
	char *path;		 /* the name of a file in folders */
	size_t path_size;
	struct list_folder folders[LIST_DEPTH];
	size_t depth;
	int error; /* errno of the name that list_next gave with LIST_ERROR */
};

enum list_event { LIST_NAME, LIST_ERROR, LIST_END };

/* Begin with count arguments, then the lines of a file ("-": stdin, NULL:
 * none), ended by separator. recursive: a name may be of a folder; its *.html,
 * *.htm, *.xhtml, *.warc, *.gz and *.warc.zst files are named, sorted. Returns
 * 0, or an errno for the file. */
int list_open(struct list *l, char *const *names, size_t count,
	      const char *file, int separator, bool recursive);

/* The next name, which lives until the next call. LIST_ERROR: the name, of a
 * folder or of the file of names, could not be read, or is a line's beginning
 * that is too long: l->error. */
enum list_event list_next(struct list *l, const char **name);

/* Is the name that list_next gave a line of the file of names? */
static inline bool list_is_line(const struct list *l, const char *name)
{
	return name == l->line;
}

void list_close(struct list *l);

#endif
