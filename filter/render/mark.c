/* SPDX-License-Identifier: MIT
 *
 * mark.c: writes inline Markdown that means what the page meant, whatever
 * characters its text is made of. CommonMark 0.30; what GitHub's extensions
 * would take for markup is escaped too. */
#include "render/mark.h"

#include "base/utf8.h"
#include "meta/clean.h"
#include "meta/url.h"
#include "render/inline.h"

struct marker {
	struct pen *s;
	const struct document *d;
	struct str text; /* of the block */
	const struct mark_place *place;
	char pending;	 /* white space due: 0, ' ' or '\n' */
	uint32_t last;	 /* character written last; ' ' at the start */
	bool delimited;	 /* last is a delimiter, no other may follow */
	bool coded;	 /* last closes code */
	uint32_t link;	 /* element of the open link, or NO_ELEM */
	struct str dest; /* its address */
};

enum class { IS_SPACE, IS_PUNCT, IS_WORD, IS_OTHER };

/* How CommonMark classes a character, as far as that is certain: what is not
 * is IS_OTHER, and no delimiter relies on it. */
static enum class class_of(uint32_t c) {
	if (c <= 0x20 || c == 0xa0) return IS_SPACE;
	if (c < 0x80) return utf8_is_word(c) ? IS_WORD : IS_PUNCT;
	/* scripts between Armenian and Tibetan have marks of their own */
	if (c >= 0x550 && c < 0x1000) return IS_OTHER;
	return utf8_is_word(c) ? IS_WORD : IS_OTHER;
}

static uint32_t char_at(struct str s, size_t i)
{
	uint32_t c = ' ';

	if (i < s.len)
		(void)utf8_decode(s.data + i, s.len - i, &c);
	return c;
}

static uint32_t char_before(struct str s, size_t i)
{
	if (i == 0)
		return ' ';
	for (i--; i > 0 && ((unsigned char)s.data[i] & 0xc0) == 0x80;)
		i--;
	return char_at(s, i);
}

static bool at_line_start(struct str s, size_t i)
{
	return i == 0 || s.data[i - 1] == '\n';
}

/* Is the rest of the line made of these characters only? */
static bool line_is(struct str s, size_t i, const char *of)
{
	for (; i < s.len && s.data[i] != '\n'; i++)
		if (strchr(of, s.data[i]) == NULL)
			return false;
	return true;
}

static bool ends_word(struct str s, size_t i)
{
	return i >= s.len || s.data[i] == ' ' || s.data[i] == '\n';
}

/* Would the character begin a block, at the start of a line? */
static bool begins_block(struct str s, size_t i)
{
	size_t n = i;

	switch (s.data[i]) {
	case '#':
		while (n < s.len && s.data[n] == '#')
			n++;
		return n - i <= 6 && ends_word(s, n);
	case '>':
	case '*':
	case '_':
		return true;
	case '+':
		return ends_word(s, i + 1);
	case '-':
		return ends_word(s, i + 1) || line_is(s, i, "-:| ");
	case ':':
	case '|':
		return line_is(s, i, "-:| ");
	case '=':
		return line_is(s, i, "= ");
	case '[':
		for (; n + 1 < s.len && s.data[n] != '\n'; n++)
			if (s.data[n] == ']' && s.data[n + 1] == ':')
				return true;
		return false;
	default:
		return false;
	}
}

/* "12." and "12)" at the start of a line: is i the mark? */
static bool numbers_item(struct str s, size_t i)
{
	size_t n = i;

	while (n > 0 && ascii_digit(s.data[n - 1]))
		n--;
	return n < i && i - n <= 9 && at_line_start(s, n) &&
	       ends_word(s, i + 1);
}

/* "&lt;", "&#60;" */
static bool begins_reference(struct str s, size_t i)
{
	size_t n = i + 1;

	while (n < s.len && n - i < 34 &&
	       (ascii_alpha(s.data[n]) || ascii_digit(s.data[n]) ||
		s.data[n] == '#'))
		n++;
	return n > i + 1 && n < s.len && s.data[n] == ';';
}

/* Must the ASCII character at i be escaped? end: the piece's; markup may
 * follow there. */
