/* SPDX-License-Identifier: MIT
 *
 * state.c: the state file, by SQLite. The only file that includes sqlite3.h.
 * Part of filter/fetch/.
 *
 * WAL with synchronous=NORMAL: a commit survives kill -9, and losing power
 * loses at most the last commits, whose pages are then fetched once more. */
#include "fetch/state.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#define APPLICATION "1885956200" /* "pith", marks the file as ours */

enum query {
	GET_PAGE,
	PUT_PAGE,
	GET_ROBOTS,
	PUT_ROBOTS,
	GET_ITEM,
	PUT_ITEM,
	ALL_PAGES,
	BEGIN,
	COMMIT,
	QUERIES
};

#define PAGE_COLUMNS                                                           \
	"etag, last_modified, digest, status, failures, fetched, changed, due"

static const char *const sql[QUERIES] = {
    [GET_PAGE] = "SELECT " PAGE_COLUMNS " FROM page WHERE url = ?1",
    [PUT_PAGE] = "INSERT OR REPLACE INTO page (url, " PAGE_COLUMNS ")"
		 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [GET_ROBOTS] = "SELECT fetched, status, body FROM robots"
		   " WHERE origin = ?1",
    [PUT_ROBOTS] = "INSERT OR REPLACE INTO robots VALUES (?1, ?2, ?3, ?4)",
    [GET_ITEM] = "SELECT stamp FROM item WHERE feed = ?1 AND url = ?2",
    [PUT_ITEM] = "INSERT OR REPLACE INTO item VALUES (?1, ?2, ?3)",
    [ALL_PAGES] = "SELECT " PAGE_COLUMNS ", url FROM page ORDER BY url",
    [BEGIN] = "BEGIN",
    [COMMIT] = "COMMIT",
};

/* Version 1 of the tables; user_version tells which a file has. */
static const char schema[] =
    "CREATE TABLE page (url TEXT PRIMARY KEY, etag TEXT NOT NULL,"
    " last_modified TEXT NOT NULL, digest TEXT NOT NULL,"
    " status INTEGER NOT NULL, failures INTEGER NOT NULL,"
    " fetched INTEGER NOT NULL, changed INTEGER NOT NULL,"
    " due INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE robots (origin TEXT PRIMARY KEY, fetched INTEGER NOT NULL,"
    " status INTEGER NOT NULL, body BLOB NOT NULL);"
    "CREATE TABLE item (feed TEXT NOT NULL, url TEXT NOT NULL,"
    " stamp TEXT NOT NULL, PRIMARY KEY (feed, url)) WITHOUT ROWID;"
    "PRAGMA application_id = " APPLICATION ";"
    "PRAGMA user_version = 1;";

struct state {
	sqlite3 *db;
	sqlite3_stmt *queries[QUERIES];
	char *path;
	int lock; /* of FILE-lock, or -1 */
	bool changed;
};

static enum pith_status failed(const struct state *s, struct fault *f)
{
	return fault_set(f, FETCH_IO, "%s: %s", s->path,
			 s->db ? sqlite3_errmsg(s->db) : "out of memory");
}

/* The lock is a file of its own: SQLite's would shut out --status too, and
 * closing a second descriptor of the file itself would break SQLite's. The
 * kernel frees it however the run ends. */
static enum pith_status take_lock(struct state *s, uint64_t wait,
				  struct fault *f)
{
	struct timespec pause = {0, 50 * 1000 * 1000};
	char name[4096];
	int n = snprintf(name, sizeof(name), "%s-lock", s->path);

	if (n < 0 || (size_t)n >= sizeof(name))
		return fault_set(f, FETCH_IO, "state: name too long");
	s->lock = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (s->lock < 0)
		return fault_set(f, FETCH_IO, "%s: %s", name, strerror(errno));
	while (flock(s->lock,
		     wait == UINT64_MAX ? LOCK_EX : LOCK_EX | LOCK_NB) != 0) {
		if (errno != EWOULDBLOCK)
			return fault_set(f, FETCH_IO, "%s: %s", name,
					 strerror(errno));
		if (wait == 0)
			return fault_set(f, FETCH_LOCKED,
					 "%s: another run is using it; --wait "
					 "waits for it",
					 s->path);
		wait -= wait < 50 ? wait : 50;
		nanosleep(&pause, NULL);
	}
	return PITH_OK;
}

static int read_number(sqlite3 *db, const char *pragma, int *value)
{
	sqlite3_stmt *query;
	int code = sqlite3_prepare_v2(db, pragma, -1, &query, NULL);

	if (code != SQLITE_OK)
		return code;
	if (sqlite3_step(query) == SQLITE_ROW)
		*value = sqlite3_column_int(query, 0);
	return sqlite3_finalize(query);
}

