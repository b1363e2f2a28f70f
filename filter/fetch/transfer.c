/* SPDX-License-Identifier: MIT
 *
 * transfer.c: sets libcurl up for one exchange and reads what it calls back.
 * Part of filter/fetch/.
 *
 * The time limits are kept here and not by libcurl, because libcurl counts the
 * time in which the reader of our output let us wait. */
#include "fetch/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "fetch/address.h"
#include "fetch/head.h"
#include "fetch/proxy.h"

#define MAX_HEAD       (256 * 1024)
#define MAX_ERROR_BODY (64 * 1024) /* of a page nobody keeps */
#define KEEP_BODY      (1 << 20)   /* memory kept from page to page */

/* A result of libcurl, and what it means. */
static const struct {
	CURLcode result;
	enum fetch_exit code;
	bool again;
} meanings[] = {
    {CURLE_COULDNT_CONNECT, FETCH_NETWORK, true},
    {CURLE_GOT_NOTHING, FETCH_NETWORK, true},
    {CURLE_SEND_ERROR, FETCH_NETWORK, true},
    {CURLE_RECV_ERROR, FETCH_NETWORK, true},
    {CURLE_PARTIAL_FILE, FETCH_NETWORK, true},
    {CURLE_HTTP2, FETCH_NETWORK, true},
    {CURLE_HTTP2_STREAM, FETCH_NETWORK, true},
    {CURLE_OPERATION_TIMEDOUT, FETCH_NETWORK, true},
    {CURLE_SSL_CONNECT_ERROR, FETCH_TLS, false},
    {CURLE_SSL_ENGINE_NOTFOUND, FETCH_TLS, false},
    {CURLE_SSL_ENGINE_SETFAILED, FETCH_TLS, false},
    {CURLE_SSL_ENGINE_INITFAILED, FETCH_TLS, false},
    {CURLE_SSL_CERTPROBLEM, FETCH_TLS, false},
    {CURLE_SSL_CIPHER, FETCH_TLS, false},
    {CURLE_PEER_FAILED_VERIFICATION, FETCH_TLS, false},
    {CURLE_USE_SSL_FAILED, FETCH_TLS, false},
    {CURLE_SSL_CACERT_BADFILE, FETCH_TLS, false},
    {CURLE_SSL_CRL_BADFILE, FETCH_TLS, false},
    {CURLE_SSL_ISSUER_ERROR, FETCH_TLS, false},
    {CURLE_SSL_INVALIDCERTSTATUS, FETCH_TLS, false},
    {CURLE_BAD_CONTENT_ENCODING, FETCH_REFUSED, false},
    {CURLE_OUT_OF_MEMORY, FETCH_IO, false},
};

/* Append to a buffer within a callback; a full one is the page's fault. */
static bool append(struct transfer *t, struct buf *b, const void *data,
		   size_t n)
{
	struct err e = {0};

	if (buf_append(b, data, n, &e) == PITH_OK)
		return true;
	(void)fault_set(&t->fault,
			e.cause == PITH_CAUSE_LIMIT ? FETCH_REFUSED : FETCH_IO,
			"%s", e.text);
	return false;
}

static void too_large(struct transfer *t)
{
	(void)fault_set(&t->fault, FETCH_REFUSED, "page of more than %zu bytes",
			t->options->max_size);
}

/* The head is here: refuse what nobody wants before its body comes. */
static bool judge_head(struct transfer *t)
{
	struct str head = buf_str(&t->head);
	struct str type, length;
	uint64_t size = 0;

	if (t->status < 200 || t->status >= 300)
		return true;
	length = head_field(head, STR("Content-Length"));
	for (size_t i = 0; i < length.len && ascii_digit(length.data[i]); i++)
		if (size < UINT64_MAX / 20)
			size = size * 10 + (uint64_t)(length.data[i] - '0');
	if (size > t->options->max_size && t->job->kind != JOB_ROBOTS) {
		too_large(t);
		return false;
	}
	type = head_media_type(head_field(head, STR("Content-Type")));
	if (t->job->kind != JOB_PAGE || type.len == 0 ||
	    head_type_accepted(type, t->options->accept))
		return true;
	(void)fault_set(&t->fault, FETCH_REFUSED,
			"Content-Type %.*s is not accepted",
			(int)(type.len < 80 ? type.len : 80), type.data);
	return false;
}

