# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12 debug rt
# timeout: 300
#
# Orders of socket calls that nobody uses: as without us, or refused for one
# clear reason.
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

module_load
$T vm add a
$T vm add b
for n in 1 2 3; do
	ip link add p$n numrxqueues 41 numtxqueues 41 type veth peer name q$n numrxqueues 2 numtxqueues 2
	for dev in p$n q$n; do
		sysctl -qw net.ipv6.conf.$dev.disable_ipv6=1 # it talks unasked
		ip link set $dev up
	done
done
$T port add p1 --vm a --deadline 5000
$T port add p3 --vm b
judge_start a forward
JUDGE_A=$JUDGE_PID
judge_start b drop
export T
$T -j monitor >/run/events 2>/run/listening &
monitor=$!
wait_for 10 grep -q listening /run/listening || fail "monitor does not listen"
expect "odd orders" env JUDGE=$JUDGE_A "$LAB_ROOT/build/tests/xsk_odd" p1 p2 p3
expect "nothing stays attached" wait_for 5 in_state p1 none
stop $monitor INT
for event in refused uncovered; do
	expect "the event '$event' says why" grep -q "\"$event\".*its UMEM is shared" /run/events
done
