# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
BENCH_TOOLS += build/bench/ring

build/bench/ring: build/obj/bench/ring.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^
