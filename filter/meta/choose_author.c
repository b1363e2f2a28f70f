/* SPDX-License-Identifier: MIT
 *
 * choose_author.c: ranks names by where they stand, cuts lists of names up and
 * leaves out what is no name. */
#include "meta/choose.h"

#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "meta/clean.h"

/* Trust in a source; docs/metadata.md has the figures. */
static const struct {
	uint8_t trust, trust_person; /* the latter if said to be a person */
	bool near;		     /* must stand near the headline */
} sources[] = {
    [SOURCE_JSONLD] = {70, 95, false},
    [SOURCE_JSONLD_OTHER] = {40, 60, false},
    [SOURCE_OPENGRAPH] = {58, 0, false},
    [SOURCE_META] = {80, 0, false},
    [SOURCE_DUBLIN_CORE] = {66, 0, false},
    [SOURCE_MICRODATA] = {76, 76, true},
    [SOURCE_LINK] = {78, 0, true},
    [SOURCE_CLASS] = {64, 0, true},
    [SOURCE_TEXT] = {62, 0, true},
};

enum {
	NEAR_BEFORE = 12, /* blocks around the headline */
	NEAR_AFTER = 16,
	NAME_MAX = 80, /* bytes */
	NAME_WORDS = 7,
	SITE_PENALTY = 30,
	GENERIC_PENALTY = 45
};

/* Words before a name, in lower case. */
static const char *const prefixes[] = {
    "by",      "written by", "posted by",   "published by", "author",
    "authors", "words by",   "reported by", "reviewed by",  "story by",
    "von",     "par",	     "por",	    "di",	    "door",
    "av",      "af",	     "autor",	    "auteur",	    "autore",
    "text",    "автор",	     "από",	    "przez",	    "yazan",
    "text by", "article by", "de",	    "created by",   "contributed by",
};

static const char *const generic[] = {
    "admin",   "administrator", "editor",    "staff",	  "guest",
    "user",    "author",	"anonymous", "webmaster", "team",
    "unknown", "root",		"default",
};

/* Parts of a list that are no name but belong to the one before. */
static const char *const titles[] = {
    "md",   "m.d.", "phd", "ph.d.", "ph.d",	   "rn",  "rd",	 "rdn",
    "cpa",  "mba",  "jr",  "jr.",   "sr.",	   "ii",  "iii", "esq",
    "esq.", "dds",  "dvm", "ms",    "ma",	   "msc", "bsc", "ldn",
    "np",   "do",   "mph", "cfp",   "cfp\xc2\xae", "cfa", "dpt", "cscs",
};

static bool is_one_of(struct str s, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_equal_nocase(s, (struct str){list[i], strlen(list[i])}))
			return true;
	return false;
}

#define IS_ONE_OF(s, list) is_one_of(s, list, sizeof(list) / sizeof((list)[0]))

/* Past the longest prefix, colons and spaces; *found tells if there was one. */
static struct str skip_prefix(struct str s, bool *found)
{
	size_t best = 0;

	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t n = strlen(prefixes[i]);

		if (s.len > n && n > best &&
		    str_equal_nocase((struct str){s.data, n},
				     (struct str){prefixes[i], n}) &&
		    (ascii_space(s.data[n]) || s.data[n] == ':'))
			best = n;
	}
	/* "ByAnn Example": a span without a space */
	if (best == 0 && s.len > 3 &&
	    str_equal_nocase((struct str){s.data, 2}, STR("by")) &&
	    s.data[2] >= 'A' && s.data[2] <= 'Z')
		best = 2;
	*found = best > 0;
	s.data += best;
	s.len -= best;
	while (s.len > 0 && (ascii_space(s.data[0]) || s.data[0] == ':')) {
		s.data++;
		s.len--;
	}
	return s;
}

/* "Updated 3 March by Ann Example": past the "by" in the middle. */
static struct str skip_to_by(struct str s, bool *found)
{
	size_t at = str_find_nocase(s, STR(" by "), 0);

