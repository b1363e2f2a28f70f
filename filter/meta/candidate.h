/* SPDX-License-Identifier: MIT
 *
 * candidate.h: what a page says of itself, in many places at once; each field
 * of the metadata is chosen from these. Included by meta/ only. */
#ifndef META_CANDIDATE_H
#define META_CANDIDATE_H

#include "base/arena.h"
#include "page/block.h"

enum field {
	FIELD_TITLE,
	FIELD_AUTHOR,
	FIELD_PUBLISHED,
	FIELD_MODIFIED,
	FIELD_SITE,
	FIELD_DESCRIPTION,
	FIELD_IMAGE,
	FIELD_TAG,
	FIELD_LICENSE,
	FIELD_TYPE,
	FIELD_LANGUAGE,
	FIELD_CANONICAL,
	FIELD_BODY, /* the article's text, out of sight */
	FIELD_COUNT
};

/* Where a candidate stood. */
enum source {
	SOURCE_JSONLD,	     /* the page's main thing in JSON-LD */
	SOURCE_JSONLD_OTHER, /* another thing there: the WebPage, the site */
	SOURCE_OPENGRAPH,    /* og:, article: */
	SOURCE_TWITTER,
	SOURCE_META, /* meta name=author … */
	SOURCE_DUBLIN_CORE,
	SOURCE_MICRODATA, /* itemprop in the body */
	SOURCE_LINK,	  /* link rel, a rel */
	SOURCE_TIME,	  /* time datetime */
	SOURCE_CLASS,	  /* an element whose class says what it is */
	SOURCE_TEXT,	  /* visible text of such a shape: "By …" */
	SOURCE_HEADING,	  /* h1 */
	SOURCE_TITLE,	  /* the title element */
	SOURCE_URL
};

struct candidate {
	struct str text; /* clean, see clean.h; not empty */
	uint32_t elem;	 /* where it stands, NO_ELEM for JSON-LD */
	uint8_t field;	 /* enum field */
	uint8_t source;	 /* enum source */
	bool person;	 /* an author who is said to be a person */
};

struct candidates {
	struct arena *arena;
	struct candidate *list;
	size_t count, cap;
	uint32_t heading; /* block of the headline, see gather_heading */
};

enum {
	CANDIDATES_MAX = 2048 /* more of a page are left out */
};

/* Add one; an empty text is not added. text must be clean and live as long as
 * the arena. */
enum pith_status candidate_add(struct candidates *c, enum field field,
			       enum source source, uint32_t elem,
			       struct str text) PITH_CHECKED;

/* The first candidate for a field from a source, NULL if there is none. */
const struct candidate *candidate_first(const struct candidates *c,
					enum field field, enum source source);

#endif