/* Make the tables of a new file; refuse files of others. */
static enum pith_status check_schema(struct state *s, bool read_only,
				     struct fault *f)
{
	int version = 0, tables = 0;

	if (read_number(s->db, "PRAGMA user_version", &version) ||
	    read_number(s->db, "SELECT count(*) FROM sqlite_schema", &tables))
		return failed(s, f);
	if (tables == 0 && !read_only) {
		if (sqlite3_exec(s->db, "BEGIN", NULL, NULL, NULL) ||
		    sqlite3_exec(s->db, schema, NULL, NULL, NULL) ||
		    sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL))
			return failed(s, f);
	} else {
		int owner = 0;

		if (read_number(s->db, "PRAGMA application_id", &owner))
			return failed(s, f);
		if (owner != atoi(APPLICATION) || version != 1)
			return fault_set(f, FETCH_IO,
					 "%s: is not a state file of this "
					 "version",
					 s->path);
	}
	for (int i = 0; i < QUERIES; i++)
		if (sqlite3_prepare_v2(s->db, sql[i], -1, &s->queries[i],
				       NULL) != SQLITE_OK)
			return failed(s, f);
	return PITH_OK;
}

enum pith_status state_open(struct state **out, const char *path, uint64_t wait,
			    bool read_only, struct fault *f)
{
	struct state *s = calloc(1, sizeof(*s));
	enum pith_status status = PITH_OK;
	int flags = read_only ? SQLITE_OPEN_READWRITE
			      : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;

	*out = NULL;
	if (s == NULL)
		return fault_memory(f);
	s->lock = -1;
	s->path = strdup(path);
	if (s->path == NULL)
		status = fault_memory(f);
	if (status == PITH_OK && !read_only)
		status = take_lock(s, wait, f);
	if (status == PITH_OK &&
	    sqlite3_open_v2(path, &s->db, flags, NULL) != SQLITE_OK)
		status = failed(s, f);
	if (status == PITH_OK) {
		sqlite3_busy_timeout(s->db, 10000);
		if (!read_only && sqlite3_exec(s->db,
					       "PRAGMA journal_mode=WAL;"
					       "PRAGMA synchronous=NORMAL;",
					       NULL, NULL, NULL) != SQLITE_OK)
			status = failed(s, f);
	}
	if (status == PITH_OK)
		status = check_schema(s, read_only, f);
	if (status != PITH_OK) {
		state_close(s);
		return status;
	}
	*out = s;
	return PITH_OK;
}

void state_close(struct state *s)
{
	if (s == NULL)
		return;
	for (int i = 0; i < QUERIES; i++)
		sqlite3_finalize(s->queries[i]);
	sqlite3_close(s->db);
	if (s->lock >= 0)
		close(s->lock);
	free(s->path);
	free(s);
}

/* Bind the texts that open a query's parameters. */
static sqlite3_stmt *bind(struct state *s, enum query which, const char *a,
			  const char *b, const char *c)
{
	const char *texts[] = {a, b, c};
	sqlite3_stmt *q = s->queries[which];

	sqlite3_reset(q);
	for (int i = 0; i < 3 && texts[i] != NULL; i++)
		if (sqlite3_bind_text(q, i + 1, texts[i], -1,
				      SQLITE_TRANSIENT) != SQLITE_OK)
			return NULL;
	return q;
}

/* PITH_OK for a row, PITH_EOF for none. */
static enum pith_status step(struct state *s, sqlite3_stmt *q, struct fault *f)
{
	switch (q ? sqlite3_step(q) : SQLITE_NOMEM) {
	case SQLITE_ROW:
		return PITH_OK;
	case SQLITE_DONE:
		sqlite3_reset(q);
		return PITH_EOF;
	default:
		return failed(s, f);
	}
}

/* Run a query that gives no rows, inside the transaction. */
static enum pith_status run(struct state *s, sqlite3_stmt *q, struct fault *f)
{
	enum pith_status status = PITH_EOF;

	if (!s->changed) {
		status = step(s, bind(s, BEGIN, NULL, NULL, NULL), f);
		s->changed = status == PITH_EOF;
	}
	if (status == PITH_EOF)
		status = step(s, q, f);
	return status == PITH_EOF ? PITH_OK : status;
}

static void column(sqlite3_stmt *q, int i, char *out, size_t size)
{
	const char *text = (const char *)sqlite3_column_text(q, i);

	snprintf(out, size, "%s", text ? text : "");
}

