/* SPDX-License-Identifier: MIT
 *
 * thin_text.c: text between tags: runs step aside, white space shrinks,
 * character references pass. */
#include <stdio.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "page/thin_scan.h"

enum {
	REFERENCE_MAX = 64, /* the longest name has 31 letters */
	RUN_CARRY = 64 /* a run this long is begun before its end is seen */
};

/* U+00AD, which never reaches a text: takes the place of characters that
 * would be mistaken for stand-ins. */
#define SOFT_HYPHEN "\xc2\xad"

static bool is_plane_15(const char *p)
{
	unsigned char c = (unsigned char)p[0];

	return c == 0xf4 || (c == 0xf3 && (unsigned char)p[1] >= 0xb0);
}

/* Text went to the markup. */
static void note_text(struct thin *t)
{
	t->after_text = t->pending_text = true;
	t->after_pre = t->after_reference = false;
}

size_t thin_whole(const struct thin *t, const char *p, size_t n)
{
	size_t back = 0;

	if (t->last || p + n < t->end)
		return n;
	while (back < 3 && back < n &&
	       ((unsigned char)p[n - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back < n && (unsigned char)p[n - 1 - back] >= 0xc0) {
		unsigned char c = (unsigned char)p[n - 1 - back];
		size_t size = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;

		if (back + 1 < size)
			return n - 1 - back;
	}
	return n;
}

void thin_put_text(struct thin *t, const char *p, size_t n)
{
	const char *end = p + n;
	const char *from = p;

	while (p < end) {
		if ((unsigned char)*p < 0xf3 || end - p < 4 ||
		    !is_plane_15(p)) {
			p++;
			continue;
		}
		thin_put(t, from, (size_t)(p - from));
		thin_put(t, SOFT_HYPHEN, 2);
		p += 4;
		from = p;
	}
	thin_put(t, from, (size_t)(p - from));
	note_text(t);
}

/* The same for text among tags: what is cut behind it must not make a tag of
 * a < in it. */
static void put_among_tags(struct thin *t, const char *p, size_t n)
{
	const char *less;

	while ((less = memchr(p, '<', n)) != NULL) {
		thin_put_text(t, p, (size_t)(less - p));
		thin_put(t, "&lt;", 4);
		n -= (size_t)(less + 1 - p);
		p = less + 1;
	}
	thin_put_text(t, p, n);
}

/* Append text to the run in work. The parser drops a NUL in HTML and makes
 * it U+FFFD in MathML. */
static void run_append(struct thin *t, const char *p, size_t n)
{
	char *to = t->text.data + t->text.len;
	bool html = tree_text(&t->tree) == TREE_TEXT_HTML;
	const char *nul;

	while ((nul = memchr(p, '\0', n)) != NULL) {
		size_t part = (size_t)(nul - p);

		memcpy(to, p, part);
		to += part;
		if (!html) {
			memcpy(to, "\xef\xbf\xbd", 3);
			to += 3;
		}
		p += part + 1;
		n -= part + 1;
	}
	memcpy(to, p, n);
	t->text.len = (size_t)(to + n - t->text.data);
}

bool thin_stand_in(struct thin *t, struct str **list, size_t *count,
		   size_t *cap)
{
	size_t n = *count;
	char stand_in[4];

	if (n == THIN_RUNS_MAX)
		return false;
	if (n == *cap) {
		size_t want = n == 0 ? 4096 : 2 * n;
		struct str *grown = realloc(*list, want * sizeof(*grown));

		if (grown == NULL) {
			t->status = err_set(t->err, PITH_CAUSE_MEMORY,
					    "no memory for %zu texts", want);
			return false;
		}
		*list = grown;
		*cap = want;
	}
	(*list)[(*count)++] = (struct str){NULL, t->text.len};
	utf8_put(n < THIN_PLANE_SIZE
		     ? (uint32_t)(THIN_PLANE_15 + n)
		     : (uint32_t)(THIN_PLANE_16 + n - THIN_PLANE_SIZE),
		 stand_in);
	thin_put(t, stand_in, 4);
	return true;
}

void thin_limit_formats(struct thin *t)
{
	enum tag tag;

	/* An open formatting element is made anew in every paragraph. One a
	 * 16 bytes of page is far more than honest pages make. */
	if (t->tree.closed == 0 || t->tree.rebuilt < 4096 + t->fed / 16)
		return;
	while (tree_forget(&t->tree, &tag)) {
		const char *name = tag_name(tag);

		if (thin_is_muted(t))
			continue;
		thin_put(t, "</", 2);
		thin_put(t, name, strlen(name));
		thin_put(t, ">", 1);
	}
}

/* The next < at or after p that begins a tag or a comment. *sure is false if
 * it stands at the end, where that can not be told yet. */
static const char *next_markup(struct thin *t, const char *p, bool *sure)
{
	*sure = true;
	if (t->less == NULL || t->less < p)
		t->less = p;
	for (;;) {
		const char *less =
		    memchr(t->less, '<', (size_t)(t->end - t->less));

		if (less == NULL) {
			t->less = t->end;
			return t->end;
		}
		t->less = less;
		/* < and </ are text where the page ends after them */
		if (less + 1 == t->end ||
		    (less[1] == '/' && less + 2 == t->end)) {
			*sure = false;
			return t->last ? t->end : less;
		}
		if (ascii_alpha(less[1]) || less[1] == '/' || less[1] == '!' ||
		    less[1] == '?')
			return less;
		t->less = less + 1;
	}
}

/* White space and, if nuls, NULs, which the parser takes one by one, and which
 * end the head. */
static const char *space(struct thin *t, const char *p, bool nuls)
{
	bool verbatim = t->tree.preformatted > 0;

	for (; p < t->end && (ascii_space(*p) || (nuls && *p == '\0')); p++) {
		if (*p == '\0')
			tree_leave_head(&t->tree);
		if (*p == '\0' || verbatim) {
			thin_put(t, p, 1);
		} else if (!t->after_space) {
			thin_put(t, " ", 1);
			t->after_space = true;
		}
	}
	note_text(t);
	return p;
}

uint32_t thin_number(const char *p, const char *end, const char **after)
{
	bool hex = end - p > 2 && ascii_lower(p[2]) == 'x';
	uint32_t n = 0;

	for (p += hex ? 3 : 2; p < end; p++) {
		char c = ascii_lower(*p);
		unsigned digit;

		if (ascii_digit(c))
			digit = (unsigned)(c - '0');
		else if (hex && c >= 'a' && c <= 'f')
			digit = (unsigned)(c - 'a' + 10);
		else
			break;
		if (n <= 0x10ffff)
			n = n * (hex ? 16 : 10) + digit;
	}
	*after = p;
	return n;
}

/* &#65; &#x41; and the like. p stands at the &. */
static const char *number_reference(struct thin *t, const char *p)
{
	size_t left = (size_t)(t->end - p);
	bool cut = left > t->limits.max_token;
	const char *q;
	uint32_t n = thin_number(p, p + (cut ? t->limits.max_token : left), &q);

	if (q == t->end && !t->last && !cut)
		return NULL; /* there may be more digits, or a ; */
	if (q < t->end && *q == ';')
		q++;
	if (n > 0x10ffff)
		thin_put(t, "&#xFFFD;", 8);
	else if (n >= THIN_PLANE_15)
		thin_put(t, SOFT_HYPHEN, 2);
	else if (q - p <= REFERENCE_MAX)
		thin_put(t, p, (size_t)(q - p));
	else /* a great many zeros */
		t->markup.len += (size_t)sprintf(t->markup.data + t->markup.len,
						 "&#%u;", (unsigned)n);
	return q;
}

/* A character reference, or what only looks like one. */
const char *thin_reference(struct thin *t, const char *p)
{
	const char *q = p + 1;

	if (q < t->end && *q == '#') {
		q = number_reference(t, p);
	} else {
		while (q < t->end && (ascii_alpha(*q) || ascii_digit(*q)) &&
		       q - p < REFERENCE_MAX)
			q++;
		if (q == t->end && !t->last && q - p < REFERENCE_MAX)
			return NULL;
		if (q < t->end && *q == ';')
			q++;
		thin_put(t, p, (size_t)(q - p));
	}
	note_text(t);
	t->after_reference = true;
	return q;
}

/* May a short text stand in the markup as it is? What was cut before it must
 * not let it end a reference, nor what is cut behind it make it a tag. */
static bool stands_alone(const struct thin *t, const char *p, size_t n)
{
	if (t->after_reference &&
	    (ascii_alpha(*p) || ascii_digit(*p) || *p == '#' || *p == ';'))
		return false;
	return memchr(p, '<', n) == NULL;
}

/* Where the parser would notice that a comment went, an empty one stays:
 * after <pre>, whose first newline it drops, and between two texts of a
 * table, which it treats apart. */
static void keep_comment(struct thin *t)
{
	if (t->after_comment && (t->after_pre || t->tree.open[TAG_TABLE] > 0)) {
		thin_put(t, "<!>", 3);
		note_text(t);
	}
	t->after_comment = false;
}

/* Text that is read later: white space, a reference or a run. */
static const char *kept_text(struct thin *t, const char *p, bool html)
{
	const char *stop, *cut;
	bool sure, complete;

	keep_comment(t);
	if (html) {
		thin_limit_formats(t);
		tree_rebuild(&t->tree);
		if (!ascii_space(*p))
			tree_leave_head(&t->tree);
	}
	if (ascii_space(*p) || (*p == '\0' && html))
		return space(t, p, html);
	if (*p == '&')
		return thin_reference(t, p);
	stop = next_markup(t, p, &sure);
	cut = memchr(p, '&', (size_t)(stop - p));
	complete = t->last || cut != NULL || (sure && stop < t->end);
	if (cut != NULL)
		stop = cut;
	if (!complete && stop - p < RUN_CARRY)
		return NULL;
	if (complete && stop - p < THIN_RUN_MIN &&
	    stands_alone(t, p, (size_t)(stop - p))) {
		thin_put_text(t, p, (size_t)(stop - p));
		return stop;
	}
	t->run_passes = !thin_stand_in(t, &t->runs, &t->run_count, &t->run_cap);
	note_text(t);
	t->state = THIN_RUN;
	return thin_run(t, p);
}

const char *thin_run(struct thin *t, const char *p)
{
	const char *stop, *cut;
	bool sure;
	size_t n;

	if (*p == '&') {
		t->state = THIN_DATA;
		return p;
	}
	stop = next_markup(t, p, &sure);
	cut = memchr(p, '&', (size_t)(stop - p));
	if (cut != NULL)
		stop = cut;
	if (cut != NULL || (sure && stop < t->end))
		t->state = THIN_DATA;
	n = (size_t)(stop - p);
	if (t->run_passes) {
		n = thin_whole(t, p, n);
		put_among_tags(t, p, n);
	} else {
		run_append(t, p, n);
	}
	return n > 0 || t->state == THIN_DATA ? p + n : NULL;
}

void thin_mark_text(struct thin *t, const char *p, const char *end)
{
	for (; p < end && !t->after_text; p++)
		if (!ascii_space(*p) && *p != '\0') {
			thin_put(t, SOFT_HYPHEN, 2);
			note_text(t);
		}
}

/* Text that no later stage reads. */
static const char *dropped_text(struct thin *t, const char *p, bool mark)
{
	bool sure;
	const char *stop = next_markup(t, p, &sure);

	if (mark)
		thin_mark_text(t, p, stop);
	return stop > p ? stop : NULL;
}

const char *thin_text(struct thin *t, const char *p)
{
	if (thin_is_muted(t))
		return dropped_text(t, p, false);
	switch (tree_text(&t->tree)) {
	case TREE_TEXT_SVG:
		return dropped_text(t, p, true);
	case TREE_TEXT_SELECT:
		return dropped_text(t, p, false);
	case TREE_TEXT_MATH:
		return kept_text(t, p, false);
	case TREE_TEXT_HTML:
		break;
	}
	return kept_text(t, p, true);
}

const char *thin_plaintext(struct thin *t, const char *p)
{
	size_t n = thin_whole(t, p, (size_t)(t->end - p));

	if (!thin_is_muted(t))
		thin_put_text(t, p, n);
	return n > 0 ? p + n : NULL;
}
