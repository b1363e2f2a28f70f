/* SPDX-License-Identifier: MIT
 *
 * net_any.c: networks on any processor. */
#include "score/net_way.h"

#include <math.h>
#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* Bits of a float as a number grow as a logarithm does, with straight lines
 * from one power of two to the next: 8 bits behind those of the exponent are
 * 256 steps. Not a number counts as nothing, infinity as the most. */
static void read_any(const float *values, const float *scales, unsigned count,
		     int16_t *inputs)
{
	for (unsigned k = 0; k < count; k++) {
		float grown = scales[k] * fabsf(values[k]);
		float from_one = 1.0f + grown;
		uint32_t bits;
		int32_t steps;

		from_one = from_one > 1.0f ? from_one : 1.0f;
		from_one =
		    from_one < NET_GROWN_LARGEST ? from_one : NET_GROWN_LARGEST;
		memcpy(&bits, &from_one, sizeof(bits));
		steps = (int32_t)(bits - 0x3f800000) >> 15;
		inputs[k] = (int16_t)(values[k] < 0 ? -steps : steps);
	}
}

typedef int32_t ints __attribute__((vector_size(16)));
typedef uint32_t bits __attribute__((vector_size(16)));
/* as they lie in memory */
typedef int32_t loose __attribute__((vector_size(16), aligned(2), may_alias));

enum { LANES = sizeof(ints) / sizeof(int32_t), UNITS = 2 * LANES };

/* Products of pairs of numbers of two bytes, both added to a lane of sum. */
static inline void add_products(ints *sum, const ints *a, const ints *b)
{
#ifdef __SSE2__
	*sum += (ints)_mm_madd_epi16((__m128i)*a, (__m128i)*b);
#else
	*sum += ((ints)((bits)*a << 16) >> 16) * ((ints)((bits)*b << 16) >> 16);
	*sum += (*a >> 16) * (*b >> 16);
#endif
}

/* UNITS units of a block from their sums, and from what they were. */
static void finish(const int32_t *sums, unsigned shift, const int16_t *old,
		   int16_t *out)
{
	for (unsigned h = 0; h < UNITS; h++) {
		int32_t unit = (sums[h] > 0 ? sums[h] : 0) >> shift;

		unit = unit < NET_UNIT_LARGEST ? unit : NET_UNIT_LARGEST;
		unit += old == NULL ? 0 : old[h];
		unit = unit < NET_UNIT_LARGEST ? unit : NET_UNIT_LARGEST;
		out[h] = (int16_t)unit;
	}
}

/* UNITS units from `unit` on, of `rows` blocks. */
static inline __attribute__((always_inline)) void
step_units(const struct net_step *s, unsigned unit, const int16_t *in,
	   const int16_t *old, int16_t *out, unsigned rows)
{
	const loose *bias = (const loose *)(s->bias + unit);
	const int16_t *weights = s->weights + 2 * (size_t)unit;
	const int16_t *row[NET_ROWS];
	ints a[NET_ROWS], b[NET_ROWS];

	for (unsigned r = 0; r < rows; r++) {
		row[r] = in + r * s->row;
		a[r] = bias[0];
		b[r] = bias[1];
	}
	for (unsigned tap = 0; tap < s->taps; tap++) {
		for (unsigned k = 0; k < s->inputs; k += 2) {
			const loose *w = (const loose *)weights;
			const ints wa = w[0], wb = w[1];

			weights += 2 * (size_t)s->hidden;
			for (unsigned r = 0; r < rows; r++) {
				int32_t pair;
				ints x;

				memcpy(&pair, row[r] + k, sizeof(pair));
				x = (ints){pair, pair, pair, pair};
				add_products(&a[r], &x, &wa);
				add_products(&b[r], &x, &wb);
			}
		}
		for (unsigned r = 0; r < rows; r++)
			row[r] += s->tap;
	}
	for (unsigned r = 0; r < rows; r++) {
		size_t at = (size_t)r * s->hidden + unit;
		int32_t sums[UNITS];

		memcpy(sums, &a[r], sizeof(a[r]));
		memcpy(sums + LANES, &b[r], sizeof(b[r]));
		finish(sums, s->shift, old == NULL ? NULL : old + at, out + at);
	}
}

static void units_any(const struct net_step *s, unsigned unit,
		      const int16_t *in, const int16_t *old, int16_t *out,
		      bool many)
{
	for (unsigned end = unit + NET_HIDDEN_STEP; unit < end; unit += UNITS)
		if (many)
			step_units(s, unit, in, old, out, NET_ROWS);
		else
			step_units(s, unit, in, old, out, 1);
}

const struct net_way net_way_any = {read_any, units_any};
