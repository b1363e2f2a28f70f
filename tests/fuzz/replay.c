/* SPDX-License-Identifier: MIT
 *
 * replay.c: gives files to a fuzz target once each and speaks TAP; linked with
 * each target by any compiler, where libFuzzer or AFL++ would be otherwise. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv) __attribute__((weak));

/* Its bytes in memory of just their size, so that one too far is seen. */
static uint8_t *read_file(const char *name, size_t *size)
{
	FILE *f = fopen(name, "rb");
	uint8_t *data = NULL;
	long end;

	if (f != NULL && fseek(f, 0, SEEK_END) == 0 && (end = ftell(f)) >= 0) {
		rewind(f);
		*size = (size_t)end;
		data = malloc(*size > 0 ? *size : 1);
		if (data != NULL && fread(data, 1, *size, f) != *size) {
			free(data);
			data = NULL;
		}
	}
	if (f != NULL)
		fclose(f);
	return data;
}

int main(int argc, char **argv)
{
	int failed = 0;

	if (LLVMFuzzerInitialize != NULL)
		LLVMFuzzerInitialize(&argc, &argv);
	printf("1..%d\n", argc - 1);
	for (int i = 1; i < argc; i++) {
		size_t size = 0;
		uint8_t *data = read_file(argv[i], &size);

		/* who aborts leaves the name behind */
		fprintf(stderr, "%s\n", argv[i]);
		if (data != NULL)
			(void)LLVMFuzzerTestOneInput(data, size);
		printf("%s %d %s\n", data != NULL ? "ok" : "not ok", i,
		       argv[i]);
		failed += data == NULL;
		fflush(stdout);
		free(data);
	}
	return failed > 0;
}
