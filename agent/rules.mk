# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The agent in the tenant's VM: one static program, for any Linux since 5.10.

AGENT_OBJ := $(patsubst agent/%.c,%,$(wildcard agent/*.c))

PROGRAMS += build/transp4-agent
build/transp4-agent: $(AGENT_OBJ:%=build/obj/agent/%.o) build/libsession.a build/libcontrol.a
	$(CC) $(CFLAGS) $(LDFLAGS) -static -o $@ $^ -lprotobuf-c -lsodium

UNIT_TESTS += build/tests/test_diag build/tests/test_program
build/tests/test_diag: build/san/tests/test_diag.o build/san/agent/flows.o build/san/agent/program.o \
		       build/san/agent/search.o build/san/libcontrol.a build/san/libsession.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lprotobuf-c -lsodium
build/tests/test_program: build/san/tests/test_program.o build/san/libcontrol.a build/san/libsession.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lprotobuf-c -lsodium
