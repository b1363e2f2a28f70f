/* SPDX-License-Identifier: MIT
 *
 * detector.h: uchardet, without its exceptions. Included by charset_guess.c
 * only. */
#ifndef PAGE_DETECTOR_H
#define PAGE_DETECTOR_H

#include <stdbool.h>

#include "base/str.h"

/* uchardet's own handle. */
struct uchardet;

/* Make one; NULL without memory. */
struct uchardet *detector_new(void);

/* Free it. */
void detector_free(struct uchardet *detector);

/* Begin a text, and feed a piece of it. False without memory: then nothing
 * but detector_free may follow. */
bool detector_begin(struct uchardet *detector);
bool detector_feed(struct uchardet *detector, struct str piece);

/* End the text: uchardet's name of its encoding, "" for none, until the next
 * begins; NULL without memory. */
const char *detector_end(struct uchardet *detector);

#endif
