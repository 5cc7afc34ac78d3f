# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# The P4 VM as a QEMU guest on the real channel, under Open vSwitch: boot,
# verdicts, a program replaced, the guest killed.  Not one of `make check`,
# where an emulated guest in the emulated lab takes minutes to boot:
#
#	lab/run --kernel 6.12 --timeout 900 tests/slow/vm-guest.sh
. "$LAB_ROOT/tests/lib.sh"

TOOL=$LAB_ROOT/build/tests/vmtool
FAKE=$LAB_ROOT/build/tests/fake-runtime
SOCK=/run/a.sock

insmod "$LAB_ROOT/build/kmod/$(uname -r)/transp4.ko"
"$LAB_ROOT/tests/channel" add a 100
ports_make veth
"$LAB_ROOT/build/transp4" port add p1 --vm a --deadline 10000
"$LAB_ROOT/build/transp4" port add p2 --vm a --deadline 10000
"$LAB_ROOT/runtime/guest/build" --runtime "$FAKE" /run/guest

say "starting the guest"
"$LAB_ROOT/runtime/guest/start" --image /run/guest --view /dev/transp4/a.view \
	--verdict /dev/transp4/a.verdict --control $SOCK --console /run/console --accel tcg \
	--spin-us 100 2>/run/qemu.log &
QEMU=$!
wait_for 600 grep -q 'guest is ready' /run/console || {
	cat /run/console /run/qemu.log
	fail "the guest does not boot"
}
say "the guest is ready"
$TOOL set $SOCK "FAKE forward"
$TOOL status $SOCK
switch_start ovs
reach 60
expect "50 pings, 50 answers" ping_all 50
$TOOL status $SOCK
$TOOL set $SOCK "FAKE drop"
expect "a program that drops: none arrives" ping_none 5
$TOOL set $SOCK "FAKE forward"
expect "the old one again: all arrive" ping_all 20
ticks=$(awk '{ print $14 + $15 }' /proc/$QEMU/stat)
sleep 5
say "idle for 5 s, the guest used $(($(awk '{ print $14 + $15 }' /proc/$QEMU/stat) - ticks)) ticks"
stop $QEMU KILL
expect "killed: its ports drop" ping_none 3
switch_stop ovs
