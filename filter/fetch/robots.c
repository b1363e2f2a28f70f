/* SPDX-License-Identifier: MIT
 *
 * robots.c: RFC 9309. Part of filter/fetch/.
 *
 * Paths are compared in one form: bytes outside printable ASCII are escaped,
 * escapes of unreserved characters undone, escapes written in upper case. A
 * rule is kept as its pattern in that form. Matching is greedy, without
 * recursion, and costs path times pattern at worst; MAX_STEPS bounds the sum
 * over a hostile file. */
#include "fetch/robots.h"

#include <stdlib.h>
#include <string.h>

#define MAX_STEPS 20000000 /* about 50 ms */

struct robots_rule {
	size_t start, len; /* in text */
	bool allow;
};

/* What is known while the lines go by. */
struct parser {
	struct robots *out;
	struct str agent;
	size_t text_len;
	bool in_agents;	 /* the last line was a User-agent */
	bool named, any; /* the group is for the agent, for all */
	bool found;	 /* some group names the agent */
	int64_t any_delay, delay;
	size_t cap;
};

static bool token_char(char c)
{
	return ascii_alpha(c) || c == '-' || c == '_';
}

struct str robots_token(const char *user_agent)
{
	size_t len = 0;

	while (token_char(user_agent[len]))
		len++;
	return (struct str){user_agent, len};
}

