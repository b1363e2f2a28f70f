/* SPDX-License-Identifier: MIT
 *
 * pith_handle.h: what is behind the opaque handle of pith.h. Included by
 * pith.c, pith_options.c and pith_write.c, which together are the library's
 * front door. */
#ifndef PITH_HANDLE_H
#define PITH_HANDLE_H

#include "pith.h"

#include "base/arena.h"
#include "base/buf.h"
#include "page/block.h"
#include "page/plain.h"
#include "render/render.h"
#include "score/score.h"

enum state { STATE_IDLE, STATE_FED, STATE_REFUSED };

/* What pith_render may show. */
enum outcome { OUTCOME_NONE, OUTCOME_ARTICLE, OUTCOME_ERROR };

struct pith {
	int64_t options[PITH_OPTION_COUNT];
	enum state state;
	enum pith_status refusal; /* what refused the page */
	struct err err;
	struct decode *decode;
	struct charset *charset;
	struct thin *thin;
	struct model *model;  /* NULL: the built-in one */
	enum pith_input kind; /* of the page in work, as far as it is known */
	struct buf text;      /* where that is not markup: the page */
	struct arena arena;
	/* the page that was finished; all in the arena */
	enum outcome outcome;
	struct page page;
	struct plain plain; /* of plain text */
	struct selection selection;
	struct metadata meta;
	struct document document;
	struct pith_article article;
	struct buf written[PITH_FORMAT_COUNT], comments;
};

/* The defaults of all numbers. */
void handle_set_defaults(struct pith *p);

#endif
