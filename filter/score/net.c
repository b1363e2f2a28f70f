/* SPDX-License-Identifier: MIT
 *
 * net.c: evaluates networks over the blocks of a page. */
#include "score/net_way.h"

#include <string.h>

#include "score/model.h"

enum { READ = 16, CHUNK = 128 /* blocks between looks at the clock */ };

/* A net at work. Its layers write where they read: a layer's units of a block
 * go `distance` + NET_ROWS blocks lower, where no later block looks.
 *
 *   │ 0 0 0 … │ first units of all blocks │ 0 0 0 … │
 *   │   0 0 0 … │ those of layer 0 │  0 0 0 … │        and so on
 *
 * The zeros are what lies outside of the page. */
struct at_work {
	int16_t *units;
	size_t from;			 /* block 0 now lies so many higher */
	int32_t *sums;			 /* of out and first, for each block */
	uint64_t totals[NET_HIDDEN_MAX]; /* of first units over the page */
	struct net_gates *gates;
};

/* Inputs in a row whose features are in a row too, and which count. */
struct run {
	uint16_t feature, input, count;
};

struct net_work {
	struct arena *arena;
	const struct model *model;
	const struct net_way *way;
	uint32_t count;
	struct at_work nets[NETS_MAX];
	struct run runs[NET_INPUTS_MAX];
	unsigned run_count;
	float scales[NET_INPUTS_MAX];
	float values[NET_INPUTS_MAX];
	int16_t inputs[READ][NET_INPUTS_MAX];
};

size_t net_place(unsigned hidden, unsigned input, unsigned unit)
{
	return ((size_t)(input / 2) * hidden + unit) * 2 + input % 2;
}

/* Units of `rows` blocks, in order: they may be written where no block looks
 * that is NET_ROWS further. */
static void step(const struct net_way *way, const struct net_step *s,
		 const int16_t *in, const int16_t *old, int16_t *out,
		 uint32_t rows)
{
	for (uint32_t i = 0; i < rows;) {
		size_t at = (size_t)i * s->hidden;
		bool many = rows - i >= NET_ROWS;

		for (unsigned h = 0; h < s->hidden; h += NET_HIDDEN_STEP)
			way->units(s, h, in + i * s->row,
				   old == NULL ? NULL : old + at, out + at,
				   many);
		i += many ? NET_ROWS : 1;
	}
}

/* Blocks that lie between where the first units of a page begin and where its
 * last layer's do; *most gets the largest distance. */
static size_t sum_distances(const struct net *n, size_t *most)
{
	size_t sum = 0;

	*most = 0;
	for (unsigned l = 0; l < n->layer_count; l++) {
		size_t distance = n->layers[l].distance;

		sum += distance + NET_ROWS;
		*most = *most > distance ? *most : distance;
	}
	return sum;
}

static bool begin_net(struct net_work *w, const struct net *n, bool trace,
		      struct at_work *at)
{
	size_t most, count = w->count, size = n->hidden * sizeof(*at->units);

	at->from = sum_distances(n, &most);
	at->units = arena_alloc(w->arena, (at->from + count + most) * size);
	at->sums = arena_alloc(w->arena, count * sizeof(*at->sums));
	if (trace)
		at->gates = arena_calloc(w->arena, count,
					 ((size_t)n->layer_count + 1) *
					     sizeof(*at->gates));
	if (at->units == NULL || at->sums == NULL ||
	    (trace && at->gates == NULL))
		return false;
	memset(at->units, 0, at->from * size);
	return true;
}

static void list_inputs(struct net_work *w)
{
	const struct model *m = w->model;
	struct run *run = NULL;

	for (unsigned k = 0; k < m->input_count; k++) {
		uint16_t feature = m->inputs[k].feature;

		w->scales[k] = m->inputs[k].scale;
		if (w->scales[k] == 0)
			continue;
		if (run == NULL || k != (unsigned)run->input + run->count ||
		    feature != run->feature + run->count) {
			run = &w->runs[w->run_count++];
			*run = (struct run){feature, (uint16_t)k, 0};
		}
		run->count++;
	}
}

static void read_inputs(struct net_work *w, const float *row, int16_t *inputs)
{
	for (unsigned k = 0; k < w->run_count; k++) {
		const struct run *run = &w->runs[k];

		memcpy(w->values + run->input, row + run->feature,
		       run->count * sizeof(*row));
	}
	w->way->read(w->values, w->scales, w->model->input_count, inputs);
}

