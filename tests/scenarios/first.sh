# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.12
. "$LAB_ROOT/tests/lib.sh"
T=$LAB_ROOT/build/transp4
insmod $LAB_ROOT/build/kmod/$(uname -r)/transp4.ko
$LAB_ROOT/tests/channel add a
ports_make veth
$T port add p1 --vm a --deadline 2000
$T port add p2 --vm a --deadline 2000
$LAB_ROOT/build/tests/judge a forward > /run/judge.log 2>&1 &
J=$!
switch_start ${1:-ovs}
$T port list
sleep 1
$T port list
ping_all 5 || true
$T stats
expect "100 pings, 100 answers" ping_all 100
iperf_serve
expect "TCP runs" iperf -t 3
say "TCP: $(($(iperf_read end.sum_received.bits_per_second) / 1000000)) Mbit/s"
expect "UDP runs" iperf -u -b 10M -t 3 -l 1000
sent=$(iperf_read end.sum.packets) lost=$(iperf_read end.sum.lost_packets)
within "UDP datagrams lost of $sent" "$lost" 0 $((sent / 100))
$T stats
kill $J; cat /run/judge.log
switch_stop ovs
