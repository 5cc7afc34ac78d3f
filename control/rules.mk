# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The control protocol.  Messages are generated from *.proto to
# build/gen/control/; include them as "control/NAME.pb-c.h".

# protobuf-c's initialisers of a oneof that begins with bytes leave braces out.
TP4_CFLAGS += -Ibuild/gen -Wno-missing-braces

CONTROL_PROTO := any status p4info p4runtime vm invm
CONTROL_GEN   := $(CONTROL_PROTO:%=build/gen/control/%.pb-c.c)
CONTROL_OBJ   := address code entry frame info unpack
# The agent's channel, for who links libsodium.
SESSION_OBJ   := session
# The P4 VM's end and the command's end.
SERVER_OBJ    := server write match read read_part config reconcile digest learn
CLIENT_OBJ    := client client_entity

build/gen/control/%.pb-c.c: control/%.proto
	@mkdir -p $(@D)
	protoc-c -I . --c_out=build/gen $<
# Kept, and not made anew for every program.
.SECONDARY: $(CONTROL_GEN)
build/gen/control/%.pb-c.h: build/gen/control/%.pb-c.c ;

# Every header is there before the first object that may include it.
CONTROL_HEADERS := $(CONTROL_GEN:.c=.h)
CONTROL_USERS   := $(wildcard control/*.c runtime/*.c cli/*.c compiler/*.c agent/*.c tests/*.c)
$(CONTROL_USERS:%.c=build/obj/%.o) $(CONTROL_USERS:%.c=build/san/%.o): | $(CONTROL_HEADERS)

build/obj/gen/control/%.o: build/gen/control/%.c
	@mkdir -p $(@D)
	$(CC) $(TP4_CFLAGS) $(CFLAGS) -fPIC -c $< -o $@
build/san/gen/control/%.o: build/gen/control/%.c
	@mkdir -p $(@D)
	$(CC) $(TP4_CFLAGS) $(SANITIZE) -fPIC -c $< -o $@

LIBRARIES += build/libcontrol.a build/libserver.a

# What both ends share, and the client.  Link with -lprotobuf-c.
build/libcontrol.a: $(CONTROL_PROTO:%=build/obj/gen/control/%.pb-c.o) \
		    $(CONTROL_OBJ:%=build/obj/control/%.o) $(CLIENT_OBJ:%=build/obj/control/%.o)
	rm -f $@ && $(AR) rcs $@ $^
build/libserver.a: $(SERVER_OBJ:%=build/obj/control/%.o)
	rm -f $@ && $(AR) rcs $@ $^
LIBRARIES += build/libsession.a
build/libsession.a: $(SESSION_OBJ:%=build/obj/control/%.o)
	rm -f $@ && $(AR) rcs $@ $^
build/san/libsession.a: $(SESSION_OBJ:%=build/san/control/%.o)
	rm -f $@ && $(AR) rcs $@ $^
build/san/libcontrol.a: $(CONTROL_PROTO:%=build/san/gen/control/%.pb-c.o) \
			$(CONTROL_OBJ:%=build/san/control/%.o) $(CLIENT_OBJ:%=build/san/control/%.o) \
			$(SERVER_OBJ:%=build/san/control/%.o)
	rm -f $@ && $(AR) rcs $@ $^

UNIT_TESTS += build/tests/test_frame build/tests/test_address build/tests/test_control

build/tests/test_frame: build/san/tests/test_frame.o build/san/control/frame.o
build/tests/test_address: build/san/tests/test_address.o build/san/control/address.o
build/tests/test_frame build/tests/test_address:
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^
build/tests/test_control: build/san/tests/test_control.o build/san/tests/fake_pipeline.o \
			  build/san/libcontrol.a
	@mkdir -p $(@D)
	$(CC) $(SANITIZE) -o $@ $^ -lprotobuf-c
