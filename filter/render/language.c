/* SPDX-License-Identifier: MIT
 *
 * language.c: reads the class names that highlighters use. */
#include "render/language.h"

#include <string.h>

enum {
	OUTWARDS = 3,	  /* boxes around a pre that may be labelled */
	INWARDS = 4,	  /* elements in it */
	LANGUAGE_MAX = 24 /* bytes */
};

static const struct str prefixes[] = {
    {"language-", 9},
    {"lang-", 5},
    {"highlight-source-", 17},
    {"brush:", 6},
    {"highlight-text-", 15},
    {"syntax-", 7},
    {"code-", 5},
    {"prettyprint-", 12},
};

static bool is_language(struct str s)
{
	if (s.len == 0 || s.len > LANGUAGE_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_alpha(s.data[i]) && !ascii_digit(s.data[i]) &&
		    strchr("+-#._", s.data[i]) == NULL)
			return false;
	return true;
}

/* The next word of a class attribute; *at moves past it. */
static struct str next_word(struct str s, size_t *at)
{
	size_t from = *at;

	while (from < s.len && ascii_space(s.data[from]))
		from++;
	*at = from;
	while (*at < s.len && !ascii_space(s.data[*at]))
		++*at;
	return (struct str){s.data + from, *at - from};
}

static struct str read_class(struct str names)
{
	for (size_t at = 0; at < names.len;) {
		struct str word = next_word(names, &at);

		for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]);
		     i++) {
			struct str p = prefixes[i], rest;

			if (word.len < p.len ||
			    !str_equal_nocase((struct str){word.data, p.len},
					      p))
				continue;
			rest =
			    (struct str){word.data + p.len, word.len - p.len};
			if (rest.len == 0) /* "brush: c;" */
				rest = next_word(names, &at);
			while (rest.len > 0 && rest.data[rest.len - 1] == ';')
				rest.len--;
			if (is_language(rest))
				return rest;
		}
		if (str_equal_nocase(word, STR("sourceCode"))) {
			word = next_word(names, &at);
			if (is_language(word))
				return word;
		}
	}
	return (struct str){NULL, 0};
}

struct str language_of_code(const struct page *page, const struct block *block)
{
	uint32_t e = block->elem, inner = e + 1;
	struct str found = {NULL, 0};

	for (int i = 0; i < INWARDS && inner < page->elems[e].end && !found.len;
	     i++, inner++)
		if (page->elems[inner].tag == TAG_CODE)
			found = read_class(
			    elem_attr(&page->elems[inner], ATTR_CLASS));
	for (int i = 0; i < OUTWARDS && e != NO_ELEM && found.len == 0; i++) {
		found = read_class(elem_attr(&page->elems[e], ATTR_CLASS));
		e = page->elems[e].parent;
	}
	return found;
}
