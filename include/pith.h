/* SPDX-License-Identifier: MIT
 *
 * pith.h: the public interface of libpith, which takes the bytes of a web page
 * and gives the text of its article. Anyone may include it.
 *
 * Ownership, once for all: a handle is made by pith_new and freed by pith_free.
 * Everything else that comes out of the library (articles, texts, messages)
 * belongs to the handle and lives until the next pith_begin, pith_feed of a
 * new page, or pith_free. Nothing given to the library is kept after the call
 * returns; it copies what it needs.
 *
 * Threads: no state is shared between handles. One handle serves one thread at
 * a time; any number of handles may be in use at once.
 *
 * The library never prints, never exits, never aborts and opens no network
 * connection.
 */
#ifndef PITH_H
#define PITH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define PITH_API     __attribute__((visibility("default")))
#define PITH_CHECKED __attribute__((warn_unused_result))
#else
#define PITH_API
#define PITH_CHECKED
#endif

/* The handle: options, buffers and the page in work. */
typedef struct pith pith;

/* How a call went, from best to worst. */
enum pith_status {
	PITH_OK = 0, /* done */
	PITH_EOF,    /* nothing more to read; an end, not an error */
	PITH_WARN,   /* done, with a loss that pith_error() names */
	PITH_FAILED, /* this page is refused; the handle takes the next one */
	PITH_FATAL   /* the handle can do no more: out of memory, bad call */
};

/* Why a page was refused, or a call was wrong. */
enum pith_cause {
	PITH_CAUSE_NONE = 0,
	PITH_CAUSE_LIMIT,    /* a size, ratio, depth or memory limit */
	PITH_CAUSE_TIME,     /* the time limit of a page */
	PITH_CAUSE_CORRUPT,  /* compressed data that does not decompress */
	PITH_CAUSE_BINARY,   /* not text: an image, a PDF, an archive … */
	PITH_CAUSE_CHARSET,  /* a charset name that nobody knows */
	PITH_CAUSE_MEMORY,   /* the system gave no memory */
	PITH_CAUSE_ARGUMENT, /* a call with wrong arguments or out of turn */
	PITH_CAUSE_MODEL     /* a model file that does not fit */
};

/* A piece of UTF-8 text. Not ended by a NUL byte; data may be NULL only where
 * len is 0. */
struct pith_text {
	const char *data;
	size_t len; /* bytes */
};

/* Options that are numbers. Each has a default, a smallest and a largest
 * value; a value outside is refused. They hold from the next page on. */
enum pith_option {
	PITH_MAX_INPUT,	 /* bytes of a page as they come; 32 MiB */
	PITH_MAX_PAGE,	 /* bytes of a page after decompression; 64 MiB */
	PITH_MAX_RATIO,	 /* bytes out per byte in, once 1 MiB is out; 200 */
	PITH_MAX_MEMORY, /* bytes of tree and blocks of a page; 512 MiB */
	PITH_MAX_DEPTH,	 /* nested elements; deeper ones are flattened; 512 */
	PITH_MAX_ATTRS,	 /* attributes of one tag; more are dropped; 64 */
	PITH_MAX_TIME, /* milliseconds of work on a page; 10000; 0: no limit */
	PITH_WIDTH,    /* columns to wrap text at; 0, the default, is never */
	PITH_BIAS,     /* thousandths added to each block's logit; 0.
			* Above 0 keeps more (recall), also of a page that
			* seems to have no article; below 0 keeps less
			* (precision). */
	PITH_WITH_TITLE,    /* 1: the title comes first; 0 */
	PITH_WITH_COMMENTS, /* 1: readers' comments come after the article,
			     * marked; 0 */
	PITH_WITH_TABLES,   /* 0: without tables of data; 1 */
	PITH_WITH_IMAGES,   /* 1: images in Markdown and HTML; 0 */
	PITH_WITH_LINKS,    /* 0: of links their text alone; 1 */
	PITH_WITH_CAPTIONS, /* 0: none; 1, the default: those of tables that
			     * read as part of the article; 2: all in it */
	PITH_WITH_METADATA, /* 0: none; 1, the default: in JSON and in the
			     * head of HTML; 2: above text and Markdown
			     * too, as YAML */
	PITH_WITH_BLOCKS,   /* 1: JSON lists every block of the page; 0 */
	PITH_JSON_BODY,	    /* what text JSON carries: a sum of 1 << PITH_TEXT,
			     * 1 << PITH_MARKDOWN, 1 << PITH_HTML; 1 */
	PITH_NOW,     /* the present in seconds since 1970, after which no page
		       * was published; 0, the default, asks the clock */
	PITH_REASONS, /* to give for each block in PITH_EXPLAIN and
		       * PITH_REPORT, 0 to 16; 0 */
	PITH_INPUT,   /* enum pith_input; PITH_INPUT_HTML */
	PITH_THRESHOLD, /* thousandths: keep the blocks of this probability
			 * and above; 0, the default, keeps as many as
			 * promise the best F1 */
	PITH_OPTION_COUNT
};

