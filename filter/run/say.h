/* SPDX-License-Identifier: MIT
 *
 * say.h: messages on standard error: "pith: WHERE: message". Included by
 * main.c and run/. */
#ifndef RUN_SAY_H
#define RUN_SAY_H

#include "base/str.h"
#include "source/item.h"

/* One line; what a page put into either is made harmless for a terminal. */
void say(struct str where, struct str what);
void say_plain(const char *where, const char *what);

/* The same about an item: its file, its place in an archive, its URL where
 * that is not empty. */
void say_item(const struct item *item, struct str url, struct str what);

#endif