	if (at == SIZE_MAX)
		at = str_find_nocase(s, STR("\nby "), 0);
	*found = at != SIZE_MAX;
	if (*found) {
		s.data += at + 4;
		s.len -= at + 4;
	}
	return s;
}

/* "Ann Example March": what the number after it was the day of. */
static struct str drop_month(struct str s)
{
	static const char *const days[] = {"mon", "tue", "wed", "thu", "fri",
					   "sat", "sun", "on",	"»",   "–"};

	for (int i = 0; i < 2; i++) {
		size_t at = s.len;
		struct str word;
		struct date d;
		char text[64];
		int n;

		while (at > 0 && s.data[at - 1] != ' ')
			at--;
		word = (struct str){s.data + at, s.len - at};
		n = snprintf(text, sizeof(text), "1 %.*s 2000",
			     (int)(word.len < 40 ? word.len : 0), word.data);
		if (!date_read((struct str){text, (size_t)n}, DATE_DAY_FIRST,
			       &d, NULL) &&
		    !IS_ONE_OF(word, days))
			break;
		s = str_trim((struct str){s.data, at});
	}
	return s;
}

/* The end of the names: at a digit, a sign or a word that begins another
 * thing. */
static struct str cut_names(struct str s)
{
	static const char *const ends[] = {
	    " | ",
	    " - ",
	    " \xe2\x80\x93 ",
	    " \xe2\x80\x94 ",
	    "\xe2\x80\xa2",
	    "\xc2\xb7",
	    " on ",
	    " in ",
	    " at ",
	    "(",
	    "/",
	    "[",
	    " for ",
	    "posted",
	    "updated",
	    "published",
	    "last ",
	    "http",
	    "@",
	    " via ",
	    "|",
	};
	size_t len = s.len;

	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		size_t at = str_find_nocase(
		    s, (struct str){ends[i], strlen(ends[i])}, 1);

		if (at < len)
			len = at;
	}
	for (size_t i = 0; i < len; i++) {
		if (s.data[i] == '\n')
			len = i;
		/* a number, but not that of "ann42" */
		if (ascii_digit(s.data[i]) && (i == 0 || s.data[i - 1] == ' '))
			return drop_month(str_trim((struct str){s.data, i}));
	}
	return str_trim((struct str){s.data, len});
}

/* Where the name at the start of a list ends; *next is where the next one
 * begins. */
static size_t name_end(struct str s, size_t *next)
{
	static const char *const joins[] = {
	    ", and ", " and ", " & ",  ", ",	       ";",
	    ",",      " und ", " et ", "\xe3\x80\x81", " with "};
	size_t end = s.len;

	*next = s.len;
	for (size_t i = 0; i < sizeof(joins) / sizeof(joins[0]); i++) {
		size_t n = strlen(joins[i]);
		size_t at = str_find_nocase(s, (struct str){joins[i], n}, 0);

		if (at < end) {
			end = at;
			*next = at + n;
		}
	}
	return end;
}

static bool is_name(struct str s)
{
	unsigned words = 1;
	uint32_t c;

	if (s.len < 2 || s.len > NAME_MAX)
		return false;
	(void)utf8_decode(s.data, s.len, &c);
	if (!utf8_is_word(c))
		return false;
	for (size_t i = 0; i < s.len; i++) {
		words += s.data[i] == ' ';
		if (strchr("{}<>=!?#$%\\", s.data[i]) != NULL)
			return false;
	}
	return words <= NAME_WORDS;
}

struct names {
	struct str list[META_AUTHORS_MAX];
	size_t count;
};

static bool is_upper(struct str s)
{
	uint32_t c;

	(void)utf8_decode(s.data, s.len, &c);
	return utf8_lower(c) != c || c >= 0x530;
}

/* Do capitals say that it is a name? In running text nothing else does. */
static bool looks_like_name(struct str s)
{
	static const char *const small[] = {"de",  "van", "von", "der", "den",
					    "la",  "le",  "di",	 "da",	"del",
					    "bin", "al",  "dos", "ten", "the"};
	size_t from = 0;

	for (size_t i = 0; i <= s.len; i++) {
		struct str word = {s.data + from, i - from};

		if (i < s.len && s.data[i] != ' ')
			continue;
		if (word.len > 0 && !is_upper(word) && !IS_ONE_OF(word, small))
			return false;
		from = i + 1;
	}
	return true;
}

