/* SPDX-License-Identifier: MIT
 *
 * filter.c: the rules of --filter. */
#include "source/filter.h"

#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

static const char *const keys[FILTER_KEYS] = {
    [FILTER_STATUS] = "status",
    [FILTER_TYPE] = "type",
    [FILTER_URL] = "url",
    [FILTER_LANG] = "lang",
};

bool filter_add(struct filter *f, const char *rule)
{
	const char *value = strchr(rule, '=');

	if (value == NULL || value[1] == '\0' || f->count == FILTER_RULES)
		return false;
	for (int k = 0; k < FILTER_KEYS; k++) {
		size_t len = strlen(keys[k]);

		if ((size_t)(value - rule) != len || memcmp(rule, keys[k], len))
			continue;
		f->rules[f->count].key = (enum filter_key)k;
		f->rules[f->count].value = value + 1;
		f->count++;
		f->given[k] = true;
		return true;
	}
	return false;
}

/* Does one of the values, cut at commas, fit what is asked about? */
static bool any_of(const char *values,
		   bool (*fits)(struct str value, struct str subject),
		   struct str subject)
{
	for (;;) {
		struct str value = {values, strcspn(values, ",")};

		if (str_equal(value, STR("any")) || fits(value, subject))
			return true;
		values += value.len;
		if (*values++ == '\0')
			return false;
	}
}

static bool any_rule(const struct filter *f, enum filter_key key,
		     bool (*fits)(struct str value, struct str subject),
		     struct str subject)
{
	for (size_t i = 0; i < f->count; i++)
		if (f->rules[i].key == key &&
		    any_of(f->rules[i].value, fits, subject))
			return true;
	return false;
}

static bool fits_status(struct str value, struct str subject)
{
	if (value.len == 3 && !memcmp(value.data + 1, "xx", 2))
		return value.data[0] == subject.data[0];
	return str_equal(value, subject);
}

bool filter_status(const struct filter *f, int status)
{
	char text[16];
	int n;

	if (!f->given[FILTER_STATUS])
		return status == 0 || status == 200;
	n = snprintf(text, sizeof(text), "%d", status);
	return any_rule(f, FILTER_STATUS, fits_status,
			(struct str){text, (size_t)n});
}

static bool fits_type(struct str value, struct str subject)
{
	if (value.len > 0 && value.data[value.len - 1] == '/' &&
	    subject.len > value.len)
		subject.len = value.len;
	return str_equal_nocase(value, subject);
}

bool filter_type(const struct filter *f, struct str type)
{
	static const char pages[] = "text/html,application/xhtml+xml,"
				    "text/plain,application/xhtml";

	if (!f->given[FILTER_TYPE])
		return type.len == 0 || any_of(pages, fits_type, type);
	return any_rule(f, FILTER_TYPE, fits_type, type);
}

/* A whole URL against a pattern; URLs too long for a pattern fit none. */
static bool fits_url(const char *pattern, struct str url)
{
	char text[4096];

	if (url.len == 0 || url.len >= sizeof(text))
		return false;
	memcpy(text, url.data, url.len);
	text[url.len] = '\0';
	return fnmatch(pattern, text, 0) == 0;
}

bool filter_url(const struct filter *f, struct str url)
{
	if (!f->given[FILTER_URL])
		return true;
	for (size_t i = 0; i < f->count; i++)
		if (f->rules[i].key == FILTER_URL &&
		    fits_url(f->rules[i].value, url))
			return true;
	return false;
}

static bool fits_lang(struct str value, struct str subject)
{
	if (subject.len > value.len &&
	    (subject.data[value.len] == '-' || subject.data[value.len] == '_'))
		subject.len = value.len;
	return value.len > 0 && str_equal_nocase(value, subject);
}

bool filter_lang(const struct filter *f, struct str lang)
{
	return !f->given[FILTER_LANG] ||
	       any_rule(f, FILTER_LANG, fits_lang, lang);
}
