/* SPDX-License-Identifier: MIT
 *
 * frame.h: how items go to a worker and results come back, over two pipes
 * between processes of one program. Included by run/.
 *
 *   struct job_head     parts of the item, in their order
 *   struct result_head  its parts
 *
 * A worker may be in the hands of the page it reads: the parent believes
 * nothing of a result's head that result_valid has not passed. */
#ifndef RUN_FRAME_H
#define RUN_FRAME_H

#include "run/extract.h"

struct job_head {
	uint64_t seq;
	uint32_t kind, cause, outcome, http_status, chunked, record;
	struct place place;
	uint64_t sizes[ITEM_PARTS];
};

/* output as it is written, one line of error, the URL a JSON line named. */
enum result_part { RESULT_OUTPUT, RESULT_ERROR, RESULT_URL, RESULT_PARTS };

struct result_head {
	uint64_t magic, seq;
	uint32_t code, wanted;
	uint64_t sizes[RESULT_PARTS];
};

#define RESULT_MAGIC UINT64_C(0x6874697020303031)

/* Largest parts of a result. */
enum { RESULT_OUTPUT_MAX = 512 * 1024 * 1024, RESULT_TEXT_MAX = 4096 };

/* The head of the job that an item is. */
void job_head_of(const struct item *item, uint64_t seq, struct job_head *head);

/* Is it the head of a result of that job? */
bool result_valid(const struct result_head *head, uint64_t seq);

/* Read or write all of size bytes; false at the end of the pipe or on an
 * error. */
bool frame_read(int fd, void *data, size_t size);
bool frame_write(int fd, const void *data, size_t size);

#endif
