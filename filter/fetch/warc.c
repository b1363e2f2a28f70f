/* SPDX-License-Identifier: MIT
 *
 * warc.c: WARC records. Part of filter/fetch/. */
#include "fetch/warc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "fetch/tail.h"
#include "fetch/url.h"

#define MAX_OUT	 (SIZE_MAX / 2) /* never reached: flushed every turn */
#define KEEP_OUT ((size_t)1 << 20)
#define PROFILE	 "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

static enum pith_status print(struct buf *b, struct fault *f,
			      const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static enum pith_status put(struct buf *b, struct str s, struct fault *f)
{
	struct err e = {0};

	if (buf_append(b, s.data, s.len, &e) == PITH_OK)
		return PITH_OK;
	return fault_set(f, FETCH_IO, "%s", e.text);
}

static enum pith_status print(struct buf *b, struct fault *f,
			      const char *format, ...)
{
	char line[URL_MAX_BYTES + 512];
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(line, sizeof(line), format, args);
	va_end(args);
	if (n < 0 || (size_t)n >= sizeof(line))
		return fault_set(f, FETCH_IO, "record head too long");
	return put(b, (struct str){line, (size_t)n}, f);
}

/* "<urn:uuid:…>", version 4. */
static enum pith_status make_id(char id[48], struct fault *f)
{
	unsigned char b[16];

	if (getrandom(b, sizeof(b), 0) != (ssize_t)sizeof(b))
		return fault_set(f, FETCH_IO, "getrandom: %s", strerror(errno));
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(id, 48,
		 "<urn:uuid:%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-"
		 "%02x%02x%02x%02x%02x%02x>",
		 b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9],
		 b[10], b[11], b[12], b[13], b[14], b[15]);
	return PITH_OK;
}

