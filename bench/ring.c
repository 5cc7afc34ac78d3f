// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * ring - what the ring and verdict code costs per packet, without a kernel.
 *
 *	ring BATCHES
 *
 * One thread plays all sides: a driver that receives batches of 64, a P4 VM
 * that forwards every second packet as it is and every second one with a new
 * 34-byte header, the relay, and a switch that returns the frames.  Prints
 * nanoseconds per packet; count instructions by running it under an
 * instruction counter with two numbers of batches.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "ring/flow.h"
#include "ring/lane.h"

#define ENTRIES 2048
#define BATCH   64
#define FRAMES  4096
#define CHUNK   2048

static void *ring_mem(size_t entry)
{
	return calloc(1, TP4_RING_DESC + ENTRIES * entry);
}

static struct tp4_ring ring_new(void *mem)
{
	return (struct tp4_ring){ .mem = mem, .size = ENTRIES };
}

int main(int argc, char **argv)
{
	unsigned long batches = argc > 1 ? strtoul(argv[1], NULL, 0) : 0, b;
	struct tp4_area area = {
		.base = calloc(FRAMES, CHUNK),
		.size = (__u64)FRAMES * CHUNK,
		.chunk = CHUNK,
	};
	struct tp4_judged *judged = calloc(1, sizeof(*judged) + ENTRIES * sizeof(__u64));
	__u8 *patches = calloc(ENTRIES, TP4_PATCH_SIZE);
	void *rx = ring_mem(16), *sw = ring_mem(16), *fill = ring_mem(8), *real_fill = ring_mem(8);
	struct tp4_ring driver = ring_new(rx), from = ring_new(sw);
	struct tp4_ring fill_prod = ring_new(fill), fill_relay = ring_new(fill);
	struct tp4_ring real = ring_new(real_fill), taken = ring_new(real_fill);
	struct tp4_lane lane = { .ring = ring_new(rx), .judged = judged, .patches = patches };
	struct tp4_flow flow = {
		.src = ring_new(rx),
		.dst = ring_new(sw),
		.judged = judged,
		.patches = patches,
		.area = &area,
		.rule = TP4_RULE_VERDICT,
	};
	struct timespec t0, t1;
	double ns;

	if (!batches || !area.base || !judged || !patches || !rx || !sw || !fill || !real_fill) {
		fprintf(stderr, "usage: ring BATCHES\n");
		return 2;
	}
	clock_gettime(CLOCK_MONOTONIC, &t0);
	for (b = 0; b < batches; b++) {
		struct tp4_frees frees = { .max = TP4_FREES_MAX };
		__u32 i, n, moved = 0, done = 0;

		for (i = 0; i < BATCH; i++) /* the driver */
			*tp4_ring_desc(&driver, driver.idx++) = (struct xdp_desc){
				.addr = (driver.idx % FRAMES) * CHUNK + 256,
				.len = 60,
			};
		tp4_ring_submit(&driver);

		n = tp4_lane_avail(&lane); /* the P4 VM */
		for (i = 0; i < n; i++) {
			struct xdp_desc d = tp4_lane_desc(&lane, i);

			if (i & 1) {
				memcpy(tp4_lane_patch(&lane, i), area.base + d.addr, 34);
				tp4_lane_judge(&lane, i, TP4_VERDICT(TP4_FORWARD, 34, 34));
			} else {
				tp4_lane_judge(&lane, i, TP4_VERDICT(TP4_FORWARD, 0, 0));
			}
		}
		tp4_lane_publish(&lane, n);

		tp4_flow_run(&flow, &frees, 256, &moved, &done); /* the relay */
		tp4_ring_move(&fill_relay, &real, ENTRIES);

		n = tp4_ring_avail(&from); /* the switch */
		for (i = 0; i < n; i++)
			*tp4_ring_addr(&fill_prod, fill_prod.idx++) =
				tp4_ring_read(&from, from.idx + i).addr;
		from.idx += n;
		tp4_ring_release(&from);
		tp4_ring_submit(&fill_prod);
		taken.idx += tp4_ring_avail(&taken); /* the driver again */
		tp4_ring_release(&taken);
	}
	clock_gettime(CLOCK_MONOTONIC, &t1);
	if (flow.stat[TP4_STAT_FORWARDED] != batches * BATCH ||
	    flow.stat[TP4_STAT_REWRITTEN] != batches * BATCH / 2) {
		fprintf(stderr, "ring: packets are missing\n");
		return 1;
	}
	ns = (t1.tv_sec - t0.tv_sec) * 1e9 + (t1.tv_nsec - t0.tv_nsec);
	printf("%.2f\n", ns / (batches * BATCH));
	return 0;
}
