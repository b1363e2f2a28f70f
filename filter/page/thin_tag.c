/* SPDX-License-Identifier: MIT
 *
 * thin_tag.c: tags: which attributes pass, and whether the tag does. */
#include "page/attr.h"
#include "page/thin_scan.h"

/* Classes of bytes in a tag. */
enum {
	C_SPACE = 1,
	C_NAME_END = 2, /* ends a tag's name: white space, / and > */
	C_ATTR_END = 4	/* ends an attribute's name: the same and = */
};

static const uint8_t classes[256] = {
    ['\t'] = C_SPACE | C_NAME_END | C_ATTR_END,
    ['\n'] = C_SPACE | C_NAME_END | C_ATTR_END,
    ['\f'] = C_SPACE | C_NAME_END | C_ATTR_END,
    [' '] = C_SPACE | C_NAME_END | C_ATTR_END,
    ['/'] = C_NAME_END | C_ATTR_END,
    ['>'] = C_NAME_END | C_ATTR_END,
    ['='] = C_ATTR_END,
};

static bool is(char c, unsigned class)
{
	return (classes[(unsigned char)c] & class) != 0;
}

/* An attribute as it stands. */
struct attribute {
	struct str name, value;
	char quote;	/* ", ' or 0 */
	bool has_value; /* there is an = */
};

/* A tag being read. */
struct reader {
	const char *p, *end;
	bool self_closing;
	bool done; /* p is after the > */
};

/* Read the next attribute: true if there is one. Otherwise the tag is done,
 * or the input ended. */
static bool next_attribute(struct reader *r, struct attribute *a)
{
	const char *p = r->p, *end = r->end;

	for (;;) {
		if (p == end)
			return false;
		if (is(*p, C_SPACE)) {
			p++;
		} else if (*p == '/') {
			if (p + 1 == end)
				return false;
			p++;
			if (*p == '>')
				r->self_closing = true;
		} else {
			break;
		}
	}
	if (*p == '>') {
		r->p = p + 1;
		r->done = true;
		return false;
	}
	a->name.data = p++; /* may be an = */
	while (p < end && !is(*p, C_ATTR_END))
		p++;
	a->name.len = (size_t)(p - a->name.data);
	a->value = (struct str){p, 0};
	a->quote = 0;
	a->has_value = false;
	while (p < end && is(*p, C_SPACE))
		p++;
	if (p == end)
		return false;
	if (*p != '=') {
		r->p = p;
		return true;
	}
	a->has_value = true;
	for (p++; p < end && is(*p, C_SPACE); p++)
		;
	if (p == end)
		return false;
	if (*p == '"' || *p == '\'') {
		const char *close = memchr(p + 1, *p, (size_t)(end - p - 1));

		if (close == NULL)
			return false;
		a->quote = *p;
		a->value = (struct str){p + 1, (size_t)(close - p - 1)};
		p = close + 1;
	} else {
		a->value.data = p;
		while (p < end && !is(*p, C_SPACE) && *p != '>')
			p++;
		if (p == end)
			return false;
		a->value.len = (size_t)(p - a->value.data);
	}
	if (p == end) /* what follows decides nothing, but is not there */
		return false;
	r->p = p;
	return true;
}

static bool contains(struct str s, struct str word)
{
	return str_find_nocase(s, word, 0) != SIZE_MAX;
}

/* At most a few different classes of code: otherwise each would be one more
 * formatting element to the parser. Gives its number, 0 for one too many. */
static unsigned code_class(struct thin *t, struct str value)
{
	uint64_t h = str_hash(value);

	for (unsigned i = 0; i < t->code_class_count; i++)
		if (t->code_classes[i] == h)
			return i + 1;
	if (t->code_class_count == THIN_CODE_CLASSES)
		return 0;
	t->code_classes[t->code_class_count++] = h;
	return t->code_class_count;
}

static bool is_data_url(struct str value)
{
	value = str_trim(value);
	return value.len >= 5 &&
	       str_equal_nocase((struct str){value.data, 5}, STR("data:"));
}

/* Does the value of an attribute that the tag keeps pass? */
static bool value_passes(struct thin *t, struct tree_tag *tag, enum attr attr,
			 struct str value)
{
	switch (attr) {
	case ATTR_STYLE:
		return contains(value, STR("none")) ||
		       contains(value, STR("hidden"));
	case ATTR_HREF:
	case ATTR_SRC:
	case ATTR_DATA_SRC:
	case ATTR_SRCSET:
	case ATTR_DATA_SRCSET:
		return !is_data_url(value);
	case ATTR_CLASS:
		if (tag->element != TAG_CODE)
			return true;
		tag->variant = (uint8_t)code_class(t, value);
		return tag->variant != 0;
	default:
		return true;
	}
}

