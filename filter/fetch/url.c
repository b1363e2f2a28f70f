/* SPDX-License-Identifier: MIT
 *
 * url.c: normal form of URLs by libcurl's URL API. Part of filter/fetch/. */
#include "fetch/url.h"

#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

/* Since 7.88.0 libcurl gives the host name as DNS wants it. Without, names
 * that are not ASCII are sent as they are, and libcurl converts them. */
#ifdef CURLU_PUNYCODE
#define HOST_FLAGS CURLU_PUNYCODE
#else
#define HOST_FLAGS 0
#endif
#define MAX_HOST 255 /* bytes; DNS takes no longer names */

static enum pith_status too_long(struct fault *f)
{
	return fault_set(f, FETCH_REFUSED, "URL of more than %d bytes",
			 URL_MAX_BYTES);
}

/* text without the white space around it and the line ends in it, as the URL
 * standard asks; room for URL_MAX_BYTES bytes. */
static enum pith_status clean(const char *text, char *out, struct fault *f)
{
	size_t n = 0, len = strlen(text);

	while (len > 0 && (unsigned char)text[len - 1] <= ' ')
		len--;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if ((n == 0 && c <= ' ') || c == '\t' || c == '\n' || c == '\r')
			continue;
		if (c < ' ' || c == 0x7f)
			return fault_set(f, FETCH_REFUSED,
					 "control character in URL");
		if (n == URL_MAX_BYTES - 1)
			return too_long(f);
		out[n++] = (char)c;
	}
	out[n] = '\0';
	return PITH_OK;
}

/* What libcurl has against a URL. */
static enum pith_status refuse(CURLUcode code, struct fault *f)
{
	if (code == CURLUE_OUT_OF_MEMORY)
		return fault_memory(f);
	return fault_set(f, FETCH_REFUSED, "no URL: %s",
			 curl_url_strerror(code));
}

static enum pith_status get(CURLU *u, CURLUPart part, unsigned flags,
			    char **out, struct fault *f)
{
	CURLUcode code = curl_url_get(u, part, out, flags);

	if (code == CURLUE_OK)
		return PITH_OK;
	*out = NULL;
	return refuse(code, f);
}

/* Only http and https, and no credentials: they would end up in records, logs
 * and the state. */
static enum pith_status check(CURLU *u, struct fault *f)
{
	char *scheme = NULL, *user = NULL;
	CURLUcode code;
	enum pith_status status = get(u, CURLUPART_SCHEME, 0, &scheme, f);

	if (scheme == NULL)
		goto out;
	if (strcmp(scheme, "http") != 0 && strcmp(scheme, "https") != 0) {
		status = fault_set(f, FETCH_REFUSED,
				   "scheme %.32s is not fetched, only http "
				   "and https",
				   scheme);
		goto out;
	}
	code = curl_url_get(u, CURLUPART_USER, &user, 0);
	if (code == CURLUE_OK)
		status = fault_set(f, FETCH_REFUSED,
				   "credentials in a URL; .netrc is the place "
				   "for them");
	else if (code != CURLUE_NO_USER)
		status = refuse(code, f);
out:
	curl_free(scheme);
	curl_free(user);
	return status;
}

/* Why did libcurl not take a host that it gave? Where it says that the host is
 * bad, as 8.14 does also for want of memory, a URL of that host tells. */
static enum pith_status refuse_host(CURLUcode code, const char *host,
				    struct fault *f)
{
	static const char scheme[] = "http://";
	char text[URL_MAX_BYTES], *again = NULL;
	size_t len = strlen(host);
	CURLU *u = curl_url();

	if (u == NULL)
		code = CURLUE_OUT_OF_MEMORY;
	if (code != CURLUE_OUT_OF_MEMORY &&
	    len < sizeof(text) - sizeof(scheme)) {
		memcpy(text, scheme, sizeof(scheme) - 1);
		memcpy(text + sizeof(scheme) - 1, host, len + 1);
		code = curl_url_set(u, CURLUPART_URL, text, 0);
		if (code == CURLUE_OK)
			code = curl_url_get(u, CURLUPART_HOST, &again, 0);
		if (code == CURLUE_OK && strcmp(again, host) == 0)
			code = CURLUE_OUT_OF_MEMORY;
	}
	curl_free(again);
	curl_url_cleanup(u);
	return code == CURLUE_OUT_OF_MEMORY
		   ? fault_memory(f)
		   : fault_set(f, FETCH_REFUSED, "no host name: %.100s", host);
}

/* Take the parts of u apart, in normal form. */
static enum pith_status split(CURLU *u, struct url *out, struct fault *f)
{
	char *host = NULL, *text = NULL;
	const char *start;
	CURLUcode code;
	enum pith_status status = get(u, CURLUPART_HOST, 0, &host, f);

	if (host == NULL)
		return status;
	/* libcurl 7.88 loses a name that IDNA refuses: let it not be long. */
	if (strlen(host) > MAX_HOST) {
		status = fault_set(f, FETCH_REFUSED,
				   "host name of more than %d bytes", MAX_HOST);
		goto out;
	}
	curl_free(host);
	status = get(u, CURLUPART_HOST, HOST_FLAGS, &host, f);
	if (host == NULL)
		goto out;
	for (char *p = host; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p | 0x20);
	code = curl_url_set(u, CURLUPART_HOST, host, 0);
	if (code != CURLUE_OK) {
		status = refuse_host(code, host, f);
		goto out;
	}
	status = get(u, CURLUPART_URL, CURLU_NO_DEFAULT_PORT, &text, f);
	if (text == NULL)
		goto out;
	if (strlen(text) >= URL_MAX_BYTES) { /* escapes make it longer */
		status = too_long(f);
		goto out;
	}
	start = strstr(text, "://") + 3;
	out->origin_len = (unsigned short)(start - text + strcspn(start, "/"));
	out->host = (unsigned short)(start - text);
	out->host_len = (unsigned short)strlen(host);
	if (text[out->origin_len] != '/' || strncmp(start, host, out->host_len))
		status = fault_set(f, FETCH_REFUSED, "no URL");
	else if ((out->text = strdup(text)) == NULL)
		status = fault_memory(f);
out:
	curl_free(host);
	curl_free(text);
	return status;
}

enum pith_status url_parse(const char *text, const char *base, struct url *out,
			   struct fault *f)
{
	enum pith_status status;
	char bare[URL_MAX_BYTES];
	CURLUcode code = CURLUE_OK;
	CURLU *u = curl_url();

	*out = (struct url){0};
	if (u == NULL)
		return fault_memory(f);
	status = clean(text, bare, f);
	if (status != PITH_OK)
		goto out;
	if (base != NULL)
		code = curl_url_set(u, CURLUPART_URL, base, 0);
	if (code == CURLUE_OK)
		code = curl_url_set(u, CURLUPART_URL, bare,
				    CURLU_URLENCODE | CURLU_ALLOW_SPACE |
					CURLU_NON_SUPPORT_SCHEME);
	if (code == CURLUE_OK)
		code = curl_url_set(u, CURLUPART_FRAGMENT, NULL, 0);
	if (code != CURLUE_OK) {
		status = refuse(code, f);
		goto out;
	}
	status = check(u, f);
	if (status == PITH_OK)
		status = split(u, out, f);
out:
	curl_url_cleanup(u);
	if (status != PITH_OK)
		url_free(out);
	return status;
}

void url_free(struct url *url)
{
	free(url->text);
	*url = (struct url){0};
}