static bool is_special(const struct marker *m, size_t i, size_t end)
{
	struct str s = m->text;
	char c = s.data[i], next = i + 1 < s.len ? s.data[i + 1] : '\n';
	char before = i > 0 ? s.data[i - 1] : '\n';
	bool seam = i + 1 == end && end < s.len;

	if (at_line_start(s, i) && begins_block(s, i))
		return true;
	switch (c) {
	case '\\':
	case '`':
		return true;
	case '*':
		return before != ' ' || next != ' ' || seam;
	case '_':
		if (before == ' ' && next == ' ' && !seam)
			return false;
		return seam || class_of(char_before(s, i)) != IS_WORD ||
		       class_of(char_at(s, i + 1)) != IS_WORD;
	case '~':
		return next == '~' || (before != ' ' && before != '\n');
	case '[':
		return m->link != NO_ELEM;
	case ']':
		return m->link != NO_ELEM || next == '(' || next == '[' || seam;
	case '!':
		return seam;
	case '<':
		return ascii_alpha(next) || next == '/' || next == '!' ||
		       next == '?' || seam;
	case '&':
		return begins_reference(s, i) || seam;
	case '.':
	case ')':
		return numbers_item(s, i);
	case '|':
		return m->place->cell;
	case '#':
		return m->place->heading && i + 1 == s.len;
	default:
		return false;
	}
}

static void flush_pending(struct marker *m)
{
	if (m->pending == 0)
		return;
	if (m->pending == '\n' && !m->place->one_line) {
		pen_text(m->s, "\\\n");
		pen_text(m->s, m->place->prefix);
	} else {
		pen_char(m->s, ' ');
	}
	m->pending = 0;
	m->last = ' ';
	m->delimited = false;
}

/* The text between two places, escaped; white space only in between. */
static void put_escaped(struct marker *m, size_t i, size_t end, size_t seam)
{
	while (m->text.data != NULL && i < end) {
		unsigned char c = (unsigned char)m->text.data[i];
		size_t n = 1;
		uint32_t wide = c;

		if (c == ' ' || c == '\n') {
			m->pending = (char)c;
			i++;
			continue;
		}
		flush_pending(m);
		if (c >= 0x80)
			n = utf8_decode(m->text.data + i, m->text.len - i,
					&wide);
		else if (is_special(m, i, seam))
			pen_char(m->s, '\\');
		pen_put(m->s, m->text.data + i, n);
		m->last = wide;
		m->delimited = false;
		i += n;
	}
}

