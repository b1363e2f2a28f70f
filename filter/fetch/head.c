/* SPDX-License-Identifier: MIT
 *
 * head.c: fields of an HTTP head. Part of filter/fetch/. */
#include "fetch/head.h"

#include <curl/curl.h>
#include <string.h>

struct str head_field(struct str head, struct str name)
{
	const char *p = head.data, *end = head.data + head.len;

	while (p < end) {
		const char *eol = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((eol ? eol : end) - p);

		if (len > name.len && p[name.len] == ':' &&
		    str_equal_nocase((struct str){p, name.len}, name))
			return str_trim(
			    (struct str){p + name.len + 1, len - name.len - 1});
		p = eol ? eol + 1 : end;
	}
	return (struct str){NULL, 0};
}

struct str head_media_type(struct str value)
{
	const char *semicolon =
	    value.len ? memchr(value.data, ';', value.len) : NULL;

	if (semicolon != NULL)
		value.len = (size_t)(semicolon - value.data);
	return str_trim(value);
}

bool head_type_accepted(struct str type, const char *list)
{
	while (*list != '\0') {
		size_t len = strcspn(list, ",");
		struct str item = str_trim((struct str){list, len});

		if (str_equal(item, STR("*/*")) || str_equal_nocase(item, type))
			return true;
		if (item.len > 2 && item.data[item.len - 1] == '*' &&
		    type.len >= item.len &&
		    str_equal_nocase((struct str){type.data, item.len - 1},
				     (struct str){item.data, item.len - 1}))
			return true;
		list += len + (list[len] == ',');
	}
	return false;
}

int64_t head_retry_after(struct str value, int64_t now)
{
	char text[64];
	int64_t seconds = 0;
	time_t date;
	size_t i;

	if (value.len == 0 || value.len >= sizeof(text))
		return -1;
	for (i = 0; i < value.len && ascii_digit(value.data[i]); i++)
		if (seconds < INT32_MAX)
			seconds = seconds * 10 + (value.data[i] - '0');
	if (i == value.len)
		return seconds;
	memcpy(text, value.data, value.len);
	text[value.len] = '\0';
	date = curl_getdate(text, NULL);
	if (date == -1)
		return -1;
	return date > now ? date - now : 0;
}
