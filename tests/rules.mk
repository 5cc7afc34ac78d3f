# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# What the scenarios run beside the product.
SCENARIO_TOOLS += build/tests/judge build/tests/stream

build/tests/judge build/tests/stream: build/tests/%: build/obj/tests/%.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^

# The lab and the runner, proven able to fail.
UNIT_TESTS += tests/lab-selftest