enum pith_status net_begin_way(struct arena *arena, const struct model *m,
			       uint32_t count, bool trace,
			       const struct net_way *way, struct net_work **out)
{
	struct net_work *w;

	*out = NULL;
	w = arena_calloc(arena, 1, sizeof(*w));
	if (w == NULL)
		return arena_status(arena);
	w->arena = arena;
	w->model = m;
	w->way = way;
	w->count = count;
	list_inputs(w);
	for (uint32_t k = 0; k < m->net_count; k++)
		if (!begin_net(w, &m->nets[k], trace, &w->nets[k]))
			return arena_status(arena);
	*out = w;
	return PITH_OK;
}

enum pith_status net_begin(struct arena *arena, const struct model *m,
			   uint32_t count, bool trace, struct net_work **out)
{
	const struct net_way *way = net_way_avx2();

	return net_begin_way(arena, m, count, trace,
			     way == NULL ? &net_way_any : way, out);
}

/* Which units a layer moved, and which it filled. */
static struct net_gates find_gates(const int16_t *old, const int16_t *units,
				   unsigned hidden)
{
	struct net_gates g = {0, 0};

	for (unsigned h = 0; h < hidden; h++) {
		bool full = units[h] == NET_UNIT_LARGEST;
		bool moved = units[h] > (old == NULL ? 0 : old[h]);

		g.full |= (uint64_t)full << h;
		g.moved |= (uint64_t)(moved && !full) << h;
	}
	return g;
}

static int32_t dot(const int16_t *a, const int16_t *b, unsigned count)
{
	int32_t sum = 0;

	for (unsigned k = 0; k < count; k++)
		sum += a[k] * b[k];
	return sum;
}

/* The first layer of a net for the blocks in w->inputs. */
static void step_first(struct net_work *w, unsigned net, uint32_t from,
		       uint32_t count)
{
	const struct net *n = &w->model->nets[net];
	struct at_work *at = &w->nets[net];
	int16_t *units = at->units + (at->from + from) * n->hidden;
	int32_t totals[NET_HIDDEN_MAX] = {0}; /* of READ blocks */
	struct net_step s = {n->first,	     n->bias, n->hidden,
			     n->shift,	     1,	      w->model->input_count,
			     NET_INPUTS_MAX, 0};

	step(w->way, &s, w->inputs[0], NULL, units, count);
	for (uint32_t i = 0; i < count; i++, units += n->hidden) {
		at->sums[from + i] = dot(n->out, units, n->hidden);
		for (unsigned h = 0; h < n->hidden; h++)
			totals[h] += units[h];
		if (at->gates != NULL)
			at->gates[(size_t)(from + i) * (n->layer_count + 1u)] =
			    find_gates(NULL, units, n->hidden);
	}
	for (unsigned h = 0; h < n->hidden; h++)
		at->totals[h] += (uint64_t)totals[h];
}

void net_read(struct net_work *w, const float *rows, uint32_t from,
	      uint32_t count)
{
	for (uint32_t i = 0; i < count;) {
		unsigned n = 0;

		for (; n < READ && i + n < count; n++)
			read_inputs(w, rows + (size_t)(i + n) * FEATURE_COUNT,
				    w->inputs[n]);
		for (uint32_t k = 0; k < w->model->net_count; k++)
			step_first(w, k, from + i, n);
		i += n;
	}
}

/* A layer of a net over the page. bias: as the page has it. */
static enum pith_status step_layer(struct net_work *w, unsigned net,
				   unsigned layer, const int32_t *bias)
{
	const struct net *n = &w->model->nets[net];
	const struct net_layer *l = &n->layers[layer];
	struct at_work *at = &w->nets[net];
	size_t hidden = n->hidden, distance = l->distance;
	struct net_step s = {
	    l->weights, bias,	   n->hidden, l->shift,
	    3,		n->hidden, n->hidden, distance * n->hidden};
	int16_t *units = at->units + at->from * hidden;
	/* a block's old units are there until a chunk of its own is done */
	size_t chunk = at->gates == NULL ? CHUNK : distance;
	enum pith_status status = PITH_OK;

	memset(units + w->count * hidden, 0,
	       distance * hidden * sizeof(*units));
	at->from -= distance + NET_ROWS;
	for (size_t i = 0; i < w->count && status == PITH_OK; i += chunk) {
		size_t count = w->count - i < chunk ? w->count - i : chunk;
		int16_t *old = units + i * hidden;
		int16_t *out = old - (distance + NET_ROWS) * hidden;

		step(w->way, &s, old - distance * hidden, old, out,
		     (uint32_t)count);
		for (size_t k = 0; at->gates != NULL && k < count; k++)
			at->gates[(i + k) * (n->layer_count + 1u) + layer + 1] =
			    find_gates(old + k * hidden, out + k * hidden,
				       n->hidden);
		status = arena_check_time(w->arena);
	}
	return status;
}

