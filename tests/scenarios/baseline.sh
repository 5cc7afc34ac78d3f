# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: 6.1 6.12
# timeout: 240
# arguments: ovs-veth@6.1 testpmd-veth@6.12 ovs-virtio@6.12
# net: virtio
#
# Without our module: a distribution's switch carries ping, TCP and UDP over
# AF_XDP.  What fails here is not TransP4's fault.
#
#	baseline.sh SWITCH-PORTS

. "$LAB_ROOT/tests/lib.sh"

switch=${1%-*} ports=${1#*-}

expect "our module is not loaded" [ ! -e /sys/module/transp4 ]
switch_unmodified "$switch"
ports_make "$ports"
switch_start "$switch"
expect "AF_XDP sockets are bound to p1 and p2" wait_for 10 afxdp_bound p1 p2
reach 20

expect "100 pings, 100 answers" ping_all 100
expect "full frames pass" ping_all 10 -s 1472 -M do
iperf_serve
expect "TCP runs" iperf -t 2
say "TCP: $(($(iperf_read end.sum_received.bits_per_second) / 1000000)) Mbit/s"
expect "UDP runs" iperf -u -b 2M -t 2 -l 1000
sent=$(iperf_read end.sum.packets) lost=$(iperf_read end.sum.lost_packets)
within "UDP datagrams lost of $sent" "$lost" 0 $((sent / 20))
switch_stop "$switch"