/* Would the parser take a value for a stand-in? */
static bool is_forged(const char *value, size_t n)
{
	const char *after;

	if (n == 4 && (unsigned char)value[0] >= 0xf3)
		return true;
	if (n < 3 || value[0] != '&' || value[1] != '#' ||
	    thin_number(value, value + n, &after) < THIN_PLANE_15)
		return false;
	return after == value + n || (*after == ';' && after + 1 == value + n);
}

/* Length of a value that is cut at max bytes, between two characters. */
static size_t cut_at(struct str value, size_t max)
{
	if (value.len <= max)
		return value.len;
	while (((unsigned char)value.data[max] & 0xc0) == 0x80)
		max--;
	return max;
}

static void put_attribute(struct thin *t, const struct attribute *a, size_t max)
{
	size_t n = cut_at(a->value, max);

	thin_put(t, " ", 1);
	thin_put(t, a->name.data, a->name.len);
	if (n == 0 || is_forged(a->value.data, n))
		return;
	thin_put(t, "=", 1);
	if (a->quote)
		thin_put(t, &a->quote, 1);
	thin_put(t, a->value.data, n);
	if (a->quote)
		thin_put(t, &a->quote, 1);
}

/* The same for a value that the parser need not see: it steps aside, as text
 * does, if it is as it will be read. */
static void put_aside(struct thin *t, const struct attribute *a, size_t max)
{
	const char *value = a->value.data;
	size_t n = cut_at(a->value, max);

	if ((n < THIN_RUN_MIN && (n != 4 || (unsigned char)*value < 0xf3)) ||
	    memchr(value, '&', n) != NULL || memchr(value, '\0', n) != NULL ||
	    t->value_count == THIN_RUNS_MAX) {
		put_attribute(t, a, max);
		return;
	}
	thin_put(t, " ", 1);
	thin_put(t, a->name.data, a->name.len);
	thin_put(t, "=", 1);
	if (!thin_stand_in(t, &t->values, &t->value_count, &t->value_cap))
		return;
	memcpy(t->text.data + t->text.len, value, n);
	t->text.len += n;
	t->text.data[t->text.len++] = '\0';
}

/* Take an attribute of a start tag: note what it tells, and write it out if
 * it passes. */
static void take_attribute(struct thin *t, enum tag kind, struct tree_tag *tag,
			   const struct attribute *a, uint64_t *seen)
{
	enum attr attr;
	size_t max;

	if (tag->element == TAG_FONT && tree_is_foreign(&t->tree) &&
	    (str_equal_nocase(a->name, STR("color")) ||
	     str_equal_nocase(a->name, STR("face")) ||
	     str_equal_nocase(a->name, STR("size")))) {
		if (!tag->breaks_out)
			thin_put(t, " size", 5);
		tag->breaks_out = true;
		return;
	}
	if (tag->element == ELEMENT_ANNOTATION &&
	    str_equal_nocase(a->name, STR("encoding"))) {
		tag->is_html =
		    str_equal_nocase(a->value, STR("text/html")) ||
		    str_equal_nocase(a->value, STR("application/xhtml+xml"));
		put_attribute(t, a, THIN_TOKENS_MAX);
		return;
	}
	attr = attr_find(a->name);
	if (attr == ATTR_COUNT || (*seen & (uint64_t)1 << attr))
		return;
	*seen |= (uint64_t)1 << attr;
	if (tag->element == TAG_SCRIPT && !tree_is_foreign(&t->tree)) {
		thin_script(t, attr, str_trim(a->value));
		return;
	}
	if (!attr_is_kept(kind, attr) || !value_passes(t, tag, attr, a->value))
		return;
	max = attr == ATTR_CLASS || attr == ATTR_ID ? THIN_TOKENS_MAX
						    : THIN_VALUE_MAX;
	/* The parser reads the type of inputs and compares those of code. */
	if (tag->element == TAG_CODE || tag->element == TAG_INPUT)
		put_attribute(t, a, max);
	else
		put_aside(t, a, max);
}

/* The text of a raw element begins. */
static void begin_raw(struct thin *t, uint8_t element)
{
	if (element == TAG_PLAINTEXT) {
		t->state = THIN_PLAINTEXT;
		return;
	}
	t->state = THIN_RAW;
	t->raw = element;
	t->raw_passes = element == TAG_TITLE || element == TAG_XMP;
	t->escape = ESCAPE_NONE;
	thin_begin_script(t);
}

/* HTML takes <iframe/> for the beginning of raw text, to the end of the page
 * if need be. Pages saved by an XML tool have such tags and mean an empty
 * element; no page that was ever looked at in a browser means the other. */
static bool is_empty_raw(const struct tree_tag *tag)
{
	return tag->self_closing &&
	       (tag->element == TAG_IFRAME || tag->element == TAG_NOEMBED ||
		tag->element == TAG_NOFRAMES || tag->element == TAG_TITLE ||
		tag->element == TAG_TEXTAREA);
}

/* What a tag may have added to, to take it back. */
struct mark {
	size_t markup, text, values;
	bool after_space;
};

