/* SPDX-License-Identifier: MIT
 *
 * tail.h: where the last whole record of a WARC file ends. A run that was
 * killed may leave part of a record there. Only filter/fetch/ includes it. */
#ifndef FETCH_TAIL_H
#define FETCH_TAIL_H

#include <stdbool.h>

#include "fetch/fault.h"

/* Read the file from its beginning, cut off what follows its last whole
 * record, and stand at its end. *compress tells, and for an empty file keeps,
 * whether its records are gzip members. A file that does not begin as a WARC
 * file is refused and stays as it is. */
enum pith_status tail_cut(int fd, bool *compress, struct fault *f) PITH_CHECKED;

#endif
