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
    {"highlight-", 10},
};

/* What Sphinx has after "highlight-" where it names no language. */
static const struct str no_languages[] = {
    {"default", 7}, {"none", 4}, {"wrapper", 7}, {"container", 9}};

/* Languages whose bare name may be a class of the pre or code itself. */
static const struct str languages[] = {
    {"bash", 4},	{"c", 1},    {"cpp", 3},	 {"csharp", 6},
    {"css", 3},		{"diff", 4}, {"go", 2},		 {"haskell", 7},
    {"html", 4},	{"java", 4}, {"javascript", 10}, {"json", 4},
    {"kotlin", 6},	{"lua", 3},  {"perl", 4},	 {"php", 3},
    {"python", 6},	{"ruby", 4}, {"rust", 4},	 {"scala", 5},
    {"shell", 5},	{"sql", 3},  {"swift", 5},	 {"toml", 4},
    {"typescript", 10}, {"xml", 3},  {"yaml", 4},
};

static bool is_one_of(struct str s, const struct str *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal_nocase(s, list[i]))
			return true;
	return false;
}

#define IS_ONE_OF(s, list) is_one_of(s, list, sizeof(list) / sizeof((list)[0]))

static bool is_language(struct str s)
{
	if (s.len == 0 || s.len > LANGUAGE_MAX || IS_ONE_OF(s, no_languages))
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

/* The bare name of a language in a class attribute. */
static struct str read_name(struct str names)
{
	for (size_t at = 0; at < names.len;) {
		struct str word = next_word(names, &at);

		if (IS_ONE_OF(word, languages))
			return word;
	}
	return (struct str){NULL, 0};
}

struct str language_of_code(const struct page *page, const struct block *block)
{
	uint32_t e = block->elem, inner = e + 1;
	struct str found = {NULL, 0};

	for (int i = 0; i < INWARDS && inner < page->elems[e].end && !found.len;
	     i++, inner++) {
		struct str names = elem_attr(&page->elems[inner], ATTR_CLASS);

		if (page->elems[inner].tag != TAG_CODE)
			continue;
		found = read_class(names);
		if (found.len == 0)
			found = read_name(names);
	}
	for (int i = 0; i < OUTWARDS && e != NO_ELEM && found.len == 0; i++) {
		struct str names = elem_attr(&page->elems[e], ATTR_CLASS);

		found = read_class(names);
		if (found.len == 0 && e == block->elem)
			found = read_name(names);
		e = page->elems[e].parent;
	}
	return found;
}
