# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The compiler as a library, and what the command needs to link it.

COMPILER_OBJ := $(patsubst compiler/%.c,%,$(wildcard compiler/*.c))
P4INCLUDE    := $(wildcard $(addprefix compiler/p4include/,*.p4 */*.p4 */*/*/*.p4))
ABI_HEADERS  := program.h program_bits.h program_wide.h
COMPILER_GEN := p4include abi

# The include files and the headers of the interface, copied into the command.
build/gen/compiler/p4include.c: compiler/embed $(P4INCLUDE)
	@mkdir -p $(@D)
	compiler/embed include_files $(foreach f,$(P4INCLUDE),$(f)=$(f:compiler/p4include/%=%)) >$@
build/gen/compiler/abi.c: compiler/embed $(ABI_HEADERS:%=runtime/%)
	@mkdir -p $(@D)
	compiler/embed abi_files $(foreach f,$(ABI_HEADERS),runtime/$(f)=$(f)) >$@
build/obj/gen/compiler/%.o: build/gen/compiler/%.c
	@mkdir -p $(@D)
	$(CC) $(TP4_CFLAGS) -Wno-overlength-strings $(CFLAGS) -fPIC -c $< -o $@
build/san/gen/compiler/%.o: build/gen/compiler/%.c
	@mkdir -p $(@D)
	$(CC) $(TP4_CFLAGS) $(SANITIZE) -fPIC -c $< -o $@

$(COMPILER_OBJ:%=build/obj/compiler/%.o) $(COMPILER_OBJ:%=build/san/compiler/%.o): \
	TP4_CFLAGS += -Wno-format-nonliteral

LIBRARIES += build/libtp4compiler.a
build/libtp4compiler.a: $(COMPILER_OBJ:%=build/obj/compiler/%.o) \
			$(COMPILER_GEN:%=build/obj/gen/compiler/%.o) build/obj/gen/control/p4info.pb-c.o
	rm -f $@ && $(AR) rcs $@ $^
build/san/libtp4compiler.a: $(COMPILER_OBJ:%=build/san/compiler/%.o) \
			    $(COMPILER_GEN:%=build/san/gen/compiler/%.o) build/san/gen/control/p4info.pb-c.o
	rm -f $@ && $(AR) rcs $@ $^

# The command: -rdynamic, since a packet test runs the compiled program in it.
build/transp4: build/libtp4compiler.a build/libtp4pipeline.a
build/transp4: CLI_LIBS += -lgmp -ldl -lprotobuf-c -rdynamic

# Programs that must be rejected, each for its reason; programs with packet tests; random programs.
P4_TESTS := tests/test_bad tests/test_front tests/test_hints tests/test_p4 tests/test_arith tests/test_copying \
	    tests/test_parsing tests/test_matching tests/test_composites tests/test_own_arch \
	    tests/test_emit tests/test_log tests/test_p4info tests/test_format tests/test_ways
UNIT_TESTS += $(P4_TESTS)
$(P4_TESTS): build/transp4 build/san/transp4

# The command under the sanitizers: the program of a packet test that it plays can be, too.
SANITIZED := build/san/cli/main.o $(CLI_SOURCES:%.c=build/san/%.o) build/san/libtp4compiler.a \
	     build/san/libtp4pipeline.a build/san/libcontrol.a build/san/libsession.a
build/san/transp4: $(SANITIZED)
	$(CC) $(SANITIZE) -rdynamic -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) \
		-Wl,--end-group $(CLI_LIBS) -lgmp -ldl

# Mutated programs through the front end, under the sanitizers.
UNIT_TESTS += build/tests/fuzz_compiler
build/tests/fuzz_compiler: build/san/tests/fuzz_compiler.o build/san/libtp4compiler.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lgmp -lprotobuf-c

# Tables against a list that is searched from end to end.
UNIT_TESTS += build/tests/test_table
TABLE_OBJ := table table_hash table_lookup table_trie table_vector
build/tests/test_table: build/san/tests/test_table.o $(TABLE_OBJ:%=build/san/runtime/%.o)
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^

# Generated code against code by hand, large tables against small: ratios as JSON.
build/bench/program: EXTRA_CFLAGS += -Iruntime
build/bench/program: build/obj/bench/program.o build/libtp4pipeline.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -rdynamic -o $@ $^ -ldl
build/bench/table: build/obj/bench/table.o $(TABLE_OBJ:%=build/obj/runtime/%.o)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^
build/bench/spent: build/obj/bench/spent.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -o $@ $^
build/bench/%.tp4: bench/%.p4 build/transp4
	@mkdir -p $(@D)
	build/transp4 compile $< -o $@
.PHONY: bench-program
bench-program: build/bench/program build/bench/spent build/bench/table build/bench/l3.tp4 build/bench/l2.tp4
	@build/bench/table
	@build/bench/program build/bench/l3.tp4 build/bench/l2.tp4 >build/bench-program.json
	@bench/front build/bench-program.json
	@cat build/bench-program.json

# Any byte string is a possible program: bounded time and memory, and a diagnostic.
UNIT_TESTS += tests/test_hostile
tests/test_hostile: build/transp4

# All stages but the C compiler, under the sanitizers, on all programs.
UNIT_TESTS += build/tests/compile_all
build/tests/compile_all: build/san/tests/compile_all.o build/san/libtp4compiler.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lgmp -lprotobuf-c

# Random directives, against cpp.
UNIT_TESTS += tests/test_directives
tests/test_directives: build/tests/tokens
build/tests/tokens: build/san/tests/tokens.o build/san/libtp4compiler.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lgmp -lprotobuf-c
