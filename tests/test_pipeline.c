// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * test_pipeline.c - compiled programs side by side, as when one replaces another.
 *
 *	test_pipeline FORWARD DROP - two compiled objects; without arguments
 *	those that the build made
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/pipeline_state.h"
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

/*
 * A batch over a large table is looked at in advance (tp4_program.peek): that changes
 * nothing of what becomes of its packets, among which are some cut short.
 */
static bool batch_is_the_same(void)
{
	enum { STATIONS = 40000, PACKETS = 96 };
	static uint8_t frames[PACKETS][64], patches[2][PACKETS][256];
	static struct pipeline_packet pkts[2][PACKETS];
	struct pipeline_error err = { "" };
	struct pipeline *p;
	int forwarded = 0;
	size_t len;
	void *bytes = read_file("build/bench/l2.tp4", &len);
	bool same = !pipeline_load(bytes, len, &p, &err);

	free(bytes);
	for (uint32_t i = 0; i < STATIONS && same; i++) {
		uint8_t mac[6] = { 2, 0, 0, 0, (uint8_t)(i >> 8), (uint8_t)i }, to[1] = { (uint8_t)i };
		struct pipeline_match m = { .field_id = 1, .value = { mac, 6 } };
		struct pipeline_arg arg = { 1, { to, 1 } };
		struct pipeline_entry e = { .match = &m, .n_match = 1, .args = &arg, .n_args = 1 };

		e.table_id = p->program->tables[0].id;
		e.action_id = p->program->actions[p->program->tables[0].actions[0].action].id;
		same = !pipeline_entry_update(p, PIPELINE_INSERT, &e, &err);
	}
	for (uint32_t i = 0; i < PACKETS && same; i++) {
		uint32_t station = i * 997 % (STATIONS + 20000);

		memcpy(frames[i], (uint8_t[]){ 2, 0, 0, 0, (uint8_t)(station >> 8), (uint8_t)station }, 6);
		for (int k = 0; k < 2; k++)
			pkts[k][i] = (struct pipeline_packet){ .data = frames[i], .len = i % 9 ? 64 : i % 14,
							       .total_len = 64, .patch = patches[k][i],
							       .patch_size = 256 };
	}
	same = same && p->program->peek;
	if (same)
		pipeline_run(p, pkts[0], PACKETS);
	for (int i = 0; i < PACKETS && same; i++) {
		pipeline_run(p, &pkts[1][i], 1);
		same = pkts[0][i].verdict == pkts[1][i].verdict && pkts[0][i].old_prefix == pkts[1][i].old_prefix &&
		       pkts[0][i].new_prefix == pkts[1][i].new_prefix &&
		       !memcmp(patches[0][i], patches[1][i], sizeof(patches[0][i]));
		forwarded += pkts[0][i].verdict == PIPELINE_FORWARD;
	}
	pipeline_free(p);
	return same && forwarded > 10 && forwarded < PACKETS - 10;
}

/* One packet through a port: what goes on, in out; -1: dropped */
static int carry(struct pipeline *p, const uint8_t *data, uint32_t len, uint8_t *out)
{
	uint8_t patch[256];
	struct pipeline_packet pkt = { .data = data, .len = len, .total_len = len,
				       .patch = patch, .patch_size = sizeof(patch) };

	pipeline_run(p, &pkt, 1);
	if (pkt.verdict == PIPELINE_DROP)
		return -1;
	memcpy(out, patch, pkt.new_prefix);
	memcpy(out + pkt.new_prefix, data + pkt.old_prefix, len - pkt.old_prefix);
	return (int)(pkt.new_prefix + len - pkt.old_prefix);
}

static struct pipeline *load(const char *path)
{
	struct pipeline *p = NULL;
	struct pipeline_error err = { "" };
	size_t len;
	void *bytes = read_file(path, &len);

	ok(!pipeline_load(bytes, len, &p, &err), "%s loads: %s", path, err.text);
	free(bytes);
	return p;
}

static void ports(void)
{
	struct pipeline *psa = load("build/tests/programs/port-psa.tp4");
	struct pipeline *cut = load("build/tests/programs/port-truncate.tp4");
	uint8_t data[300] = { 1, 2, 3, 4, 5, 6, 7, 8 }, out[600];
	struct pipeline_reports told;
	const char *said;

	ok(carry(psa, data, 8, out) == 10 && !memcmp(out, "\0\0\0\2\3\4\5\6\7\10", 10),
	   "psa: both deparsers' headers, the payload behind");
	data[0] = 0xff;
	ok(carry(psa, data, 8, out) == -1, "psa: dropped at ingress");
	data[0] = 4;
	ok(carry(cut, data, 8, out) == 4 && !memcmp(out, data, 4), "truncate() cuts");
	data[0] = 0;
	ok(carry(cut, data, 8, out) == 0, "to nothing, too");
	data[0] = 200;
	ok(carry(cut, data, 8, out) == 8, "and leaves what is shorter");
	ok(carry(cut, data, 300, out) == 200 && !memcmp(out, data, 200), "a long packet is cut");
	said = pipeline_log_next(cut);
	ok(said && !strcmp(said, "cut to 4"), "log_msg: %s", said ? said : "nothing");
	for (int i = 0; i < 1000; i++)
		carry(cut, data, 8, out);
	pipeline_reports(cut, &told);
	ok(told.logs == 1004 && told.logs_lost >= 1004 - 257, "what does not fit is counted as lost");
	pipeline_free(psa);
	pipeline_free(cut);
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
	ok(batch_is_the_same(), "a batch that is looked at in advance");
	free(bytes[0]);
	free(bytes[1]);
	if (argc <= 2)
		ports();
	return tap_end();
}
