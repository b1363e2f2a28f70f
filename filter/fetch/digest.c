/* SPDX-License-Identifier: MIT
 *
 * digest.c: SHA-1 by nettle, written in base 32. Part of filter/fetch/. */
#include "fetch/digest.h"

#include <stdint.h>
#include <string.h>

void digest_init(struct digest *d)
{
	sha1_init(&d->sha1);
}

void digest_add(struct digest *d, const void *data, size_t len)
{
	sha1_update(&d->sha1, len, data);
}

void digest_end(struct digest *d, char text[DIGEST_TEXT])
{
	static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned char sum[SHA1_DIGEST_SIZE];
	char *out = text + 5;

	sha1_digest(&d->sha1, sizeof(sum), sum);
	memcpy(text, "sha1:", 5);
	for (size_t i = 0; i < sizeof(sum); i += 5) {
		uint64_t group = 0; /* 40 bits: 5 bytes, 8 characters */

		for (size_t j = 0; j < 5; j++)
			group = group << 8 | sum[i + j];
		for (int shift = 35; shift >= 0; shift -= 5)
			*out++ = alphabet[group >> shift & 31];
	}
	*out = '\0';
}
