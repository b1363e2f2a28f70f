/* SPDX-License-Identifier: MIT
 *
 * model_tile.h: a tile of blocks, and two ways to ask all trees about it that
 * give the same numbers. Included by model.c, model_avx2.c and their test
 * only. */
#ifndef SCORE_MODEL_TILE_H
#define SCORE_MODEL_TILE_H

#include "score/model.h"

/* Sixteen bytes at a time, which every processor of today takes. */
typedef int8_t tile_bytes __attribute__((vector_size(16)));
typedef int32_t tile_ints __attribute__((vector_size(16)));
typedef float tile_floats __attribute__((vector_size(16)));

enum {
	TILE_ROWS = 16, /* blocks whose features are read at a time */
	TILE_QUADS = MODEL_TILE / TILE_ROWS,
	TILE_FEATURES = (FEATURE_COUNT + 7) / 8 * 8,
	TILE_ZERO = 0x80
};

/* What is known of a tile of blocks. A bin is the number of a column's borders
 * that are below the value, less 128, since signed bytes can be compared. */
struct tile {
	float rows[TILE_ROWS][TILE_FEATURES];
	float features[TILE_FEATURES][TILE_ROWS]; /* the rows, turned */
	tile_bytes bins[MODEL_COLUMNS_MAX][TILE_QUADS];
	uint8_t order[MODEL_COLUMNS_MAX]; /* of columns */
	int32_t sums[MODEL_TILE];	  /* of leaves */
};

/* A way to do the things that take the time. */
struct tile_way {
	/* From rows to features. */
	void (*turn)(struct tile *t);
	/* The bins of a column for the rows of a tile, in order. */
	void (*bin)(const struct tile *t, const struct model_column *column,
		    const float *borders, tile_bytes *out);
	/* The sums of a tile's first `count` blocks, or of more, from their
	 * bins. */
	void (*sum)(const struct model *m, uint32_t count, struct tile *t);
};

/* Any processor's, and this one's if it has AVX2, else NULL. */
extern const struct tile_way tile_way_any;
const struct tile_way *tile_way_avx2(void);

#endif
