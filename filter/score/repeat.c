/* SPDX-License-Identifier: MIT
 *
 * repeat.c: drops texts that are kept already. What a quote repeats is no
 * repeat: in a thread it belongs to the answer; nor are code and the cells of a
 * table, which are repeated to be changed in a word, nor definitions, which
 * other terms may share. */
#include "score/repeat.h"

#include "score/select.h"

enum { REPEAT_WORDS = 15 };

bool repeat_is(const struct survey *s, const struct selection *out, uint32_t i)
{
	const struct block *b = &s->page->blocks[i];
	uint32_t first = s->twins[s->twin[i]].first;

	return b->words >= REPEAT_WORDS && b->quotes == 0 &&
	       b->kind != BLOCK_PREFORMATTED && b->kind != BLOCK_CELL &&
	       b->kind != BLOCK_DEFINITION && first < i &&
	       out->verdicts[first].kept;
}

void repeat_drop(const struct survey *s, struct selection *out)
{
	for (uint32_t i = 0; i < s->count; i++)
		if (out->verdicts[i].kept && repeat_is(s, out, i))
			select_drop(out, i, RULE_TWIN);
}
