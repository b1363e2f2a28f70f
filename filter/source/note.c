/* SPDX-License-Identifier: MIT
 *
 * note.c: records that hold no page. */
#include "source/note.h"

#include "source/fields.h"

enum { MESSAGE_MAX = 180 };

/* The exit status for what pith-fetch calls the outcome of a URL; 0 if it is
 * no failure. */
static int status_of(struct str outcome)
{
	static const struct {
		struct str name;
		int status;
	} outcomes[] = {
	    {{"network", 7}, 4}, {{"tls", 3}, 5},   {{"refused", 7}, 6},
	    {{"http", 4}, 8},	 {{"usage", 5}, 2}, {{"io", 2}, 3},
	};

	for (size_t i = 0; i < sizeof(outcomes) / sizeof(outcomes[0]); i++)
		if (str_equal(outcomes[i].name, outcome))
			return outcomes[i].status;
	return 0;
}

bool note_read(struct str fields, struct note *out)
{
	struct str name, value;
	uint64_t status = 0;

	*out = (struct note){.message = STR("not fetched")};
	while (fields_next(&fields, &name, &value)) {
		if (str_equal_nocase(name, STR("fetch-outcome")))
			out->outcome = status_of(value);
		else if (str_equal_nocase(name, STR("fetch-message")))
			out->message = value;
		else if (str_equal_nocase(name, STR("http-status")) &&
			 (!fields_number(value, &status) || status > 999))
			status = 0;
	}
	out->http_status = (int)status;
	if (out->message.len > MESSAGE_MAX)
		out->message.len = MESSAGE_MAX;
	return out->outcome != 0;
}

bool note_is_about_itself(struct str uri)
{
	struct str scheme = STR("metadata:");

	if (uri.len < scheme.len)
		return false;
	uri.len = scheme.len;
	return str_equal_nocase(uri, scheme);
}