/* What the next page is. */
enum pith_input {
	PITH_INPUT_HTML = 0, /* markup */
	PITH_INPUT_TEXT,     /* plain text that lost its markup: lines are
			      * the blocks, and are written as they stood */
	PITH_INPUT_AUTO	     /* plain text if there is no tag, comment or
			      * doctype in its first 4096 bytes of UTF-8 */
};

/* What an article can be written as. */
enum pith_format {
	PITH_TEXT = 0,
	PITH_MARKDOWN, /* CommonMark, with tables as GitHub has them */
	PITH_HTML,     /* a page of its own, safe to show */
	PITH_JSON,     /* one object on one line: pith-jsonl(5) */
	PITH_EXPLAIN,  /* a line a block of the page, kept or not: pith(1) */
	PITH_REPORT,   /* the same as a page of HTML to look at */
	PITH_FORMAT_COUNT
};

/* What a block of text is. */
enum pith_block_kind {
	PITH_PARAGRAPH = 0,
	PITH_HEADING,	 /* level 1 to 6 */
	PITH_ITEM,	 /* of a list; level is its nesting, from 1 */
	PITH_TERM,	 /* dt */
	PITH_DEFINITION, /* dd */
	PITH_CELL,	 /* of a table */
	PITH_CAPTION,	 /* of a figure or table */
	PITH_PREFORMATTED,
	PITH_CONTROL /* button, label, legend, summary */
};

/* One block of the page, in document order. */
struct pith_block {
	struct pith_text text; /* as it is printed */
	struct pith_text path; /* tag path, for instance "html>body>div>p" */
	double score;	       /* probability of being article text, 0 to 1 */
	enum pith_block_kind kind;
	int level;	  /* of a heading or list item, else 0 */
	int kept;	  /* 1 if it is part of the article */
	const char *rule; /* the rule of selection that decided; static */
};

/* Where the text of an article came from. */
enum pith_origin {
	PITH_ORIGIN_NONE = 0, /* there is no article */
	PITH_ORIGIN_PAGE,     /* the visible page */
	PITH_ORIGIN_DATA, /* JSON-LD or a script's JSON; the page showed nothing
			   */
	PITH_ORIGIN_DESCRIPTION /* the meta description; as above */
};

/* What was found in a page. Fields are only ever added at the end. */
struct pith_article {
	struct pith_text text; /* of len 0 where the page has no article */
	enum pith_origin origin;
	double confidence;	   /* expected F1 of the text, 0 to 1 */
	struct pith_text title;	   /* of the page; may be empty */
	struct pith_text language; /* a tag as de-AT; may be empty */
	const char *charset;	   /* name of the encoding found; static */
	const struct pith_block *blocks;
	size_t block_count;
	/* Of the metadata, what is not known is empty. Each is one line;
	 * addresses are absolute. */
	struct pith_text url;	    /* as pith_begin was told */
	struct pith_text canonical; /* the address the page gives itself */
	const struct pith_text *authors;
	size_t author_count;
	struct pith_text published, modified; /* ISO 8601: 2020, 2020-03,
					       * 2020-03-04T05:06Z … */
	struct pith_text sitename;
	struct pith_text description;
	struct pith_text image; /* that stands for the page */
	const struct pith_text *tags;
	size_t tag_count;
	struct pith_text license;  /* a name or an address */
	struct pith_text type;	   /* article, forum, product, recipe … */
	struct pith_text comments; /* with PITH_WITH_COMMENTS, as text */
};

/* pith_new: make a handle with default options in *out.
 * Returns PITH_OK, or PITH_FATAL with *out NULL when memory is short. */
PITH_API enum pith_status pith_new(pith **out) PITH_CHECKED;

/* pith_free: free a handle and all that came out of it. NULL is allowed. */
PITH_API void pith_free(pith *p);

