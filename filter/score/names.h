/* SPDX-License-Identifier: MIT
 *
 * names.h: what the names that authors gave to the elements of a page tell:
 * classes, ids, roles, words of addresses. Included by nodes.c only.
 *
 *   list   0 class="post"   1 href="/a"   2 class="nav" …   each once, nearly
 *   uses   0 0 1 2 0 1 …    the attributes of elements with text, in order */
#ifndef SCORE_NAMES_H
#define SCORE_NAMES_H

#include "score/survey.h"

/* What an attribute says of its element, or all of them do. */
struct name {
	uint64_t classes; /* hash of them */
	unsigned tokens;
	int16_t low, high; /* log-odds of its tokens */
	bool known;
};

struct names {
	const struct lexicon *lexicon;
	struct name *list;
	uint32_t *uses;
	size_t next_use;
};

/* Read the names of all elements with text: s->page and s->filled. */
enum pith_status names_make(struct arena *arena, const struct survey *s,
			    const struct lexicon *lexicon,
			    struct names *out) PITH_CHECKED;

/* What those of the next element say: to be asked of all in s->filled, in
 * order. */
void names_next(struct names *n, const struct elem *e, struct name *out);

#endif