static size_t on_head(char *data, size_t one, size_t n, void *arg)
{
	struct transfer *t = arg;
	long status = 0;

	(void)one;
	if (t->answered == 0)
		t->answered = t->mark = *t->now;
	if (t->head_whole) {
		/* An interim answer (100, 103) was no answer; what comes
		 * after the real one is a trailer. */
		if (t->status >= 200 || n < 5 || memcmp(data, "HTTP/", 5) != 0)
			return n;
		t->head.len = 0;
		t->head_whole = false;
	}
	if (!append(t, &t->head, data, n))
		return 0;
	if (n > 2 || (n == 2 && data[0] != '\r'))
		return n;
	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	t->status = (int)status;
	t->head_whole = true;
	return judge_head(t) ? n : 0;
}

static size_t on_body(char *data, size_t one, size_t n, void *arg)
{
	struct transfer *t = arg;

	(void)one;
	t->bytes += n;
	if (t->status >= 400 && !t->options->keep_errors) {
		t->enough = t->bytes > MAX_ERROR_BODY;
		return t->enough ? 0 : n;
	}
	if (t->job->kind == JOB_ROBOTS && t->body.len + n > ROBOTS_MAX_FILE) {
		/* The rest of the file does not count. */
		t->enough = true;
		n = ROBOTS_MAX_FILE - t->body.len;
		(void)append(t, &t->body, data, n);
		return 0;
	}
	if (t->job->kind != JOB_ROBOTS &&
	    n > t->options->max_size - t->body.len) {
		too_large(t);
		return 0;
	}
	return append(t, &t->body, data, n) ? n : 0;
}

/* The bytes of the request as they went out. */
static int on_debug(CURL *easy, curl_infotype type, char *data, size_t n,
		    void *arg)
{
	struct transfer *t = arg;

	(void)easy;
	if (type == CURLINFO_HEADER_OUT)
		(void)append(t, &t->request, data, n);
	return 0;
}

/* May the transfer go to an address that is public or not? */
static bool allowed(const struct transfer *t, bool is_public)
{
	return is_public || t->proxied || !t->job->from_public ||
	       t->options->allow_private;
}

/* Before each connection: the address is final here, whatever DNS says to
 * others. */
static curl_socket_t on_socket(void *arg, curlsocktype purpose,
			       struct curl_sockaddr *address)
{
	struct transfer *t = arg;

	(void)purpose;
	if (!allowed(t, address_is_public(&address->addr))) {
		t->refused_address = true;
		return CURL_SOCKET_BAD;
	}
	return socket(address->family, address->socktype | SOCK_CLOEXEC,
		      address->protocol);
}

/* Before each request, on a connection that may be an old one. */
static int on_request(void *arg, char *remote, char *local, int remote_port,
		      int local_port)
{
	struct transfer *t = arg;
	bool is_public = address_text_is_public(remote);

	(void)local;
	(void)remote_port;
	(void)local_port;
	t->request.len = 0; /* what was there is CONNECT to a proxy */
	t->connected = t->mark = *t->now;
	if (!allowed(t, is_public)) {
		t->refused_address = true;
		return CURL_PREREQFUNC_ABORT;
	}
	t->public_address = is_public || t->proxied;
	if (!t->proxied && strlen(remote) < sizeof(t->address))
		strcpy(t->address, remote);
	return CURL_PREREQFUNC_OK;
}

enum pith_status transfer_init(struct transfer *t, const struct options *o,
			       CURLSH *cookies, const uint64_t *now,
			       struct fault *f)
{
	*t = (struct transfer){.options = o, .cookies = cookies, .now = now};
	buf_init(&t->request, MAX_HEAD, "request head");
	buf_init(&t->head, MAX_HEAD, "response head");
	buf_init(&t->body,
		 o->max_size > ROBOTS_MAX_FILE ? o->max_size : ROBOTS_MAX_FILE,
		 "page");
	for (size_t i = 0; i < o->resolve.count; i++) {
		struct curl_slist *list =
		    curl_slist_append(t->resolve, o->resolve.items[i]);

		if (list == NULL)
			return fault_memory(f);
		t->resolve = list;
	}
	t->easy = curl_easy_init();
	return t->easy ? PITH_OK : fault_memory(f);
}

