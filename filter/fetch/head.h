/* SPDX-License-Identifier: MIT
 *
 * head.h: reads the head of an HTTP response as it was received. Only
 * filter/fetch/ includes it. */
#ifndef FETCH_HEAD_H
#define FETCH_HEAD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* The value of the first field of that name, trimmed; data NULL if there is
 * none. A folded value ends at its first line. */
struct str head_field(struct str head, struct str name);

/* The media type of a Content-Type value: what stands before ";", trimmed. */
struct str head_media_type(struct str value);

/* Is type one of the comma separated list ("text/html, text/plain")? A list
 * item may end in a slash and a star, and a lone star-slash-star takes all. */
bool head_type_accepted(struct str type, const char *list);

/* Seconds that a Retry-After value asks to wait, in either form, counted from
 * now (Unix seconds); -1 if it says nothing. */
int64_t head_retry_after(struct str value, int64_t now);

#endif