static struct mark set_mark(const struct thin *t)
{
	return (struct mark){t->markup.len, t->text.len, t->value_count,
			     t->after_space};
}

static void go_back(struct thin *t, const struct mark *mark)
{
	t->markup.len = mark->markup;
	t->text.len = mark->text;
	t->value_count = mark->values;
	t->after_space = mark->after_space;
}

/* A start tag has been read and written out from `mark` on. */
static void finish_start(struct thin *t, const struct tree_tag *tag,
			 const struct mark *mark)
{
	bool muted = thin_is_muted(t);
	bool opens = tree_always_opens(&t->tree, tag->element);
	enum tree_verdict verdict = tree_start(&t->tree, tag);

	if (verdict == TREE_PASS_RAW && is_empty_raw(tag)) {
		verdict = TREE_DROP;
		t->empty_raws++;
	}
	if (verdict == TREE_PASS_FOREIGN && tag->self_closing)
		thin_put(t, " /", 2);
	thin_put(t, ">", 1);
	if (verdict == TREE_DROP || muted) {
		go_back(t, mark);
	} else {
		t->after_text = t->after_reference = false;
		t->after_comment = false;
		if (opens)
			t->pending_text = false;
		t->after_pre =
		    tag->element == TAG_PRE || tag->element == TAG_LISTING;
	}
	if (verdict == TREE_PASS_RAW)
		begin_raw(t, tag->element);
}

/* Where a tag that begins at p has to end, at the latest. */
static const char *token_end(const struct thin *t, const char *p)
{
	if ((size_t)(t->end - p) <= t->limits.max_token)
		return t->end;
	return p + t->limits.max_token;
}

static const char *start_tag(struct thin *t, const char *p, struct str name)
{
	enum tag kind = tag_find(name);
	struct tree_tag tag = {.element = tree_element(kind, name),
			       .name = name};
	struct reader r = {.p = name.data + name.len, .end = token_end(t, p)};
	struct attribute a;
	uint64_t seen = 0;
	size_t count = 0;
	struct mark mark;

	if (tag.element == ELEMENT_IMAGE)
		kind = TAG_IMG;
	thin_limit_formats(t);
	mark = set_mark(t);
	t->script = SCRIPT_CODE;
	thin_put(t, p, 1 + name.len);
	while (next_attribute(&r, &a))
		if (count++ < t->limits.max_attrs)
			take_attribute(t, kind, &tag, &a, &seen);
	if (!r.done && r.end == t->end) {
		go_back(t, &mark);
		return t->last ? t->end : NULL;
	}
	tag.self_closing = r.self_closing;
	finish_start(t, &tag, &mark);
	if (r.done)
		return r.p;
	t->after_skip = t->state;
	t->state = THIN_SKIP;
	t->skip = SKIP_BEFORE_NAME;
	return name.data + name.len;
}

static const char *end_tag(struct thin *t, const char *p, struct str name)
{
	struct tree_tag tag = {.element = tree_element(tag_find(name), name),
			       .ends_raw = t->raw_ends,
			       .name = name};
	struct reader r = {.p = name.data + name.len, .end = token_end(t, p)};
	struct attribute a;
	enum tree_verdict verdict;
	bool muted = thin_is_muted(t);

	if (*r.p == '>') {
		r.p++;
		r.done = true;
	} else {
		while (next_attribute(&r, &a))
			;
	}
	if (!r.done && r.end == t->end)
		return t->last ? t->end : NULL;
	t->raw_ends = false;
	verdict = tree_end(&t->tree, &tag);
	if (!(muted && thin_is_muted(t))) {
		for (unsigned i = 0; i < t->tree.implied_count; i++) {
			const char *implied = tree_name(t->tree.implied);

			thin_put(t, "</", 2);
			thin_put(t, implied, strlen(implied));
			thin_put(t, ">", 1);
		}
		if (verdict == TREE_PASS) {
			thin_put(t, p, 2 + name.len);
			thin_put(t, ">", 1);
			t->after_text = t->after_pre = false;
			t->after_reference = t->after_comment = false;
		}
	}
	if (r.done)
		return r.p;
	t->after_skip = t->state;
	t->state = THIN_SKIP;
	t->skip = SKIP_BEFORE_NAME;
	return name.data + name.len;
}

const char *thin_tag(struct thin *t, const char *p)
{
	bool is_end = p[1] == '/';
	const char *name = p + 1 + is_end;
	const char *q = name + 1;
	const char *end = token_end(t, p);

	while (q < end && !is(*q, C_NAME_END))
		q++;
	if (q == end) {
		if (end == t->end)
			return t->last ? end : NULL;
		t->after_skip = THIN_DATA;
		t->state = THIN_SKIP;
		t->skip = SKIP_TAG_NAME;
		return q;
	}
	if (is_end)
		return end_tag(t, p, (struct str){name, (size_t)(q - name)});
	return start_tag(t, p, (struct str){name, (size_t)(q - name)});
}