static void date_text(int64_t seconds, char text[32])
{
	time_t when = (time_t)seconds;
	struct tm tm = {0};

	gmtime_r(&when, &tm);
	strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

/* Begin a record's head, with a fresh id. */
static enum pith_status begin(struct warc *w, const char *type, const char *url,
			      int64_t date, char id[48], struct fault *f)
{
	char when[32];
	enum pith_status status = make_id(id, f);

	date_text(date, when);
	w->head.len = 0;
	if (status == PITH_OK)
		status = print(&w->head, f,
			       "WARC/1.1\r\nWARC-Type: %s\r\n"
			       "WARC-Record-ID: %s\r\nWARC-Date: %s\r\n",
			       type, id, when);
	if (status == PITH_OK && url != NULL)
		status = print(&w->head, f, "WARC-Target-URI: %s\r\n", url);
	if (status == PITH_OK && url != NULL)
		status =
		    print(&w->head, f, "WARC-Warcinfo-ID: %s\r\n", w->info_id);
	return status;
}

/* End the head and put the record, with its block in two parts, to out. */
static enum pith_status end(struct warc *w, const char *content_type,
			    struct str a, struct str b, struct fault *f)
{
	char block[DIGEST_TEXT];
	struct digest digest;
	enum pith_status status;
	struct str parts[4];

	digest_init(&digest);
	digest_add(&digest, a.data, a.len);
	digest_add(&digest, b.data, b.len);
	digest_end(&digest, block);
	status = print(&w->head, f,
		       "WARC-Block-Digest: %s\r\nContent-Type: %s\r\n"
		       "Content-Length: %zu\r\n\r\n",
		       block, content_type, a.len + b.len);
	if (status != PITH_OK)
		return status;
	parts[0] = buf_str(&w->head);
	parts[1] = a;
	parts[2] = b;
	parts[3] = STR("\r\n\r\n");
	if (w->compress)
		return gzip_member(&w->gzip, parts, 4, &w->out, f);
	for (int i = 0; i < 4 && status == PITH_OK; i++)
		status = put(&w->out, parts[i], f);
	return status;
}

/* The first record: who wrote the file, and how. */
static enum pith_status info(struct warc *w, struct fault *f)
{
	char id[48], text[1400];
	enum pith_status status;

	if (w->info_written)
		return PITH_OK;
	status = begin(w, "warcinfo", NULL, (int64_t)time(NULL), id, f);
	if (status != PITH_OK)
		return status;
	strcpy(w->info_id, id);
	snprintf(text, sizeof(text),
		 "software: pith-fetch/%s\r\n"
		 "format: WARC File Format 1.1\r\n"
		 "conformsTo: http://iipc.github.io/warc-specifications/"
		 "specifications/warc-format/warc-1.1/\r\n"
		 "http-header-user-agent: %.1000s\r\nrobots: %s\r\n",
		 PITH_VERSION, w->user_agent, w->robots);
	w->info_written = true;
	return end(w, "application/warc-fields",
		   (struct str){text, strlen(text)}, STR(""), f);
}

/* Fields that records of an exchange share. */
static enum pith_status exchange(struct warc *w, const struct warc_page *page,
				 const char *concurrent, struct fault *f)
{
	enum pith_status status = PITH_OK;

	if (*page->address)
		status = print(&w->head, f, "WARC-IP-Address: %s\r\n",
			       page->address);
	if (status == PITH_OK && concurrent != NULL)
		status = print(&w->head, f, "WARC-Concurrent-To: %s\r\n",
			       concurrent);
	if (status == PITH_OK && page->http2)
		status = print(&w->head, f, "WARC-Protocol: h2\r\n");
	return status;
}

static enum pith_status request(struct warc *w, const struct warc_page *page,
				const char *response_id, struct fault *f)
{
	char id[48];
	enum pith_status status =
	    begin(w, "request", page->url, page->date, id, f);

	if (status == PITH_OK)
		status = exchange(w, page, response_id, f);
	if (status != PITH_OK)
		return status;
	return end(w, "application/http;msgtype=request", page->request,
		   STR(""), f);
}

enum pith_status warc_page(struct warc *w, const struct warc_page *page,
			   struct fault *f)
{
	char id[48];
	enum pith_status status = info(w, f);

	if (status == PITH_OK)
		status = begin(w, "response", page->url, page->date, id, f);
	if (status == PITH_OK)
		status = exchange(w, page, NULL, f);
	if (status == PITH_OK)
		status = print(&w->head, f, "WARC-Payload-Digest: %s\r\n",
			       page->digest);
	if (status == PITH_OK)
		status = end(w, "application/http;msgtype=response", page->head,
			     page->body, f);
	return status == PITH_OK ? request(w, page, id, f) : status;
}

enum pith_status warc_revisit(struct warc *w, const struct warc_page *page,
			      struct fault *f)
{
	char id[48], since[32];
	enum pith_status status = info(w, f);

	if (status == PITH_OK)
		status = begin(w, "revisit", page->url, page->date, id, f);
	if (status == PITH_OK)
		status = exchange(w, page, NULL, f);
	if (status == PITH_OK)
		status = print(&w->head, f,
			       "WARC-Profile: " PROFILE "\r\n"
			       "WARC-Refers-To-Target-URI: %s\r\n",
			       page->url);
	date_text(page->since, since);
	if (status == PITH_OK && page->since > 0)
		status =
		    print(&w->head, f, "WARC-Refers-To-Date: %s\r\n", since);
	if (status == PITH_OK && *page->digest)
		status = print(&w->head, f, "WARC-Payload-Digest: %s\r\n",
			       page->digest);
	if (status == PITH_OK)
		status = end(w, "application/http;msgtype=response", page->head,
			     STR(""), f);
	return status == PITH_OK ? request(w, page, id, f) : status;
}

enum pith_status warc_failure(struct warc *w, const struct warc_failure *fail,
			      struct fault *f)
{
	char id[48], text[512], number[40] = "";
	enum pith_status status = info(w, f);

	if (status == PITH_OK)
		status = begin(w, "metadata", fail->url, fail->date, id, f);
	if (status != PITH_OK)
		return status;
	if (fail->fault->status > 0)
		snprintf(number, sizeof(number), "http-status: %d\r\n",
			 fail->fault->status);
	snprintf(text, sizeof(text),
		 "fetch-outcome: %s\r\n%sfetch-message: %s\r\n"
		 "fetch-tries: %d\r\n",
		 fault_class(fail->fault->code), number, fail->fault->text,
		 fail->tries);
	return end(w, "application/warc-fields",
		   (struct str){text, strlen(text)}, STR(""), f);
}

enum pith_status warc_body(struct warc *w, struct str body, struct fault *f)
{
	return put(&w->out, body, f);
}

enum pith_status warc_open(struct warc *w, const char *path,
			   enum warc_mode mode, bool compress, struct fault *f)
{
	struct stat st;

	*w = (struct warc){.fd = STDOUT_FILENO,
			   .compress = compress,
			   .name = path ? path : "stdout",
			   .user_agent = "",
			   .robots = ""};
	buf_init(&w->out, MAX_OUT, "output");
	buf_init(&w->head, 64 * 1024, "record head");
	if (path != NULL) {
		int how = mode == WARC_REPLACE ? O_TRUNC : 0;

		w->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | how, 0666);
	}
	if (w->fd < 0 || fstat(w->fd, &st) != 0)
		return fault_set(f, FETCH_IO, "%s: %s", w->name,
				 strerror(errno));
	w->file = S_ISREG(st.st_mode);
	if (path == NULL || !w->file || st.st_size == 0 || mode == WARC_REPLACE)
		return PITH_OK;
	if (mode == WARC_NEW)
		return fault_set(f, FETCH_IO,
				 "%s: holds pages the state counts on; "
				 "--append adds to it",
				 path);
	return tail_cut(w->fd, &w->compress, f);
}

