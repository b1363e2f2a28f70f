/* SPDX-License-Identifier: MIT
 *
 * thin_scan.h: what the parts of thin share: its state, and the pieces of the
 * tokenizer. Included by thin*.c only.
 *
 * Every scanning function takes the place it stands at and gives back the
 * place it got to, or NULL if it can not tell without more input; it has then
 * changed nothing, and is called again at the same place with more. */
#ifndef PAGE_THIN_SCAN_H
#define PAGE_THIN_SCAN_H

#include <string.h>

#include "base/buf.h"
#include "page/attr.h"
#include "page/thin.h"
#include "page/thin_tree.h"

enum {
	THIN_SCRIPTS_MAX = 64, /* of a page, JSON-LD and stores each */
	THIN_SCRIPTS_BYTES = 1024 * 1024, /* of JSON-LD in all */
	THIN_STORES_BYTES = 4096 * 1024,  /* of stores in all */
	THIN_CODE_CLASSES = 16, /* different classes of code elements */
	THIN_VALUE_MAX = 4096,	/* bytes of an attribute's value */
	THIN_TOKENS_MAX = 512,	/* bytes of class and id */
	/* A run shorter than its stand-in and what goes with it stays in the
	 * markup. */
	THIN_RUN_MIN = 5
};

/* Where the tokenizer is between two tokens, or in one of those that need no
 * look ahead. */
enum thin_state {
	THIN_DATA,
	THIN_RUN, /* in a run of text */
	THIN_COMMENT,
	THIN_BOGUS, /* in a comment that ends at the next > */
	THIN_CDATA,
	THIN_RAW,	/* in a raw text element */
	THIN_PLAINTEXT, /* to the end of the page */
	THIN_SKIP	/* in a tag that is too long */
};

enum thin_skip {
	SKIP_TAG_NAME,
	SKIP_BEFORE_NAME,
	SKIP_NAME,
	SKIP_AFTER_NAME,
	SKIP_BEFORE_VALUE,
	SKIP_DOUBLE,
	SKIP_SINGLE,
	SKIP_UNQUOTED
};

enum thin_escape { ESCAPE_NONE, ESCAPE_ONCE, ESCAPE_TWICE };

enum thin_script { SCRIPT_CODE, SCRIPT_DATA, SCRIPT_STORE, SCRIPT_OTHER };

/* Scripts whose text steps aside. */
struct thin_scripts {
	struct buf text;
	struct str list[THIN_SCRIPTS_MAX]; /* until the end as runs, below */
	size_t count;
};

struct thin {
	struct err *err;
	struct thin_limits limits;
	enum pith_status status; /* of the page so far */
	uint64_t fed;		 /* bytes */

	struct buf markup, text;
	struct str *runs; /* until the end: data NULL, len where it begins */
	size_t run_count, run_cap;
	struct str *values; /* of attributes; likewise */
	size_t value_count, value_cap;
	struct thin_scripts data, stores; /* JSON-LD, see thin_raw.c */

	struct buf carry;  /* a token that did not end yet */
	size_t carry_need; /* length at which to try it again */
	struct buf lines;  /* input with its newlines made \n */
	bool after_cr;

	struct thin_tree tree;
	enum thin_state state;
	enum thin_state after_skip;
	enum thin_skip skip;
	enum thin_escape escape;
	unsigned dashes;	    /* that the escaped script just had */
	uint8_t raw;		    /* element whose raw text this is */
	bool raw_passes;	    /* its text goes to the markup */
	bool raw_ends;		    /* the next tag is its end tag */
	struct thin_scripts *aside; /* where its text goes, or NULL */
	enum thin_script script;    /* what the script tag says it is */
	bool unsure;		    /* its text may be dropped yet */
	bool run_passes;	    /* the run stays in the markup */
	bool after_space;	    /* the markup ends in a space of ours */
	bool after_text;	    /* the markup ends in text */
	bool after_reference; /* the markup ends in a character reference */
	bool pending_text;    /* text came after the last start tag */
	bool after_comment;   /* a comment was dropped after text or <pre> */
	bool after_pre;	      /* the markup ends in <pre> */
	unsigned empty_raws;  /* self-closed raw text elements, dropped */
	uint64_t code_classes[THIN_CODE_CLASSES];
	unsigned code_class_count;

	/* The piece of input in work. */
	const char *end;
	const char *less; /* next < at or after the place; NULL if unknown */
	bool last;	  /* nothing comes after end */
};

/* Append to the markup; room was made for all that a piece can give. */
static inline void thin_put(struct thin *t, const char *data, size_t n)
{
	memcpy(t->markup.data + t->markup.len, data, n);
	t->markup.len += n;
	t->after_space = false;
}

/* Add a text that begins at the end of t->text to a list of them, and write
 * its stand-in. False if there is none left, or no memory. */
bool thin_stand_in(struct thin *t, struct str **list, size_t *count,
		   size_t *cap);

/* Nothing goes to the markup inside a template. */
static inline bool thin_is_muted(const struct thin *t)
{
	return t->tree.template_at != 0;
}

/* Formatting elements are about to open again: keep that in proportion. */
void thin_limit_formats(struct thin *t);

/* thin_scan.c: all of a piece. */
const char *thin_scan(struct thin *t, const char *p);

/* thin_text.c */
const char *thin_text(struct thin *t, const char *p);
const char *thin_run(struct thin *t, const char *p);
const char *thin_plaintext(struct thin *t, const char *p);
/* Value of a numeric reference that p begins with, and its end; more than
 * 0x10ffff stays so. */
uint32_t thin_number(const char *p, const char *end, const char **after);

/* A character reference, or what only looks like one; p stands at the &. */
const char *thin_reference(struct thin *t, const char *p);
/* Text of an svg is dropped. A soft hyphen shows the parser that there was
 * some, which matters to frameset. */
void thin_mark_text(struct thin *t, const char *p, const char *end);
void thin_put_text(struct thin *t, const char *p, size_t n);
/* n bytes at p without a character cut at their end. */
size_t thin_whole(const struct thin *t, const char *p, size_t n);

/* thin_tag.c: p stands at the < of a tag. */
const char *thin_tag(struct thin *t, const char *p);

/* thin_skip.c */
const char *thin_skip(struct thin *t, const char *p);

/* thin_raw.c: an attribute of a script tag; after the tag; the text. */
void thin_script(struct thin *t, enum attr attr, struct str value);
void thin_begin_script(struct thin *t);
const char *thin_raw(struct thin *t, const char *p);

#endif
