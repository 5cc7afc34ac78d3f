# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
BENCH_TOOLS += build/bench/ring

build/bench/ring: build/obj/bench/ring.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^

# Run by bench/agent, which needs no lab.
build/bench/owner: build/obj/bench/owner.o build/libcontrol.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^ -lprotobuf-c
