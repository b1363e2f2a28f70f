/* SPDX-License-Identifier: MIT
 *
 * proxy.c: http_proxy and its kin. Part of filter/fetch/. */
#include "fetch/proxy.h"

#include <stdlib.h>
#include <string.h>

static const char *either(const char *lower, const char *upper)
{
	const char *value = getenv(lower);

	if (value == NULL && upper != NULL)
		value = getenv(upper);
	return value != NULL && *value != '\0' ? value : NULL;
}

/* Is host, or a domain it lies in, in the list? */
static bool listed(struct str host, const char *list)
{
	while (*list != '\0') {
		size_t len = strcspn(list, ", ");
		struct str item = {list, len};
		struct str tail = host;

		list += len + (list[len] != '\0');
		if (str_equal(item, STR("*")))
			return true;
		if (item.len > 0 && item.data[0] == '.') {
			item.data++;
			item.len--;
		}
		if (item.len == 0 || item.len > host.len)
			continue;
		tail.data += host.len - item.len;
		tail.len = item.len;
		if (str_equal_nocase(tail, item) &&
		    (item.len == host.len || tail.data[-1] == '.'))
			return true;
	}
	return false;
}

const char *proxy_for(const struct url *url)
{
	const char *except = either("no_proxy", "NO_PROXY");
	const char *proxy = url_is_https(url)
				? either("https_proxy", "HTTPS_PROXY")
				: either("http_proxy", NULL);
	struct str host = url_host(url);

	if (proxy == NULL)
		proxy = either("all_proxy", "ALL_PROXY");
	if (host.len > 2 && host.data[0] == '[') {
		host.data++;
		host.len -= 2;
	}
	if (proxy == NULL || (except != NULL && listed(host, except)))
		return "";
	return proxy;
}
