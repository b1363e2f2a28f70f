/* SPDX-License-Identifier: MIT
 *
 * options.c: the table of options, which --help prints. Part of
 * filter/fetch/. */
#include "fetch/options.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum take { FLAG, TEXT, TEXTS, COUNT, DURATION, SIZE, CHOICE, STATUS, WAIT };

static const char *const formats[] = {"table", "json", NULL};
static const char *const shells[] = {"bash", "zsh", "fish", NULL};

#define AT(field) offsetof(struct options, field)
#define ROW(name, letter, flags, take, field, argument, help, least, most)     \
	{                                                                      \
		name, letter, flags, take, AT(field), least, most, argument,   \
		    NULL, help                                                 \
	}
#define WORDS(name, flags, take, field, argument, words, help)                 \
	{                                                                      \
		name, 0, flags, take, AT(field), 0, 0, argument, words, help   \
	}
#define ON(name, letter, flags, field, help)                                   \
	ROW(name, letter, flags, FLAG, field, NULL, help, 0, 0)
#define TEXT_(name, letter, flags, field, value, help)                         \
	ROW(name, letter, flags, TEXT, field, value, help, 0, 0)
#define TEXTS_(name, letter, flags, field, value, help)                        \
	ROW(name, letter, flags, TEXTS, field, value, help, 0, 0)
#define COUNT_(name, letter, field, least, most, help)                         \
	ROW(name, letter, 0, COUNT, field, "N", help, least, most)
#define TIME_(name, field, least, help)                                        \
	ROW(name, 0, 0, DURATION, field, "TIME", help, least, UINT32_MAX)
#define SIZE_(name, field, least, help)                                        \
	ROW(name, 0, 0, SIZE, field, "BYTES", help, least, 0)

/* Sorted by name; a test compares it with the manual. */
static const struct option_row rows[] = {
    TEXT_("accept", 0, 0, accept, "TYPES",
	  "media types to fetch, with commas; */* is all"),
    ON("all", 0, 0, all, "with --state: write unchanged pages too"),
    ON("allow-private", 0, 0, allow_private,
       "let public pages and feeds lead to private addresses"),
    ON("append", 'a', OPTION_RUN, append, "add to the file of -o"),
    TEXT_("cacert", 0, 0, cacert, "FILE",
	  "certificates to trust instead of the system's"),
    WORDS("completion", OPTION_ENDS, CHOICE, completion, "SHELL", shells,
	  "print completions for bash, zsh or fish"),
    ON("compress", 0, 0, compress, "write records in gzip (yes)"),
    TEXT_("config", 0, OPTION_SOURCE, config.file, "FILE",
	  "settings, instead of ~/.config/pith/config"),
    TIME_("connect-timeout", connect_time, 1,
	  "for name, connection and TLS (10)"),
    ON("cookies", 0, 0, cookies, "keep cookies during the run"),
    TIME_("delay", delay, 0, "between two requests to a host (1)"),
    TEXTS_("feed", 0, OPTION_RUN, feeds, "URL",
	   "fetch the pages of a feed or sitemap"),
    TIME_("first-byte-timeout", first_byte_time, 1,
	  "from request to answer (20)"),
    TIME_("grace", grace, 0,
	  "for what is in flight after SIGINT or SIGTERM (10)"),
    ON("help", 'h', OPTION_ENDS, help, "print this list"),
    ON("ignore-robots", 0, 0, ignore_robots, "do not ask for robots.txt"),
    TEXT_("input", 'i', OPTION_RUN, list, "FILE",
	  "one URL a line, # comments; - is stdin"),
    COUNT_("jobs", 'j', jobs, 1, 256, "transfers at once (8)"),
    ON("keep-errors", 0, 0, keep_errors,
       "write pages of status 400 and above too"),
    TEXT_("log", 0, 0, log, "FILE", "add a line per URL to FILE"),
    SIZE_("low-speed", low_speed, 0,
	  "a second, below which a transfer is given up (100)"),
    TIME_("low-speed-time", low_speed_time, 1,
	  "over which the speed is measured (20)"),
    TIME_("max-crawl-delay", max_crawl_delay, 0,
	  "longest Crawl-delay to follow (300)"),
    COUNT_("max-redirects", 0, max_redirects, 0, 100, "of one URL (10)"),
    TIME_("max-retry-delay", max_retry_delay, 0,
	  "longest wait before a retry (60)"),
    SIZE_("max-size", max_size, 1, "of a page (32M)"),
    TIME_("max-time", max_time, 1, "for a whole transfer (120)"),
    ON("no-config", 0, OPTION_SOURCE, config.none, "read no settings"),
    TEXT_("output", 'o', OPTION_RUN, output, "FILE", "instead of stdout"),
    ON("raw", 0, OPTION_RUN, raw, "write the body of one URL, not WARC"),
    TEXTS_("resolve", 0, 0, resolve, "HOST:PORT:ADDRESS",
	   "use ADDRESS for HOST; * is any host"),
    COUNT_("retries", 0, retries, 0, 100, "of what may pass later (3)"),
    TEXT_("state", 0, 0, state, "FILE",
	  "remember pages there; fetch only what changed"),
    WORDS("status", OPTION_MAYBE | OPTION_RUN, STATUS, status, "FORMAT",
	  formats, "print what the state knows, as table or json"),
    TEXT_("user-agent", 'A', 0, user_agent, "TEXT",
	  "name to give (pith-fetch/" PITH_VERSION ")"),
    ON("verbose", 'v', 0, verbose, "a line per URL on stderr"),
    ON("version", 'V', OPTION_ENDS, version, "print the version"),
    ROW("wait", 0, OPTION_MAYBE, WAIT, wait_time, "TIME",
	"for another run to give the state free", 0, 0),
    COUNT_("window", 0, window, 1, 10000000,
	   "URLs to look ahead for other hosts (20000)"),
};