static void add_name(struct names *names, struct str name)
{
	while (name.len > 0 &&
	       (name.data[name.len - 1] == '.' ||
		name.data[name.len - 1] == ',' ||
		name.data[name.len - 1] == ':') &&
	       !(name.len > 2 && name.data[name.len - 3] == '.'))
		name.len--;
	name = str_trim(name);
	if (!is_name(name) || names->count == META_AUTHORS_MAX)
		return;
	for (size_t i = 0; i < names->count; i++)
		if (str_equal_nocase(names->list[i], name))
			return;
	names->list[names->count++] = name;
}

/* The names of a candidate's text. */
static void read_names(const struct candidate *k, struct names *names)
{
	struct str s = str_trim(k->text);
	bool found = false, by = false, loose;

	if (str_find_nocase(s, STR("://"), 0) != SIZE_MAX ||
	    s.len > (size_t)4 * NAME_MAX)
		return;
	s = skip_prefix(s, &found);
	if (!found && (k->source == SOURCE_TEXT || k->source == SOURCE_CLASS))
		s = skip_to_by(s, &by);
	if (k->source == SOURCE_TEXT && !found && !by)
		return;
	s = cut_names(s);
	/* without a class that says so, only capitals tell a name */
	loose = by || k->source == SOURCE_TEXT;
	while (s.len > 0) {
		size_t next, end = name_end(s, &next);
		struct str name = str_trim((struct str){s.data, end});

		/* what follows a first name in sight may be a profession */
		if (names->count == 0
			? !loose || looks_like_name(name)
			: !IS_ONE_OF(name, titles) &&
			      (k->source < SOURCE_LINK ||
			       (looks_like_name(name) &&
				memchr(name.data, ' ', name.len))))
			add_name(names, name);
		s.data += next;
		s.len -= next;
	}
}

static int worth(const struct choice *c, const struct candidate *k,
		 const struct names *names)
{
	int trust = k->person && sources[k->source].trust_person
			? sources[k->source].trust_person
			: sources[k->source].trust;

	if (names->count == 0 || trust == 0 ||
	    (sources[k->source].near &&
	     !choice_is_near(c, k, NEAR_BEFORE, NEAR_AFTER)))
		return 0;
	if (str_equal_nocase(names->list[0], c->sitename) ||
	    str_equal_nocase(names->list[0], c->host))
		trust -= SITE_PENALTY;
	if (IS_ONE_OF(names->list[0], generic))
		trust -= GENERIC_PENALTY;
	if (memchr(names->list[0].data, ' ', names->list[0].len) == NULL)
		trust -= 8;
	return trust;
}

enum pith_status choose_authors(const struct choice *c, struct metadata *out)
{
	struct arena *arena = c->candidates->arena;
	struct names best = {.count = 0}, names;
	int most = 0;
	uint8_t source = 0;

	for (size_t i = 0; i < c->candidates->count; i++) {
		const struct candidate *k = &c->candidates->list[i];
		int w;

		if (k->field != FIELD_AUTHOR)
			continue;
		names.count = 0;
		read_names(k, &names);
		w = worth(c, k, &names);
		if (w > most) {
			most = w;
			best = names;
			source = k->source;
		} else if (most > 0 && w > 0 && k->source == source &&
			   k->source < SOURCE_CLASS && w + 20 > most) {
			/* one of several of a list */
			for (size_t n = 0; n < names.count; n++)
				add_name(&best, names.list[n]);
		}
	}
	out->author_count = best.count;
	out->authors = arena_calloc(arena, best.count + 1, sizeof(struct str));
	if (out->authors == NULL)
		return arena_status(arena);
	for (size_t i = 0; i < best.count; i++) {
		out->authors[i] = clean_line(arena, best.list[i], CLEAN_LINE);
		if (out->authors[i].data == NULL)
			return arena_status(arena);
	}
	return PITH_OK;
}
