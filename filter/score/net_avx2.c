/* SPDX-License-Identifier: MIT
 *
 * net_avx2.c: networks by AVX2, where the processor has it: sixteen units of
 * four blocks at a time, in the registers there are. */
#include "score/net_way.h"

#ifdef __x86_64__

#include <immintrin.h>
#include <string.h>

#define AVX2 __attribute__((target("avx2")))

_Static_assert(NET_HIDDEN_STEP == 16, "two registers of sums");

AVX2 static inline __m256i steps_of(const float *values, const float *scales)
{
	const __m256 one = _mm256_set1_ps(1);
	const __m256 most = _mm256_set1_ps(NET_GROWN_LARGEST);
	__m256 value = _mm256_loadu_ps(values);
	__m256 sign = _mm256_and_ps(value, _mm256_set1_ps(-0.0f));
	__m256 grown =
	    _mm256_mul_ps(_mm256_andnot_ps(_mm256_set1_ps(-0.0f), value),
			  _mm256_loadu_ps(scales));
	__m256i steps;

	/* the second one, if they cannot be compared */
	grown = _mm256_max_ps(_mm256_add_ps(one, grown), one);
	grown = _mm256_min_ps(grown, most);
	steps = _mm256_srai_epi32(_mm256_sub_epi32(_mm256_castps_si256(grown),
						   _mm256_castps_si256(one)),
				  15);
	/* the sign's bit alone changes nothing but the sign */
	return _mm256_sign_epi32(
	    steps,
	    _mm256_or_si256(_mm256_castps_si256(sign), _mm256_set1_epi32(1)));
}

AVX2 static void read_avx2(const float *values, const float *scales,
			   unsigned count, int16_t *inputs)
{
	for (unsigned k = 0; k < count; k += 16) {
		__m256i both = _mm256_packs_epi32(
		    steps_of(values + k, scales + k),
		    steps_of(values + k + 8, scales + k + 8));

		both = _mm256_permute4x64_epi64(both, 0xd8);
		_mm256_storeu_si256((__m256i *)(void *)(inputs + k), both);
	}
}

/* Sixteen units of a block from their sums, and from what they were. */
AVX2 static inline void finish(__m256i a, __m256i b, unsigned shift,
			       const int16_t *old, int16_t *out)
{
	const __m256i most = _mm256_set1_epi16(NET_UNIT_LARGEST);
	__m128i by = _mm_cvtsi32_si128((int)shift);
	/* less than nothing becomes nothing */
	__m256i units = _mm256_packus_epi32(_mm256_sra_epi32(a, by),
					    _mm256_sra_epi32(b, by));

	units = _mm256_permute4x64_epi64(units, 0xd8);
	units = _mm256_min_epu16(units, most);
	if (old != NULL)
		units = _mm256_min_epi16(
		    _mm256_add_epi16(
			units,
			_mm256_loadu_si256((const __m256i *)(const void *)old)),
		    most);
	_mm256_storeu_si256((__m256i *)(void *)out, units);
}

/* Sixteen units from `unit` on, of `rows` blocks. */
AVX2 static inline __attribute__((always_inline)) void
step_units(const struct net_step *s, unsigned unit, const int16_t *in,
	   const int16_t *old, int16_t *out, unsigned rows)
{
	const __m256i *bias = (const __m256i *)(const void *)(s->bias + unit);
	const int16_t *weights = s->weights + 2 * (size_t)unit;
	const int16_t *row[NET_ROWS];
	__m256i a[NET_ROWS], b[NET_ROWS];

	for (unsigned r = 0; r < rows; r++) {
		row[r] = in + r * s->row;
		a[r] = _mm256_loadu_si256(bias);
		b[r] = _mm256_loadu_si256(bias + 1);
	}
	for (unsigned tap = 0; tap < s->taps; tap++) {
		for (unsigned k = 0; k < s->inputs; k += 2) {
			const __m256i *w =
			    (const __m256i *)(const void *)weights;
			__m256i wa = _mm256_loadu_si256(w);
			__m256i wb = _mm256_loadu_si256(w + 1);

			weights += 2 * (size_t)s->hidden;
			for (unsigned r = 0; r < rows; r++) {
				__m256i x;
				int32_t pair;

				memcpy(&pair, row[r] + k, sizeof(pair));
				x = _mm256_set1_epi32(pair);
				a[r] = _mm256_add_epi32(
				    a[r], _mm256_madd_epi16(x, wa));
				b[r] = _mm256_add_epi32(
				    b[r], _mm256_madd_epi16(x, wb));
			}
		}
		for (unsigned r = 0; r < rows; r++)
			row[r] += s->tap;
	}
	for (unsigned r = 0; r < rows; r++) {
		size_t at = (size_t)r * s->hidden + unit;

		finish(a[r], b[r], s->shift, old == NULL ? NULL : old + at,
		       out + at);
	}
}

AVX2 static void units_avx2(const struct net_step *s, unsigned unit,
			    const int16_t *in, const int16_t *old, int16_t *out,
			    bool many)
{
	if (many)
		step_units(s, unit, in, old, out, NET_ROWS);
	else
		step_units(s, unit, in, old, out, 1);
}

const struct net_way *net_way_avx2(void)
{
	static const struct net_way way = {read_avx2, units_avx2};

	return __builtin_cpu_supports("avx2") ? &way : NULL;
}

#else

const struct net_way *net_way_avx2(void)
{
	return NULL;
}

#endif
