/* SPDX-License-Identifier: MIT
 *
 * model_fuzz.c: any bytes as a model file. The digest is set right, so that
 * what is behind it is reached. */
#include <stdlib.h>
#include <string.h>

#include "score/model.h"

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
		static float rows[MODEL_TILE][FEATURE_COUNT];
		float logits[MODEL_TILE], shares[FEATURE_COUNT];
		uint32_t(*answers)[MODEL_WORDS] =
		    calloc(m->border_count + 1u, sizeof(*answers));

		if (answers == NULL)
			abort();

		for (unsigned f = 0; f < FEATURE_COUNT; f++)
			rows[1][f] = (float)f;
		model_score(m, (const float(*)[FEATURE_COUNT])rows, 2, answers,
			    logits);
		free(answers);
		model_explain(m, rows[1], shares);
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
