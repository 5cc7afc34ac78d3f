# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The paper's experiments; see docs/agent.md.

EXPERIMENT_TOOLS := build/experiment/udp
build/experiment/udp: build/obj/experiment/udp.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -static -o $@ $^

UNIT_TESTS += tests/test_experiment
