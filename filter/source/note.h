/* SPDX-License-Identifier: MIT
 *
 * note.h: records that hold no page but tell of one, or of the archive.
 * Included by source/reader.c only. */
#ifndef SOURCE_NOTE_H
#define SOURCE_NOTE_H

#include <stdbool.h>

#include "base/str.h"

/* What pith-fetch tells of a URL that gave no page. */
struct note {
	int outcome; /* the exit status for it */
	int http_status;
	struct str message; /* at most 180 bytes */
};

/* Read the fields of a record of metadata; false if they tell of no failure. */
bool note_read(struct str fields, struct note *out);

/* Is it the address of a record about the archive itself, as wget writes its
 * log? */
bool note_is_about_itself(struct str uri);

#endif
