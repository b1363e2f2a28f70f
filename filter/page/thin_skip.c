/* SPDX-License-Identifier: MIT
 *
 * thin_skip.c: past the end of a tag that is too long to be held. */
#include "page/thin_scan.h"

/* Past the attributes of a tag that is too long, byte by byte but for quoted
 * values. */
const char *thin_skip(struct thin *t, const char *p)
{
	for (; p < t->end; p++) {
		char c = *p;

		switch (t->skip) {
		case SKIP_DOUBLE:
		case SKIP_SINGLE:
			p = memchr(p, t->skip == SKIP_DOUBLE ? '"' : '\'',
				   (size_t)(t->end - p));
			if (p == NULL)
				return t->end;
			t->skip = SKIP_BEFORE_NAME;
			continue;
		case SKIP_BEFORE_VALUE:
			if (ascii_space(c))
				continue;
			t->skip = c == '"'    ? SKIP_DOUBLE
				  : c == '\'' ? SKIP_SINGLE
					      : SKIP_UNQUOTED;
			break;
		case SKIP_UNQUOTED:
			if (ascii_space(c))
				t->skip = SKIP_BEFORE_NAME;
			break;
		case SKIP_TAG_NAME:
		case SKIP_NAME:
			if (c == '/')
				t->skip = SKIP_BEFORE_NAME;
			else if (ascii_space(c))
				t->skip = t->skip == SKIP_NAME
					      ? SKIP_AFTER_NAME
					      : SKIP_BEFORE_NAME;
			else if (c == '=' && t->skip == SKIP_NAME)
				t->skip = SKIP_BEFORE_VALUE;
			break;
		case SKIP_AFTER_NAME:
			if (c == '=')
				t->skip = SKIP_BEFORE_VALUE;
			else if (c == '/')
				t->skip = SKIP_BEFORE_NAME;
			else if (!ascii_space(c))
				t->skip = SKIP_NAME;
			break;
		case SKIP_BEFORE_NAME:
			if (!ascii_space(c) && c != '/')
				t->skip = SKIP_NAME;
			break;
		}
		if (c == '>' && t->skip != SKIP_DOUBLE &&
		    t->skip != SKIP_SINGLE) {
			t->state = t->after_skip;
			return p + 1;
		}
	}
	return p;
}
