# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The agent in the tenant's VM: one static program, for any Linux since 5.10.

AGENT_OBJ := $(patsubst agent/%.c,%,$(wildcard agent/*.c))

PROGRAMS += build/transp4-agent
build/transp4-agent: $(AGENT_OBJ:%=build/obj/agent/%.o) build/libsession.a build/libcontrol.a
	$(CC) $(CFLAGS) $(LDFLAGS) -static -o $@ $^ -lprotobuf-c -lsodium
