/* SPDX-License-Identifier: MIT
 *
 * address.c: tables of the special-purpose address registries (RFC 6890 and
 * what the registries list since). Part of filter/fetch/. */
#include "fetch/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

struct range {
	unsigned char prefix[16];
	int bits;
};

/* IPv4 that no page of the public internet is served from. */
static const struct range special4[] = {
    {{0}, 8},		  /* this network */
    {{10}, 8},		  /* private */
    {{100, 64}, 10},	  /* carrier-grade NAT */
    {{127}, 8},		  /* loopback */
    {{169, 254}, 16},	  /* link-local, cloud metadata */
    {{172, 16}, 12},	  /* private */
    {{192, 0, 0}, 24},	  /* protocol assignments */
    {{192, 0, 2}, 24},	  /* documentation */
    {{192, 168}, 16},	  /* private */
    {{198, 18}, 15},	  /* benchmarks */
    {{198, 51, 100}, 24}, /* documentation */
    {{203, 0, 113}, 24},  /* documentation */
    {{224}, 3},		  /* multicast, reserved, broadcast */
};

/* Public IPv6 is 2000::/3; these parts of it are not. */
static const struct range special6[] = {
    {{0x20, 0x01, 0x00}, 23},	    /* protocol assignments, Teredo */
    {{0x20, 0x01, 0x0d, 0xb8}, 32}, /* documentation */
    {{0x3f, 0xff, 0x00}, 20},	    /* documentation */
};

/* IPv6 that carries an IPv4 address, which is the one to judge. */
static const struct {
	struct range range;
	size_t offset; /* of the IPv4 address in it */
} carriers[] = {
    {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff}, 96}, 12}, /* mapped */
    {{{0x00, 0x64, 0xff, 0x9b}, 96}, 12},		    /* NAT64 */
    {{{0x20, 0x02}, 16}, 2},				    /* 6to4 */
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool in_range(const unsigned char *address, const struct range *range)
{
	size_t whole = (size_t)range->bits / 8;
	int rest = range->bits % 8;

	if (memcmp(address, range->prefix, whole) != 0)
		return false;
	return rest == 0 ||
	       (address[whole] ^ range->prefix[whole]) >> (8 - rest) == 0;
}

static bool public4(const unsigned char *address)
{
	for (size_t i = 0; i < COUNT(special4); i++)
		if (in_range(address, &special4[i]))
			return false;
	return true;
}

static bool public6(const unsigned char *address)
{
	for (size_t i = 0; i < COUNT(carriers); i++)
		if (in_range(address, &carriers[i].range))
			return public4(address + carriers[i].offset);
	for (size_t i = 0; i < COUNT(special6); i++)
		if (in_range(address, &special6[i]))
			return false;
	return address[0] >> 5 == 1;
}

bool address_is_public(const struct sockaddr *address)
{
	/* Copies, because the caller's bytes need not be aligned. */
	if (address->sa_family == AF_INET) {
		struct sockaddr_in in;

		memcpy(&in, address, sizeof(in));
		return public4((const unsigned char *)&in.sin_addr);
	}
	if (address->sa_family == AF_INET6) {
		struct sockaddr_in6 in;

		memcpy(&in, address, sizeof(in));
		return public6(in.sin6_addr.s6_addr);
	}
	return false;
}

/* The numeric address in text as 4 or 16 bytes; returns how many, 0: none. */
static size_t parse(const char *text, unsigned char bytes[16])
{
	char bare[INET6_ADDRSTRLEN];
	size_t len;

	if (inet_pton(AF_INET, text, bytes) == 1)
		return 4;
	if (*text == '[')
		text++;
	len = strcspn(text, "]%");
	if (len >= sizeof(bare))
		return 0;
	memcpy(bare, text, len);
	bare[len] = '\0';
	return inet_pton(AF_INET6, bare, bytes) == 1 ? 16 : 0;
}

bool address_text_is_public(const char *text)
{
	unsigned char bytes[16];

	switch (parse(text, bytes)) {
	case 4:
		return public4(bytes);
	case 16:
		return public6(bytes);
	default:
		return false;
	}
}

bool address_is_numeric(const char *text)
{
	unsigned char bytes[16];

	return parse(text, bytes) != 0;
}
