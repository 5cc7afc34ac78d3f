# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The one entry point.  Every folder adds to the lists below in its own
# rules.mk; everything that is built goes to build/.
#
#   make            the command, the runtime, the compiler, the agent's parts
#   make module     the kernel module for KERNEL (a version under /lib/modules)
#   make help       everything else

.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
SHELL := /bin/sh

CC     ?= gcc
CFLAGS ?= -O2 -g
# What every translation unit of user space is compiled with.
TP4_CFLAGS := -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-unused-parameter -I. -Iinclude
SANITIZE   := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined

PROGRAMS   :=
LIBRARIES  :=
UNIT_TESTS :=

.PHONY: all
all: programs

# Objects: build/obj/x/y.o from x/y.c; build/san/x/y.o is the same text
# under the sanitizers, for unit tests.
build/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(TP4_CFLAGS) $(CFLAGS) -fPIC -MMD -MP $(EXTRA_CFLAGS) -c $< -o $@
build/san/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(TP4_CFLAGS) $(SANITIZE) -fPIC -MMD -MP $(EXTRA_CFLAGS) -c $< -o $@

include $(wildcard */rules.mk)
-include $(shell find build -type f -name '*.d' 2>/dev/null)

.PHONY: programs module unit-tests packages check check-debug demo bench lab-shell install clean help
programs: $(LIBRARIES) $(PROGRAMS)
unit-tests: programs $(UNIT_TESTS)

# The names of lab/kernels; `make check` needs the first two.
CHECK_KERNELS := 6.1 6.12
KERNEL ?= newest

packages:
	@packaging/install

module:
	@lab/module $(KERNEL)

lab-shell:
	@lab/run --kernel $(KERNEL) --net virtio --shell

clean:
	rm -rf build