static const struct options defaults = {
    .user_agent = "pith-fetch/" PITH_VERSION,
    .compress = true,
    .completion = -1,
    .accept = "text/html,application/xhtml+xml,text/plain",
    .delay = 1000,
    .max_crawl_delay = 300 * 1000,
    .grace = 10 * 1000,
    .connect_time = 10 * 1000,
    .first_byte_time = 20 * 1000,
    .max_time = 120 * 1000,
    .low_speed = 100,
    .low_speed_time = 20 * 1000,
    .max_retry_delay = 60 * 1000,
    .jobs = 8,
    .retries = 3,
    .max_redirects = 10,
    .window = 20000,
    .max_size = 32 << 20,
};

/* Decimal digits with an optional fraction, as thousandths; the rest. */
static const char *decimal(const char *s, uint64_t *thousandths)
{
	uint64_t value = 0, unit = 1000;
	const char *start = s;

	for (; *s >= '0' && *s <= '9'; s++) {
		if (value > UINT64_MAX / 10000)
			return NULL;
		value = value * 10 + (uint64_t)(*s - '0') * 1000;
	}
	if (*s == '.')
		for (s++; *s >= '0' && *s <= '9'; s++)
			value += (uint64_t)(*s - '0') * (unit /= 10);
	*thousandths = value;
	return s == start ? NULL : s;
}

bool fetch_options_duration(const char *text, uint32_t *ms)
{
	static const struct {
		const char *unit;
		uint64_t per_thousand; /* ms in a thousand of it */
	} units[] = {{"", 1000000},   {"s", 1000000},	  {"ms", 1000},
		     {"m", 60000000}, {"h", 3600000000u}, {"d", 86400000000u}};
	uint64_t value;
	const char *rest = decimal(text, &value);

	for (size_t i = 0; rest && i < sizeof(units) / sizeof(units[0]); i++)
		if (!strcmp(rest, units[i].unit)) {
			if (value > UINT32_MAX * UINT64_C(1000000) /
					units[i].per_thousand)
				return false;
			*ms =
			    (uint32_t)(value * units[i].per_thousand / 1000000);
			return true;
		}
	return false;
}

bool fetch_options_size(const char *text, size_t *bytes)
{
	static const char units[] = "kmgt";
	uint64_t value;
	const char *rest = decimal(text, &value);
	const char *unit;
	int shift = 0;

	if (rest == NULL)
		return false;
	if (*rest != '\0') {
		unit = strchr(units, *rest | 0x20);
		if (unit == NULL || rest[1] != '\0')
			return false;
		shift = 10 * (int)(unit - units + 1);
	}
	if (value > (UINT64_MAX >> shift))
		return false;
	value = (value << shift) / 1000; /* it was in thousandths */
	*bytes = (size_t)value;
	return value <= SIZE_MAX;
}

static bool count(const char *text, const struct option_row *row, uint32_t *out)
{
	char *end;
	unsigned long value;

	errno = 0;
	value = strtoul(text, &end, 10);
	if (*text < '0' || *text > '9' || *end != '\0' || errno != 0 ||
	    value > UINT32_MAX || (int64_t)value < row->least ||
	    (int64_t)value > row->most)
		return false;
	*out = (uint32_t)value;
	return true;
}

