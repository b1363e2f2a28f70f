/* SPDX-License-Identifier: MIT
 *
 * plain_word.c: cuts lines into words and hashes them. */
#include "score/plain_word.h"

#include "base/utf8.h"

static const uint64_t OFFSET = 0xcbf29ce484222325u, PRIME = 0x100000001b3u;

/* Letters shorter words than this are made of say little about a topic. */
enum { NAME_LETTERS = 4 };

static uint64_t mix(uint64_t hash, uint64_t c)
{
	return (hash ^ c) * PRIME;
}

/* Lower case of Latin, Greek and Cyrillic letters; close enough to compare. */
static uint32_t lower(uint32_t c)
{
	if (c < 0x80)
		return (unsigned char)ascii_lower((char)c);
	if ((c >= 0xc0 && c < 0xdf) || (c >= 0x391 && c < 0x3aa) ||
	    (c >= 0x410 && c < 0x430))
		return c + 0x20;
	if (c >= 0x400 && c < 0x410)
		return c + 0x50;
	if ((c >= 0x100 && c < 0x138) || (c >= 0x14a && c < 0x178))
		return c | 1;
	if ((c >= 0x139 && c < 0x149) || (c >= 0x179 && c < 0x17f))
		return (c & 1) ? c + 1 : c;
	return c;
}

static bool is_digit(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 0x660 && c < 0x66a) ||
	       (c >= 0x966 && c < 0x970) || (c >= 0xff10 && c < 0xff1a);
}

/* A character that continues a word without being of one. */
static bool is_joint(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0xad || c == 0x200c ||
	       c == 0x200d;
}

/* A character of a script without spaces: a pair with the one before. */
static bool take_pair(struct plain_words *r, uint32_t c, size_t next,
		      struct plain_word *out)
{
	uint32_t before = r->before, after = 0;

	r->before = c;
	r->at = next;
	if (before == 0 && next < r->text.len) {
		utf8_decode(r->text.data + next, r->text.len - next, &after);
		if (utf8_is_cjk(after))
			return false;
	}
	*out = (struct plain_word){.hash = mix(mix(OFFSET, before), c),
				   .letters = 2,
				   .name = before != 0};
	return true;
}

bool plain_word_next(struct plain_words *r, struct plain_word *out)
{
	bool in_word = false, digits = false;

	*out = (struct plain_word){.hash = OFFSET};
	while (r->at < r->text.len) {
		uint32_t c, low;
		size_t next = r->at + utf8_decode(r->text.data + r->at,
						  r->text.len - r->at, &c);

		if (utf8_is_cjk(c)) {
			if (in_word)
				return true;
			if (take_pair(r, c, next, out))
				return true;
			continue;
		}
		r->before = 0;
		if (!utf8_is_word(c) && !(in_word && is_joint(c))) {
			if (in_word)
				return true;
			r->at = next;
			continue;
		}
		r->at = next;
		if (is_joint(c))
			continue;
		low = lower(c);
		if (!in_word) {
			out->upper = low != c;
			out->cased = low != c || (c >= 'a' && c <= 'z') ||
				     (c >= 0xdf && c < 0x530);
		}
		in_word = true;
		if (!is_digit(c))
			out->hash = mix(out->hash, low);
		else if (!digits)
			out->hash = mix(out->hash, '0');
		digits = is_digit(c);
		out->letters += !digits;
		out->name = out->letters >= NAME_LETTERS;
	}
	return in_word;
}

/* Never 0, which stands for none. */
static uint32_t key_of(char kind, uint64_t hash)
{
	uint64_t h = mix(hash, (unsigned char)kind);
	uint32_t key = (uint32_t)(h ^ h >> 32);

	return key != 0 ? key : 1;
}

void plain_keys(struct str text, struct plain_keys *out)
{
	struct plain_words r = {.text = text};
	struct plain_word w;
	uint64_t label = OFFSET, first = 0, before = 0, last = 0;
	size_t count = 0;

	*out = (struct plain_keys){.count = 0};
	for (; plain_word_next(&r, &w); count++) {
		if (count < PLAIN_LABEL_WORDS)
			label = mix(label, w.hash);
		if (count < PLAIN_KEYS_WORDS)
			out->words[out->count++] = key_of('w', w.hash);
		if (count == 0)
			first = w.hash;
		if (count == 1)
			out->first2 = key_of('<', mix(first, w.hash));
		before = last;
		last = w.hash;
	}
	if (count == 0)
		return;
	if (count <= PLAIN_LABEL_WORDS)
		out->label = key_of('=', label);
	out->first = key_of('^', first);
	out->last = key_of('$', last);
	if (count > 1)
		out->last2 = key_of('>', mix(before, last));
}
