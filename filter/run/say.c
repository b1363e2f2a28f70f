/* SPDX-License-Identifier: MIT
 *
 * say.c: messages on standard error. */
#include "run/say.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/utf8.h"

/* A line is written at once, so that those of several programs stay apart. */
struct message {
	char data[4096];
	size_t len;
};

static void add(struct message *m, struct str s)
{
	size_t n;

	for (size_t i = 0; i < s.len && m->len + 8 < sizeof(m->data); i += n) {
		uint32_t c;

		n = utf8_decode(s.data + i, s.len - i, &c);
		if (utf8_is_unprintable(c) || c == '\n' || c == '\t')
			c = '?';
		m->len += utf8_put(c, m->data + m->len);
	}
}

static void end(struct message *m)
{
	ssize_t n;

	m->data[m->len++] = '\n';
	n = write(STDERR_FILENO, m->data, m->len);
	(void)n; /* there is nobody left to tell */
}

void say(struct str where, struct str what)
{
	struct message m = {.len = 0};

	add(&m, STR("pith: "));
	add(&m, where);
	add(&m, STR(": "));
	add(&m, what);
	end(&m);
}

void say_plain(const char *where, const char *what)
{
	say((struct str){where, strlen(where)},
	    (struct str){what, strlen(what)});
}

void say_item(const struct item *item, struct str url, struct str what)
{
	struct str input = item_get(item, ITEM_INPUT);
	struct message m = {.len = 0};
	char place[64];

	add(&m, STR("pith: "));
	add(&m, str_equal(input, STR("-")) ? STR("stdin") : input);
	if (item->place.offset > 0 || item->place.within > 0 || url.len > 0) {
		snprintf(place, sizeof(place), ": offset %" PRIu64,
			 item->place.offset);
		add(&m, (struct str){place, strlen(place)});
	}
	if (item->place.within > 0) {
		snprintf(place, sizeof(place), " + %" PRIu64,
			 item->place.within);
		add(&m, (struct str){place, strlen(place)});
	}
	if (url.len > 0) {
		add(&m, STR(": "));
		add(&m, url);
	}
	add(&m, STR(": "));
	add(&m, what);
	end(&m);
}
