/* SPDX-License-Identifier: MIT
 *
 * choose_date.c: ranks dates by where they stand; nearer to the headline wins
 * among alike. */
#include "meta/choose.h"
#include "meta/url.h"

/* Trust in a source near the headline, and elsewhere; JSON-LD and the head
 * are everywhere. Measured, see docs/metadata.md. */
static const struct {
	uint8_t near, far;
} sources[] = {
    [SOURCE_JSONLD] = {90, 90},	     [SOURCE_JSONLD_OTHER] = {60, 60},
    [SOURCE_OPENGRAPH] = {85, 85},   [SOURCE_META] = {75, 75},
    [SOURCE_DUBLIN_CORE] = {55, 55}, [SOURCE_MICRODATA] = {80, 48},
    [SOURCE_TIME] = {70, 46},	     [SOURCE_CLASS] = {65, 40},
    [SOURCE_TEXT] = {50, 0},	     [SOURCE_URL] = {58, 58},
};

enum {
	NEAR_BEFORE = 4, /* blocks around the headline */
	NEAR_AFTER = 14,
	CHANGED_PENALTY = 20,
	VISIBLE_CHARS = 120 /* a longer text is no dateline */
};

static enum date_order order_of(const struct choice *c)
{
	struct str lang = c->page->language;

	if (lang.len < 2 ||
	    !str_equal_nocase((struct str){lang.data, 2}, STR("en")))
		return lang.len == 0 ? DATE_MONTH_FIRST : DATE_DAY_FIRST;
	return lang.len == 2 || (lang.len >= 5 &&
				 str_equal_nocase(
				     (struct str){lang.data + 3, 2}, STR("us")))
		   ? DATE_MONTH_FIRST
		   : DATE_DAY_FIRST;
}

/* "Updated", "Last modified" … : not when it was published. */
static bool says_changed(struct str s)
{
	static const struct str words[] = {
	    {"updat", 5},    {"modif", 5},
	    {"revis", 5},    {"review", 6},
	    {"aktualis", 8}, {"actuali", 7},
	    {"aggiorn", 7},  {"mis \xc3\xa0 jour", 10},
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_find_nocase(s, words[i], 0) != SIZE_MAX)
			return true;
	return false;
}

/* How much a candidate is worth; 0: nothing. */
static unsigned worth(const struct choice *c, const struct candidate *k,
		      struct date *d)
{
	bool near = choice_is_near(c, k, NEAR_BEFORE, NEAR_AFTER);
	unsigned trust =
	    near ? sources[k->source].near : sources[k->source].far;
	bool visible = k->source >= SOURCE_TIME;

	if (trust == 0 || (visible && k->text.len > VISIBLE_CHARS))
		return 0;
	if (!date_read(k->text, order_of(c), d, NULL) ||
	    !date_is_likely(d, c->now) || (visible && d->precision < DATE_DAY))
		return 0;
	if (visible && says_changed(k->text))
		trust -= CHANGED_PENALTY;
	return 4 * trust + (d->precision >= DATE_DAY ? 2 : 0) +
	       (near && c->page->elems[k->elem].first_block >= c->heading);
}

static void choose(const struct choice *c, enum field field, struct date *out)
{
	unsigned best = 0;

	*out = (struct date){0};
	for (size_t i = 0; i < c->candidates->count; i++) {
		const struct candidate *k = &c->candidates->list[i];
		struct date d;
		unsigned w;

		if (k->field != field)
			continue;
		w = worth(c, k, &d);
		if (w > best) {
			best = w;
			*out = d;
		}
	}
	if (field == FIELD_PUBLISHED && best < 4 * sources[SOURCE_URL].near) {
		struct date d;

		if (date_read_path(c->path, &d) && date_is_likely(&d, c->now))
			*out = d;
	}
}

void choose_dates(const struct choice *c, struct date *published,
		  struct date *modified)
{
	choose(c, FIELD_PUBLISHED, published);
	choose(c, FIELD_MODIFIED, modified);
	if (published->precision != DATE_NONE &&
	    modified->precision != DATE_NONE &&
	    date_compare(modified, published) < 0)
		*modified = (struct date){0};
}
