/* SPDX-License-Identifier: MIT
 *
 * proxy.h: which proxy the environment names for a URL. libcurl knows too but
 * does not tell, and the check of addresses must know whether it looks at the
 * page's server or at a proxy. Only filter/fetch/ includes it. */
#ifndef FETCH_PROXY_H
#define FETCH_PROXY_H

#include "fetch/url.h"

/* The proxy for url, or "" for none; belongs to the environment. Reads
 * http_proxy (lower case only, as CGI sets the other), https_proxy, all_proxy
 * and no_proxy. */
const char *proxy_for(const struct url *url);

#endif
