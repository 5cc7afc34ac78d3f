# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The P4 VM's program, and the image of the guest that runs it.

# The loop around a program, and the walls around the loop.
VM_OBJ := poll port invm invm_apply
WALL_OBJ := main isolate guest
# What the agent in the tenant's VM reported: of PIPELINE_OBJ.
INVM_OBJ := gauge owner
# The program and its state: everything else in this folder.
PIPELINE_OBJ := $(filter-out $(VM_OBJ) $(WALL_OBJ),$(patsubst runtime/%.c,%,$(wildcard runtime/*.c)))

# A program finds the runtime's functions in the executable: -rdynamic.
VM_LINK = $(CC) $(CFLAGS) $(LDFLAGS) -rdynamic -o $@ $^ -lprotobuf-c -lseccomp -lsodium -ldl
VM_PARTS := $(WALL_OBJ:%=build/obj/runtime/%.o) $(VM_OBJ:%=build/obj/runtime/%.o)

PROGRAMS += build/transp4-runtime
build/transp4-runtime: $(VM_PARTS) $(PIPELINE_OBJ:%=build/obj/runtime/%.o) build/libserver.a \
		       build/libcontrol.a build/libsession.a
	$(VM_LINK)

# The same around a fake program, for tests of the walls.
build/tests/fake-runtime: $(VM_PARTS) build/obj/tests/fake_pipeline.o $(INVM_OBJ:%=build/obj/runtime/%.o) \
			  build/libserver.a build/libcontrol.a build/libsession.a
	@mkdir -p $(@D)
	$(VM_LINK)

UNIT_TESTS += build/tests/test_poll build/tests/test_isolate

build/tests/test_poll: build/san/tests/test_poll.o build/san/tests/fake_pipeline.o \
		       $(VM_OBJ:%=build/san/runtime/%.o) $(INVM_OBJ:%=build/san/runtime/%.o) \
		       build/san/libcontrol.a build/san/libsession.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lprotobuf-c -lsodium

# The wall forbids what sanitizers do; this test is built without.
build/tests/test_isolate: build/obj/tests/test_isolate.o build/obj/runtime/isolate.o \
			  | build/tests/fake-runtime
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -rdynamic -o $@ $^ -lseccomp -ldl

# Who a guest's QEMU is.
UNIT_TESTS += tests/test_guest

# The image of the P4 VM guest, for the newest kernel in /boot.
.PHONY: guest
guest: build/guest/version
build/guest/version: build/transp4-runtime runtime/guest/build
	runtime/guest/build build/guest

# The program and its state as a library: for the command's packet tests.
LIBRARIES += build/libtp4pipeline.a
build/libtp4pipeline.a: $(PIPELINE_OBJ:%=build/obj/runtime/%.o)
	rm -f $@ && $(AR) rcs $@ $^
build/san/libtp4pipeline.a: $(PIPELINE_OBJ:%=build/san/runtime/%.o)
	rm -f $@ && $(AR) rcs $@ $^

# A P4 VM without a channel, for tests of the agent.
UNIT_TESTS += build/tests/test_invm build/tests/test_sockets tests/test_agent tests/test_agent_unit
build/tests/test_sockets: build/san/tests/test_sockets.o build/san/agent/flows.o \
			  $(INVM_OBJ:%=build/san/runtime/%.o) build/san/libcontrol.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lprotobuf-c -lsodium
tests/test_agent tests/test_agent_unit: build/tests/invm_vm build/transp4-agent build/transp4
build/tests/invm_vm: build/obj/tests/invm_vm.o $(VM_OBJ:%=build/obj/runtime/%.o) \
		     $(PIPELINE_OBJ:%=build/obj/runtime/%.o) build/libserver.a build/libcontrol.a \
		     build/libsession.a
	@mkdir -p $(@D)
	$(VM_LINK)
build/tests/test_invm: build/san/tests/test_invm.o build/san/runtime/invm.o build/san/runtime/invm_apply.o \
		       $(INVM_OBJ:%=build/san/runtime/%.o) build/san/libcontrol.a build/san/libsession.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lprotobuf-c -lsodium
