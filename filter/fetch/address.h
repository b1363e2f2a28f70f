/* SPDX-License-Identifier: MIT
 *
 * address.h: which network addresses belong to the public internet. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_ADDRESS_H
#define FETCH_ADDRESS_H

#include <stdbool.h>

struct sockaddr;

/* False for every address that is not of the public internet: loopback,
 * private, link-local, carrier-grade NAT, unspecified, multicast, reserved,
 * and IPv6 addresses that carry such an IPv4 address. */
bool address_is_public(const struct sockaddr *address);

/* The same for a numeric address as text, IPv6 with or without brackets and
 * zone. Text that is no address is not public. */
bool address_text_is_public(const char *text);

/* Is it a numeric address at all? */
bool address_is_numeric(const char *text);

#endif
