/* SPDX-License-Identifier: MIT
 *
 * model_fuzz.c: any bytes as a model file. The digest is set right, so that
 * what is behind it is reached. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "score/model.h"

enum { BLOCKS = 21 };

static void read_nothing(const void *survey, uint32_t block, float *row)
{
	(void)survey;
	(void)block;
	(void)row;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {0};
	struct model *m = NULL;
	char *bytes = malloc(size + 8);
	uint64_t digest;

	if (bytes == NULL)
		return 0;
	if (size > 0)
		memcpy(bytes, data, size);
	digest = str_hash((struct str){bytes, size});
	for (unsigned i = 0; i < 8; i++)
		bytes[size + i] = (char)(digest >> (8 * i));
	if (model_load((struct str){bytes, size + 8}, &m, &err) == PITH_OK) {
		float row[FEATURE_COUNT], shares[FEATURE_COUNT];
		float logits[BLOCKS];
		struct model_input input = {BLOCKS, read_nothing, NULL, row};
		struct model_trace trace;
		struct arena arena;

		arena_init(&arena, &err);
		for (unsigned f = 0; f < FEATURE_COUNT; f++)
			row[f] = (float)f;
		if (model_score(&arena, m, &input, logits) != PITH_OK ||
		    (m->net_count > 0 && model_refine(&arena, m, &input, logits,
						      &trace) != PITH_OK))
			abort();
		for (unsigned i = 0; i < BLOCKS; i++)
			if (!isfinite(logits[i]))
				abort();
		model_explain(m, &trace, 1, row, shares);
		arena_free(&arena);
		(void)lexicon_find(&m->lexicon, 12345);
		if (!(model_confidence(m, 0.5) >= 0))
			abort();
	} else if (m != NULL || err.text[0] == '\0') {
		abort();
	}
	model_free(m);
	free(bytes);
	return 0;
}