void transfer_free(struct transfer *t)
{
	job_free(t->job);
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->fields);
	curl_slist_free_all(t->resolve);
	buf_free(&t->request);
	buf_free(&t->head);
	buf_free(&t->body);
	*t = (struct transfer){0};
}

/* "Name: value" into the request, unless the value is empty. */
static bool add_field(struct transfer *t, const char *name, const char *value)
{
	char line[1024];
	struct curl_slist *list;

	if (*value == '\0')
		return true;
	if (strlen(name) + strlen(value) + 3 > sizeof(line))
		return true; /* only validators can be so long: ask in full */
	strcpy(line, name);
	strcat(line, ": ");
	strcat(line, value);
	list = curl_slist_append(t->fields, line);
	t->fields = list ? list : t->fields;
	return list != NULL;
}

/* Name the file of credentials: for want of memory libcurl would ask glibc
 * for the user's home, which then crashes. */
static CURLcode set_netrc(CURL *e)
{
	const char *home = getenv("HOME");
	char path[4096];
	CURLcode bad =
	    curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_OPTIONAL);

	if (bad || !home ||
	    snprintf(path, sizeof(path), "%s/.netrc", home) >=
		(int)sizeof(path))
		return bad;
	return curl_easy_setopt(e, CURLOPT_NETRC_FILE, path);
}

