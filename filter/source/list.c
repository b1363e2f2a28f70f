/* SPDX-License-Identifier: MIT
 *
 * list.c: names of inputs. Folders are walked with a stack of their own. */
#include "source/list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int list_open(struct list *l, char *const *names, size_t count,
	      const char *file, int separator, bool recursive)
{
	*l = (struct list){.names = names,
			   .count = count,
			   .file_name = file,
			   .separator = separator,
			   .recursive = recursive};
	if (file == NULL)
		return 0;
	l->file = strcmp(file, "-") ? fopen(file, "re") : stdin;
	return l->file == NULL ? errno : 0;
}

static void drop_folder(struct list_folder *f)
{
	for (int i = f->at; i < f->count; i++)
		free(f->entries[i]);
	free(f->entries);
}

static void drop_file(struct list *l)
{
	if (l->file != NULL && l->file != stdin)
		fclose(l->file); /* only read */
	l->file = NULL;
}

void list_close(struct list *l)
{
	while (l->depth > 0)
		drop_folder(&l->folders[--l->depth]);
	drop_file(l);
	free(l->path);
	*l = (struct list){.file = NULL};
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_visible(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static bool is_page(const char *name)
{
	static const char *const ends[] = {".html", ".htm", ".xhtml",
					   ".warc", ".gz",  ".warc.zst"};
	size_t len = strlen(name);

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t n = strlen(ends[i]);

		if (len > n && !strcmp(name + len - n, ends[i]))
			return true;
	}
	return false;
}

/* Put name behind the first length bytes of path, with a slash between. */
static bool set_path(struct list *l, size_t length, const char *name)
{
	size_t n = strlen(name), need = length + n + 2;

	if (need > l->path_size) {
		char *path = realloc(l->path, need + 256);

		if (path == NULL)
			return false;
		l->path = path;
		l->path_size = need + 256;
	}
	if (length > 0 && l->path[length - 1] != '/')
		l->path[length++] = '/';
	memcpy(l->path + length, name, n + 1);
	return true;
}

/* Begin to walk the folder that path names. */
static bool enter(struct list *l)
{
	struct list_folder *f = &l->folders[l->depth];

	if (l->depth == LIST_DEPTH) {
		l->error = ELOOP;
		return false;
	}
	f->at = 0;
	f->length = strlen(l->path);
	f->count = scandir(l->path, &f->entries, is_visible, by_bytes);
	if (f->count < 0) {
		l->error = errno;
		return false;
	}
	l->depth++;
	return true;
}

/* The next file of the folders in work. */
static enum list_event walk(struct list *l, const char **name)
{
	while (l->depth > 0) {
		struct list_folder *f = &l->folders[l->depth - 1];
		struct dirent *entry;
		struct stat st;
		bool good;

		if (f->at == f->count) {
			drop_folder(f);
			l->depth--;
			continue;
		}
		entry = f->entries[f->at++];
		good = set_path(l, f->length, entry->d_name);
		free(entry);
		*name = l->path;
		if (!good) {
			l->error = ENOMEM;
			return LIST_ERROR;
		}
		/* links to folders are not followed: they may lead back */
		if (lstat(l->path, &st) != 0) {
			l->error = errno;
			return LIST_ERROR;
		}
		if (S_ISDIR(st.st_mode)) {
			if (!enter(l))
				return LIST_ERROR;
		} else if (is_page(l->path)) {
			return LIST_NAME;
		}
	}
	return LIST_END;
}

/* The next line of the file. Of one that is longer than any name only so much
 * is kept that it stays too long. False at the end. */
static bool read_line(struct list *l)
{
	size_t n = 0;
	int c;

	while ((c = getc_unlocked(l->file)) != EOF && c != l->separator)
		if (n < sizeof(l->line) - 1)
			l->line[n++] = (char)c;
	l->line[n] = '\0';
	return n > 0 || c != EOF;
}

/* The next argument or line; NULL at the end. */
static const char *next_given(struct list *l)
{
	if (l->at < l->count)
		return l->names[l->at++];
	while (l->file != NULL && read_line(l))
		if (l->line[0] != '\0')
			return l->line;
	return NULL;
}

enum list_event list_next(struct list *l, const char **name)
{
	enum list_event event = walk(l, name);
	struct stat st;

	while (event == LIST_END) {
		*name = next_given(l);
		/* what could not be read will not be asked again */
		if (*name == NULL && l->file != NULL && !feof(l->file)) {
			*name = l->file_name;
			l->error = errno;
			drop_file(l);
			return LIST_ERROR;
		}
		if (*name == NULL)
			return LIST_END;
		if (*name == l->line && strlen(l->line) >= PATH_MAX) {
			strcpy(l->line + 60, "...");
			l->error = ENAMETOOLONG;
			return LIST_ERROR;
		}
		if (!l->recursive || stat(*name, &st) != 0 ||
		    !S_ISDIR(st.st_mode))
			return LIST_NAME;
		if (!set_path(l, 0, *name)) {
			l->error = ENOMEM;
			return LIST_ERROR;
		}
		if (!enter(l))
			return LIST_ERROR;
		event = walk(l, name);
	}
	return event;
}