static void put_code(struct marker *m, size_t from, size_t end)
{
	size_t run = 0, longest = 0;
	bool pad = m->text.data[from] == '`' || m->text.data[end - 1] == '`';

	for (size_t i = from; i < end; i++) {
		run = m->text.data[i] == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	pen_repeat(m->s, '`', longest + 1);
	if (pad)
		pen_char(m->s, ' ');
	for (size_t i = from; i < end; i++) {
		if (m->text.data[i] == '|' && m->place->cell)
			pen_char(m->s, '\\');
		pen_char(m->s, m->text.data[i] == '\n' ? ' ' : m->text.data[i]);
	}
	if (pad)
		pen_char(m->s, ' ');
	pen_repeat(m->s, '`', longest + 1);
	m->last = '`';
	m->delimited = false;
}

/* How many asterisks can stand around [from, end): none where CommonMark would
 * take them for text. */
static size_t delimiters(const struct marker *m, size_t from, size_t end,
			 uint32_t next, unsigned style)
{
	size_t n =
	    (style & STYLE_EM ? 1u : 0u) + (style & STYLE_STRONG ? 2 : 0);
	enum class before = class_of(m->last), after = class_of(next);

	if (n == 0 || m->delimited)
		return 0;
	if (class_of(char_at(m->text, from)) != IS_WORD && before != IS_SPACE &&
	    before != IS_PUNCT)
		return 0;
	if (class_of(char_before(m->text, end)) != IS_WORD &&
	    after != IS_SPACE && after != IS_PUNCT)
		return 0;
	return n;
}

/* An address in parentheses. */
static void put_destination(struct marker *m, struct str url)
{
	pen_char(m->s, '(');
	for (size_t i = 0; i < url.len; i++) {
		char c = url.data[i];

		if (c == '(' || c == ')' ||
		    (c == '&' && begins_reference(url, i)))
			pen_char(m->s, '\\');
		if (c == '|' && m->place->cell)
			pen_text(m->s, "%7C");
		else
			pen_char(m->s, c);
	}
	pen_char(m->s, ')');
}

static void close_link(struct marker *m)
{
	if (m->link == NO_ELEM)
		return;
	pen_char(m->s, ']');
	put_destination(m, m->dest);
	m->link = NO_ELEM;
	m->last = ')';
	m->delimited = false;
}

/* Go over to the link of the next piece. */
static void switch_link(struct marker *m, uint32_t link)
{
	struct str dest = {NULL, 0};

	if (link == m->link && link != NO_ELEM)
		return;
	close_link(m);
	if (link == NO_ELEM || !m->d->links || m->s->status != PITH_OK)
		return;
	m->s->status =
	    url_resolve(m->d->arena, m->d->meta->base,
			elem_attr(&m->d->page->elems[link], ATTR_HREF), &dest);
	if (dest.len == 0)
		return;
	flush_pending(m);
	pen_char(m->s, '[');
	m->link = link;
	m->dest = dest;
	m->last = '[';
	m->delimited = false;
}

static bool put_image(struct marker *m, uint32_t img, uint32_t link)
{
	const struct elem *e = &m->d->page->elems[img];
	struct str dest = {NULL, 0}, whole = m->text;

	if (!m->d->images || !inline_image_is_shown(e) ||
	    m->s->status != PITH_OK)
		return false;
	m->s->status = url_resolve(m->d->arena, m->d->meta->base,
				   inline_image_source(e), &dest);
	if (dest.len == 0)
		return false;
	switch_link(m, link);
	link = m->link;
	/* an image parts the words on its sides */
	if (m->last != ' ' && m->last != '[' && m->pending == 0)
		m->pending = ' ';
	flush_pending(m);
	pen_text(m->s, "![");
	m->text = clean_line(m->d->arena, elem_attr(e, ATTR_ALT), CLEAN_LINE);
	if (m->text.data == NULL)
		m->s->status = arena_status(m->d->arena);
	m->link = img; /* brackets in it are escaped as in a link */
	put_escaped(m, 0, m->text.len, m->text.len);
	m->text = whole;
	m->link = link;
	m->pending = ' ';
	pen_char(m->s, ']');
	put_destination(m, dest);
	m->last = ')';
	m->delimited = false;
	return true;
}

/* The character after a piece, as written. */
static uint32_t after(const struct marker *m, const struct piece *p,
		      const struct piece *next, bool more)
{
	uint32_t c = char_at(m->text, p->end);

	if (!more)
		return m->link != NO_ELEM ? ']' : ' ';
	if (c <= 0x20)
		return ' ';
	if (next->image != NO_ELEM || next->link != p->link ||
	    (next->style & STYLE_CODE))
		return '[';
	return c;
}

static void put_piece(struct marker *m, const struct piece *p,
		      const struct piece *next, bool more)
{
	size_t from = p->start, end = p->end, n;
	unsigned style = p->style;

	while (from < end && ascii_space(m->text.data[from]))
		m->pending = m->text.data[from++];
	if (from == end)
		return;
	while (ascii_space(m->text.data[end - 1]))
		end--;
	if (m->place->strong)
		style &= ~(unsigned)STYLE_STRONG;
	switch_link(m, p->link);
	flush_pending(m);
	/* two codes that touch would be one run of backticks */
	if (m->coded && m->last == '`')
		style &= ~(unsigned)STYLE_CODE;
	m->coded = (style & STYLE_CODE) != 0;
	if (style & STYLE_CODE) {
		put_code(m, from, end);
	} else {
		n = delimiters(m, from, end,
			       end < p->end ? ' ' : after(m, p, next, more),
			       style);
		pen_repeat(m->s, '*', n);
		put_escaped(m, from, end, p->end);
		pen_repeat(m->s, '*', n);
		m->last = n > 0 ? '*' : m->last;
		m->delimited = n > 0;
	}
	if (end < p->end)
		m->pending = m->text.data[end];
}

void mark_text(struct pen *s, const struct document *d,
	       const struct block *block, const struct mark_place *place)
{
	struct marker m = {.s = s,
			   .d = d,
			   .text = block->text,
			   .place = place,
			   .last = ' ',
			   .link = NO_ELEM};
	struct inline_walk walk;
	struct piece p, next;
	bool more;

	if (place->strong) {
		pen_text(s, "**");
		m.last = '*';
		m.delimited = true; /* three would be another mark */
	}
	inline_begin(&walk, d->page, block);
	more = inline_next(&walk, &p);
	while (more) {
		more = inline_next(&walk, &next);
		if (p.image == NO_ELEM) {
			put_piece(&m, &p, &next, more);
		} else {
			(void)put_image(&m, p.image, p.link);
		}
		p = next;
	}
	close_link(&m);
	if (place->strong)
		pen_text(s, "**");
}

void mark_plain(struct pen *s, struct str text)
{
	struct mark_place place = {
	    .prefix = "", .one_line = true, .heading = true};
	struct marker m = {.s = s,
			   .text = text,
			   .place = &place,
			   .last = ' ',
			   .link = NO_ELEM};

	put_escaped(&m, 0, text.len, text.len);
}

bool mark_image(struct pen *s, const struct document *d, uint32_t img)
{
	struct mark_place place = {.prefix = ""};
	struct marker m = {
	    .s = s, .d = d, .place = &place, .last = ' ', .link = NO_ELEM};

	return put_image(&m, img, NO_ELEM);
}
