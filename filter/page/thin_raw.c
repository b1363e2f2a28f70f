/* SPDX-License-Identifier: MIT
 *
 * thin_raw.c: the text of elements without tags in it: where it ends, and
 * what of it is kept. */
#include "page/thin_scan.h"

enum { STORE_BEGIN = 64 /* bytes of code that tell whether it is a store */ };

/* Does a word stand at p, followed by what ends a tag's name? 1, 0, or -1 if
 * the input ends before that can be told. */
static int word_at(const struct thin *t, const char *p, struct str word)
{
	size_t have = (size_t)(t->end - p);

	if (have <= word.len)
		return !t->last &&
			       str_equal_nocase((struct str){p, have},
						(struct str){word.data, have})
			   ? -1
			   : 0;
	return str_equal_nocase((struct str){p, word.len}, word) &&
	       (ascii_space(p[word.len]) || p[word.len] == '/' ||
		p[word.len] == '>');
}

/* Text of a title: references stand in it. Gives the place it got to. */
static const char *put_title(struct thin *t, const char *p, const char *end)
{
	const char *amp, *next;

	while ((amp = memchr(p, '&', (size_t)(end - p))) != NULL) {
		thin_put_text(t, p, (size_t)(amp - p));
		next = thin_reference(t, amp);
		if (next == NULL)
			return amp;
		p = next;
	}
	thin_put_text(t, p, (size_t)(end - p));
	return end;
}

void thin_script(struct thin *t, enum attr attr, struct str value)
{
	static const struct {
		struct str type;
		enum thin_script script;
	} types[] = {
	    {{"application/ld+json", 19}, SCRIPT_DATA},
	    {{"application/json", 16}, SCRIPT_STORE},
	    {{"text/javascript", 15}, SCRIPT_CODE},
	    {{"application/javascript", 22}, SCRIPT_CODE},
	    {{"module", 6}, SCRIPT_CODE},
	    {{"", 0}, SCRIPT_CODE},
	};

	if (attr == ATTR_SRC && t->script == SCRIPT_CODE)
		t->script = SCRIPT_OTHER;
	if (attr != ATTR_TYPE)
		return;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_equal_nocase(value, types[i].type)) {
			if (types[i].script != SCRIPT_CODE)
				t->script = types[i].script;
			return;
		}
	t->script = SCRIPT_OTHER;
}

void thin_begin_script(struct thin *t)
{
	struct thin_scripts *s =
	    t->script == SCRIPT_DATA ? &t->data : &t->stores;

	t->aside = NULL;
	t->unsure = t->script == SCRIPT_CODE;
	if (t->raw != TAG_SCRIPT || t->script == SCRIPT_OTHER ||
	    s->count == THIN_SCRIPTS_MAX || thin_is_muted(t))
		return;
	t->aside = s;
	s->list[s->count++] = (struct str){NULL, s->text.len};
}

/* Does code begin as what frameworks leave in a page, window.__NAME = …? 1, 0,
 * or -1 if that cannot be told from so little. */
static int is_store(struct str s)
{
	static const struct str names[] = {
	    {"window.__", 9}, {"window['__", 10},    {"window[\"__", 10},
	    {"self.__", 7},   {"globalThis.__", 13},
	};

	s = str_trim(s);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		size_t n = s.len < names[i].len ? s.len : names[i].len;

		if (n == 0 || memcmp(s.data, names[i].data, n) == 0)
			return n == names[i].len ? 1 : -1;
	}
	return 0;
}

static void append_aside(struct thin *t, const char *p, size_t n)
{
	struct buf *text = &t->aside->text;
	size_t room = text->ceiling - text->len;

	t->status = buf_append(text, p, n < room ? n : room, t->err);
}

/* Text of a script to the others of its kind; of code, first as much as it
 * takes to tell whether it is wanted. */
