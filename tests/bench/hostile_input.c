/* SPDX-License-Identifier: MIT
 *
 * hostile_input.c: feeds, robots.txt, settings and models made to be slow or
 * large, read at 1, 2, 4 and 8 MB. Each ends well or with a message, within
 * bounds of time and memory that grow no faster than the input. Run by
 * tests/run.sh. */
#include "fetch/feed.h"
#include "fetch/robots.h"
#include "run/config.h"
#include "run/options.h"
#include "score/model.h"

#include "hostile.h"

enum { FEED_MAX = 50 << 20 };

static int outcome(bool good, const char *text)
{
	if (!good && *text == '\0')
		return BROKEN;
	if (!good)
		fprintf(stderr, "# %s\n", text);
	return good ? FINE : REFUSED;
}

static int read_feed(const char *data, size_t len)
{
	struct fault f = {0};
	struct feed_reader *r;
	struct feed_item item;
	enum pith_status status =
	    feed_open(&r, (struct str){data, len}, FEED_MAX, &f);

	if (status == PITH_OK) {
		do
			status = feed_next(r, &item, &f);
		while (status == PITH_OK);
		feed_close(r);
	}
	return outcome(status == PITH_EOF, f.text);
}

static int read_robots(const char *data, size_t len)
{
	static char path[8001] = "/";
	struct fault f = {0};
	struct robots r;
	enum pith_status status =
	    robots_parse((struct str){data, len}, STR("pith-fetch"), &r, &f);

	memset(path + 1, 'a', sizeof(path) - 2);
	if (status == PITH_OK) {
		(void)robots_allows(&r, path);
		robots_free(&r);
	}
	return outcome(status == PITH_OK, f.text);
}

static int read_config(const char *data, size_t len)
{
	struct options o;
	struct complaint c = {.what = ""};
	char *text = malloc(len + 1);
	enum pith_status status;

	if (text == NULL)
		return BROKEN;
	options_init(&o);
	memcpy(text, data, len);
	status = config_parse(&options_table, &o, "test", text, len, &c);
	free(text);
	return outcome(status == PITH_OK, c.what);
}

static int load(const char *data, size_t len)
{
	struct err err = {.cause = PITH_CAUSE_NONE};
	struct model *m;
	enum pith_status status = model_load((struct str){data, len}, &m, &err);

	if (status == PITH_OK)
		model_free(m);
	return outcome(status == PITH_OK, err.text);
}

/* A model whose head asks for as much as it may and whose digest is right. */
static int read_model(const char *data, size_t len)
{
	const uint32_t numbers[] = {MODEL_VERSION, 0,	  0,
				    20000,	   65535, MODEL_CURVE};
	size_t n = 8 + sizeof(numbers) + len;
	char *bytes = malloc(n + 8);
	int result;

	if (bytes == NULL)
		return BROKEN;
	memcpy(bytes, "pithmodl", 8);
	for (unsigned i = 0; i < sizeof(numbers); i++)
		bytes[8 + i] = (char)(numbers[i / 4] >> 8 * (i % 4));
	memcpy(bytes + 8 + sizeof(numbers), data, len);
	for (unsigned i = 0; i < 8; i++)
		bytes[n + i] =
		    (char)(str_hash((struct str){bytes, n}) >> 8 * i);
	result = load(bytes, n + 8);
	free(bytes);
	return result;
}

#define TEN(e) e e e e e e e e e e
#define ITEM   "<rss><item><link>"
#define BOMB                                                                   \
	"<!DOCTYPE rss [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '" TEN(             \
	    "&a;") "'><!ENTITY c '" TEN("&b;") "'><!ENTITY d '" TEN("&c;") "'" \
									   ">" \
									   "]" \
									   ">" ITEM

