# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The transp4 command and its tests.

CLI_SOURCES := $(filter-out cli/main.c,$(wildcard cli/*.c))
CLI_LIBS    := -ljson-c -lmnl -lprotobuf-c -lsodium
CLI_PARTS   := build/libcontrol.a build/libsession.a
CLI_OBJECTS := $(CLI_SOURCES:%.c=build/obj/%.o)

PROGRAMS += build/transp4
build/transp4: build/obj/cli/main.o $(CLI_OBJECTS) $(CLI_PARTS)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(filter %.o,$^) \
		-Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(CLI_LIBS)

UNIT_TESTS += build/tests/cli/test_value tests/cli/test_pcapng tests/cli/test_command

build/tests/cli/test_value: build/san/tests/cli/test_value.o build/san/cli/value.o
build/tests/cli/pcapng_make: build/san/tests/cli/pcapng_make.o build/san/cli/pcapng.o
build/tests/cli/%:
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^
# What the scripts among the tests need.
tests/cli/test_pcapng: build/tests/cli/pcapng_make
tests/cli/test_command: build/transp4

# Completion and manual are made from the command's own tables.
programs: build/completion/transp4 build/transp4.8
build/completion/transp4: build/transp4 packaging/completion/generate packaging/completion/transp4.bash
	@mkdir -p $(@D)
	packaging/completion/generate build/transp4 >$@
build/transp4.8: build/transp4 docs/manual docs/transp4.8.in
	docs/manual build/transp4 >$@
UNIT_TESTS += tests/cli/test_completion tests/cli/test_manual
tests/cli/test_completion: build/completion/transp4
tests/cli/test_manual: build/transp4.8

# Tables and programs against the real thing.
UNIT_TESTS += tests/cli/test_program
tests/cli/test_program: build/transp4 build/tests/cli/serve
SCENARIO_TOOLS += build/tests/cli/kinds.tp4
build/tests/cli/kinds.tp4: tests/cli/kinds.p4 build/transp4
	@mkdir -p $(@D)
	build/transp4 compile $< -o $@
build/tests/cli/serve: build/obj/tests/cli/serve.o build/libtp4pipeline.a build/libserver.a build/libcontrol.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -rdynamic -o $@ $(filter %.o,$^) -Wl,--start-group $(filter %.a,$^) \
		-Wl,--end-group -lprotobuf-c -ldl