/* What lies below a net's first layer, and its logits. */
static enum pith_status finish_net(struct net_work *w, unsigned net,
				   float *logits)
{
	const struct net *n = &w->model->nets[net];
	struct at_work *at = &w->nets[net];
	int16_t mean[NET_HIDDEN_MAX];
	int32_t bias[NET_HIDDEN_MAX], sum;
	const int16_t *units;
	enum pith_status status = PITH_OK;

	for (unsigned h = 0; h < n->hidden; h++)
		mean[h] = (int16_t)(at->totals[h] / w->count);
	for (unsigned l = 0; l < n->layer_count && status == PITH_OK; l++) {
		const int32_t *own = n->layers[l].bias;

		for (unsigned h = 0; h < n->hidden && l == 0; h++)
			bias[h] =
			    own[h] + dot(n->context + (size_t)h * n->hidden,
					 mean, n->hidden);
		status = step_layer(w, net, l, l == 0 ? bias : own);
	}
	if (status != PITH_OK)
		return status;
	sum = n->out_bias + dot(n->out + 2 * n->hidden, mean, n->hidden);
	units = at->units + at->from * n->hidden;
	for (uint32_t i = 0; i < w->count; i++, units += n->hidden) {
		int32_t out = sum + at->sums[i] +
			      dot(n->out + n->hidden, units, n->hidden);
		float share = (float)out * n->scale;

		logits[i] += share;
	}
	return arena_check_time(w->arena);
}

enum pith_status net_finish(struct net_work *w, float *logits)
{
	enum pith_status status = PITH_OK;

	for (uint32_t k = 0; k < w->model->net_count && status == PITH_OK; k++)
		if (w->count > 0)
			status = finish_net(w, k, logits);
	return status;
}

const struct net_gates *net_gates(const struct net_work *w, unsigned net)
{
	return w->nets[net].gates;
}

/* Sums with inputs up to `largest` that stay within 32 bits. */
static bool sums_fit(const int16_t *weights, unsigned inputs, unsigned hidden,
		     int64_t largest, const int32_t *bias, const int64_t *extra)
{
	for (unsigned h = 0; h < hidden; h++) {
		int64_t sum = bias[h] < 0 ? -(int64_t)bias[h] : bias[h];

		for (unsigned k = 0; k < inputs; k++) {
			int32_t weight = weights[net_place(hidden, k, h)];

			sum += (weight < 0 ? -weight : weight) * largest;
		}
		if (sum + (extra == NULL ? 0 : extra[h]) > INT32_MAX)
			return false;
	}
	return true;
}

bool net_fits(const struct net *n, uint32_t input_count)
{
	int64_t context[NET_HIDDEN_MAX] = {0};
	unsigned hidden = n->hidden;

	for (unsigned h = 0; h < hidden; h++) {
		for (unsigned k = 0; k < hidden; k++) {
			int32_t weight = n->context[(size_t)h * hidden + k];

			context[h] += weight < 0 ? -weight : weight;
		}
		context[h] *= NET_UNIT_LARGEST;
	}
	for (unsigned l = 0; l < n->layer_count; l++)
		if (!sums_fit(n->layers[l].weights, 3 * hidden, hidden,
			      NET_UNIT_LARGEST, n->layers[l].bias,
			      l == 0 ? context : NULL))
			return false;
	return sums_fit(n->first, input_count, hidden, NET_INPUT_LARGEST,
			n->bias, NULL) &&
	       sums_fit(n->out, 3 * hidden, 1, NET_UNIT_LARGEST, &n->out_bias,
			NULL);
}