/* How many of n bytes may be written now. Once the run is to end, only as many
 * as a pipe takes without blocking; 0 if it takes none. */
static size_t portion(const struct warc *w, size_t n)
{
	struct pollfd ready = {w->fd, POLLOUT, 0};

	if (w->file || w->signals == NULL || *w->signals == 0)
		return n;
	if (poll(&ready, 1, (int)(w->patience / 2)) == 0)
		return 0;
	return n < PIPE_BUF ? n : PIPE_BUF;
}

enum pith_status warc_flush(struct warc *w, bool *gone, struct fault *f)
{
	size_t at = 0;

	*gone = false;
	while (at < w->out.len) {
		size_t now = portion(w, w->out.len - at);
		ssize_t n = write(w->fd, w->out.data + at, now);

		if (now == 0)
			return fault_set(f, FETCH_IO, "%s: the reader stalled",
					 w->name);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0) {
			*gone = errno == EPIPE;
			return fault_set(f, FETCH_IO, "%s: %s", w->name,
					 strerror(errno));
		}
		at += (size_t)n;
		w->unsynced = true;
	}
	buf_reset(&w->out, KEEP_OUT);
	if (w->unsynced && w->file && fdatasync(w->fd) != 0)
		return fault_set(f, FETCH_IO, "%s: %s", w->name,
				 strerror(errno));
	w->unsynced = false;
	return PITH_OK;
}

enum pith_status warc_close(struct warc *w, bool *gone, struct fault *f)
{
	enum pith_status status = PITH_OK;

	*gone = false;
	if (!w->bare && (!w->file || lseek(w->fd, 0, SEEK_CUR) == 0))
		status = info(w, f);
	if (status == PITH_OK)
		status = warc_flush(w, gone, f);
	/* a signal keeps no file from being closed */
	if (close(w->fd) != 0 && errno != EINTR && status == PITH_OK)
		status =
		    fault_set(f, FETCH_IO, "%s: %s", w->name, strerror(errno));
	w->fd = -1;
	return status;
}

void warc_free(struct warc *w)
{
	if (w->fd > STDERR_FILENO)
		close(w->fd);
	gzip_free(&w->gzip);
	buf_free(&w->out);
	buf_free(&w->head);
	*w = (struct warc){.fd = -1};
}