static void put_aside(struct thin *t, const char *p, size_t n)
{
	struct thin_scripts *s = t->aside;
	size_t start = s->list[s->count - 1].len, some = 0;
	int wanted;

	if (t->unsure) {
		some = STORE_BEGIN - (s->text.len - start);
		some = some < n ? some : n;
		append_aside(t, p, some);
		wanted = is_store(
		    (struct str){s->text.data + start, s->text.len - start});
		if (t->status != PITH_OK ||
		    (wanted < 0 && s->text.len - start < STORE_BEGIN))
			return;
		t->unsure = false;
		if (wanted <= 0) {
			s->text.len = start;
			s->count--;
			t->aside = NULL;
			return;
		}
	}
	append_aside(t, p + some, n - some);
}

/* Hand on text of the element; gives the place it got to. */
static const char *put_raw(struct thin *t, const char *p, const char *end)
{
	size_t n = (size_t)(end - p);

	if (t->aside != NULL) {
		if (n > 0)
			put_aside(t, p, n);
	} else if (t->raw_passes && !thin_is_muted(t)) {
		if (t->raw == TAG_TITLE)
			return put_title(t, p, end);
		thin_put_text(t, p, n);
	}
	return end;
}

/* Where a script ends or has to wait, in its escaped states, where the text
 * between <!-- and --> may hold a script of its own. *ends: it ends there. */
static const char *escaped(struct thin *t, const char *p, bool *ends)
{
	for (; p < t->end; p++) {
		int is_end, is_start;

		switch (*p) {
		case '-':
			t->dashes++;
			continue;
		case '>':
			if (t->dashes >= 2) {
				t->escape = ESCAPE_NONE;
				t->dashes = 0;
				return p + 1;
			}
			break;
		case '<':
			if (p + 1 == t->end && !t->last)
				return p;
			if (t->escape == ESCAPE_ONCE) {
				is_start = word_at(t, p + 1, STR("script"));
				is_end = word_at(t, p + 1, STR("/script"));
			} else {
				is_start = 0;
				is_end = word_at(t, p + 1, STR("/script"));
			}
			if (is_start < 0 || is_end < 0)
				return p;
			if (is_start)
				t->escape = ESCAPE_TWICE;
			else if (is_end && t->escape == ESCAPE_TWICE)
				t->escape = ESCAPE_ONCE;
			else if (is_end)
				return *ends = true, p;
			break;
		default:
			break;
		}
		t->dashes = 0;
	}
	return p;
}

/* The same for text that is not escaped. */
static const char *plain(struct thin *t, const char *p, struct str name,
			 bool *ends)
{
	for (;;) {
		int is_end;
		const char *q = memchr(p, '<', (size_t)(t->end - p));

		if (q == NULL)
			return t->end;
		if (q + 1 == t->end)
			return t->last ? t->end : q;
		p = q + 1;
		if (*p == '/') {
			is_end = word_at(t, p + 1, name);
			if (is_end < 0)
				return q;
			if (is_end)
				return *ends = true, q;
		} else if (*p == '!' && t->raw == TAG_SCRIPT) {
			size_t have = (size_t)(t->end - q);

			if (have < 4 && !t->last &&
			    memcmp(q, "<!--", have) == 0)
				return q;
			if (have >= 4 && memcmp(q, "<!--", 4) == 0) {
				t->escape = ESCAPE_ONCE;
				t->dashes = 2;
				return q + 4;
			}
		}
	}
}

const char *thin_raw(struct thin *t, const char *p)
{
	const char *name = tag_name((enum tag)t->raw);
	bool ends = false;
	const char *next;
	const char *q =
	    t->escape != ESCAPE_NONE
		? escaped(t, p, &ends)
		: plain(t, p, (struct str){name, strlen(name)}, &ends);

	if (!ends)
		q = p + thin_whole(t, p, (size_t)(q - p));
	next = put_raw(t, p, q);
	if (ends && next == q) { /* the end tag is scanned like any other */
		t->state = THIN_DATA;
		t->raw_ends = true;
		return q;
	}
	return next > p ? next : NULL;
}
