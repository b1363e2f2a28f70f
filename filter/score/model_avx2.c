/* SPDX-License-Identifier: MIT
 *
 * model_avx2.c: asks trees about 32 blocks at a time, where the processor has
 * AVX2.
 *
 * The 64 leaves of a tree are bytes, which fill four registers of 16. The
 * answers to four of the six questions are the place in a register, those to
 * the last two choose the register. */
#include "score/model_tile.h"

#include <string.h>

#ifdef __x86_64__

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))

enum {
	GROUP = 32, /* blocks at a time */
	GROUPS = MODEL_TILE / GROUP,
	TREES = 256 /* × -128 is the least that 16 bits can hold */
};

_Static_assert(MODEL_DEPTH == 6 && MODEL_LEAVES == 64, "as drawn above");

/* A tree's leaves, each register twice, once for each half of a group. */
struct leaves {
	__m256i quarter[4];
};

/* Sums of leaves, those of even and of odd blocks. */
struct leaf_sums {
	__m256i even, odd;
};

AVX2 static inline void read_leaves(const int8_t *from, struct leaves *l)
{
	for (unsigned k = 0; k < 4; k++)
		l->quarter[k] = _mm256_broadcastsi128_si256(
		    _mm_loadu_si128((const __m128i *)(const void *)from + k));
}

/* The leaves that some blocks came to. */
AVX2 static inline __m256i pick(const struct leaves *l, __m256i place,
				__m256i fifth, __m256i sixth)
{
	const __m256i *q = l->quarter;
	__m256i a = _mm256_blendv_epi8(_mm256_shuffle_epi8(q[0], place),
				       _mm256_shuffle_epi8(q[1], place), fifth);
	__m256i b = _mm256_blendv_epi8(_mm256_shuffle_epi8(q[2], place),
				       _mm256_shuffle_epi8(q[3], place), fifth);

	return _mm256_blendv_epi8(a, b, sixth);
}

/* Times one and zero in turn, the even ones become words, signs and all. */
AVX2 static inline void add_leaves(__m256i leaves, struct leaf_sums *sums)
{
	__m256i even = _mm256_maddubs_epi16(_mm256_set1_epi16(0x0001), leaves);

	sums->even = _mm256_add_epi16(sums->even, even);
	sums->odd = _mm256_add_epi16(sums->odd, _mm256_srai_epi16(leaves, 8));
}

/* Which blocks of a group answer yes. */
AVX2 static inline __m256i ask(const struct tile *t,
			       const struct model_split *s, unsigned group)
{
	const __m256i *bins =
	    (const __m256i *)(const void *)&t->bins[s->column] + group;

	return _mm256_cmpgt_epi8(
	    _mm256_loadu_si256(bins),
	    _mm256_set1_epi8((char)(s->border ^ TILE_ZERO)));
}

AVX2 static inline void add_tree(const struct tile *t,
				 const struct model_split *s,
				 const struct leaves *leaves, unsigned group,
				 struct leaf_sums *sums)
{
	__m256i place = _mm256_setzero_si256(), fifth, sixth;

	for (unsigned k = 4; k-- > 0;) {
		place = _mm256_add_epi8(place, place);
		place = _mm256_sub_epi8(place, ask(t, &s[k], group));
	}
	fifth = ask(t, &s[4], group);
	sixth = ask(t, &s[5], group);
	add_leaves(pick(leaves, place, fifth, sixth), sums);
}

/* Add the sums of some trees to those of a group's blocks. */
static void settle(const struct leaf_sums *sums, int32_t *out)
{
	int16_t even[GROUP / 2], odd[GROUP / 2];

	memcpy(even, &sums->even, sizeof(even));
	memcpy(odd, &sums->odd, sizeof(odd));
	for (unsigned i = 0; i < GROUP / 2; i++) {
		out[2 * i] += even[i];
		out[2 * i + 1] += odd[i];
	}
}

AVX2 static void sum_trees(const struct model *m, uint32_t tree, uint32_t end,
			   unsigned groups, struct tile *t)
{
	struct leaf_sums sums[GROUPS] = {0};

	for (uint32_t i = tree; i < end; i++) {
		const struct model_split *s =
		    m->splits + (size_t)i * MODEL_DEPTH;
		struct leaves leaves;

		read_leaves(m->leaves + (size_t)i * MODEL_LEAVES, &leaves);
		for (unsigned g = 0; g < groups; g++)
			add_tree(t, s, &leaves, g, &sums[g]);
	}
	for (unsigned g = 0; g < groups; g++)
		settle(&sums[g], t->sums + (size_t)g * GROUP);
}

