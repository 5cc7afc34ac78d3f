# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug
# timeout: 300
#
# The P4 VM as a locked-down process on the real channel, under Open vSwitch:
# verdicts both ways, programs replaced under traffic, its death, its successor.
. "$LAB_ROOT/tests/lib.sh"

TOOL=$LAB_ROOT/build/tests/vmtool
FAKE=$LAB_ROOT/build/tests/fake-runtime
SOCK=/run/a.sock

vm_start() { # TEXT
	out=$($TOOL process a "$FAKE" $SOCK "$1" 2>/run/vm.log) || {
		cat /run/vm.log
		fail "the P4 VM does not start"
	}
	VM=${out#ready }
	say "P4 VM is process $VM"
}

module_load
"$LAB_ROOT/build/transp4" vm add a
ports_make veth
"$LAB_ROOT/build/transp4" port add p1 --vm a --deadline 2000
"$LAB_ROOT/build/transp4" port add p2 --vm a --deadline 2000
vm_start "FAKE forward"
switch_start ovs
reach 20
expect "100 pings, 100 answers" ping_all 100
$TOOL status $SOCK
expect "status has packets" sh -c "$TOOL status $SOCK | grep -q 'p1 0 rx live 1 forwarded [1-9]'"

$TOOL set $SOCK "FAKE drop"
expect "a program that drops: none arrives" ping_none 10
$TOOL set $SOCK "FAKE forward"
expect "the old one again: all arrive" ping_all 50

traffic 400 10.0.0.2
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	$TOOL set $SOCK "FAKE forward" || fail "cannot replace the program"
done
traffic_all "20 programs in a row lose nothing" 400

before=$(ticks)
sleep 2
within "processor time while idle, of the P4 VM and the relay, in ticks" $(($(ticks) - before)) 0 2

kill -9 "$VM"
expect "killed: its ports drop" ping_none 5
vm_start "FAKE forward"
wait_for 10 ping_all 3 || fail "its successor does not take over"
expect "its successor takes over" ping_all 20
stop "$VM" TERM
switch_stop ovs
