# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The transp4 command.

CLI_SOURCES := $(filter-out cli/main.c,$(wildcard cli/*.c))
CLI_OBJECTS := $(CLI_SOURCES:%.c=build/obj/%.o)
CLI_LIBS    := -ljson-c -lmnl -lprotobuf-c

PROGRAMS += build/transp4
build/transp4: build/obj/cli/main.o $(CLI_OBJECTS) build/libcontrol.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CLI_LIBS)
