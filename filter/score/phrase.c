/* SPDX-License-Identifier: MIT
 *
 * phrase.c: reads the start of a text in lower case. Pictures and marks stand
 * before its first word, too. */
#include "score/phrase.h"

#include "base/utf8.h"

void phrase_read(struct str text, bool (*ends)(uint32_t c),
		 struct phrase_start *out)
{
	out->len = out->words = out->at = 0;
	out->ended = false;
	while (out->at < text.len && !out->ended &&
	       out->len + 4 <= sizeof(out->data)) {
		uint32_t c;
		bool word;

		out->at +=
		    utf8_decode(text.data + out->at, text.len - out->at, &c);
		out->ended = ends != NULL && ends(c);
		word = utf8_is_word(c);
		if (out->ended || (out->len == 0 && !word))
			continue;
		out->len += utf8_put(utf8_lower(c), out->data + out->len);
		if (word)
			out->words = out->len;
	}
}
