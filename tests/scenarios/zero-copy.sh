# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# kernels: debug
# net: virtio
# timeout: 300
#
# Zero copy under the ring exchange: virtio-net's driver (6.13 and later) takes its
# buffers from our rings and sends from them.  Our own switch asks for nothing else
# and counts its frames; Open vSwitch does so in the scenario `verdicts`.  With dpdk-testpmd
# nothing arrives there, without our module as with it (`baseline testpmd-virtio`).
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

ports_make virtio
module_load
$T vm start a --program "$LAB_ROOT/build/tests/programs/forward-all.tp4" --isolation process
for p in p1 p2; do
	ip link set $p promisc on # a card takes its own address only
	$T port add $p --vm a --deadline 20000
done
xsk_start zc forward -z -w p1 p2
$T port list
equal "zero-copy ports" "$($T port list | grep -c 'live.* zerocopy')" 2
reach 30
expect "all pings answered" ping_all 50
for dir in rx tx; do
	within "forwarded $dir" "$($T -j stats | jq "[.[].$dir.forwarded] | add")" 100 1000
	equal "dropped $dir" "$($T -j stats | jq "[.[].$dir.dropped] | add")" 0
done
xsk_end zc "every frame came back"
$T port del p1
$T port del p2
$T vm stop a
