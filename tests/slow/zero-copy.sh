# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#
# Zero copy under the ring exchange: virtio-net's driver (6.13 and later) takes
# its buffers from our rings.  Not one of `make check`, whose kernels are older:
#
#	lab/debug-kernel && lab/module debug
#	lab/run --kernel debug --net virtio-dma tests/slow/zero-copy.sh
#
# What the driver receives is decided, goes on, and every frame comes back.  That
# what it sends arrives is not asked: over these cards it does not, with or without
# the module (the card completes the buffer and its peer sees nothing).
. "$LAB_ROOT/tests/lib.sh"
. "$LAB_ROOT/tests/socket.sh"

ports_make virtio
module_load
$T vm start a --program "$LAB_ROOT/build/tests/programs/forward-all.tp4" --isolation process
$T port add p1 --vm a --deadline 20000
$T port add p2 --vm a --deadline 20000
xsk_start zc forward -z -w p1 p2
$T port list
equal "zero-copy ports" "$($T port list | grep -c 'live.* zerocopy')" 2
in_ns h1 ping -q -c 20 -i 0.1 10.0.0.2 || true
$T stats
equal "all that came was forwarded" "$($T -j stats p1 | jq '[.[].rx.forwarded] | add > 0')" true
equal "and sent" "$($T -j stats p2 | jq '[.[].tx.forwarded] | add')" \
	"$($T -j stats p1 | jq '[.[].rx.forwarded] | add')"
xsk_end zc "every frame came back"
$T port del p1
$T port del p2
$T vm stop a
