# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# What the scenarios run beside the product.
SCENARIO_TOOLS += build/tests/judge build/tests/stream

build/tests/judge build/tests/stream: build/tests/%: build/obj/tests/%.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^

# The lab and the runner, proven able to fail.
UNIT_TESTS += tests/lab-selftest tests/test_faults

# Layout and licences of the files.
UNIT_TESTS += tests/test_style

# Rings and flow: unit tests, and a fuzzer with a fixed number of runs.
UNIT_TESTS += build/tests/test_ring build/tests/test_flow build/tests/fuzz_flow

build/tests/test_ring build/tests/test_flow build/tests/fuzz_flow: build/tests/%: build/san/tests/%.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(SANITIZE) -pthread -o $@ $^

# Our own AF_XDP switch, and the orders of calls that nobody uses.
SCENARIO_TOOLS += build/tests/xsk build/tests/xsk_odd

build/tests/xsk build/tests/xsk_odd: build/tests/%: build/obj/tests/%.o build/obj/tests/xsk_lib.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -pthread -o $@ $^

# Compiled programs, for scenarios, demonstration and benchmark.
P4_PROGRAMS := $(wildcard tests/programs/*.p4) $(wildcard examples/*/*.p4)
P4_COMPILED := $(patsubst %.p4,build/tests/programs/%.tp4,$(notdir $(P4_PROGRAMS)))
SCENARIO_TOOLS += $(P4_COMPILED)
vpath %.p4 $(sort $(dir $(P4_PROGRAMS)))
$(P4_COMPILED): build/tests/programs/%.tp4: %.p4 examples/flow.p4 build/transp4
	@mkdir -p $(@D)
	build/transp4 compile $< -o $@

# -rdynamic: programs find the runtime's functions in the executable.
UNIT_TESTS += build/tests/test_pipeline
build/tests/test_pipeline: build/san/tests/test_pipeline.o build/libtp4pipeline.a \
			   | build/tests/programs/forward-all.tp4 build/tests/programs/drop-all.tp4 \
			     build/bench/l2.tp4 \
			     build/tests/programs/port-psa.tp4 build/tests/programs/port-truncate.tp4 \
			     build/tests/programs/port-select.tp4 build/tests/programs/port-expire.tp4 \
			     build/tests/programs/port-payload.tp4 build/tests/programs/port-map.tp4
	$(CC) $(SANITIZE) -rdynamic -o $@ $(filter %.o %.a,$^) -ldl -lprotobuf-c

# Action profiles, meters and digests through the control protocol.
UNIT_TESTS += build/tests/test_entities
build/tests/test_entities: build/san/tests/test_entities.o build/san/libcontrol.a build/san/libtp4pipeline.a \
			   | build/tests/programs/port-select.tp4
	$(CC) $(SANITIZE) -rdynamic -o $@ $(filter %.o %.a,$^) -ldl -lprotobuf-c

# Packet tests, containers and p4infos, changed at random, under the sanitizers.
UNIT_TESTS += build/tests/fuzz_stf build/tests/fuzz_object
FUZZ_PROGRAMS := entries externs traffic-manager parser-errors varbits filter-ubpf meters cells timers \
		 value-sets psa-paths invm out-of-range tables truncated filter-ubpf-maps
FUZZ_P4INFOS  := $(patsubst tests/p4info/%.p4,%.tp4,$(wildcard tests/p4info/*.p4)) \
		 $(patsubst tests/p4info/odd/%.txt,%.p4info,$(wildcard tests/p4info/odd/*.txt))
build/tests/fuzz/%.tp4: tests/p4/%.p4 build/transp4
	@mkdir -p $(@D)
	build/transp4 compile --no-warnings $< -o $@
build/tests/fuzz/p4info/%.tp4: tests/p4info/%.p4 build/transp4
	@mkdir -p $(@D)
	build/transp4 compile --no-warnings $< -o $@
build/tests/fuzz/p4info/%.p4info: tests/p4info/odd/%.txt control/p4info.proto
	@mkdir -p $(@D)
	protoc --proto_path=. --encode=p4.config.v1.P4Info control/p4info.proto <$< >$@
build/tests/fuzz_stf: build/san/tests/fuzz_stf.o build/san/libtp4pipeline.a \
		      | $(FUZZ_PROGRAMS:%=build/tests/fuzz/%.tp4)
	$(CC) $(SANITIZE) -rdynamic -o $@ $^ -ldl -lprotobuf-c
build/tests/fuzz_object: build/san/tests/fuzz_object.o build/san/runtime/container.o build/san/cli/offer.o \
			 build/san/libcontrol.a | $(FUZZ_PROGRAMS:%=build/tests/fuzz/%.tp4) \
			 $(FUZZ_P4INFOS:%=build/tests/fuzz/p4info/%)
	$(CC) $(SANITIZE) -o $@ $^ -lprotobuf-c

# The fuzzers' targets for libFuzzer, which is clang's: make build/libfuzzer/parser
build/libfuzzer/lexer build/libfuzzer/parser build/libfuzzer/front_end build/libfuzzer/stages: \
	tests/fuzz_compiler.c $(wildcard compiler/*.c) $(COMPILER_GEN:%=build/gen/compiler/%.c) \
	build/gen/control/p4info.pb-c.c
build/libfuzzer/play: tests/fuzz_stf.c $(PIPELINE_OBJ:%=runtime/%.c)
build/libfuzzer/container build/libfuzzer/p4info: tests/fuzz_object.c runtime/container.c cli/offer.c \
	$(CONTROL_OBJ:%=control/%.c) $(CONTROL_GEN)
build/libfuzzer/%: | $(CONTROL_HEADERS) build/tests/fuzz_stf build/tests/fuzz_object
	@mkdir -p $(@D)
	clang $(TP4_CFLAGS) -w -O1 -g -fsanitize=fuzzer,address,undefined -DLIBFUZZER=$* -rdynamic -o $@ \
		$(filter %.c,$^) -lgmp -ldl -lprotobuf-c

# Everything at the same time, at random; two things that race.
SCENARIO_TOOLS += build/tests/stress build/tests/vm_race
build/tests/stress: build/obj/tests/xsk_lib.o
build/tests/stress build/tests/vm_race: build/tests/%: build/obj/tests/%.o build/obj/cli/kernel.o build/obj/cli/netlink.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -pthread -o $@ $^ -lmnl
