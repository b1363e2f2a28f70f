/* SPDX-License-Identifier: MIT
 *
 * thin_scan.c: the tokenizer's way from token to token: comments, doctypes,
 * CDATA, and which of the others comes next. */
#include "page/thin_scan.h"

/* Does the input go on with a word? 1: yes, 0: no, -1: it ends before that
 * can be told. */
static int goes_on(const struct thin *t, const char *p, struct str word)
{
	size_t have = (size_t)(t->end - p);
	size_t n = have < word.len ? have : word.len;

	if (!str_equal_nocase((struct str){p, n}, (struct str){word.data, n}))
		return 0;
	if (n == word.len)
		return 1;
	return t->last ? 0 : -1;
}

/* A comment went. Text that stands in a form before its end tag, Gumbo 0.10
 * lets slip out of it, but not past a comment: an empty one stays. */
static void comment_done(struct thin *t)
{
	if (t->pending_text && t->tree.open[TAG_FORM] > 0 &&
	    !thin_is_muted(t)) {
		thin_put(t, "<!>", 3);
		t->pending_text = t->after_text = t->after_pre = false;
	}
	t->after_comment = t->after_pre || t->after_text;
	t->state = THIN_DATA;
}

/* In a comment, after its <!--. */
static const char *comment(struct thin *t, const char *p)
{
	size_t left;

	for (;;) {
		const char *q = memmem(p, (size_t)(t->end - p), "--", 2);

		if (q == NULL) {
			/* the last byte may be the first dash */
			if (t->last || t->end[-1] != '-')
				return t->end;
			return t->end - 1 > p ? t->end - 1 : NULL;
		}
		p = q;
		q += 2;
		while (q < t->end && *q == '-')
			q++;
		left = (size_t)(t->end - q);
		if (left > 0 && *q == '>') {
			comment_done(t);
			return q + 1;
		}
		if (left > 1 && q[0] == '!' && q[1] == '>') {
			comment_done(t);
			return q + 2;
		}
		if (left == 0 || (left == 1 && *q == '!')) {
			if (t->last)
				return t->end;
			return q - 2 > p ? q - 2 : NULL;
		}
		p = q;
	}
}

static const char *bogus(struct thin *t, const char *p)
{
	const char *q = memchr(p, '>', (size_t)(t->end - p));

	if (q == NULL)
		return t->end;
	comment_done(t);
	return q + 1;
}

/* Gumbo aborts where its rules for tables meet text behind CDATA. */
static bool passes_cdata(const struct thin *t)
{
	return tree_text(&t->tree) == TREE_TEXT_MATH &&
	       t->tree.open[TAG_TABLE] + t->tree.open[TAG_TEMPLATE] == 0;
}

/* In a CDATA section of SVG or MathML. */
static const char *cdata(struct thin *t, const char *p)
{
	const char *q = memmem(p, (size_t)(t->end - p), "]]>", 3);
	size_t n = q != NULL ? (size_t)(q + 3 - p) : (size_t)(t->end - p);

	if (q == NULL && !t->last) { /* the end may have begun */
		n = n > 2 ? n - 2 : 0;
		while (n > 0 && ((unsigned char)p[n] & 0xc0) == 0x80)
			n--;
	}
	if (!thin_is_muted(t)) {
		if (passes_cdata(t))
			thin_put_text(t, p, n);
		else
			thin_mark_text(t, p, q != NULL ? q : p + n);
	}
	if (q != NULL)
		t->state = THIN_DATA;
	return n > 0 ? p + n : NULL;
}

static const char *doctype(struct thin *t, const char *p)
{
	const char *q = memchr(p, '>', (size_t)(t->end - p));
	size_t n = (size_t)((q != NULL ? q + 1 : t->end) - p);

	if (n > t->limits.max_token) {
		t->state = THIN_BOGUS;
		return p + 2;
	}
	if (q == NULL && !t->last)
		return NULL;
	if (!thin_is_muted(t)) {
		thin_put(t, p, n);
		t->after_text = t->after_pre = t->after_comment = false;
	}
	return p + n;
}

/* <! begins a comment, a doctype, CDATA or what is none of them. */
static const char *declaration(struct thin *t, const char *p)
{
	int is_comment = goes_on(t, p, STR("<!--"));
	int is_doctype = goes_on(t, p, STR("<!doctype"));
	int is_cdata = 0;

	if (tree_is_foreign(&t->tree)) {
		is_cdata = goes_on(t, p, STR("<![CDATA["));
		if (is_cdata == 1 && memcmp(p, "<![CDATA[", 9) != 0)
			is_cdata = 0;
	}
	if (is_comment < 0 || is_doctype < 0 || is_cdata < 0)
		return NULL;
	if (is_comment == 1) {
		size_t left = (size_t)(t->end - (p + 4));

		if (left < 2 && !t->last)
			return NULL;
		if (left > 0 && p[4] == '>') {
			comment_done(t);
			return p + 5;
		}
		if (left > 1 && p[4] == '-' && p[5] == '>') {
			comment_done(t);
			return p + 6;
		}
		t->state = THIN_COMMENT;
		return p + 4;
	}
	if (is_doctype == 1)
		return doctype(t, p);
	if (is_cdata == 1) {
		t->state = THIN_CDATA;
		if (!thin_is_muted(t) && passes_cdata(t))
			thin_put(t, p, 9);
		return p + 9;
	}
	t->state = THIN_BOGUS;
	return p + 2;
}

/* At a <: what does it begin? */
static const char *markup(struct thin *t, const char *p)
{
	size_t left = (size_t)(t->end - p);

	if (left == 1)
		return t->last ? thin_text(t, p) : NULL;
	if (ascii_alpha(p[1]))
		return thin_tag(t, p);
	switch (p[1]) {
	case '/':
		if (left == 2)
			return t->last ? thin_text(t, p) : NULL;
		if (ascii_alpha(p[2]))
			return thin_tag(t, p);
		if (p[2] == '>')
			return p + 3;
		t->state = THIN_BOGUS;
		return p + 2;
	case '!':
		return declaration(t, p);
	case '?':
		t->state = THIN_BOGUS;
		return p + 1;
	default:
		return thin_text(t, p);
	}
}

const char *thin_scan(struct thin *t, const char *p)
{
	while (p < t->end && t->status == PITH_OK) {
		const char *next = NULL;

		switch (t->state) {
		case THIN_DATA:
			next = *p == '<' ? markup(t, p) : thin_text(t, p);
			break;
		case THIN_RUN:
			next = thin_run(t, p);
			break;
		case THIN_COMMENT:
			next = comment(t, p);
			break;
		case THIN_BOGUS:
			next = bogus(t, p);
			break;
		case THIN_CDATA:
			next = cdata(t, p);
			break;
		case THIN_RAW:
			next = thin_raw(t, p);
			break;
		case THIN_PLAINTEXT:
			next = thin_plaintext(t, p);
			break;
		case THIN_SKIP:
			next = thin_skip(t, p);
			break;
		}
		if (next == NULL)
			break;
		p = next;
	}
	return p;
}