/* pith_set: set a numeric option, between two pages.
 * Returns PITH_OK, or PITH_FAILED (CAUSE_ARGUMENT) outside its range. */
PITH_API enum pith_status pith_set(pith *p, enum pith_option option,
				   int64_t value) PITH_CHECKED;

/* pith_get: the present value of a numeric option, in its unit. */
PITH_API int64_t pith_get(const pith *p, enum pith_option option);

/* pith_preload: open every file that any page may need (iconv's modules), for
 * a program that gives up the right to open files before it reads pages. Takes
 * 0.3 milliseconds. Returns PITH_OK, PITH_WARN where this system's iconv lacks
 * an encoding (pages in it will be refused), or PITH_FATAL. */
PITH_API enum pith_status pith_preload(pith *p) PITH_CHECKED;

/* pith_load_model: score pages by another model than the built-in one, from
 * the len bytes of a file that train/ made; they are copied. data NULL goes
 * back to the built-in model. Between two pages.
 * Returns PITH_OK, PITH_FAILED (CAUSE_MODEL) for a file that is damaged or
 * does not fit this version, in which case the model stays as it was, or
 * PITH_FATAL without memory. */
PITH_API enum pith_status pith_load_model(pith *p, const void *data,
					  size_t len) PITH_CHECKED;

/* pith_begin: say what is known of the next page before its bytes come.
 * url: where it is from, or NULL. charset: the name of its encoding as told
 * from outside (an HTTP header, a user), or NULL; it yields only to a byte
 * order mark and to bytes that are plainly UTF-8. Both end in NUL.
 * Drops a page in work. Calling it is optional.
 * Returns PITH_OK, or PITH_FAILED for a charset nobody knows. */
PITH_API enum pith_status pith_begin(pith *p, const char *url,
				     const char *charset) PITH_CHECKED;

/* pith_feed: take the next len bytes of the page, in pieces of any size,
 * compressed (gzip, zlib, raw deflate) or not.
 * Returns PITH_OK, or PITH_FAILED once the page is refused; the rest of its
 * bytes need not be fed. pith_finish or pith_begin ends the page. */
PITH_API enum pith_status pith_feed(pith *p, const void *data,
				    size_t len) PITH_CHECKED;

/* pith_finish: end the page and find its article, in *out.
 * A page without an article is PITH_OK with out->text.len 0.
 * Returns PITH_OK, PITH_WARN (a compressed page was cut short; the article is
 * of what came), or PITH_FAILED with *out NULL. The handle then takes the
 * next page. */
PITH_API enum pith_status
pith_finish(pith *p, const struct pith_article **out) PITH_CHECKED;

/* pith_render: write the article of the last pith_finish in a format, in *out;
 * as often as wanted, until the next page begins. A page without an article
 * is empty text but for PITH_JSON, which has its metadata, PITH_EXPLAIN and
 * PITH_REPORT; of a page that was refused, PITH_JSON tells the reason and the
 * others are empty.
 * Returns PITH_OK, or PITH_FAILED with *out empty: no page was finished
 * (CAUSE_ARGUMENT), or the text is longer than PITH_MAX_MEMORY. */
PITH_API enum pith_status pith_render(pith *p, enum pith_format format,
				      struct pith_text *out) PITH_CHECKED;

/* pith_refuse: end the page in work, or one that never came, with a reason of
 * the caller's: an HTTP status, a host that does not answer. pith_error then
 * says so, and pith_render gives the line of JSON for it. reason ends in NUL.
 * Returns PITH_OK, or PITH_FATAL without memory. */
PITH_API enum pith_status pith_refuse(pith *p, const char *reason) PITH_CHECKED;

/* pith_error: one line in English about the last call that did not return
 * PITH_OK; "" if there is none. It names no file: the caller knows it. */
PITH_API const char *pith_error(const pith *p);

/* pith_error_cause: the same as a number. */
PITH_API enum pith_cause pith_error_cause(const pith *p);

/* pith_feature: the name of a feature by which blocks are judged, as
 * PITH_EXPLAIN gives it, and in *meaning (may be NULL) what it says. NULL once
 * index is past the last one. Static. */
PITH_API const char *pith_feature(unsigned index, const char **meaning);

/* pith_version: "MAJOR.MINOR.PATCH"; static. */
PITH_API const char *pith_version(void);

#ifdef __cplusplus
}
#endif
#endif