static bool add_text(struct texts *t, const char *text)
{
	const char **items = realloc(t->items, (t->count + 1) * sizeof(*items));

	if (items == NULL)
		return false;
	t->items = items;
	items[t->count++] = text;
	return true;
}

/* One of the words; the first where none was said. */
static bool choice(const char *text, const struct option_row *row, int *out)
{
	for (int i = 0; row->words[i] != NULL; i++)
		if (text == NULL || !strcmp(row->words[i], text)) {
			*out = i;
			return true;
		}
	return false;
}

/* Store the argument of an option in its field. */
static enum pith_status take(void *options, const struct option_row *row,
			     bool on, const char *value)
{
	struct options *o = options;
	char *field = (char *)options + row->at;
	bool good = true;

	switch ((enum take)row->take) {
	case FLAG:
		*(bool *)field = on;
		break;
	case TEXT:
		*(const char **)field = value;
		break;
	case TEXTS:
		if (!add_text((struct texts *)field, value))
			return PITH_FATAL;
		break;
	case COUNT:
		good = count(value, row, (uint32_t *)field);
		break;
	case DURATION:
		good = fetch_options_duration(value, (uint32_t *)field) &&
		       *(uint32_t *)field >= row->least;
		break;
	case SIZE:
		good = fetch_options_size(value, (size_t *)field) &&
		       *(size_t *)field >= (size_t)row->least;
		break;
	case STATUS:
		o->print = true;
		good = choice(value, row, (int *)field);
		break;
	case CHOICE:
		good = choice(value, row, (int *)field);
		break;
	case WAIT:
		o->wait = true;
		o->wait_limited = value != NULL;
		good = value == NULL ||
		       fetch_options_duration(value, (uint32_t *)field);
		break;
	}
	return good ? PITH_OK : PITH_FAILED;
}

const struct option_table fetch_options_table = {
    .program = "pith-fetch",
    .variables = "PITH_FETCH_",
    .rows = rows,
    .count = sizeof(rows) / sizeof(rows[0]),
    .config = AT(config),
    .take = take,
};

/* What cannot go together. */
static enum pith_status check(struct options *o, struct fault *f)
{
	if (o->help || o->version || o->completion >= 0)
		return PITH_OK;
	if (o->print && o->state == NULL)
		return fault_set(f, FETCH_USAGE, "--status needs --state FILE");
	if (o->print)
		return PITH_OK;
	if (!o->list && !o->urls.count && !o->feeds.count)
		return fault_set(f, FETCH_USAGE,
				 "no URL given; try pith-fetch --help");
	if (o->raw && (o->urls.count != 1 || o->list || o->feeds.count))
		return fault_set(f, FETCH_USAGE, "--raw takes one URL");
	if (o->raw && (o->state || o->append))
		return fault_set(f, FETCH_USAGE,
				 "--raw goes without --state and --append");
	if (o->append && o->output == NULL)
		return fault_set(f, FETCH_USAGE, "--append needs -o FILE");
	for (const char *p = o->user_agent; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return fault_set(f, FETCH_USAGE,
					 "--user-agent: control character");
	return PITH_OK;
}

enum pith_status fetch_options_parse(struct options *o, int argc, char **argv,
				     struct fault *f)
{
	struct complaint c;
	size_t count;

	*o = defaults;
	if (config_load(&fetch_options_table, o, argc, argv, &count, &c) !=
	    PITH_OK)
		return fault_set(f, (enum fetch_exit)c.code, "%s%s%s", c.where,
				 *c.where ? ": " : "", c.what);
	for (size_t i = 1; i <= count; i++)
		if (!add_text(&o->urls, argv[i]))
			return fault_memory(f);
	return check(o, f);
}

void fetch_options_free(struct options *o)
{
	free(o->urls.items);
	free(o->feeds.items);
	free(o->resolve.items);
	config_free(&o->config);
}

int fetch_options_help(void)
{
	int bad =
	    printf("usage: pith-fetch [OPTION]... URL...\n"
		   "Fetch web pages politely and write them as WARC.\n\n") < 0;

	bad |= option_help(&fetch_options_table, 30) < 0;
	bad |=
	    printf("\nTIME is in seconds, or has a unit: 250ms, 2m, 1h, 1d.\n"
		   "BYTES may have a unit: 500k, 32M, 1G.\n"
		   "A switch is turned off with no- before its name. "
		   "pith.conf(5) sets options\nfor all runs.\n"
		   "Exit: 0 well, 2 usage, 3 files, 4 network, 5 TLS, "
		   "6 refused, 7 state in use,\n"
		   "8 HTTP status 400 or above.\n") < 0;
	return bad ? -1 : 0;
}
