/* SPDX-License-Identifier: MIT
 *
 * quote.c: escapes of JSON and HTML. Runs of harmless bytes are copied at
 * once. */
#include "render/quote.h"

#include "base/utf8.h"

/* Bytes from i on that need no look: ASCII but controls, quotes, backslash and
 * what HTML takes for markup. */
static size_t plain_run(struct str s, size_t i)
{
	size_t n = i;

	while (n < s.len) {
		unsigned char c = (unsigned char)s.data[n];

		if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\' ||
		    c == '&' || c == '<' || c == '>')
			break;
		n++;
	}
	return n - i;
}

static void put_utf8(struct pen *s, struct str text, size_t i, size_t n,
		     uint32_t c)
{
	if (utf8_is_unprintable(c))
		return;
	if (c == 0xfffd)
		pen_text(s, "\xef\xbf\xbd"); /* also for a bad byte */
	else
		pen_put(s, text.data + i, n);
}

void quote_json(struct pen *s, struct str text)
{
	pen_char(s, '"');
	for (size_t i = 0; i < text.len;) {
		size_t n = plain_run(text, i);
		uint32_t c;

		pen_put(s, text.data + i, n);
		i += n;
		if (i >= text.len)
			break;
		n = utf8_decode(text.data + i, text.len - i, &c);
		if (c == '"' || c == '\\') {
			pen_char(s, '\\');
			pen_char(s, (char)c);
		} else if (c == '\n') {
			pen_text(s, "\\n");
		} else if (c == '\t') {
			pen_text(s, "\\t");
		} else {
			put_utf8(s, text, i, n, c);
		}
		i += n;
	}
	pen_char(s, '"');
}

void quote_html(struct pen *s, struct str text)
{
	for (size_t i = 0; i < text.len;) {
		size_t n = plain_run(text, i);
		uint32_t c;

		pen_put(s, text.data + i, n);
		i += n;
		if (i >= text.len)
			break;
		n = utf8_decode(text.data + i, text.len - i, &c);
		switch (c) {
		case '&':
			pen_text(s, "&amp;");
			break;
		case '<':
			pen_text(s, "&lt;");
			break;
		case '>':
			pen_text(s, "&gt;");
			break;
		case '"':
			pen_text(s, "&quot;");
			break;
		default:
			put_utf8(s, text, i, n, c);
		}
		i += n;
	}
}
