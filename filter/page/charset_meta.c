/* SPDX-License-Identifier: MIT
 *
 * charset_meta.c: finds the encoding that a page declares, before anything of
 * it is parsed. The declaration is in charset_sniff.h. */
#include <string.h>

#include "page/charset_sniff.h"

/* A place in the head of the page; reading stops at its end. */
struct scan {
	const char *at, *end;
};

static bool is_slash_or_space(char c)
{
	return c == '/' || ascii_space(c);
}

static bool starts(const struct scan *s, struct str word)
{
	return (size_t)(s->end - s->at) >= word.len &&
	       str_equal_nocase((struct str){s->at, word.len}, word);
}

/* Move to the first place of word, or to the end. */
static void skip_to(struct scan *s, struct str word)
{
	for (; (size_t)(s->end - s->at) >= word.len; s->at++) {
		if (!ascii_alpha(word.data[0])) {
			s->at = memchr(s->at, word.data[0],
				       (size_t)(s->end - s->at));
			if (s->at == NULL)
				break;
		}
		if (starts(s, word))
			return;
	}
	s->at = s->end;
}

static void skip_spaces(struct scan *s)
{
	while (s->at < s->end && ascii_space(*s->at))
		s->at++;
}

/* Read the value after the equals sign of an attribute. */
static struct str read_value(struct scan *s)
{
	const char *start = s->at;
	struct str value;

	if (start < s->end && (*start == '"' || *start == '\'')) {
		const char *close =
		    memchr(start + 1, *start, (size_t)(s->end - start - 1));

		if (close == NULL)
			close = s->end;
		value = (struct str){start + 1, (size_t)(close - start - 1)};
		s->at = close < s->end ? close + 1 : close;
		return value;
	}
	while (s->at < s->end && !ascii_space(*s->at) && *s->at != '>')
		s->at++;
	return (struct str){start, (size_t)(s->at - start)};
}

/* Read the next attribute of the tag; false at its end. */
static bool read_attribute(struct scan *s, struct str *name, struct str *value)
{
	const char *start;

	while (s->at < s->end && is_slash_or_space(*s->at))
		s->at++;
	if (s->at == s->end || *s->at == '>')
		return false;
	start = s->at++; /* an equals sign may begin a name */
	while (s->at < s->end && !is_slash_or_space(*s->at) && *s->at != '>' &&
	       *s->at != '=')
		s->at++;
	*name = (struct str){start, (size_t)(s->at - start)};
	*value = (struct str){"", 0};
	skip_spaces(s);
	if (s->at < s->end && *s->at == '=') {
		s->at++;
		skip_spaces(s);
		*value = read_value(s);
	}
	return true;
}

/* The encoding after "charset=" in the content of an http-equiv. */
static enum encoding content_charset(struct str content)
{
	struct scan s = {content.data, content.data + content.len};
	const char *start;

	for (;;) {
		skip_to(&s, STR("charset"));
		if (s.at == s.end)
			return ENC_NONE;
		s.at += strlen("charset");
		skip_spaces(&s);
		if (s.at < s.end && *s.at == '=')
			break;
	}
	s.at++;
	skip_spaces(&s);
	if (s.at < s.end && (*s.at == '"' || *s.at == '\''))
		return encoding_by_meta(read_value(&s));
	start = s.at;
	while (s.at < s.end && !ascii_space(*s.at) && *s.at != ';')
		s.at++;
	return encoding_by_meta((struct str){start, (size_t)(s.at - start)});
}

/* Read the attributes of a meta element. Of an attribute given twice the first
 * counts; charset beats content. */
static enum encoding read_meta(struct scan *s)
{
	bool pragma = false, has_equiv = false, has_content = false;
	bool has_charset = false;
	enum encoding by_content = ENC_NONE, by_charset = ENC_NONE;
	struct str name, value;

	while (read_attribute(s, &name, &value)) {
		if (str_equal_nocase(name, STR("http-equiv")) && !has_equiv) {
			has_equiv = true;
			pragma = str_equal_nocase(value, STR("content-type"));
		} else if (str_equal_nocase(name, STR("content")) &&
			   !has_content) {
			has_content = true;
			by_content = content_charset(value);
		} else if (str_equal_nocase(name, STR("charset")) &&
			   !has_charset) {
			has_charset = true;
			by_charset = encoding_by_meta(value);
		}
	}
	if (s->at == s->end)
		return ENC_NONE; /* cut off: more may have followed */
	if (has_charset)
		return by_charset;
	return pragma ? by_content : ENC_NONE;
}

/* The encoding of an XML declaration at the very start. */
static enum encoding xml_encoding(struct str head)
{
	struct scan s = {head.data, head.data + head.len};
	const char *close;

	if (!starts(&s, STR("<?xml")))
		return ENC_NONE;
	close = memchr(s.at, '>', head.len);
	if (close == NULL)
		return ENC_NONE;
	s.end = close;
	skip_to(&s, STR("encoding"));
	if (s.at == s.end)
		return ENC_NONE;
	s.at += strlen("encoding");
	skip_spaces(&s);
	if (s.at == s.end || *s.at != '=')
		return ENC_NONE;
	s.at++;
	skip_spaces(&s);
	if (s.at == s.end || (*s.at != '"' && *s.at != '\''))
		return ENC_NONE;
	return encoding_by_meta(read_value(&s));
}

/* Step over a start or end tag at '<'. */
static void skip_tag(struct scan *s)
{
	bool script = starts(s, STR("<script"));
	bool style = starts(s, STR("<style"));
	struct str name, value;

	while (s->at < s->end && !is_slash_or_space(*s->at) && *s->at != '>')
		s->at++;
	while (read_attribute(s, &name, &value))
		;
	if (script)
		skip_to(s, STR("</script"));
	else if (style)
		skip_to(s, STR("</style"));
}

enum encoding sniff_meta(struct str head)
{
	struct scan s = {head.data, head.data + head.len};
	enum encoding e;

	while (s.at < s.end) {
		const char *open = memchr(s.at, '<', (size_t)(s.end - s.at));

		if (open == NULL || s.end - open < 2)
			break;
		s.at = open;
		if (starts(&s, STR("<!--"))) {
			s.at += 2; /* "<!-->" is a whole comment */
			skip_to(&s, STR("-->"));
		} else if (starts(&s, STR("<meta")) && s.end - s.at > 5 &&
			   is_slash_or_space(s.at[5])) {
			s.at += 5;
			e = read_meta(&s);
			if (e != ENC_NONE)
				return e;
		} else if (ascii_alpha(open[1]) ||
			   (open[1] == '/' && s.end - open > 2 &&
			    ascii_alpha(open[2]))) {
			skip_tag(&s);
		} else if (open[1] == '!' || open[1] == '/' || open[1] == '?') {
			skip_to(&s, STR(">"));
		} else {
			s.at++;
		}
	}
	return xml_encoding(head);
}