/* Everything that is the same for all transfers. */
static CURLcode set_common(struct transfer *t)
{
	const struct options *o = t->options;
	CURL *e = t->easy;
	CURLcode bad = set_netrc(e);

#define SET(option, value)                                                     \
	(bad = bad ? bad : curl_easy_setopt(e, option, value))
	SET(CURLOPT_ERRORBUFFER, t->message);
	SET(CURLOPT_PRIVATE, t);
	SET(CURLOPT_NOSIGNAL, 1L);
	/* A transfer given up does not wait for a name server. */
	SET(CURLOPT_QUICK_EXIT, 1L);
	SET(CURLOPT_PROTOCOLS_STR, "http,https");
	/* a libcurl without HTTP/2 refuses, and does without */
	(void)curl_easy_setopt(e, CURLOPT_HTTP_VERSION,
			       (long)CURL_HTTP_VERSION_2TLS);
	SET(CURLOPT_USERAGENT, o->user_agent);
	SET(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	SET(CURLOPT_CONNECTTIMEOUT_MS, (long)UINT32_MAX); /* see the top */
	SET(CURLOPT_HEADERFUNCTION, on_head);
	SET(CURLOPT_HEADERDATA, t);
	SET(CURLOPT_WRITEFUNCTION, on_body);
	SET(CURLOPT_WRITEDATA, t);
	SET(CURLOPT_DEBUGFUNCTION, on_debug);
	SET(CURLOPT_DEBUGDATA, t);
	SET(CURLOPT_VERBOSE, 1L);
	SET(CURLOPT_OPENSOCKETFUNCTION, on_socket);
	SET(CURLOPT_OPENSOCKETDATA, t);
	SET(CURLOPT_PREREQFUNCTION, on_request);
	SET(CURLOPT_PREREQDATA, t);
	if (o->cacert)
		SET(CURLOPT_CAINFO, o->cacert);
	if (t->resolve)
		SET(CURLOPT_RESOLVE, t->resolve);
	if (t->cookies) {
		SET(CURLOPT_SHARE, t->cookies);
		SET(CURLOPT_COOKIEFILE, ""); /* begin, with none */
	}
	return bad;
}

/* What the job decides. */
static CURLcode set_job(struct transfer *t)
{
	const char *proxy = proxy_for(&t->job->url);
	CURL *e = t->easy;
	CURLcode bad = CURLE_OK;

	t->proxied = *proxy != '\0';
	SET(CURLOPT_URL, t->job->url.text);
	SET(CURLOPT_PROXY, proxy);
	/* libcurl must not judge again whether the proxy is for this host. */
	SET(CURLOPT_NOPROXY, "");
	SET(CURLOPT_HTTPHEADER, t->fields);
	if (t->job->kind != JOB_PAGE || t->options->raw)
		SET(CURLOPT_ACCEPT_ENCODING, "gzip, deflate");
#undef SET
	return bad;
}

enum pith_status transfer_start(struct transfer *t, CURLM *multi,
				struct job *job, struct host *host,
				struct validators v, struct fault *f)
{
	bool page = job->kind == JOB_PAGE && !t->options->raw;
	CURLcode bad;

	transfer_clear(t);
	t->job = job;
	t->host = host;
	t->date = (int64_t)time(NULL);
	t->started = *t->now;
	t->conditional = *v.etag || *v.last_modified;
	if (t->cookies) /* libcurl 7.88 loses the list of files on reset */
		curl_easy_setopt(t->easy, CURLOPT_COOKIEFILE, NULL);
	curl_easy_reset(t->easy);
	if (!add_field(t, "Accept",
		       job->kind == JOB_PAGE ? t->options->accept : "*/*") ||
	    !add_field(t, "Accept-Encoding", page ? "gzip, deflate" : "") ||
	    !add_field(t, "If-None-Match", v.etag) ||
	    !add_field(t, "If-Modified-Since", v.last_modified))
		return fault_memory(f);
	bad = set_common(t);
	if (bad == CURLE_OK)
		bad = set_job(t);
	if (bad != CURLE_OK)
		return fault_set(f, FETCH_IO, "libcurl: %s",
				 curl_easy_strerror(bad));
	if (curl_multi_add_handle(multi, t->easy) != CURLM_OK)
		return fault_memory(f);
	return PITH_OK;
}

static bool late(struct transfer *t, const char *what, uint32_t limit)
{
	(void)fault_set(&t->fault, FETCH_NETWORK, "%s took longer than %g s",
			what, limit / 1000.0);
	t->fault.again = true;
	return true;
}

bool transfer_late(struct transfer *t)
{
	const struct options *o = t->options;
	uint64_t now = *t->now;

	if (t->connected == 0)
		return now - t->started > o->connect_time &&
		       late(t, "connecting", o->connect_time);
	if (now - t->started > o->max_time)
		return late(t, "the transfer", o->max_time);
	if (!t->head_whole)
		return now - t->connected > o->first_byte_time &&
		       late(t, "the answer", o->first_byte_time);
	if (now - t->mark < o->low_speed_time)
		return false;
	if (o->low_speed > 0 && (t->bytes - t->mark_bytes) * 1000 <
				    o->low_speed * (now - t->mark)) {
		(void)fault_set(&t->fault, FETCH_NETWORK,
				"slower than %zu bytes/s for %g s",
				o->low_speed, o->low_speed_time / 1000.0);
		t->fault.again = true;
		return true;
	}
	t->mark = now;
	t->mark_bytes = t->bytes;
	return false;
}

void transfer_finish(struct transfer *t, CURLM *multi, CURLcode result)
{
	long version = 0;
	size_t i;

	curl_multi_remove_handle(multi, t->easy);
	curl_easy_getinfo(t->easy, CURLINFO_HTTP_VERSION, &version);
	t->http2 = version == CURL_HTTP_VERSION_2_0;
	if (t->fault.code != FETCH_OK || result == CURLE_OK || t->enough)
		return;
	if (t->refused_address) {
		(void)fault_set(&t->fault, FETCH_REFUSED,
				"a public site led to a private address; "
				"--allow-private lets it");
		return;
	}
	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++)
		if (meanings[i].result == result)
			break;
	if (i == sizeof(meanings) / sizeof(meanings[0])) {
		(void)fault_set(&t->fault, FETCH_NETWORK, "%s",
				*t->message ? t->message
					    : curl_easy_strerror(result));
		return;
	}
	(void)fault_set(&t->fault, meanings[i].code, "%s",
			*t->message ? t->message : curl_easy_strerror(result));
	t->fault.again = meanings[i].again;
}

void transfer_clear(struct transfer *t)
{
	job_free(t->job);
	t->job = NULL;
	t->host = NULL;
	curl_slist_free_all(t->fields);
	t->fields = NULL;
	t->fault = (struct fault){0};
	buf_reset(&t->request, MAX_HEAD);
	buf_reset(&t->head, MAX_HEAD);
	buf_reset(&t->body, KEEP_BODY);
	t->status = 0;
	t->message[0] = t->address[0] = '\0';
	t->started = t->connected = t->answered = 0;
	t->mark = t->mark_bytes = t->bytes = 0;
	t->http2 = t->public_address = t->proxied = t->refused_address = false;
	t->head_whole = t->enough = t->conditional = false;
}
