/* SPDX-License-Identifier: MIT
 *
 * frame.c: items and results on pipes. */
#include "run/frame.h"

#include <errno.h>
#include <unistd.h>

void job_head_of(const struct item *item, uint64_t seq, struct job_head *head)
{
	*head = (struct job_head){
	    .seq = seq,
	    .kind = item->kind,
	    .cause = item->cause,
	    .outcome = (uint32_t)item->outcome,
	    .http_status = (uint32_t)item->http_status,
	    .chunked = item->chunked,
	    .record = item->record,
	    .place = item->place,
	};
	for (int i = 0; i < ITEM_PARTS; i++)
		head->sizes[i] = item->parts[i].len;
}

bool result_valid(const struct result_head *head, uint64_t seq)
{
	return head->magic == RESULT_MAGIC && head->seq == seq &&
	       head->code <= EXIT_HTTP && head->wanted <= 1 &&
	       head->sizes[RESULT_OUTPUT] <= RESULT_OUTPUT_MAX &&
	       head->sizes[RESULT_ERROR] <= RESULT_TEXT_MAX &&
	       head->sizes[RESULT_URL] <= RESULT_TEXT_MAX;
}

bool frame_read(int fd, void *data, size_t size)
{
	char *p = data;

	while (size > 0) {
		ssize_t n = read(fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		size -= (size_t)n;
	}
	return true;
}

bool frame_write(int fd, const void *data, size_t size)
{
	const char *p = data;

	while (size > 0) {
		ssize_t n = write(fd, p, size);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		size -= (size_t)n;
	}
	return true;
}