static void read_page(sqlite3_stmt *q, struct state_page *page)
{
	column(q, 0, page->etag, sizeof(page->etag));
	column(q, 1, page->last_modified, sizeof(page->last_modified));
	column(q, 2, page->digest, sizeof(page->digest));
	page->status = sqlite3_column_int(q, 3);
	page->failures = sqlite3_column_int(q, 4);
	page->fetched = sqlite3_column_int64(q, 5);
	page->changed = sqlite3_column_int64(q, 6);
	page->due = sqlite3_column_int64(q, 7);
}

enum pith_status state_page(struct state *s, const char *url,
			    struct state_page *page, struct fault *f)
{
	sqlite3_stmt *q = bind(s, GET_PAGE, url, NULL, NULL);
	enum pith_status status = step(s, q, f);

	*page = (struct state_page){0};
	if (status == PITH_OK) {
		read_page(q, page);
		sqlite3_reset(q);
	}
	return status;
}

enum pith_status state_put_page(struct state *s, const char *url,
				const struct state_page *page, struct fault *f)
{
	sqlite3_stmt *q =
	    bind(s, PUT_PAGE, url, page->etag, page->last_modified);

	if (q == NULL ||
	    sqlite3_bind_text(q, 4, page->digest, -1, SQLITE_TRANSIENT) ||
	    sqlite3_bind_int(q, 5, page->status) ||
	    sqlite3_bind_int(q, 6, page->failures) ||
	    sqlite3_bind_int64(q, 7, page->fetched) ||
	    sqlite3_bind_int64(q, 8, page->changed) ||
	    sqlite3_bind_int64(q, 9, page->due))
		return failed(s, f);
	return run(s, q, f);
}

enum pith_status state_robots(struct state *s, const char *origin,
			      struct state_robots *robots, struct fault *f)
{
	sqlite3_stmt *q = bind(s, GET_ROBOTS, origin, NULL, NULL);
	enum pith_status status = step(s, q, f);

	*robots = (struct state_robots){0};
	if (status != PITH_OK)
		return status;
	robots->fetched = sqlite3_column_int64(q, 0);
	robots->status = sqlite3_column_int(q, 1);
	robots->text.data = sqlite3_column_blob(q, 2);
	robots->text.len = (size_t)sqlite3_column_bytes(q, 2);
	return PITH_OK;
}

enum pith_status state_put_robots(struct state *s, const char *origin,
				  const struct state_robots *robots,
				  struct fault *f)
{
	sqlite3_stmt *q = bind(s, PUT_ROBOTS, origin, NULL, NULL);

	if (q == NULL || sqlite3_bind_int64(q, 2, robots->fetched) ||
	    sqlite3_bind_int(q, 3, robots->status) ||
	    sqlite3_bind_blob(q, 4, robots->text.len ? robots->text.data : "",
			      (int)robots->text.len, SQLITE_TRANSIENT))
		return failed(s, f);
	return run(s, q, f);
}

enum pith_status state_item_seen(struct state *s, const char *feed,
				 const char *url, const char *stamp, bool *seen,
				 struct fault *f)
{
	sqlite3_stmt *q = bind(s, GET_ITEM, feed, url, NULL);
	enum pith_status status = step(s, q, f);

	*seen = false;
	if (status == PITH_EOF)
		return PITH_OK;
	if (status == PITH_OK) {
		*seen = !strcmp((const char *)sqlite3_column_text(q, 0), stamp);
		sqlite3_reset(q);
	}
	return status;
}

enum pith_status state_put_item(struct state *s, const char *feed,
				const char *url, const char *stamp,
				struct fault *f)
{
	return run(s, bind(s, PUT_ITEM, feed, url, stamp), f);
}

enum pith_status state_commit(struct state *s, struct fault *f)
{
	enum pith_status status;

	if (!s->changed)
		return PITH_OK;
	/* A read left open would keep the transaction. */
	for (int i = 0; i < QUERIES; i++)
		sqlite3_reset(s->queries[i]);
	status = step(s, s->queries[COMMIT], f);
	s->changed = status != PITH_EOF;
	return status == PITH_EOF ? PITH_OK : status;
}

enum pith_status state_each(struct state *s,
			    void (*each)(const char *url,
					 const struct state_page *page,
					 void *arg),
			    void *arg, struct fault *f)
{
	sqlite3_stmt *q = bind(s, ALL_PAGES, NULL, NULL, NULL);
	enum pith_status status;

	while ((status = step(s, q, f)) == PITH_OK) {
		struct state_page page;

		read_page(q, &page);
		each((const char *)sqlite3_column_text(q, 8), &page, arg);
	}
	return status == PITH_EOF ? PITH_OK : status;
}
