# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.12 debug rt
# timeout: 300
# arguments: 20@6.12 5@debug 20@rt
#
# TCP at full rate through Open vSwitch, both ports covered, with a compiled
# program in a P4 VM that is replaced meanwhile: no connection is cut, nothing
# is dropped, no packet finds a deadline passed, little is sent again.  Then the
# switch is killed under traffic, and a new one takes its ports.
#
#	tcp.sh SECONDS

. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
PROGRAM=$LAB_ROOT/build/tests/programs/forward-all.tp4

stat() { $T -j stats | jq "[.[] | (.rx.$1, .tx.$1)] | add"; }

module_load
ports_make veth
$T vm start a --program "$PROGRAM" --isolation process
$T port add p1 --vm a --deadline 20000
$T port add p2 --vm a --deadline 20000
switch_start ovs
reach 30
iperf_serve
(
	while sleep 2; do
		$T program replace a "$PROGRAM" || exit
	done
) &
replacing=$!
expect "4 connections live for $1 s" iperf_watch -t "$1" -P 4
kill $replacing
echo "    $(iperf_told)"
sent=$(($(iperf_read end.sum_sent.bytes) / 1448))
# Full queues lose some, as without us: 0.2 %.  A stage that starves the switch, or a small ring: 5 % and more.
within "of $sent segments, sent again" "$(iperf_read end.sum_sent.retransmits)" 0 $((sent / 50 + 20))
for what in dropped drop_no_vm drop_deadline drop_protocol drop_bad_packet failures frames_lost; do
	equal "$what" "$(stat $what)" 0
done
$T stats

sockets() { $T -j port list | jq '[.[].sockets[]] | length'; }
none_bound() { [ "$(sockets)" = 0 ]; }
ip netns exec h1 ping -q -i 0.002 10.0.0.2 >/dev/null &
pinger=$!
sleep 1
stop "$(ovs_pid)" KILL
wait_for 20 none_bound || fail "killed, the switch still has sockets: $($T port list)"
stop $pinger
ovs_vswitchd
wait_for 30 afxdp_bound p1 p2
reach 30
equal "covered sockets of the switch after it" "$(sockets)" 2
expect "50 pings" ping_all 50
switch_stop ovs
$T port del p1
$T port del p2
$T vm stop a