static int hex(char c)
{
	if (ascii_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One character of a path in comparable form, 1 or 3 bytes in out; returns how
 * many, and in *used how many of the path it took (p < end). "*" and a last
 * "$" keep their meaning in a pattern; elsewhere they are escaped, as a
 * pattern that means the character itself has them. */
static size_t normal(const char *p, const char *end, bool pattern, char out[3],
		     size_t *used)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char c = (unsigned char)*p;
	bool escaped = false;

	*used = 1;
	if (c == '%' && end - p >= 3 && hex(p[1]) >= 0 && hex(p[2]) >= 0) {
		c = (unsigned char)(hex(p[1]) << 4 | hex(p[2]));
		*used = 3;
		escaped = !(ascii_alpha((char)c) || ascii_digit((char)c) ||
			    (c != '\0' && strchr("-._~", c)));
	}
	if (*used == 1 && (c == '*' || c == '$'))
		escaped = !(pattern && (c == '*' || p + 1 == end));
	if (!escaped && c > ' ' && c < 0x7f) {
		out[0] = (char)c;
		return 1;
	}
	out[0] = '%';
	out[1] = digits[c >> 4];
	out[2] = digits[c & 15];
	return 3;
}

/* Keep a rule; out->text has room, since the normal form of a line is at most
 * three times as long. */
static enum pith_status add_rule(struct parser *p, struct str path, bool allow,
				 struct fault *f)
{
	struct robots *r = p->out;
	const char *s = path.data, *end = path.data + path.len;
	struct robots_rule *rule;

	if (r->count == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 16;

		rule = realloc(r->rules, cap * sizeof(*rule));
		if (rule == NULL)
			return fault_memory(f);
		r->rules = rule;
		p->cap = cap;
	}
	rule = &r->rules[r->count++];
	*rule = (struct robots_rule){p->text_len, 0, allow};
	while (s < end) {
		size_t used;

		p->text_len +=
		    normal(s, end, true, r->text + p->text_len, &used);
		s += used;
	}
	rule->len = p->text_len - rule->start;
	return PITH_OK;
}

/* Forget the rules so far: they were for everybody, and a group names us. */
static void begin_named(struct parser *p)
{
	p->found = true;
	p->out->count = 0;
	p->text_len = 0;
}

static void take_agent(struct parser *p, struct str value)
{
	struct str token = {value.data, 0};

	if (!p->in_agents)
		p->named = p->any = false;
	p->in_agents = true;
	while (token.len < value.len && token_char(value.data[token.len]))
		token.len++;
	if (str_equal(value, STR("*")) ||
	    (value.len > 1 && value.data[0] == '*' &&
	     ascii_space(value.data[1])))
		p->any = true;
	if (token.len == 0 || !str_equal_nocase(token, p->agent))
		return;
	if (!p->found)
		begin_named(p);
	p->named = true;
}

/* Decimal seconds as milliseconds; -1 for anything else. */
static int64_t seconds(struct str value)
{
	int64_t ms = 0, unit = 1000;
	bool point = false;

	for (size_t i = 0; i < value.len; i++) {
		if (value.data[i] == '.' && !point) {
			point = true;
			continue;
		}
		if (!ascii_digit(value.data[i]))
			return -1;
		if (point)
			unit /= 10;
		if (point)
			ms += (value.data[i] - '0') * unit;
		else if (ms < INT64_C(1000000000))
			ms = ms * 10 + (value.data[i] - '0') * 1000;
	}
	return value.len > 0 ? ms : -1;
}

static enum pith_status take_line(struct parser *p, struct str line,
				  struct fault *f)
{
	const char *hash = line.len ? memchr(line.data, '#', line.len) : NULL;
	const char *colon;
	struct str key, value;
	bool allow;

	if (hash != NULL)
		line.len = (size_t)(hash - line.data);
	colon = line.len ? memchr(line.data, ':', line.len) : NULL;
	if (colon == NULL)
		return PITH_OK;
	key = str_trim((struct str){line.data, (size_t)(colon - line.data)});
	value = str_trim((struct str){
	    colon + 1, line.len - (size_t)(colon + 1 - line.data)});
	if (str_equal_nocase(key, STR("user-agent"))) {
		take_agent(p, value);
		return PITH_OK;
	}
	allow = str_equal_nocase(key, STR("allow"));
	if (!allow && !str_equal_nocase(key, STR("disallow"))) {
		if (!str_equal_nocase(key, STR("crawl-delay")))
			return PITH_OK; /* Sitemap and such end no group */
		p->in_agents = false;
		if (p->named)
			p->delay = seconds(value);
		else if (p->any)
			p->any_delay = seconds(value);
		return PITH_OK;
	}
	p->in_agents = false;
	if (!(p->named || (p->any && !p->found)) || value.len == 0)
		return PITH_OK;
	if (value.data[0] != '/' && value.data[0] != '*')
		return PITH_OK; /* matches no path */
	return add_rule(p, value, allow, f);
}

enum pith_status robots_parse(struct str file, struct str agent,
			      struct robots *out, struct fault *f)
{
	struct parser p = {
	    .out = out, .agent = agent, .any_delay = -1, .delay = -1};
	enum pith_status status = PITH_OK;
	const char *s, *end;

	*out = (struct robots){.crawl_delay = -1};
	if (file.len > ROBOTS_MAX_FILE)
		file.len = ROBOTS_MAX_FILE;
	out->text = malloc(file.len * 3 + 1);
	if (out->text == NULL)
		return fault_memory(f);
	s = file.data;
	end = file.data + file.len;
	if (file.len >= 3 && !memcmp(s, "\xef\xbb\xbf", 3))
		s += 3;
	while (s < end && status == PITH_OK) {
		const char *eol = s;

		while (eol < end && *eol != '\n' && *eol != '\r')
			eol++;
		status = take_line(&p, (struct str){s, (size_t)(eol - s)}, f);
		s = eol + 1;
	}
	if (status != PITH_OK) {
		robots_free(out);
		return status;
	}
	out->crawl_delay = p.found ? p.delay : p.any_delay;
	if (p.text_len == 0) {
		free(out->text);
		out->text = NULL;
	} else {
		char *fit = realloc(out->text, p.text_len);

		out->text = fit ? fit : out->text;
	}
	return PITH_OK;
}

/* Does pattern, with "*" for any run and a last "$" for the end, match from
 * the beginning of s? Counts *steps down; says no at 0. */
static bool matches(struct str pattern, struct str s, size_t *steps)
{
	size_t i = 0, j = 0, star = SIZE_MAX, mark = 0;
	bool to_end = pattern.len > 0 && pattern.data[pattern.len - 1] == '$';

	if (to_end)
		pattern.len--;
	while (*steps > 0) {
		--*steps;
		if (i == pattern.len && (!to_end || j == s.len))
			return true;
		if (i < pattern.len && pattern.data[i] == '*') {
			star = i++;
			mark = j;
		} else if (i < pattern.len && j < s.len &&
			   pattern.data[i] == s.data[j]) {
			i++;
			j++;
		} else if (star != SIZE_MAX && mark < s.len) {
			i = star + 1; /* the last star takes one more */
			j = ++mark;
		} else {
			return false;
		}
	}
	return false;
}

bool robots_allows(const struct robots *r, const char *path)
{
	const char *end = path + strlen(path);
	struct str s = {NULL, 0};
	size_t best = 0, steps = MAX_STEPS;
	bool allow = true;
	char *form;

	if (r->count == 0 || !strcmp(path, "/robots.txt"))
		return true;
	form = malloc((size_t)(end - path) * 3 + 1);
	if (form == NULL)
		return false;
	s.data = form;
	while (path < end) {
		size_t used;

		s.len += normal(path, end, false, form + s.len, &used);
		path += used;
	}
	for (size_t i = 0; i < r->count; i++) {
		const struct robots_rule *rule = &r->rules[i];
		struct str pattern = {r->text + rule->start, rule->len};

		if (rule->len < best || (rule->len == best && !rule->allow))
			continue;
		if (matches(pattern, s, &steps)) {
			best = rule->len;
			allow = rule->allow;
		}
	}
	free(form);
	return allow && steps > 0;
}

void robots_free(struct robots *r)
{
	free(r->rules);
	free(r->text);
	*r = (struct robots){.crawl_delay = -1};
}
