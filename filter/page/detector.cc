/* SPDX-License-Identifier: MIT
 *
 * detector.cc: calls uchardet and catches what it throws. It is C++, and says
 * by an exception that memory is short, which would end a program of C: this
 * is the one file that is C++ too. What uchardet was making at that moment it
 * does not give back. */
extern "C" {
#include "page/detector.h"
}

#include <uchardet.h>

struct uchardet *detector_new(void)
{
	try {
		return uchardet_new();
	} catch (...) {
		return nullptr;
	}
}

void detector_free(struct uchardet *detector)
{
	uchardet_delete(detector);
}

bool detector_begin(struct uchardet *detector)
{
	try {
		uchardet_reset(detector);
		return true;
	} catch (...) {
		return false;
	}
}

bool detector_feed(struct uchardet *detector, struct str piece)
{
	try {
		return uchardet_handle_data(detector, piece.data, piece.len) ==
		       0;
	} catch (...) {
		return false;
	}
}

const char *detector_end(struct uchardet *detector)
{
	try {
		uchardet_data_end(detector);
		return uchardet_get_charset(detector);
	} catch (...) {
		return nullptr;
	}
}
