/* SPDX-License-Identifier: MIT
 *
 * pith_options.c: the numbers of a handle: their ranges and defaults. */
#include "pith_handle.h"

/* Range and default of each number, as pith.h documents them. */
static const struct {
	const char *name;
	int64_t least, most, initial;
} option_table[PITH_OPTION_COUNT] = {
    [PITH_MAX_INPUT] = {"max-input", 1, INT64_C(1) << 40, 32 << 20},
    [PITH_MAX_PAGE] = {"max-page", 1, INT64_C(1) << 31, 64 << 20},
    [PITH_MAX_RATIO] = {"max-ratio", 2, 1 << 20, 200},
    [PITH_MAX_MEMORY] = {"max-memory", 1 << 20, INT64_C(1) << 40, 512 << 20},
    [PITH_MAX_DEPTH] = {"max-depth", 16, 512, 512},
    [PITH_MAX_ATTRS] = {"max-attrs", 1, 1024, 64},
    [PITH_MAX_TIME] = {"max-time", 0, 86400000, 10000},
    [PITH_WIDTH] = {"width", 0, 10000, 0},
    [PITH_BIAS] = {"bias", -20000, 20000, 0},
    [PITH_WITH_TITLE] = {"title", 0, 1, 0},
    [PITH_WITH_COMMENTS] = {"comments", 0, 1, 0},
    [PITH_WITH_TABLES] = {"tables", 0, 1, 1},
    [PITH_WITH_IMAGES] = {"images", 0, 1, 0},
    [PITH_WITH_LINKS] = {"links", 0, 1, 1},
    [PITH_WITH_CAPTIONS] = {"captions", 0, 2, 1},
    [PITH_WITH_METADATA] = {"metadata", 0, 2, 1},
    [PITH_WITH_BLOCKS] = {"blocks", 0, 1, 0},
    [PITH_JSON_BODY] = {"body", 0, (1 << PITH_JSON) - 1, 1 << PITH_TEXT},
    [PITH_NOW] = {"now", 0, INT64_C(1) << 36, 0},
    [PITH_REASONS] = {"reasons", 0, 16, 0},
    [PITH_THRESHOLD] = {"threshold", 0, 999, 0},
    [PITH_INPUT] = {"input", PITH_INPUT_HTML, PITH_INPUT_AUTO, 0},
};

void handle_set_defaults(struct pith *p)
{
	for (int i = 0; i < PITH_OPTION_COUNT; i++)
		p->options[i] = option_table[i].initial;
}

enum pith_status pith_set(pith *p, enum pith_option option, int64_t value)
{
	if ((unsigned)option >= PITH_OPTION_COUNT) {
		err_clear(&p->err);
		(void)err_set(&p->err, PITH_CAUSE_ARGUMENT, "no such option");
		return PITH_FAILED;
	}
	if (value < option_table[option].least ||
	    value > option_table[option].most) {
		err_clear(&p->err);
		(void)err_set(&p->err, PITH_CAUSE_ARGUMENT,
			      "%s must be from %lld to %lld",
			      option_table[option].name,
			      (long long)option_table[option].least,
			      (long long)option_table[option].most);
		return PITH_FAILED;
	}
	/* sizes: 32 bits cannot count as far as the range goes */
	if (option != PITH_NOW && (uint64_t)value > SIZE_MAX / 2 && value > 0)
		value = (int64_t)(SIZE_MAX / 2);
	p->options[option] = value;
	return PITH_OK;
}

const char *pith_feature(unsigned index, const char **meaning)
{
	if (index >= score_feature_count())
		return NULL;
	if (meaning != NULL)
		*meaning = score_feature_meaning(index);
	return score_feature_name(index);
}

int64_t pith_get(const pith *p, enum pith_option option)
{
	return (unsigned)option < PITH_OPTION_COUNT ? p->options[option] : 0;
}