static const struct {
	int (*read)(const char *data, size_t len);
	struct hostile made;
} table[] = {
    {read_feed, {"rss-items", "<rss>", "<item><link>/#</link></item>", NULL}},
    {read_feed, {"rss-guids", "<rss>", "<item><guid>/#</guid></item>", NULL}},
    {read_feed, {"rss-one-item", "<rss><item>", "<link>/#</link>", NULL}},
    {read_feed, {"rss-deep", "<rss>", "<a>", NULL}},
    {read_feed, {"rss-deep-closed", "<rss>", "<a>", "</a>"}},
    {read_feed, {"rss-link-long", ITEM, "aaaaaaaaaaaaaaaa", NULL}},
    {read_feed, {"rss-link-blank", ITEM, "                ", NULL}},
    {read_feed, {"rss-link-cdata", ITEM, "<![CDATA[x]]>", NULL}},
    {read_feed, {"rss-link-entities", ITEM, "&amp;", NULL}},
    {read_feed, {"rss-link-unknown", ITEM, "&x#;", NULL}},
    {read_feed, {"rss-link-numbers", ITEM, "&#97;", NULL}},
    {read_feed, {"rss-attributes", "<rss ", "a#='b' ", NULL}},
    {read_feed, {"rss-attribute", "<rss a='", "aaaaaaaaaaaaaaaa", NULL}},
    {read_feed, {"rss-name", "<", "aaaaaaaaaaaaaaaa", NULL}},
    {read_feed, {"rss-names", "<rss>", "<a#/>", NULL}},
    {read_feed, {"rss-comment", "<rss><!--", "----------------", NULL}},
    {read_feed, {"rss-comments", "<rss>", "<!---->", NULL}},
    {read_feed, {"rss-instructions", "<rss>", "<?a b?>", NULL}},
    {read_feed, {"rss-namespaces", "<rss ", "xmlns:a#='b#' ", NULL}},
    {read_feed, {"rss-namespaces-deep", "<rss>", "<a xmlns='b#'>", NULL}},
    {read_feed, {"entities", "<!DOCTYPE rss [", "<!ENTITY a# 'b'>", NULL}},
    {read_feed,
     {"entity-long", "<!DOCTYPE rss [<!ENTITY a '", "aaaaaaaa", NULL}},
    {read_feed, {"entity-bomb", BOMB, "&d;", NULL}},
    {read_feed,
     {"entity-cycle",
      "<!DOCTYPE rss [<!ENTITY a '&b;'><!ENTITY b '&a;'>]>" ITEM, "&a;", NULL}},
    {read_feed,
     {"entity-file",
      "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" ITEM, "&a;",
      NULL}},
    {read_feed, {"atom-links", "<feed><entry>", "<link href='/#'/>", NULL}},
    {read_feed, {"sitemap", "<urlset>", "<url><loc>/#</loc></url>", NULL}},
    {read_feed,
     {"sitemaps", "<sitemapindex>", "<sitemap><loc>/#</loc></sitemap>", NULL}},
    {read_feed, {"json-items", "{\"items\":[", "{\"url\":\"/#\"},", NULL}},
    {read_feed, {"json-empty", "{\"items\":[", "{},", NULL}},
    {read_feed, {"json-numbers", "{\"items\":[", "1,", NULL}},
    {read_feed, {"json-huge", "{\"items\":[", "1e999999,", NULL}},
    {read_feed, {"json-digits", "{\"items\":[", "1111111111111111", NULL}},
    {read_feed, {"json-arrays", "{\"items\":[", "[],", NULL}},
    {read_feed, {"json-deep", "{\"items\":", "[", NULL}},
    {read_feed, {"json-objects-deep", "", "{\"a\":", NULL}},
    {read_feed, {"json-names", "{", "\"a#\":1,", NULL}},
    {read_feed, {"json-objects", "{", "\"#\":{},", NULL}},
    {read_feed, {"json-name-again", "{", "\"a\":1,", NULL}},
    {read_feed, {"json-string", "{\"items\":[\"", "aaaaaaaaaaaaaaaa", NULL}},
    {read_feed, {"json-escapes", "{\"items\":[\"", "\\u0061", NULL}},
    {read_feed, {"json-blank", "{", "                ", NULL}},
    {read_robots, {"robots-rules", "User-agent: *\n", "Allow: /a#\n", NULL}},
    {read_robots,
     {"robots-stars", "User-agent: *\n", "Allow: /*a*a*a*a*a*a*b\n", NULL}},
    {read_robots, {"robots-agents", "", "User-agent: a#\n", NULL}},
    {read_robots, {"robots-groups", "", "User-agent: *\nAllow: /a\n", NULL}},
    {read_robots, {"robots-line", "User-agent: *\nAllow: /", "aaaaaaaa", NULL}},
    {read_robots, {"robots-escapes", "User-agent: *\nAllow: /", "%61", NULL}},
    {read_robots, {"robots-lines", "", "\n", NULL}},
    {read_config, {"config-lines", "", "width = 72\n", NULL}},
    {read_config, {"config-sections", "", "[pith-fetch]\n", NULL}},
    {read_config, {"config-line", "width = ", "7777777777777777", NULL}},
    {read_config, {"config-name", "", "aaaaaaaaaaaaaaaa", NULL}},
    {read_config, {"config-blank", "width = ", "                ", NULL}},
    {read_config, {"config-comments", "", "#9\n", NULL}},
    {read_config, {"config-nuls", "", "^", NULL}},
    {load, {"model-names", "", "pithmodl", NULL}},
    {read_model, {"model-nuls", "", "^", NULL}},
    {read_model, {"model-splits", "", "aaaaaaaaaaaaaaaa", NULL}},
};

enum { COUNT = sizeof(table) / sizeof(table[0]) };

int main(void)
{
	static const struct bounds most = {2, 256, 0.2, false};
	int failed = 0;

	printf("1..%d\n", COUNT);
	for (unsigned i = 0; i < COUNT; i++)
		failed +=
		    !check_sizes(&table[i].made, i + 1, table[i].read, &most);
	return failed > 0;
}