AVX2 static void sum_avx2(const struct model *m, uint32_t count, struct tile *t)
{
	memset(t->sums, 0, sizeof(t->sums));
	for (uint32_t tree = 0; tree < m->tree_count; tree += TREES)
		sum_trees(m, tree,
			  m->tree_count - tree < TREES ? m->tree_count
						       : tree + TREES,
			  (count + GROUP - 1) / GROUP, t);
}

/* Turn eight features of eight rows, in three steps: pairs of rows, fours,
 * all. */
AVX2 static inline void turn_eight(const float *rows, float *out)
{
	__m256 r[8], pairs[8], fours[8];

	for (unsigned i = 0; i < 8; i++)
		r[i] = _mm256_loadu_ps(rows + (size_t)i * TILE_FEATURES);
	for (unsigned i = 0; i < 4; i++) {
		pairs[2 * i] = _mm256_unpacklo_ps(r[2 * i], r[2 * i + 1]);
		pairs[2 * i + 1] = _mm256_unpackhi_ps(r[2 * i], r[2 * i + 1]);
	}
	for (unsigned i = 0; i < 2; i++)
		for (unsigned k = 0; k < 2; k++) {
			__m256 a = pairs[4 * i + k], b = pairs[4 * i + 2 + k];

			fours[4 * i + 2 * k] = _mm256_shuffle_ps(a, b, 0x44);
			fours[4 * i + 2 * k + 1] =
			    _mm256_shuffle_ps(a, b, 0xee);
		}
	for (unsigned i = 0; i < 4; i++) {
		float *low = out + (size_t)i * TILE_ROWS;
		float *high = low + (size_t)4 * TILE_ROWS;

		_mm256_storeu_ps(
		    low, _mm256_permute2f128_ps(fours[i], fours[4 + i], 0x20));
		_mm256_storeu_ps(
		    high, _mm256_permute2f128_ps(fours[i], fours[4 + i], 0x31));
	}
}

AVX2 static void turn_avx2(struct tile *t)
{
	for (unsigned f = 0; f < TILE_FEATURES; f += 8)
		for (unsigned i = 0; i < TILE_ROWS; i += 8)
			turn_eight(&t->rows[i][f], &t->features[f][i]);
}

/* Rows 0 to 3 and 8 to 11, or those four further: packed, the bytes of the two
 * come in the order of rows. */
AVX2 static inline __m256 read_values(const float *values)
{
	return _mm256_insertf128_ps(
	    _mm256_castps128_ps256(_mm_loadu_ps(values)),
	    _mm_loadu_ps(values + 8), 1);
}

AVX2 static void bin_avx2(const struct tile *t,
			  const struct model_column *column,
			  const float *borders, tile_bytes *out)
{
	const float *values = t->features[column->feature];
	__m256 a = read_values(values);
	__m256 b = read_values(values + 4);
	__m256i below_a = _mm256_set1_epi32(-TILE_ZERO), below_b = below_a;
	__m256i words;

	for (unsigned n = 0; n < column->count; n++) {
		__m256 border = _mm256_set1_ps(borders[n]);
		__m256 more_a = _mm256_cmp_ps(a, border, _CMP_GT_OQ);
		__m256 more_b = _mm256_cmp_ps(b, border, _CMP_GT_OQ);

		below_a =
		    _mm256_sub_epi32(below_a, _mm256_castps_si256(more_a));
		below_b =
		    _mm256_sub_epi32(below_b, _mm256_castps_si256(more_b));
	}
	words = _mm256_packs_epi32(below_a, below_b);
	*out = (tile_bytes)_mm_packs_epi16(_mm256_castsi256_si128(words),
					   _mm256_extracti128_si256(words, 1));
}

const struct tile_way *tile_way_avx2(void)
{
	static const struct tile_way way = {turn_avx2, bin_avx2, sum_avx2};

	return __builtin_cpu_supports("avx2") ? &way : NULL;
}

#else

const struct tile_way *tile_way_avx2(void)
{
	return NULL;
}

#endif
