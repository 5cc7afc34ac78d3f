// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * test_pipeline.c - compiled programs side by side, as when one replaces another.
 *
 *	test_pipeline FORWARD DROP - two compiled objects; without arguments
 *	those that the build made
 */
#include <stdio.h>
#include <stdlib.h>

#include "runtime/pipeline.h"
#include "tests/tap.h"

static void *read_file(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	char *buf = malloc(1 << 20);

	if (!f || !buf) {
		fprintf(stderr, "%s cannot be read\n", path);
		exit(1);
	}
	*len = fread(buf, 1, 1 << 20, f);
	fclose(f);
	return buf;
}

static enum pipeline_verdict decide(struct pipeline *p)
{
	static const uint8_t bytes[64] = { [12] = 8, [14] = 0x45, [22] = 64 };
	uint8_t patch[256];
	struct pipeline_packet pkt = { .data = bytes, .len = 64, .total_len = 64,
				       .patch = patch, .patch_size = sizeof(patch) };

	pipeline_run(p, &pkt, 1);
	return pkt.verdict;
}

int main(int argc, char **argv)
{
	size_t len[2];
	void *bytes[2] = {
		read_file(argc > 2 ? argv[1] : "build/tests/programs/forward-all.tp4", &len[0]),
		read_file(argc > 2 ? argv[2] : "build/tests/programs/drop-all.tp4", &len[1]),
	};
	struct pipeline *forward = NULL, *drop = NULL, *again = NULL;
	struct pipeline_error err = { "" };
	size_t cut;
	int refused = 0;

	ok(!pipeline_load(bytes[0], len[0], &forward, &err), "the first program loads: %s", err.text);
	ok(decide(forward) == PIPELINE_FORWARD, "it forwards");
	ok(!pipeline_load(bytes[1], len[1], &drop, &err), "the second loads beside it: %s", err.text);
	ok(decide(drop) == PIPELINE_DROP, "it drops");
	ok(decide(forward) == PIPELINE_FORWARD, "the first still forwards");
	pipeline_free(forward);
	ok(decide(drop) == PIPELINE_DROP, "without the first, the second drops");
	ok(!pipeline_load(bytes[0], len[0], &again, &err), "the first loads again: %s", err.text);
	ok(decide(again) == PIPELINE_FORWARD, "it forwards");
	pipeline_free(drop);
	pipeline_free(again);

	for (cut = 0; cut < len[0]; cut += 97)
		refused += pipeline_load(bytes[0], cut, &again, &err) < 0 && err.text[0];
	ok(refused == (int)((len[0] + 96) / 97), "each truncated object is refused, with a reason");
	((char *)bytes[0])[len[0] / 2] ^= 1;
	ok(pipeline_load(bytes[0], len[0], &again, &err) < 0, "a damaged object is refused: %s", err.text);
	free(bytes[0]);
	free(bytes[1]);
	return tap_end();
}
