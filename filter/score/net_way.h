/* SPDX-License-Identifier: MIT
 *
 * net_way.h: the two things about networks that take the time, and two ways to
 * do them that give the same numbers. Included by net*.c and their test only.
 */
#ifndef SCORE_NET_WAY_H
#define SCORE_NET_WAY_H

#include "score/net.h"

enum { NET_ROWS = 4 }; /* blocks at a time */

/* What 1 + scale × |feature| comes to at NET_INPUT_LARGEST steps. */
#define NET_GROWN_LARGEST 255.5f

/* A layer: units of a block from the numbers that lie at one or three places,
 * its taps. */
struct net_step {
	const int16_t *weights; /* in pairs, of all taps' inputs */
	const int32_t *bias;
	unsigned hidden, shift, taps;
	unsigned inputs; /* numbers at a tap */
	size_t row; /* numbers from a block's first tap to the next block's */
	size_t tap; /* and from a tap to the next */
};

struct net_way {
	/* Inputs from `count` features: a multiple of NET_HIDDEN_STEP, or of
	 * net_way_any any number. */
	void (*read)(const float *values, const float *scales, unsigned count,
		     int16_t *inputs);
	/* NET_HIDDEN_STEP units, from `unit` on, of NET_ROWS blocks or of one,
	 * added to those of old (NULL: none). */
	void (*units)(const struct net_step *s, unsigned unit,
		      const int16_t *in, const int16_t *old, int16_t *out,
		      bool many);
};

/* Any processor's, and this one's if it has AVX2, else NULL. */
extern const struct net_way net_way_any;
const struct net_way *net_way_avx2(void);

/* As net_begin, but in a given way. */
enum pith_status net_begin_way(struct arena *arena, const struct model *m,
			       uint32_t count, bool trace,
			       const struct net_way *way,
			       struct net_work **out) PITH_CHECKED;

#endif
