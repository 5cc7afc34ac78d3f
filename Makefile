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

VERSION := 0.1

CC     ?= gcc
CFLAGS ?= -O2 -g
# What every translation unit of user space is compiled with.
TP4_CFLAGS := -std=c11 -D_GNU_SOURCE -Wall -Wextra -Werror -Wno-unused-parameter -I. -Iinclude \
	      -DTP4_VERSION='"$(VERSION)"'
SANITIZE   := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined

PROGRAMS   :=
LIBRARIES  :=
UNIT_TESTS :=
SCENARIO_TOOLS :=

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

.PHONY: programs module scenario-tools tests check run-check check-debug demo bench experiment experiment-quick soak lab-shell install install-agent format clean help
programs: $(LIBRARIES) $(PROGRAMS)
scenario-tools: programs $(SCENARIO_TOOLS)
tests: scenario-tools $(UNIT_TESTS)

# The names of lab/kernels.
CHECK_KERNELS := 6.1 6.12
KERNEL ?= newest
JOBS   ?= $(shell nproc)

# Another make, for what it reads may not be there before the packages are.
AFTER_PACKAGES := packaging/install && $(MAKE) --no-print-directory -j$(JOBS)

module:
	@lab/module $(KERNEL)

# The unit tests are built and run beside the labs, which wait much.
check:
	@$(AFTER_PACKAGES) scenario-tools guest
	@for kernel in $(CHECK_KERNELS); do lab/module $$kernel || exit 1; done
	@$(MAKE) --no-print-directory run-check

run-check:
	@tests/run --make tests --unit "$(UNIT_TESTS)" --kernels "$(CHECK_KERNELS)" --only "$(ONLY)"

check-debug:
	@$(AFTER_PACKAGES) tests
	@lab/debug-kernel
	@lab/module debug
	@LAB_SELFTEST_KERNEL=debug tests/lab-selftest
	@tests/run --kernels debug --append panic_on_warn=1 --only "$(ONLY)"

demo:
	@$(AFTER_PACKAGES) tests guest
	@lab/module $(KERNEL)
	@demo/run --kernel $(KERNEL)

bench:
	@$(AFTER_PACKAGES) tests $(BENCH_TOOLS) bench-program
	@lab/module $(KERNEL)
	@bench/run --kernel $(KERNEL)

experiment experiment-quick:
	@$(AFTER_PACKAGES) tests $(if $(findstring quick,$@),,guest) $(EXPERIMENT_TOOLS)
	@lab/module $(KERNEL)
	@experiment/run --kernel $(KERNEL) $(if $(findstring quick,$@),--quick)

soak:
	@$(AFTER_PACKAGES) tests
	@lab/module $(KERNEL)
	@experiment/soak --kernel $(KERNEL)

lab-shell:
	@$(AFTER_PACKAGES) scenario-tools
	@lab/module $(KERNEL)
	@lab/run --kernel $(KERNEL) --net virtio --shell

DESTDIR ?=
PREFIX  ?= /usr/local
BIN     := $(DESTDIR)$(PREFIX)/bin
LIBEXEC := $(DESTDIR)$(PREFIX)/libexec/transp4
SHARE   := $(DESTDIR)$(PREFIX)/share/transp4
MAN     := $(DESTDIR)$(PREFIX)/share/man/man8
COMPLETION := $(DESTDIR)$(PREFIX)/share/bash-completion/completions
SOURCE  := $(DESTDIR)/usr/src/transp4-$(VERSION)

# The module goes as source, for DKMS to build for each kernel.
install: programs
	install -d $(BIN) $(LIBEXEC) $(SHARE) $(SOURCE)
	install build/transp4 build/transp4-agent $(BIN)/
	install build/transp4-runtime $(LIBEXEC)/
	install -d $(LIBEXEC)/guest $(MAN) $(COMPLETION)
	install runtime/guest/start runtime/guest/build $(LIBEXEC)/guest/
	install -m 644 build/transp4.8 docs/transp4-agent.8 $(MAN)/
	install -m 644 build/completion/transp4 $(COMPLETION)/
	cp -R compiler/p4include $(SHARE)/
	rm -rf $(SOURCE)/kmod $(SOURCE)/include $(SOURCE)/ring
	cp -R kmod include ring $(SOURCE)/
	sed 's/@VERSION@/$(VERSION)/' packaging/dkms.conf >$(SOURCE)/dkms.conf
	@echo "for the module: dkms install transp4/$(VERSION)"

# In the tenant's VM, where nothing else of ours is.
install-agent: build/transp4-agent
	install -d $(BIN) $(MAN) $(DESTDIR)/etc/systemd/system
	install build/transp4-agent $(BIN)/
	install -m 644 docs/transp4-agent.8 $(MAN)/
	sed 's,/usr/local,$(PREFIX),' packaging/agent/transp4-agent.service \
		>$(DESTDIR)/etc/systemd/system/transp4-agent.service

format:
	clang-format -i $$(git ls-files '*.c' '*.h')

clean:
	rm -rf build

help:
	@echo "make               the programs, in build/"
	@echo "make check         install what lacks, build, run all tests on kernels $(CHECK_KERNELS)"
	@echo "make check ONLY=x  the unit tests, and the scenarios whose names match x"
	@echo "make check-debug   the scenarios on a debugging kernel (built once, about 15 minutes)"
	@echo "make demo          show it, in a virtual machine"
	@echo "make bench         measure it: with and without TransP4, side by side"
	@echo "make bench-program measure tables, and compiled programs against code by hand"
	@echo "make experiment    the paper's experiments with QEMU guests; experiment-quick: in two minutes"
	@echo "make soak          ten minutes of TCP under load, programs replaced, the P4 VM restarted"
	@echo "make lab-shell     a shell in the lab; KERNEL=6.1, 6.12, debug"
	@echo "make module        the kernel module for KERNEL, into build/kmod/"
	@echo "make install       into PREFIX ($(PREFIX)); the module as source for DKMS"
	@echo "make install-agent the agent of the tenant's VM, and its unit"
	@echo "make format        lay out all C as .clang-format says"
	@echo "make clean         remove build/ (the debugging kernel stays)"
