/* SPDX-License-Identifier: MIT
 *
 * digest.h: the digests of WARC records: SHA-1 in base 32, which is what every
 * archive tool compares. They tell pages apart; they protect nothing. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_DIGEST_H
#define FETCH_DIGEST_H

#include <nettle/sha1.h>
#include <stddef.h>

#define DIGEST_TEXT 38 /* "sha1:", 32 characters and a NUL */

struct digest {
	struct sha1_ctx sha1;
};

void digest_init(struct digest *d);
void digest_add(struct digest *d, const void *data, size_t len);

/* Write "sha1:…" ended by a NUL to text; the digest is then at its start
 * again. */
void digest_end(struct digest *d, char text[DIGEST_TEXT]);

#endif
